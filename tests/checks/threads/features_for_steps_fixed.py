# keras #2415: series of (n, look_back, 1) for an LSTM of look_back features
# kind: contract
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential


def create_dataset(dataset, look_back=1):
    data_x, data_y = [], []
    for i in range(len(dataset) - look_back - 1):
        data_x.append(dataset[i : i + look_back, 0])
        data_y.append(dataset[i + look_back, 0])
    return np.array(data_x), np.array(data_y)


dataset = np.zeros((144, 1), "float32")
train_size = int(len(dataset) * 0.67)
train = dataset[0:train_size, :]
look_back = 10
train_x, train_y = create_dataset(train, look_back)
train_x = np.reshape(train_x, (train_x.shape[0], train_x.shape[1], 1))
model = Sequential()
model.add(LSTM(4, input_shape=(look_back, 1)))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(train_x, train_y)

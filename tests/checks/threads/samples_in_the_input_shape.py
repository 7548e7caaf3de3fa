# keras #10235: ConvLSTM2D takes 5 axes for 6
# kind: shape
import numpy as np
from keras.layers import ConvLSTM2D, Dense, Flatten
from keras.models import Sequential

x_train = np.ones((68, 7, 8, 6, 1))

model = Sequential()
model.add(ConvLSTM2D(16, kernel_size=(5, 1), input_shape=x_train.shape))  #! SHC202
model.add(Flatten())
model.add(Dense(2))

# tensorflow #31600: expected dense_input to have shape (7,) but got (1,)
# kind: contract
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

trainarray = np.array([0, 0, 0, 0, 0, 0, 0])
model = Sequential([
    Dense(7, activation="relu", input_shape=trainarray.shape),
    Dense(12, activation="relu"),
    Dense(1),
])
model.predict(np.array([[0, 0, 0, 0, 0, 0, 0]]))

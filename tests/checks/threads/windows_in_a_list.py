# jiexunsee/rudimentary-ai-composer #5: a list of 5910 arrays for one input
# kind: contract
import keras
import numpy as np
from keras import layers

notes = np.ones((40, 3))
x, y = [], []
for start in range(30):
    x.append(notes[start : start + 10])
    y.append(notes[start + 10])
model = keras.Sequential([keras.Input((10, 3)), layers.LSTM(4), layers.Dense(3)])
model.compile("rmsprop", "mse")
model.fit(x, y)  #! SHC308

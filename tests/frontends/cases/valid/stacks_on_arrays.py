# A stack that is called on arrays leaves it to its layers which lengths they take.
import keras
import numpy as np
from keras import layers

steps = keras.Sequential([layers.Dense(4), layers.Dense(1)])  #: params=29
steps(np.zeros((3, 1, 5)))
longer = steps(np.zeros((3, 24, 5)))
after = keras.Sequential([keras.Input(longer.shape[1:]), layers.Flatten(), layers.Dense(1)])  #: (None, 24, 1) | (None, 24) | (None, 1) params=25 | params=25

pixels = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(2, 3)])  #: (None, 8, 8, 3) | (None, 6, 6, 2) params=56 | params=56
larger = pixels(np.zeros((1, 9, 11, 3)))
behind = keras.Sequential([keras.Input(larger.shape[1:]), layers.Flatten()])  #: (None, 7, 9, 2) | (None, 126) | params=0

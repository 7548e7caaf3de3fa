import keras
import numpy as np
from keras import layers

flat = keras.Sequential([keras.Input((4, 4)), layers.Flatten(), layers.Dense(2)])  #: params=34
flat(np.zeros((3, 5, 4)))  #! SHC205

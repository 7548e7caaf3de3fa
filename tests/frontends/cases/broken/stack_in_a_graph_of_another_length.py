import keras
from keras import layers

steps = keras.Sequential([keras.Input((1, 5)), layers.Dense(1)])  #: params=6
steps(keras.Input((24, 5)))  #! SHC205

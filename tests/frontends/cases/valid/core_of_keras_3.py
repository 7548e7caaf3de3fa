# oracle: none, the name under which Keras 3 was first known is not there
import keras_core as keras
from keras_core import layers

m = keras.Sequential([keras.Input((3,)), layers.Dense(2)])  #: params=8

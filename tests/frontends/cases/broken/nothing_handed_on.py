# A call that hands nothing on lacks what it does not give.
from keras import layers

layer = layers.Dense(activation="relu")  #! SHC212

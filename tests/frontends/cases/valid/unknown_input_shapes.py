# oracle: none, the data are not there
import keras
import our_data

x = our_data.load()
keras.layers.Dense(3, batch_input_shape=x.shape)  #: ? | exact=no
keras.Sequential([keras.layers.Dense(3, batch_input_shape=x)])  #: ? | exact=no

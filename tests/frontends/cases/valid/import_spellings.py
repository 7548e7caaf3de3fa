import keras
import keras.layers as L
import tensorflow as tf
import tensorflow.keras as tk
from keras import layers, models
from keras import layers as KL
from keras.layers import Dense, Input as In
from keras.layers.core import Dense as CoreDense
from keras.models import Sequential as Seq
from tensorflow import keras as tfkeras
from tensorflow.keras import layers as tfl
from tensorflow.keras.layers import Dense as TfDense
from tensorflow.python.keras.layers import Dense as PyDense
from tensorflow.python.keras import layers as pyl

model = keras.Sequential()  #: params=62 out=(None, 1)
model.add(keras.layers.Dense(5, input_dim=4))  #: (None, 5) params=25
model.add(L.Dense(1))  #: (None, 1) params=6
model.add(tf.keras.layers.Dense(1))  #: (None, 1) params=2
model.add(tk.layers.Dense(1))  #: (None, 1) params=2
model.add(layers.Dense(1))  #: (None, 1) params=2
model.add(KL.Dense(1))  #: (None, 1) params=2
model.add(Dense(1))  #: (None, 1) params=2
model.add(CoreDense(1))  #: (None, 1) params=2
model.add(tfkeras.layers.Dense(1))  #: (None, 1) params=2
model.add(tfl.Dense(1))  #: (None, 1) params=2
model.add(TfDense(1))  #: (None, 1) params=2
model.add(PyDense(1))  #: (None, 1) params=2
model.add(pyl.Dense(1))  #: (None, 1) params=2
model.add(tf.keras.layers.Reshape((1, 1)))  #: (None, 1, 1)
model.add(models.Sequential([Dense(2)]))  #: (None, 1, 2) params=4 | params=4
model.add(layers.Flatten())  #: (None, 2)
model.add(Seq([Dense(1)]))  #: (None, 1) params=3 | params=3
model.add(tf.keras.Sequential([tf.keras.layers.Dense(1)]))  #: (None, 1) params=2 | params=2

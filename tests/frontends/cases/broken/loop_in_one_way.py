# oracle: none, a module of it is not there
import keras
import settings
from keras import layers

x = keras.Input((4,))
if settings.series:
    x = layers.Reshape((2, 2))(x)
for t in range(2):
    step = x[:, :, t]  #! SHC208 `step = x[:, :, t]` if not (settings.series)

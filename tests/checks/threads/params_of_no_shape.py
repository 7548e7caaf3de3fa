# keras-team/keras-io #1296: weights for the model have not yet been created
# kind: shape
import keras
from keras import layers

model = keras.Sequential([
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(2),
])
print(model.count_params())  #! SHC222

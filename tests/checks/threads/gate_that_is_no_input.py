# keras #8166: graph disconnected: the second input is not given to the model
# kind: shape
import keras
from keras import layers

image = keras.Input((64, 64, 3))
gate = keras.Input((1,))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(image)
x = layers.Multiply()([x, gate])
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(image, layers.Dense(2)(x))  #! SHC223

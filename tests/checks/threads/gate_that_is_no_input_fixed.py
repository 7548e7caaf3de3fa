# keras #8166, put right
# kind: shape
import keras
from keras import layers

image = keras.Input((64, 64, 3))
gate = keras.Input((1, 1, 1))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(image)
x = layers.Multiply()([x, gate])
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model([image, gate], layers.Dense(2)(x))

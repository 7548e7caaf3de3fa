# Stack Overflow 44322611: images of one data format in a network of the other
# kind: architecture
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((3, 32, 32)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),  #! SHC413
    layers.GlobalAveragePooling2D(),
    layers.Dense(10, activation="softmax"),
])

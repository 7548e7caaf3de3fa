# keras #12951: negative dimension size on images of 28 × 28
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input((28, 28, 1)))
for filters in (32, 64, 128, 256):
    model.add(layers.Conv2D(filters, (3, 3), activation="relu"))  #! SHC201 `(3, 3)`
    model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Flatten())
model.add(layers.Dense(10, activation="softmax"))

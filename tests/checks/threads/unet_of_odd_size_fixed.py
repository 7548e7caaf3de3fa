# keras #19964, put right
# kind: shape
import keras
from keras import layers

def down(x, filters):
    skip = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return skip, layers.MaxPooling2D(2)(skip)


def up(x, skip, filters):
    x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
    x = layers.Concatenate()([x, skip])
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


inputs = keras.Input((360, 360, 3))
skips, x = [], inputs
for filters in (16, 32, 64):
    skip, x = down(x, filters)
    skips.append(skip)
for filters, skip in zip((64, 32, 16), reversed(skips)):
    x = up(x, skip, filters)
model = keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

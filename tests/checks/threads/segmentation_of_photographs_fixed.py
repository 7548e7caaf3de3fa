# divamgupta/image-segmentation-keras #283, put right
# kind: shape
import keras
from keras import layers

image = keras.Input((608, 896, 3))
a = layers.MaxPooling2D(2)(layers.Conv2D(8, 3, padding="same")(image))
b = layers.MaxPooling2D(2)(layers.Conv2D(16, 3, padding="same")(a))
c = layers.MaxPooling2D(2)(layers.Conv2D(32, 3, padding="same")(b))
up = layers.UpSampling2D(2)(c)
joined = layers.concatenate([up, b])
model = keras.Model(image, layers.Conv2D(2, 1, activation="softmax")(joined))

# keras #6700: an embedding made into an image
# kind: shape
import keras
from keras import layers

words = keras.Input((20,))
x = layers.Embedding(10_000, 300)(words)
x = layers.Reshape((20, 300, 2))(x)  #! SHC206 `(20, 300, 2)`
x = layers.Conv2D(32, (3, 300), activation="relu")(x)
x = layers.GlobalMaxPooling2D()(x)
model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))

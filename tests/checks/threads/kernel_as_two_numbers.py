# keras #10300: a convolution as Keras 1 had it, in a later Keras
# kind: architecture
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Convolution2D(32, 3, 3, input_shape=(32, 32, 3), activation="relu"))  #! SHC414
model.add(layers.Flatten())
model.add(layers.Dense(5, activation="softmax"))

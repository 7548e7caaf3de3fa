# keras #10300, put right
# kind: architecture
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Convolution2D(32, (3, 3), input_shape=(32, 32, 3), activation="relu"))
model.add(layers.Flatten())
model.add(layers.Dense(5, activation="softmax"))

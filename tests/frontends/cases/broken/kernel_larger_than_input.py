# Keras says "negative dimension" at the layer; what follows it is not to blame.
from keras import Sequential, layers

model = Sequential()  #: out=(None, 10)
model.add(layers.Conv2D(32, 3, input_shape=(28, 28, 1)))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(64, 3))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(64, 3))
model.add(layers.MaxPooling2D())
model.add(layers.Conv2D(64, 3))  #! SHC201 `3`
model.add(layers.MaxPooling2D())
model.add(layers.Flatten())
model.add(layers.Dense(10))

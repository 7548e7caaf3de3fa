from keras import Sequential, layers

model = Sequential()  #: out=(None, 10)
model.add(layers.Dense(32, input_shape=(784,)))
model.add(layers.Conv2D(8, 3))  #! SHC202 `layers.Conv2D(8, 3)`
model.add(layers.Flatten())
model.add(layers.Dense(10))

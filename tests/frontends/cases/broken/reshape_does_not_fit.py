from keras import Sequential, layers

model = Sequential()  #: out=(None, 2)
model.add(layers.Input((24,)))
model.add(layers.Reshape((5, 5)))  #! SHC206 `(5, 5)`
model.add(layers.Flatten())
model.add(layers.Dense(2))

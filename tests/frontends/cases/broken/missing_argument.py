from keras import Sequential, layers

model = Sequential()  #: params=3 exact=no
model.add(layers.Input((4,)))
model.add(layers.Dense(activation="relu"))  #! SHC212 `layers.Dense(activation="relu")`
model.add(layers.Dense(3))

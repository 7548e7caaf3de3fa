from keras import Sequential, layers

m = Sequential()  #: out=(None, 3)
m.add(layers.Input((4,)))
m.add(layers.Dense(3, name="same"))
m.add(layers.Dense(2, name="same"))  #! SHC223

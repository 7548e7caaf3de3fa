from keras import Sequential, layers

model = Sequential()  #: params=42 out=(None, 1)
model.add(layers.Input((4,)))
model.add(layers.Dense(7, activaton="relu"))  #! SHC211 `activaton="relu"`
model.add(layers.Dense(1, use_bias=False, trainable=False, name="y"))
m = model.layers

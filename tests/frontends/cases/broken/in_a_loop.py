from keras import Input, Model, layers

x = i = Input((20, 20, 3))
for k in range(4):
    x = layers.Conv2D(8, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)  #! SHC201 `2`
m = Model(i, layers.Flatten()(x))  #: kind=functional

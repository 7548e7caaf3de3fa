from keras import Input, Model, layers

i = Input((8, 8, 3))
a = layers.Conv2D(4, 3, padding="same")(i)
s = layers.Add()([a, i])  #! SHC203 `layers.Add()([a, i])`
x = layers.Activation("relu")(s)
m = Model(i, layers.GlobalAveragePooling2D()(x))  #: params=112

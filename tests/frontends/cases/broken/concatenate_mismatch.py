from keras import Input, Model, layers

i = Input((15, 15, 3))
d = layers.MaxPooling2D()(i)
u = layers.UpSampling2D()(d)
j = layers.Concatenate()([i, u])  #! SHC203 `layers.Concatenate()([i, u])`
x = layers.Conv2D(4, 3, padding="same")(j)
m = Model(i, x)  #:  kind=functional

from keras import Input, Model, layers

i, j = Input((4,)), Input((3,))
x = layers.Dense(8)(i)
y = layers.Concatenate()([x, j])
# Begins behind the input layer, and at one.
inner = Model([x, j], y)  #: out=(None, 11) params=0
whole = Model([i, j], [y, j])  #: params=40

from keras import Input, Model, layers

a, b = Input((4,)), Input((5,))
shared = layers.Dense(3)
x = shared(a)
y = shared(b)  #! SHC205
m = Model([a, b], layers.add([x, y]))  #: params=15

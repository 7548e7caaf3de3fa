# An entry takes no tensor; what is behind it is a network all the same.
from keras import Input, Model, layers

i = Input((4,))
first = Model(i, layers.Dense(3)(i))  #: out=(None, 3)
x = i
for layer in first.layers:
    x = layer(x)  #! SHC221 `layer(x)`
m = Model(i, x)  #: out=(None, 3)

from keras import Input, Model, layers

def block(x, filters):
    y = layers.Conv2D(filters, 3)(x)
    return layers.add([x, y])  #! SHC203

i = Input((8, 8, 3))
o = block(i, 3)  
m = Model(i, o)  #: params=84

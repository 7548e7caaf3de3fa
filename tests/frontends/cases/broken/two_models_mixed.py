from keras import Input, Model, layers

def make(prefix):
    i = Input((3,), name=prefix + "in")
    return i, layers.Dense(2, name=prefix + "out")(i)

a, x = make("a")
b, y = make("b")
m = Model(a, y)  #! SHC223 `a`

from keras import Input, Model, Sequential, layers

WIDTH = 6
made = 0

def dense(x, units=WIDTH, *, activation="relu", **options):
    global made
    made += 1
    return layers.Dense(units, activation=activation, **options)(x)  #: (None, 6) params=30 | (None, 3) params=21 name=three | (None, 2) params=8

def stack(x, *sizes, last=None):
    for size in sizes:
        x = layers.Dense(size, activation="relu")(x)  #: (None, 5) params=15 | (None, 4) params=24
    return x if last is None else layers.Dense(last)(x)  #: (None, 1) params=5

i = Input((4,))
x = dense(i)
x = dense(x, 3, name="three")
x = dense(units=2, x=x, activation=None)
x = stack(x, 5, 4, last=1)
x = layers.Dense(made)(x)  #: (None, 3) params=6
m = Model(i, x)  #: params=109

def maker(units):
    count = 0
    def make():
        nonlocal count
        count += 1
        return layers.Dense(units + count)
    return make

make = maker(10)
s = Sequential([Input((2,)), make(), make()])  #: (None, 2) | params=177 out=(None, 12)

def nested(x, depth):
    return x if depth == 0 else nested(layers.Dense(depth)(x), depth - 1)  #: (None, 3) | (None, 2) | (None, 1)

j = Input((4,))
r = Model(j, nested(j, 3))  #: params=26

double = lambda x: layers.Dense(x.shape[-1] * 2)(x)  #: (None, 8) params=40
q = Model(j, double(j))  #: params=40

args, kwargs = (7,), {"use_bias": False}
e = Sequential([Input((4,)), layers.Dense(*args, **kwargs)])  #: (None, 4) | (None, 7) params=28 | params=28

def block(filters, stage):
    name = "res" + str(stage) + "_branch"
    def apply(x):
        y = layers.Dense(filters, name=name + "2a")(x)  #: (None, 4) name=res5_branch2a
        return layers.add([x, y], name="{}_{}".format(name, 1))
    return apply

k = Input((4,))
b = Model(k, block(4, 5)(k))  #: params=20

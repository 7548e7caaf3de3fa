# Expressions that stand in a text and are evaluated there.
import keras
from keras import Input, Model, layers
from keras.layers import ELU, ReLU

def block(x, width, activation="ReLU"):
    function = eval(activation)
    x = layers.Conv2D(width, 3, padding="same")(x)
    return function(name=f"{activation}_{width}")(x)

x = i = Input((8, 8, 3))
for width, activation in ((4, "ReLU"), (6, "ELU")):
    x = block(x, width, activation)
m = Model(i, x)  #: params=334 layers=5
size = 5
m = keras.Sequential([Input((eval("size + 2"),)), layers.Dense(eval(" max(size, 3)"))])  #: params=40
make = eval("lambda n: layers.Dense(n, name='made')")
m = keras.Sequential([Input((3,)), make(2)])  #: params=8
try:
    units = eval("2 +")
except SyntaxError:
    units = 4
m = keras.Sequential([Input((3,)), layers.Dense(units)])  #: params=16

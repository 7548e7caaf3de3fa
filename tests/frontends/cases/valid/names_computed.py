# Names that a program computes and looks up.
import keras
from keras import layers

def narrow(x):
    return layers.Dense(2)(x)
def wide(x, units=9):
    made = locals()["units"]
    return layers.Dense(made)(x)

CONFIG = {"first": {"block": "narrow"}, "second": {"block": "wide"}}
x = i = keras.Input((3,))
for config in CONFIG.values():
    x = globals()[config["block"]](x)
m = keras.Model(i, x)  #: params=35

for place in range(2):
    globals()[f"units_{place}"] = place + 4
m = keras.Sequential([keras.Input((3,)), layers.Dense(units_0), layers.Dense(globals().get("units_1"))])  #: params=41

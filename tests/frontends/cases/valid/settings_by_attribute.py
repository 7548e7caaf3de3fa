# oracle: none, it uses a library that is not there
# Settings whose items are attributes, and where a function is defined.
import keras
import ml_collections
from easydict import EasyDict
from keras import layers

def settings(width=8):
    config = ml_collections.ConfigDict()
    config.width = width
    config.inner = ml_collections.ConfigDict({"depth": 2, "head": {"units": 3}})
    config["rate"] = 0.1
    return config.lock()

def stack(config):
    made = [layers.Dense(config.width) for _ in range(config.inner.depth)]
    return keras.Sequential([keras.Input((4,)), *made, layers.Dense(config.inner.head["units"])])  #: params=139

m = stack(settings())
if "other" not in stack.__module__:
    n = keras.Sequential([keras.Input((4,)), layers.Dense(EasyDict(units=5).units)])  #: params=25

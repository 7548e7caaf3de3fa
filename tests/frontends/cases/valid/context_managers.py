import contextlib

import keras
from keras import layers


class Counting:
    def __init__(self):
        self.entered = 0
        self.left = 0

    def __enter__(self):
        self.entered += 1
        return self

    def __exit__(self, kind, value, trace):
        self.left += 1
        return kind is not None


counting = Counting()
with counting as inner, counting:
    wide = inner.entered * 4
with counting:
    raise ValueError("the manager handles it")
keras.Sequential([keras.Input((3,)), layers.Dense(wide), layers.Dense(counting.left)])  #: (None, 3) | (None, 8) | (None, 3) params=27 | params=59


def build(manager):
    with manager:
        return layers.Dense(manager.left)  #: (None, 3) params=12


before = build(counting)
keras.Sequential([keras.Input((3,)), before, layers.Dense(counting.left)])  #: (None, 3) | (None, 4) params=16 | params=28


@contextlib.contextmanager
def width(units):
    yield units


with width(6) as units:
    keras.Sequential([keras.Input((3,)), layers.Dense(units)])  #: (None, 3) | (None, 6) | params=24

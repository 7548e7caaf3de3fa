# Rates that rise from block to block, in the ways in which programs list them.
import keras
import numpy as np
from keras import layers

depths = [1, 2]
rates = np.linspace(0.0, 0.1, sum(depths))
x = i = keras.Input((8,))
for stage, depth in enumerate(depths):
    for rate in rates[sum(depths[:stage]) : sum(depths[: stage + 1])]:
        if rate > 0.0:
            x = layers.Dropout(rate)(x)
        x = layers.Dense(4)(x)
m = keras.Model(i, x)  #: params=76 layers=6

parts = [part.tolist() for part in np.split(np.linspace(0, 0.2, 5), [2, 3])]
x = i = keras.Input((8,))
for part in parts:
    first = part[0] if isinstance(part, list) else 0.9
    x = layers.Dropout(first)(x) if first > 0 else layers.Dense(3)(x)
m = keras.Model(i, x)  #: params=27 layers=4

widths = np.arange(4, 8)
tail, halves = widths[1:], np.split(widths, 2)
m = keras.Sequential([keras.Input((3,)), *[layers.Dense(int(n)) for n in tail]])  #: params=105
m = keras.Sequential([keras.Input((3,)), *[layers.Dense(n) for n in halves[1].tolist()]])  #: params=73
grid = np.zeros((2, 3)).tolist()
m = keras.Sequential([keras.Input((len(grid),)), layers.Dense(len(grid[0]))])  #: params=9

ends = (np.cumsum([1, 2, 1]) - 1).tolist()
x = i = keras.Input((8,))
for place in range(4):
    x = layers.Dense(4)(x)
    x = layers.Dense(2)(x) if place in ends else x
m = keras.Model(i, x)  #: params=110 layers=8
m = keras.Sequential([keras.Input((3,)), *[layers.Dense(int(n)) for n in 2 * np.arange(1, 3) + 1]])  #: params=32

from itertools import chain, repeat
from keras import Input, Sequential, layers

def sizes():
    yield 3
    yield from [4, 5]
    return

def forever():
    n = 1
    while True:
        yield n
        n += 1

g, it, ever = sizes(), iter([32, 64]), forever()
m = Sequential([Input((2,)), layers.Dense(next(it)), layers.Dense(next(it)), layers.Dense(next(g))])  #: (None, 2) | (None, 32) | (None, 64) | (None, 3) | params=2621
for k in g:
    m.add(layers.Dense(k))  #: (None, 4) | (None, 5)
for k in g:
    m.add(layers.Dense(1000))
next(ever)
m.add(layers.Dense(next(ever) + next(it, 7)))  #: (None, 9)
for k in map(lambda v: v * 2, filter(None, [1, 0, 2])):
    m.add(layers.Dense(k))  #: (None, 2) | (None, 4)
for a, b in zip(chain([1], repeat(2, 1)), reversed([5, 6])):
    m.add(layers.Dense(a + b))  #: (None, 7) | (None, 7)

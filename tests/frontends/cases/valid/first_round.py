# oracle: none, how often the loop goes round is not known before it runs
# The first round of a loop over a range begins with its first number.
# (There is no false alarm: beyond that it expects nothing.)
import sys
from keras import Input, Model, layers

depth = (int(sys.argv[1]) - 2) // 9
x = layers.Dense(4)(Input((3,)))
for place in range(depth):
    y = layers.Dense(6)(x)
    if place == 0:
        x = layers.Dense(6)(x)
    x = layers.add([x, y])


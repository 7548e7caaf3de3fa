# What the program catches itself is no finding.  expects nothing
from keras import layers, Input
try:
    layers.Conv2D(3, 30)(Input((4, 4, 1)))
except ValueError:
    pass
try:
    layers.Conv2D(3, 30)(Input((4, 4, 1)))
except:
    pass

# oracle: none, nothing of it is called
# A function that nobody calls: what is refused with its defaults, and whatever else it is given.
from keras import Input, Sequential, layers

def narrow(units=None):
    return Sequential([  #: exact=no
        Input((4, 4, 1)),
        layers.Conv2D(2, 5),  #! SHC201 `5`
        layers.Flatten(),
        layers.Dense(units),
    ])

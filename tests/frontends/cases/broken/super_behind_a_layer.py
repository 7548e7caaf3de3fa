# What is behind Conv2D takes no more than Conv2D does, but for the rank.
from keras import layers


class Normed(layers.Conv2D):
    def __init__(self, filters, **kwargs):
        super(layers.Conv2D, self).__init__(rank=2, filters=filters, kernel_sise=3, **kwargs)  #! SHC211


layer = Normed(4)

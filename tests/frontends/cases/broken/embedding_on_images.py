from keras import Sequential, layers

m = Sequential([layers.Input((10,)), layers.Embedding(100, 8), layers.Conv2D(4, 3)])  #! SHC202 `layers.Conv2D(4, 3)` #: exact=no

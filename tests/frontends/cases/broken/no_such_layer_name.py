from keras import Input, Model, layers

i = Input((28, 28, 1))
# PyTorch's spelling.
x = layers.Conv2d(16, 3)(i)  #! SHC224 `layers.Conv2d(16, 3)`

from keras import layers

layer = layers.Conv2D(10, 3, groups=4)  #! SHC207

from keras import Input, layers

x = Input((8, 8, 1))
x = layers.Conv2D(8, (3, 3),  #! keras
                  strides=1,
                  padding="vaild")(x)  #! SHC213 `padding="vaild"`
x = layers.Flatten()(x)

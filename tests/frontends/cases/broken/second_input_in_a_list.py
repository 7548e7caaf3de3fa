from keras import Input, Sequential, layers

m = Sequential(  #: layers=3 #! keras
    [
        Input((4,)),
        layers.Dense(8),
        Input((8,)),  #! SHC223 `Input((8,))`
        layers.Dense(3),
    ]
)

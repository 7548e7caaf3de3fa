from keras import Input, Sequential, layers

m = Sequential(  #: kind=sequential
    [
        Input((2.5,)),  #! SHC213 `(2.5,)`
        layers.Dense(8),
    ]
)

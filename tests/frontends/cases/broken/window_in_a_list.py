from keras import Sequential, layers

model = Sequential([  #! keras #: out=(None, 2)
    layers.Input((8, 1)),
    layers.Conv1D(4, 5),
    layers.Conv1D(4, kernel_size=5),  #! SHC201 `kernel_size=5`
    layers.GlobalMaxPooling1D(),
    layers.Dense(2),  #: (None, 2)
])

def build():
    from keras.models import Sequential
    import keras.layers
    m = Sequential()  #: params=12 function=build variable=net out=(None, 4)
    m.add(keras.layers.Dense(4, input_shape=(2,)))  #: (None, 4) params=12
    return m

try:
    import no_such_module
except ImportError:
    no_such_module = None

net = build()

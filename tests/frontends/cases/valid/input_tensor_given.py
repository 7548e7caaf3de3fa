from keras import Input, Model, backend, layers


# As the models of keras.applications begin.
def base(input_tensor=None):
    if input_tensor is None:
        entry = Input((32, 32, 3))
    elif not backend.is_keras_tensor(input_tensor):
        entry = Input(tensor=input_tensor, shape=(32, 32, 3))
    else:
        entry = input_tensor
    return layers.Conv2D(8, 3)(entry)


i = Input((32, 32, 3))
m = Model(i, base(i))  #: params=224

import keras
from keras import layers

listed = keras.Sequential([  #: params=65 out=(None, 2)
    keras.Input(shape=(4,)),
    layers.Dense(9, activation="relu"),  #: (None, 9) params=45 name=dense
    layers.Dropout(0.1),
    layers.Dense(2, name="last"),  #: (None, 2) params=20 name=last
    layers.Activation("softmax"),
])

grown = keras.Sequential(name="grown")  #: params=45 out=(None, 9) name=grown layers=2
grown.add(layers.Input((4,)))  #: (None, 4)
grown.add(layers.Dense(9))
grown.add(layers.Dense(2))
grown.pop()

late = keras.Sequential([layers.Dense(3)])  #: (None, 3) params=18 | params=18 out=(None, 3)
late.build((None, 5))

kept = [layers.Dense(3), layers.Dense(4)]
stack = keras.Sequential()  #: params=34 out=(None, 4)
stack.add(keras.Input((5,)))
for layer in kept:
    stack.add(layer)
print(stack.summary())
stack.compile("adam", "mse")

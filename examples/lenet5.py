"""LeNet-5 as in LeCun, Bottou, Bengio and Haffner (1998), with every map of S2 joined to C3.

Try:  shapecalc summary examples/lenet5.py
      shapecalc render examples/lenet5.py -o lenet5.svg --show-shapes
"""

import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(shape=(32, 32, 1)),
        layers.Conv2D(6, kernel_size=5, activation="tanh", name="C1"),
        layers.AveragePooling2D(pool_size=2, name="S2"),
        layers.Conv2D(16, kernel_size=5, activation="tanh", name="C3"),
        layers.AveragePooling2D(pool_size=2, name="S4"),
        layers.Conv2D(120, kernel_size=5, activation="tanh", name="C5"),
        layers.Flatten(),
        layers.Dense(84, activation="tanh", name="F6"),
        layers.Dense(10, activation="softmax", name="output"),
    ],
    name="lenet5",
)

if __name__ == "__main__":
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    (x_train, y_train), _ = keras.datasets.mnist.load_data()
    x_train = keras.ops.pad(x_train[..., None] / 255.0, ((0, 0), (2, 2), (2, 2), (0, 0)))
    model.fit(x_train, y_train, batch_size=128, epochs=10)

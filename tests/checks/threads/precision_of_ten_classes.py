# tensorflow #28259: fit exception on precision metric
# kind: contract
import keras as k
import numpy as np

x_train, y_train = np.zeros((64, 28, 28)), np.zeros(64, "uint8")
model = k.models.Sequential([
    k.layers.Flatten(input_shape=(28, 28)),
    k.layers.Dense(32, activation="elu"),
    k.layers.Dense(10, activation="softmax"),
])
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=[k.metrics.Precision()],  #! SHC309
)
model.fit(x_train, y_train)  #! keras

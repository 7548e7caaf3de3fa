# karolzak/keras-unet #51: expected shape=(None, 1, 3), found shape=(None, 3)
# kind: contract
import keras
import numpy as np

features = np.zeros((170, 3))
labels = np.zeros((170,))
nn_model = keras.Sequential([
    keras.layers.Dense(64, activation="relu", input_shape=(3,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1),
])
nn_model.compile(optimizer="adam", loss="mse")
history = nn_model.fit(features, labels)

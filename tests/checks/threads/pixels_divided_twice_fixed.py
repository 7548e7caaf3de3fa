# keras-team/keras-io #1549: EfficientNetB0 does not learn what MobileNet learns
# kind: contract
import keras
import numpy as np
from keras.applications import EfficientNetB0

images = np.array([[[[0, 128, 255]] * 32] * 32] * 2, "uint8")
x_train = images.astype("float32")
y_train = np.array([[1.0, 0.0], [0.0, 1.0]])
backbone = EfficientNetB0(weights=None, include_top=False, input_shape=(64, 64, 3))
backbone.trainable = False
model = keras.Sequential([
    keras.Input(shape=(32, 32, 3)),
    keras.layers.Resizing(64, 64),
    backbone,
    keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train)

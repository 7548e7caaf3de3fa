# tensorflow #55565: the mean overlap does not change while the accuracy does
# kind: contract
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(4, 1, activation="softmax"),
])
model.compile(
    "adam",
    loss=keras.losses.CategoricalCrossentropy(from_logits=False),
    metrics=["accuracy", keras.metrics.OneHotMeanIoU(num_classes=4)],
)

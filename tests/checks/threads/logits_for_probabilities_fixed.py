# tensorflow/docs #2102, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((32, 250)), np.zeros(32, int)
model = keras.Sequential([
    keras.Input((250,)),
    layers.Embedding(10_000, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(4),
])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
model.fit(x, y)

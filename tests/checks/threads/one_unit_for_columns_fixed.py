# Stack Overflow 49392972: labels of another class_mode than the last layer's
# kind: contract
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from keras.models import Sequential
from keras.utils import to_categorical

images = np.zeros((15, 24, 24, 3))
labels = to_categorical(np.arange(15) % 3, 3)
model = Sequential([
    Conv2D(8, (3, 3), activation="relu", input_shape=(24, 24, 3), padding="same"),
    MaxPooling2D(pool_size=(2, 2)),
    Flatten(),
    Dense(3, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.fit(images, labels, batch_size=5)

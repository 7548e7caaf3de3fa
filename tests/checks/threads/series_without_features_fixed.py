# keras #7136, put right
# kind: shape
import keras
from keras import layers

model = keras.Sequential([
    layers.Conv1D(32, 3, activation="relu", input_shape=(30, 1)),
    layers.GlobalMaxPooling1D(),
    layers.Dense(1, activation="sigmoid"),
])

# keras #7136: expected ndim=3, found ndim=2 from Conv1D
# kind: shape
import keras
from keras import layers

model = keras.Sequential([  #! keras
    layers.Conv1D(32, 3, activation="relu", input_shape=(30,)),  #! SHC202
    layers.GlobalMaxPooling1D(),
    layers.Dense(1, activation="sigmoid"),
])

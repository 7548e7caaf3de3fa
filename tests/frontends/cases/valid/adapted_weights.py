import keras
from keras import layers

model = keras.Sequential([keras.Input((8,)), layers.Dense(16, name="wide"), layers.Dense(4)])  #: (None, 8) | (None, 16) params=192 trainable=64 | (None, 4) params=68 trainable=68 | params=260 trainable=132
model.get_layer("wide").enable_lora(rank=2)

packed = keras.Sequential([keras.Input((8,)), layers.Dense(16, dtype="int8_from_float32")])  #: (None, 8) | (None, 16) params=160 trainable=16 | params=160 trainable=16

small = keras.Sequential([keras.Input((6,)), layers.Embedding(20, 3), layers.Flatten(), layers.Dense(5)])  #: (None, 6) | (None, 6, 3) params=80 trainable=0 | (None, 18) params=0 | (None, 5) params=100 trainable=5 | params=180 trainable=5
small.quantize("int8")

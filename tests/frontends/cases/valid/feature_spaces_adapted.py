# oracle: none, what looks words up in Keras needs TensorFlow
import keras
from keras import layers
from keras.utils import FeatureSpace

data = {"size": [0.0, 0.1, 0.2], "town": ["a", "b", "b"], "floor": [0, 1, 2], "door": [1, 1, 2]}
space = keras.utils.FeatureSpace(
    features={
        "size": "float_normalized",
        "town": FeatureSpace.string_categorical(max_tokens=10),
        "floor": "integer_categorical",
        "door": "integer_hashed",
    },
    crosses=[("town", "floor"), FeatureSpace.cross(("floor", "door"), crossing_dim=16)],
    crossing_dim=24,
    hashing_dim=8,
)
space.adapt(data)
joined = space.get_encoded_features()
answer = layers.Dense(2)(joined)  #: (None, 2) params=(2*floor_size + 2*town_size + 100)
model = keras.Model(space.get_inputs(), answer)  #: params=(2*floor_size + 2*town_size + 103) trainable=(2*floor_size + 2*town_size + 100)

fixed = FeatureSpace(
    features={
        "size": FeatureSpace.float_discretized(num_bins=5),
        "wide": "float_discretized",
        "town": FeatureSpace.string_hashed(7),
        "floor": FeatureSpace.integer_categorical(output_mode="int"),
    },
    num_discretization_bins=11,
    output_mode="dict",
)
fixed.adapt(data)
parts = fixed.get_encoded_features()
binned = layers.Dense(1)(parts["size"])  #: (None, 1) params=6
wide = layers.Dense(1)(parts["wide"])  #: (None, 1) params=12
hashed = layers.Dense(1)(parts["town"])  #: (None, 1) params=8
looked_up = layers.Embedding(4, 3)(parts["floor"])  #: (None, 1, 3) params=12
places = layers.Flatten()(looked_up)
every = keras.Model(fixed.get_inputs(), [binned, wide, hashed, places])  #: params=38 out=[(None, 1), (None, 1), (None, 1), (None, 3)]

rows = {"size": [0.0, 0.1], "wide": [1.0, 2.0], "town": ["a", "b"], "floor": [0, 1]}
seen = fixed(rows)["town"].shape
two_rows = keras.Sequential([keras.Input(seen), layers.Flatten()])  #: (None, 2, 7) | (None, 14) | params=0
alone = fixed({name: values[0] for name, values in rows.items()})["size"].shape
one_item = keras.Sequential([keras.Input(alone), layers.Dense(1)])  #: (None, 5) | (None, 1) params=6 | params=6

import keras
from keras import layers
from keras.utils import FeatureSpace

space = FeatureSpace(
    features={
        "weight": "float",
        "height": FeatureSpace.float(name="tall"),
        "age": "float_rescaled",
        "speed": FeatureSpace.float_rescaled(scale=0.5, offset=1.0),
    }
)
inputs = space.get_inputs()
encoded = space.get_encoded_features()
hidden = layers.Dense(3, name="hidden")(encoded)  #: (None, 3) params=15 name=hidden
whole = keras.Model(inputs, hidden)  #: params=15 in=[(None, 1), (None, 1), (None, 1), (None, 1)] out=(None, 3)
behind = keras.Model(encoded, hidden)  #: params=15 in=(None, 4) out=(None, 3)

apart = FeatureSpace(
    {
        "pixels": FeatureSpace.feature("float32", layers.Dense(6), "float"),
        "weight": "float",
        "kind": FeatureSpace.feature("int32", layers.CategoryEncoding(5, output_mode="count"), "float"),
    },
    output_mode="dict",
)
parts = apart.get_encoded_features()
joined = layers.Concatenate()([parts["pixels"], parts["kind"], parts["weight"]])  #: (None, 12) params=0
model = keras.Model(apart.get_inputs(), joined)  #: params=12 out=(None, 12)

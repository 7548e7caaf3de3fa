import keras
from keras import layers
from keras.utils import FeatureSpace

space = FeatureSpace(
    features={"kind": FeatureSpace.feature("int32", layers.Identity(dtype="int32"), "int"), "age": "float"}
)
joined = space.get_encoded_features()  #! SHC213

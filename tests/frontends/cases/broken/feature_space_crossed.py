import keras

keras.utils.FeatureSpace(features={"age": "float", "town": "float"}, crosses=[("age", "road")])  #! SHC213 `crosses=[("age", "road")]`

import keras

keras.utils.FeatureSpace(features={"age": "float", "town": "words"}, output_mode="dict")  #! SHC213 `features={"age": "float", "town": "words"}`

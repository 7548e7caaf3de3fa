# keras #15521, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x = np.zeros((93, 10))
model = keras.Sequential([keras.Input((10,)), layers.Dense(1, activation="sigmoid")])
print(model.predict(x[:1]))

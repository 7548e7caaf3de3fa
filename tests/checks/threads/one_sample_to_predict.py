# keras #15521: expected min_ndim=2, found ndim=1
# kind: contract
import keras
import numpy as np
from keras import layers

x = np.zeros((93, 10))
model = keras.Sequential([keras.Input((10,)), layers.Dense(1, activation="sigmoid")])
print(model.predict(x[0]))  #! SHC308

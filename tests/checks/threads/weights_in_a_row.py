# keras #7120: a sample_weight array of (100, 262144) for (100, 512, 512, 1)
# kind: contract
import numpy as np
from keras import layers, models

x = np.zeros((20, 32, 32, 1))
target_data = np.ones((20, 32, 32, 1))
weight_map = np.where(target_data == 1, 20.0, 1.0).reshape(20, 32 * 32)
model = models.Sequential([
    layers.Conv2D(8, 3, padding="same", activation="relu", input_shape=(32, 32, 1)),
    layers.Conv2D(1, 1, activation="sigmoid"),
])
model.compile("adam", loss="binary_crossentropy")
model.fit(x, target_data, sample_weight=weight_map, batch_size=10)  #! SHC319

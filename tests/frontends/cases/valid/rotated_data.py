# oracle: none, SciPy is not there
import keras
import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial.transform import Rotation

points = Rotation.from_rotvec([0.1, -0.2, 0.3]).apply(np.zeros((60, 3)))
encoder = keras.Sequential([keras.layers.Dense(2)])  #: (None, 2) params=8 | params=8
encoder.compile(loss="mse", optimizer="sgd")
encoder.fit(gaussian_filter(points, 1.0) + [0.2, 0, 0.2], np.zeros((60, 2)))

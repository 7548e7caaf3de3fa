# Sizes that come from arrays and texts that the program makes itself.
import ast

import numpy as np
from keras import Input, Sequential, initializers, layers

vectors = np.random.multivariate_normal(mean=[0, 3], cov=[[1, 0.5], [0.5, 1]], size=100)
one = np.random.default_rng(0).multivariate_normal(np.zeros(3), np.eye(3))
m = Sequential([Input(vectors.shape[1:]), layers.Dense(one.shape[0])])  #: params=9
counts = np.random.poisson(3.0, (5, 7))
m = Sequential([Input(counts.shape), layers.Dense(2)])  #: params=16

rows = []
for i in range(2000):
    index = np.random.choice(9, 3, replace=False)
    if i in (3, 5):
        index = index + 1
    rows.append(np.zeros((3, 4, 5)))
turned = list(np.swapaxes(rows, 0, 1))
m = Sequential([Input(turned[0][0].shape), layers.Flatten(), layers.Dense(2)])  #: params=42

atoms = ast.literal_eval('["C", "B", "F"]')
m = Sequential([Input((4,)), layers.Dense(len(atoms))])  #: params=15

table = initializers.RandomUniform()(shape=(6, 8))
m = Sequential([Input(table.shape), layers.Dense(table.shape[-1])])  #: params=72

scaled = np.zeros((5, 6), "uint8")[..., None] / np.float32(255)
m = Sequential([Input(scaled.shape[1:]), layers.Dense(int(np.int32(2.0)))])  #: params=4

grid = np.zeros((3, 4, 4, 3))
corners, across = grid[:, (0, -1), :, :].mean(axis=3), grid[(0, 1), :, (1, 2)]
m = Sequential([Input(corners.shape[1:]), layers.Flatten(), layers.Dense(across.shape[-1])])  #: params=27

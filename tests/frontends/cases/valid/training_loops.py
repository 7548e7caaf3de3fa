import random

import keras
import numpy as np
from keras import layers

policy = keras.Sequential([layers.Dense(5, activation="relu"), layers.Dense(1)])  #: (1, 5) params=25 | (1, 1) params=6 | params=31


def play(step):
    seen = np.zeros((4,), "float32")
    total = 0
    for move in range(40):
        chosen = policy(seen[None])
        total = total + move * step
    return chosen


for episode in range(16):
    for game in range(10):
        play(game)

tokens = "".join(sorted(set("some letters")))
ids = [[tokens.index(c) for c in "letters" for _ in range(3)] for _ in range(2000)]

states = []
for step in range(200):
    for game in range(40):
        if random.random() < 0.5:
            states.append(game)

after = keras.Sequential([keras.Input((3,)), layers.Dense(len(tokens) + 1)])  #: (None, 3) | (None, 9) params=36 | params=36

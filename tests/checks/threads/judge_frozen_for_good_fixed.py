# keras #8585: the judge of two adversarial networks is frozen after it was compiled
# kind: contract
import keras
import numpy as np
from keras import layers

real, noise = np.ones((32, 8)), np.ones((32, 4))
yes = np.ones((32, 1))
judge = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation="sigmoid")])
judge.compile("adam", "binary_crossentropy")
forger = keras.Sequential([keras.Input((4,)), layers.Dense(8)])
both = keras.Sequential([keras.Input((4,)), forger, judge])
both.compile("adam", "binary_crossentropy")
for _ in range(2):
    judge.trainable = True
    judge.train_on_batch(real, yes)
    judge.trainable = False
    both.train_on_batch(noise, yes)

# oracle: none, the data are not there
# Data whose number of axes is not known: nothing is said of it, and nothing ends in an error.
import numpy as np
import pandas as pd
import tensorflow as tf
from PIL import Image
from keras import Input, Sequential, layers

table = pd.read_csv("pictures.csv")
table["picture"] = table["path"].map(lambda path: np.asarray(Image.open(path).resize((32, 32))))
m = Sequential([Input((32, 32, 3)), layers.Flatten(), layers.Dense(3)])  #: params=9219
m.compile(loss="mse")
m.fit(np.asarray(table["picture"].tolist()), np.zeros((10, 3)))

labels = tf.one_hot(np.load("labels.npy"), depth=4)
other = tf.one_hot(np.load("labels.npy"), 3, axis=0)

batch = np.load("sizes.npz")["batch"].settings.size
p = Input((4,), batch_size=batch)
q = Sequential([p, layers.Dense(3)])  #: params=15

# oracle: none, TensorFlow Datasets is no part of Keras
import keras
import tensorflow_datasets as tfds
from keras import layers

(train, test), info = tfds.load("tf_flowers", split=["train[:80%]", "train[80%:]"], as_supervised=True, with_info=True)
count = info.features["label"].num_classes
pixels = keras.Input(shape=(160, 160, 3))
flowers = keras.Model(pixels, layers.Dense(count)(layers.Flatten()(pixels)))  #: (None, 5) params=384005 | (None, 76800) | params=384005

data, about = tfds.load("fashion_mnist:3.0.1", with_info=True)
small = keras.Sequential([keras.Input(about.features["image"].shape), layers.Flatten(), layers.Dense(about.splits["train"].num_examples // 10000)])  #: (None, 28, 28, 1) | (None, 784) | (None, 6) | params=4710

told = tfds.builder("beans").info
beans = keras.Sequential([keras.Input((4,)), layers.Dense(told.features["label"].num_classes)])  #: (None, 4) | (None, 3) | params=15

_, other = tfds.load("a_set_of_ours", with_info=True)
n_classes = other.features["label"].num_classes
ours = keras.Sequential([keras.Input((4,)), layers.Dense(n_classes)])  #: (None, 4) | (None, n_classes) | params=5*n_classes

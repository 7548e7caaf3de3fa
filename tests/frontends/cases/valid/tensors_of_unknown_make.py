# oracle: none, TensorFlow is not there
# What a function yields that is not known may be anything.
import keras
import tensorflow as tf
from keras import Input, Model, Sequential, layers

i = Input((4, 5))
rate = tf.constant_initializer(tf.math.log(0.01))
m = Sequential([Input((3,)), layers.Dense(2, bias_initializer=rate)])  #: params=8
count = tf.reduce_max(tf.constant([[1, 2]]), axis=None)
order = tf.argsort(i, direction="DESCENDING")
total = tf.reduce_sum(i, axis=1, keep_dims=True, name=None, reduction_indices=None)
n = Model(i, total)  #: out=(None, 1, 5)
v = tf.Variable(initial_value=tf.zeros((4, 5)), trainable=True)
k = Model(i, i + v)  #: out=(None, 4, 5)
print("%s: %f" % ("sum", total))

# oracle: none, the conditions are not known before it runs
import os, sys
from keras import Input, Model, Sequential, layers

flag = os.path.exists("x")
before = Sequential([Input((4,)), layers.Dense(1)])  #: (None, 4) | (None, 1) | params=5 if=(None)

units = 10 if flag else 10
same = Sequential([Input((4,)), layers.Dense(units)])  #: (None, 4) | (None, 10) | params=50 if=(None)

if flag:
    rate, text = 0.5, "wide"
else:
    rate, text = 0.1, "deep"
net = Sequential([Input((4,)), layers.Dropout(rate), layers.Dense(2)])  #: (None, 4) | (None, 4) | (None, 2) | params=10 if=(None)

i = Input((4,))
x = layers.Dense(8)(i)
if flag:
    x = layers.Dense(8)(x)  #: (None, 8) params=72
else:
    x = layers.Dense(7)(x)  #: (None, 7) params=63
m = Model(i, layers.Dense(1)(x))  #: (None, 1) | params=121 if=(flag) | params=111 if=(not (flag))
after = Sequential([Input((4,)), layers.Dense(1)])  #: (None, 4) | (None, 1) | params=5 if=(None)

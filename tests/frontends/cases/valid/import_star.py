from keras.layers import *
from keras.models import *

model = Sequential([Input((4,)), Dense(3)])  #: (None, 4) | (None, 3) | params=15
i = Input(shape=(5,))
other = Model(inputs=i, outputs=Dropout(0.5)(BatchNormalization()(i)))  #: (None, 5) params=0 | (None, 5) params=20 trainable=10 | params=20 trainable=10

from keras import *
third = Sequential([Input((4,)), layers.Dense(3)])  #: (None, 4) | (None, 3) | params=15

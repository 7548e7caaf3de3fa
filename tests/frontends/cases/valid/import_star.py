from keras.layers import *
from keras.models import *

model = Sequential([Input((4,)), Dense(3)])  #: (None, 4) | (None, 3) | params=15
i = Input(shape=(5,))
other = Model(inputs=i, outputs=Dropout(0.5)(BatchNormalization()(i)))  #: (None, 5) params=0 | (None, 5) params=20 trainable=10 | params=20 trainable=10

from keras import *
third = Sequential([Input((4,)), layers.Dense(3)])  #: (None, 4) | (None, 3) | params=15

from keras.applications import *
scaled = MobileNet(weights=None, input_shape=(32, 32, 3), include_top=False, alpha=0.25)  #: params=218544
from keras.applications.vgg16 import *
deep = VGG16(weights=None, input_shape=(32, 32, 3), include_top=False)  #: params=14714688
same = vgg19.VGG19(weights=None, input_shape=(32, 32, 3), include_top=False)  #: params=20024384
ready = preprocess_input(__import__("numpy").zeros((1, 32, 32, 3)))

# What `preprocess_input` puts in front of a model.
from keras import Input, Model, applications
from keras.applications import densenet, mobilenet_v3, resnet50
from keras.applications.mobilenet_v2 import preprocess_input

i = Input((32, 32, 3))
a = Model(i, resnet50.preprocess_input(i))  #: params=0 out=(None, 32, 32, 3)
b = Model(i, densenet.preprocess_input(i))  #: params=0 out=(None, 32, 32, 3)
c = Model(i, preprocess_input(i))  #: params=0 out=(None, 32, 32, 3)
d = applications.MobileNetV2(weights=None, include_top=False, input_tensor=preprocess_input(i))  #: params=2257984

from keras import Input, Model, Sequential, layers

base = Sequential([Input((4,)), layers.Dense(3), layers.Dense(2), layers.BatchNormalization()], name="base")  #: (None, 4) | (None, 3) params=15 trainable=0 | (None, 2) params=8 trainable=0 | (None, 2) params=8 trainable=0 | params=31 trainable=0
base.trainable = False
model = Sequential([base, layers.Dense(1)])  #: (None, 1) trainable=3 | params=34 trainable=3

net = Sequential([Input((4,)), layers.Dense(3), layers.Dense(2), layers.Dense(1)])  #: (None, 4) | (None, 3) trainable=0 | (None, 2) trainable=0 | (None, 1) trainable=3 | params=26 trainable=3
for layer in net.layers[:-1]:
    layer.trainable = False

i = Input((2,))
x = layers.Dense(2, trainable=False)(i)  #: (None, 2) params=6 trainable=0
x = layers.Dense(2, name="top")(x)  #: (None, 2) params=6 trainable=6
m = Model(i, x)  #: params=12 trainable=6

z = layers.Dense(2, name="frozen")(i)  #: (None, 2) params=6 trainable=0
n = Model(i, z)  #: params=6 trainable=0
n.get_layer("frozen").trainable = False

# keras #16925: operands of (56, 56, 32) and (112, 112, 32)
# kind: shape
from keras.layers import Add, BatchNormalization, Conv2D, Input, LeakyReLU, MaxPool2D
from keras.models import Model

visible = Input(shape=(224, 224, 3))
x = Conv2D(32, (3, 3), padding="same", use_bias=False, name="conv_1")(visible)
x = BatchNormalization()(x)
x = LeakyReLU()(x)
block_1 = MaxPool2D(pool_size=(2, 2), padding="same")(x)

x = Conv2D(32, (3, 3), padding="same", use_bias=False, name="conv_2")(block_1)
x = BatchNormalization()(x)
x = LeakyReLU()(x)
x = MaxPool2D(pool_size=(2, 2), padding="same")(x)
block_2 = Add()([x, block_1])  #! SHC203
model = Model(visible, block_2)

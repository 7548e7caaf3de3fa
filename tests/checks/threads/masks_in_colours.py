# zhixuhao/unet #195: masks for an output of one channel
# kind: contract
import numpy as np
from keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D, concatenate
from keras.models import Model


def unet(input_size=(32, 32, 3)):
    inputs = Input(input_size)
    conv1 = Conv2D(8, 3, activation="relu", padding="same")(inputs)
    pool1 = MaxPooling2D(pool_size=(2, 2))(conv1)
    conv2 = Conv2D(16, 3, activation="relu", padding="same")(pool1)
    up = concatenate([conv1, UpSampling2D(size=(2, 2))(conv2)], axis=3)
    return Model(inputs, Conv2D(1, 1, activation="sigmoid")(up))


X = np.zeros((8, 32, 32, 3))
Y = np.zeros((8, 32, 32, 3))
model = unet()
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, Y, batch_size=4)  #! SHC305

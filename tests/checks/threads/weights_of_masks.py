# keras #7112: class_weight not supported for 3+ dimensional targets
# kind: contract
import numpy as np
from keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D, concatenate
from keras.models import Model

imgs_train = np.zeros((8, 32, 32, 1))
imgs_mask_train = np.zeros((8, 32, 32, 1))


def get_unet():
    inputs = Input((32, 32, 1))
    conv1 = Conv2D(8, (3, 3), activation="relu", padding="same")(inputs)
    pool1 = MaxPooling2D(pool_size=(2, 2))(conv1)
    conv2 = Conv2D(16, (3, 3), activation="relu", padding="same")(pool1)
    up = concatenate([UpSampling2D(size=(2, 2))(conv2), conv1], axis=3)
    out = Conv2D(1, (1, 1), activation="sigmoid")(up)
    model = Model(inputs=inputs, outputs=out)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


model = get_unet()
weights = {0: 1.0, 1: 80.0}
model.fit(imgs_train, imgs_mask_train, batch_size=4, class_weight=weights)  #! SHC319

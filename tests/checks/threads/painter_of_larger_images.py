# jeffheaton/t81_558_deep_learning #30: images of 128 for a judge of 96
# kind: shape
from keras.layers import Activation, Conv2D, Dense, Flatten, Input, LeakyReLU, Reshape, UpSampling2D
from keras.models import Model, Sequential

GENERATE_RES = 3
GENERATE_SQUARE = 32 * GENERATE_RES


def build_generator(seed_size, channels):
    model = Sequential()
    model.add(Dense(4 * 4 * 32, activation="relu", input_dim=seed_size))
    model.add(Reshape((4, 4, 32)))
    for _ in range(GENERATE_RES + 2):
        model.add(UpSampling2D())
        model.add(Conv2D(16, kernel_size=3, padding="same", activation="relu"))
    model.add(Conv2D(channels, kernel_size=3, padding="same"))
    model.add(Activation("tanh"))
    seed = Input(shape=(seed_size,))
    return Model(seed, model(seed))


def build_discriminator(image_shape):
    model = Sequential()
    model.add(Conv2D(16, kernel_size=3, strides=2, input_shape=image_shape, padding="same"))
    model.add(LeakyReLU())
    model.add(Flatten())
    model.add(Dense(1, activation="sigmoid"))
    image = Input(shape=image_shape)
    return Model(image, model(image))


discriminator = build_discriminator((GENERATE_SQUARE, GENERATE_SQUARE, 3))
generator = build_generator(100, 3)
random_input = Input(shape=(100,))
validity = discriminator(generator(random_input))  #! SHC205
combined = Model(random_input, validity)

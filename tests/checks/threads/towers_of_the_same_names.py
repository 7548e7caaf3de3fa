# keras #11827: two towers name their layers alike
# kind: shape
import keras
from keras import layers

def tower(x, units):
    for number, width in enumerate(units):
        x = layers.Dense(width, activation="relu", name="layer%d" % number)(x)
    return x


user = keras.Input((16,), name="user")
item = keras.Input((24,), name="item")
both = layers.Concatenate()([tower(user, [32, 8]), tower(item, [64, 8])])
model = keras.Model([user, item], layers.Dense(1, activation="sigmoid")(both))  #! SHC223

# keras #11827, put right
# kind: shape
import keras
from keras import layers

def tower(x, units, side):
    for number, width in enumerate(units):
        x = layers.Dense(width, activation="relu", name="%s%d" % (side, number))(x)
    return x


user = keras.Input((16,), name="user")
item = keras.Input((24,), name="item")
both = layers.Concatenate()([tower(user, [32, 8], "user_layer"), tower(item, [64, 8], "item_layer")])
model = keras.Model([user, item], layers.Dense(1, activation="sigmoid")(both))

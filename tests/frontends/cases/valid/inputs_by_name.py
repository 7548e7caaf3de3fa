# Inputs in a dict are told apart by their names, not by their order.
from keras import Input, Model, layers

i = {"words": Input((4, 5), name="words"), "image": Input((7, 6), name="image")}
query = layers.Dense(3)(i["words"])
key = layers.Dense(3)(i["image"])
inner = Model(i, layers.Attention()([query, key]))  #: params=39
a, b = Input((4, 5)), Input((7, 6))
m = Model([a, b], inner({"words": a, "image": b}))  #: params=39 out=(None, 4, 3)
n = Model([a, b], inner({"image": b, "words": a}))  #: params=39 out=(None, 4, 3)

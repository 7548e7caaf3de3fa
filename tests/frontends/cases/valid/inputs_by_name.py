# Inputs in a dict are told apart by their names, not by their order.
import keras
from keras import Input, Model, layers

i = {"words": Input((4, 5), name="words"), "image": Input((7, 6), name="image")}
query = layers.Dense(3)(i["words"])
key = layers.Dense(3)(i["image"])
inner = Model(i, layers.Attention()([query, key]))  #: params=39
a, b = Input((4, 5)), Input((7, 6))
m = Model([a, b], inner({"words": a, "image": b}))  #: params=39 out=(None, 4, 3)
n = Model([a, b], inner({"image": b, "words": a}))  #: params=39 out=(None, 4, 3)

j = {"words": Input((4, 5), name="w"), "image": Input((7, 6), name="i")}
parts = Model(j, {"words": layers.Dense(2)(j["words"]), "image": layers.Dense(3)(j["image"])})  #: params=33
heads = {"words": Input((4, 2), name="hw"), "image": Input((7, 3), name="hi")}
head = Model(heads, layers.Concatenate()([layers.Flatten()(heads["words"]), layers.Flatten()(heads["image"])]))  #: params=0
whole = Model(j, head(parts(j)))  #: params=33 out=(None, 29)
copy = keras.models.clone_model(whole)  #: params=33 out=(None, 29)

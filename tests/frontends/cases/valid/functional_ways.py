from keras import Input, Model, layers

image = Input(shape=(32, 32, 3), name="image")  #: (None, 32, 32, 3) name=image
words = Input((12,), dtype="int32")  #: (None, 12)
x = layers.Conv2D(8, 3, strides=2, padding="same")(image)  #: (None, 16, 16, 8) params=224
x = layers.GlobalAveragePooling2D()(x)  #: (None, 8)
y = layers.Embedding(50, 6)(words)  #: (None, 12, 6) params=300
y = layers.Flatten()(y)  #: (None, 72)
both = layers.concatenate([x, y])
also = layers.Concatenate(axis=-1)([x, y])  #: (None, 80) params=0
one = layers.Dense(1, name="one")(also)  #: (None, 1) params=81
two = layers.Dense(2, name="two")(also)  #: (None, 2) params=162
model = Model(inputs=[image, words], outputs=[one, two], name="pair")  #: params=767 name=pair kind=functional in=[(None, 32, 32, 3), (None, 12)] out=[(None, 1), (None, 2)]
named = Model(inputs={"a": image, "b": words}, outputs={"c": one})  #: params=605 out=(None, 1)
half = Model(image, x)  #: params=224 out=(None, 8)

from keras import Input, Model, layers

a, b = Input((4,)), Input((4,))
x = layers.Dense(3)(a)
y = layers.Concatenate()([x, b])
m = Model(inputs=a, outputs=y)  #! SHC223 `inputs=a`
print(m.summary())

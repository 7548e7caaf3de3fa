from keras import Input, Model, Sequential, layers

model = Sequential()  #: params=288 out=(None, 2) layers=5
model.add(Input((4,)))
for units in [8, 10, 12]:
    model.add(layers.Dense(units))  #: (None, 8) params=40 | (None, 10) params=90 | (None, 12) params=132
model.add(layers.Dense(2))

x = i = Input((16, 16, 1))
for depth in range(2):
    filters = 4 * 2 ** depth
    for k, (size, act) in enumerate([(3, "relu"), (1, None)]):
        x = layers.Conv2D(filters, size, padding="same", activation=act, name=f"block{depth}_conv{k + 1}")(x)  #: (None, 16, 16, 4) name=block0_conv1 | (None, 16, 16, 4) name=block0_conv2 | (None, 8, 8, 8) name=block1_conv1 | (None, 8, 8, 8) name=block1_conv2
    x = layers.MaxPooling2D()(x)  #: (None, 8, 8, 4) | (None, 4, 4, 8)
net = Model(i, x)  #: params=428 out=(None, 4, 4, 8)

outs = [layers.Dense(n, name="out_%d" % n)(layers.Flatten()(x)) for n in (1, 2)]
heads = Model(i, outs)  #: params=815 out=[(None, 1), (None, 2)]

spec = {"a": 3, "b": 5}
z = Input((7,))
branches = [layers.Dense(v, name=k)(z) for k, v in spec.items()]
for width, branch in zip((2, 4), branches):
    branches[branches.index(branch) if False else 0] = branch
wide = Model(z, layers.concatenate(branches[:1] + [layers.Dense(1, name="c")(z)]))  #: params=48

count = 0
while count < 3:
    count += 1
    if count == 2:
        continue
    z = layers.Dense(count)(z)  #: (None, 1) params=8 | (None, 3) params=6
else:
    z = layers.Dense(9)(z)  #: (None, 9) params=36
tail = Model(wide.input, z)  #: params=50

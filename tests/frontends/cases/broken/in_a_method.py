from keras import Input, Model, layers

class Builder:
    size = 6

    def __init__(self, steps):
        self.steps = steps

    def build(self):
        i = x = Input((self.size, self.size, 2))
        for _ in range(self.steps):
            x = self.step(x)
        return Model(i, x)  #: kind=functional

    def step(self, x):
        return layers.Conv2D(3, self.kernel())(x)  #! SHC201 `self.kernel()`

    @staticmethod
    def kernel():
        return 3

model = Builder(3).build()

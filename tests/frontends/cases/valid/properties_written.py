# A property that has a setter is read as a property, and written through the setter.
from keras import Input, Model, Sequential, layers


class Holder:
    def __init__(self):
        self._model = None
        self._width = 1

    @property
    def model(self):
        return self._model

    @model.setter
    def model(self, new):
        self._model = new

    @property
    def width(self):
        return self._width

    @width.setter
    def width(self, new):
        self._width = new + 1

    @width.deleter
    def width(self):
        self._width = 0

    def _read(self):
        return self._width * 10

    def _write(self, new):
        self._width = new

    tenfold = property(_read, _write)

    @width.getter
    def doubled(self):
        return self._width * 2


class Scaled(layers.Layer):
    def __init__(self):
        super().__init__()
        self._units = 1

    @property
    def units(self):
        return self._units

    @units.setter
    def units(self, new):
        self._units = new * 2

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units))

    def call(self, x):
        return x @ self.kernel


holder = Holder()
i = Input((4,))
holder.model = Model(i, layers.Dense(2)(i))  #: params=10
inner = Model(holder.model.input, layers.Dense(3)(holder.model.output))  #: params=19
holder.width = 4
a = Sequential([Input((holder.width,)), layers.Dense(1)])  #: params=6
holder.tenfold = 2
b = Sequential([Input((holder.tenfold,)), layers.Dense(1)])  #: params=21
holder.doubled = 6
c = Sequential([Input((holder.doubled,)), layers.Dense(1)])  #: params=15
scaled = Scaled()
scaled.units = 3
d = Sequential([Input((4,)), scaled])  #: params=24

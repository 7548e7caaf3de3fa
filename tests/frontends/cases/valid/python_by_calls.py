# Decorators, caches, classes with methods of Python's own names, exceptions and loops.
import functools
from functools import partial, wraps, lru_cache, cached_property, partialmethod, singledispatch
from keras import layers, Input, Model, Sequential

def twice(f):
    @wraps(f)
    def inner(*a, **k):
        return f(f(*a, **k), **k)
    return inner
def named(prefix):
    def deco(f):
        count = [0]
        def inner(x, *a):
            count[0] += 1
            return f(x, *a, name=f"{prefix}{count[0]}")
        return inner
    return deco
@twice
def block(x, units=4): return layers.Dense(units)(x)
@named("blk")
def blk(x, u, name=None): return layers.Dense(u, name=name)(x)
i = Input((3,))
m1 = Model(i, blk(blk(block(i, units=5), 6), 7))  #: params=135
Dense3 = partial(layers.Dense, 3, activation="relu")
m2 = Sequential([Input((2,)), Dense3(), Dense3(use_bias=False)])  #: params=18
@lru_cache(maxsize=None)
def shared(n): return layers.Dense(n)
m3 = Model(i, shared(3)(shared(3)(i)))  #: params=12

class Registry(dict):
    def register(self, name):
        def deco(f):
            self[name] = f
            return f
        return deco
BLOCKS = Registry()
@BLOCKS.register("a")
def block_a(x): return layers.Dense(8)(x)
@BLOCKS.register("b")
def block_b(x): return layers.Dense(9)(x)
x = i
for key in "aba": x = BLOCKS[key](x)
m4 = Model(i, x)  #: params=193

class Base:
    units = 4
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
    def layer(self): return layers.Dense(self.units)
    @property
    def wide(self): return self.units * 2
    @cached_property
    def deep(self): return [layers.Dense(self.wide) for _ in range(2)]
    def __call__(self, x):
        x = self.layer()(x)
        for l in self.deep: x = l(x)
        return x
    def __len__(self): return self.units
    def __getitem__(self, k): return self.units + k
    def __iter__(self): yield from range(1, 3)
    def __contains__(self, k): return k == 3
    def __add__(self, o): return type(self)(units=self.units + o.units)
    def __enter__(self): return self
    def __exit__(self, *a): return False
    def __getattr__(self, name):
        if name.startswith("n_"): return int(name[2:])
        raise AttributeError(name)
class Mixin:
    def layer(self):
        l = super().layer()
        l.trainable = False
        return l
class Derived(Mixin, Base):
    units = 6
m5 = Model(i, Derived()(i))  #: params=264
m6 = Model(i, (Base(units=2) + Derived())(i))  #: params=448
b = Base(units=3)
with b as q:
    m7 = Sequential([Input((len(q),)), layers.Dense(q[2]), *[layers.Dense(k) for k in q], layers.Dense(q.n_11), layers.Dense(7 if 3 in q else 8)])  #: params=147
try:
    raise ValueError("x")
except (KeyError, ValueError) as err:
    n = 5
finally:
    k = 2
m8 = Sequential([Input((n,)), layers.Dense(k)])  #: params=12
def outer():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    add(3); add(4)
    return total
m9 = Sequential([Input((outer(),)), layers.Dense(getattr(b, "nothing_here", 5) if hasattr(b, "units") else 1)])  #: params=40
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
m10 = Sequential([Input((fact(4),)), layers.Dense((lambda *a, k=2, **kw: sum(a) * k + len(kw))(1, 2, k=3, z=0))])  #: params=250
@singledispatch
def make(x): return layers.Dense(1)
@make.register
def _(x: int): return layers.Dense(x)
@make.register(str)
def _(x): return layers.Activation(x)
m12 = Sequential([Input((3,)), make(4), make("relu"), make(None)])  #: params=21
class Builder:
    def __init__(self): self.layers = []
    def add(self, l): self.layers.append(l); return self
    def dense(self, n): return self.add(layers.Dense(n))
    small = partialmethod(dense, 2)
    def build(self, shape): return Sequential([Input(shape), *self.layers])  #: params=53
m13 = Builder().dense(4).dense(5).small().build((3,))
squares = {k: v ** 2 for k, v in zip("abc", (1, 2, 3)) if v != 2}
m14 = Sequential([Input((sum(squares.values()),)), *(layers.Dense(v) for v in squares.values())])  #: params=29
matrix = [[1, 2], [3, 4]]
m15 = Sequential([Input((3,)), *[layers.Dense(c) for row in matrix for c in row[::-1]], *[layers.Dense(sum(col)) for col in zip(*matrix)]])  #: params=1824
del matrix[0]
m15.add(layers.Dense(matrix[0][0]))
for _ in range(3):
    if _ == 1: continue
    if _ == 2: break
    m15.add(layers.Dense(20 + _))
else:
    m15.add(layers.Dense(99))
while True:
    m15.add(layers.Dense(31))
    if len(m15.layers) > 9: break

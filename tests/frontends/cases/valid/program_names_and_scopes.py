from keras import Input, Model, Sequential, layers

n = 3
class Config:
    n = 5
    units = [k * n for k in (1, 2)] if False else [n, 2 * n]
    def width(self):
        return n
    @property
    def last(self):
        return self.units[-1] + 1
    @classmethod
    def make(cls, units=None):
        made = cls()
        made.units = units or cls.units
        return made

c = Config.make()
d = Config.make([7])
m = Sequential([Input((1,)), layers.Dense(c.units[0]), layers.Dense(c.width()), layers.Dense(d.last)])  #: (None, 1) | (None, 5) | (None, 3) | (None, 8) | params=60

def f(x=[]):
    x.append(1)
    return len(x)
f(); f()
k = Sequential([Input((1,)), layers.Dense(f())])  #: (None, 1) | (None, 3) | params=6

fs = [lambda: i for i in range(3)]
p = Sequential([Input((1,)), layers.Dense(fs[0]() + 1)])  #: (None, 1) | (None, 3) | params=6

if (w := 4) > 3:
    q = Sequential([Input((1,)), layers.Dense(w)])  #: (None, 1) | (None, 4) | params=8

match (1, "a"):
    case (2, _):
        r = 100
    case (1, str(s)):
        r = 2
t = Sequential([Input((1,)), layers.Dense(r)])  #: (None, 1) | (None, 2) | params=4
a = b = 6
a, *rest = [1, 2, 3]
del b
u = Sequential([Input((1,)), layers.Dense(len(rest) * sum(rest))])  #: (None, 1) | (None, 10) | params=20
v = Sequential([Input((1,)), layers.Dense(2, name="fc" + "7".zfill(3)), layers.Dense(2, name="x".center(5, "-"))])  #: (None, 1) | (None, 2) name=fc007 | (None, 2) name=--x-- | params=10

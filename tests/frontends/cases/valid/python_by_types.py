# Classes that derive from Python's types, and what Python does when classes are made.
import copy, types, collections, contextlib, itertools, functools, operator, string
from types import SimpleNamespace
from dataclasses import dataclass, field, fields, asdict, astuple, replace
from enum import Enum, Flag, auto
from typing import ClassVar, Dict, List, Optional, Tuple, Union, TypedDict
from keras import layers, Input, Model, Sequential
class AttrDict(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
class Cfg(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        for key, v in self.items():
            if isinstance(v, dict): self[key] = Cfg(v)
    def __getattr__(self, name):
        try: return self[name]
        except KeyError: raise AttributeError(name)
    def __setattr__(self, name, value): self[name] = value
c = AttrDict(units=4, n=2); c.extra = 7
d = Cfg({"model": {"units": 5, "deep": {"k": 3}}, "size": 6}); d.more = 9
m1 = Sequential([Input((c.units,)), layers.Dense(c["n"]), layers.Dense(c.extra), layers.Dense(d.model.deep.k), layers.Dense(d.more), layers.Dense(len(c)), layers.Dense(c.nothing or 8)])  #: params=153
ns = SimpleNamespace(a=3, b=[4, 5]); ns.c = 6
m2 = Sequential([Input((ns.a,)), *[layers.Dense(u) for u in ns.b], layers.Dense(vars(ns)["c"]), layers.Dense(ns.__dict__["a"])])  #: params=98
class Stack(list):
    def push(self, x): self.append(x); return self
    @property
    def top(self): return self[-1]
    def __add__(self, o): return Stack([*self, *o, 1])
st = Stack([2]).push(3)
m3 = Sequential([Input((st.top,)), *[layers.Dense(u) for u in st + [5]]])  #: params=43
class Color(Enum):
    RED = 3
    BLUE = 4
    CRIMSON = 3
    @property
    def twice(self): return self.value * 2
    @classmethod
    def default(cls): return cls.BLUE
class Planet(Enum):
    EARTH = (1, 2)
    MARS = (3, 4)
    def __init__(self, mass, r): self.mass, self.r = mass, r
table = {Color.RED: 5, Color.BLUE: 6}
m4 = Sequential([Input((Color(4).value,)), layers.Dense(table[Color.CRIMSON]), layers.Dense(Color["BLUE"].twice), layers.Dense(Color.default().value), layers.Dense(len(list(Color))), layers.Dense(Planet.MARS.r), *[layers.Dense(p.mass) for p in Planet], layers.Dense(7 if Color.RED is Color.CRIMSON else 8), layers.Dense(2 if Color.RED == Color.BLUE else 3), layers.Dense({"RED": 4}[Color.RED.name]), layers.Dense(len(Color.__members__))])  #: params=225
@dataclass
class Inner:
    k: int = 3
    rate: float = 0.1
@dataclass
class Outer:
    width: int
    inner: Inner = field(default_factory=Inner)
    sizes: List[int] = field(default_factory=lambda: [2, 3])
    total: int = field(init=False)
    COUNT: ClassVar[int] = 4
    def __post_init__(self): self.total = self.width + sum(self.sizes)
o = Outer(5); p = replace(o, width=7)
m5 = Sequential([Input((o.total,)), layers.Dense(p.total), layers.Dense(o.inner.k), layers.Dense(asdict(o)["inner"]["k"]), layers.Dense(len(fields(o))), layers.Dense(astuple(Inner())[0]), layers.Dense(Outer.COUNT), layers.Dense(6 if Inner() == Inner() else 9), layers.Dense(6 if Inner(4) == Inner() else 9)])  #: params=323
base = [layers.Dense(3), layers.Dense(4)]
q = copy.copy(base); q.append(layers.Dense(5))
m6 = Sequential([Input((2,)), *base]); m7 = Sequential([Input((2,)), *q])  #: params=25 | params=50
nest = {"a": [1, {"b": 2}]}; deep = copy.deepcopy(nest); deep["a"][1]["b"] = 9
m8 = Sequential([Input((nest["a"][1]["b"],)), layers.Dense(deep["a"][1]["b"])])  #: params=27
class Single:
    _it = None
    def __new__(cls, *a):
        if cls._it is None: cls._it = super().__new__(cls); cls._it.l = layers.Dense(4)
        return cls._it
i = Input((4,))
m9 = Model(i, Single().l(Single().l(i)))  #: params=20
class Plugin:
    all = {}
    def __init_subclass__(cls, key=None, **kw): super().__init_subclass__(**kw); cls.all[key or cls.__name__] = cls
class A(Plugin, key="a"):
    n = 3
class B(Plugin):
    n = 5
m10 = Sequential([Input((2,)), *[layers.Dense(k.n) for k in Plugin.all.values()], layers.Dense(Plugin.all["B"].n)])  #: params=59
class Positive:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, owner=None): return getattr(obj, self.name)
    def __set__(self, obj, v): setattr(obj, self.name, abs(v))
class Thing:
    w = Positive()
    def __init__(self, w): self.w = w
    @property
    def half(self): return self._h
    @half.setter
    def half(self, v): self._h = v // 2
t = Thing(-6); t.half = 9
m11 = Sequential([Input((t.w,)), layers.Dense(t.half)])  #: params=28
@contextlib.contextmanager
def scope(n):
    yield layers.Dense(n)
with scope(3) as s, contextlib.suppress(ValueError):
    m12 = Sequential([Input((2,)), s])  #: params=9
    raise ValueError
m13 = Sequential([Input((2,)), *(layers.Dense(u) for u in {8, 4, 16}), layers.Dense(string.ascii_lowercase.index("d")), layers.Dense(int("12") + len("x" * 3)), *map(lambda a, b: layers.Dense(a * b), [1, 2], [3, 4])])  #: params=391
rows = [dict(u=3, act="relu"), dict(u=4)]
m14 = Sequential([Input((2,)), *[layers.Dense(r["u"], activation=r.get("act")) for r in rows], *[layers.Dense(**{"units": u}) for u, in zip([6])]])  #: params=55
def build(*, units: Optional[int] = None, **kw) -> Model:
    units = units or kw.setdefault("units", 3)
    kw |= {"extra": 2}
    return Sequential([Input((kw.pop("size", 4),)), layers.Dense(units), layers.Dense(kw["extra"])], name=kw.get("name"))  #: params=23 | params=47
m15 = build(name="z"); m16 = build(units=9, size=2)
ops = {"+": operator.add, "max": max, "f": lambda a, b: a - b}
m17 = Sequential([Input((ops["+"](1, 2),)), layers.Dense(ops["max"](4, 5)), layers.Dense(ops["f"](9, 2)), layers.Dense(functools.partial(operator.mul, 3)(4)), *itertools.chain([layers.Dense(2)], (layers.Dense(v) for v in range(1, 3))), *[layers.Dense(a + b) for a, b in itertools.combinations([1, 2, 3], 2)], *[layers.Dense(v) for v in itertools.takewhile(lambda v: v < 3, itertools.count(1))], *[layers.Dense(k) for k, g in itertools.groupby([1, 1, 2])]])  #: params=258

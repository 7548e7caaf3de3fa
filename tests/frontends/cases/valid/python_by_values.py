# Enumerations, named tuples, data classes, `match`, and Python's own tools for sequences.
from __future__ import annotations
import functools, itertools, json, math, operator, os
from collections import OrderedDict, defaultdict, namedtuple, deque
from typing import NamedTuple, Optional, Sequence as Seq, Final
from enum import Enum, IntEnum, auto
from dataclasses import dataclass, field, replace, asdict
from keras import layers, Input, Model, Sequential

UNITS = int(os.environ.get("UNITS_NOT_SET", "12"))
DEPTH: Final = int(os.getenv("DEPTH_NOT_SET", 2))
cfg = json.loads('{"units": [8, 4], "act": "relu", "drop": 0.5, "last": {"n": 3}}')
m1 = Sequential([Input((UNITS,))] + [layers.Dense(u, activation=cfg["act"]) for u in cfg["units"]] + [layers.Dense(cfg["last"]["n"])])  #: params=155

class Size(IntEnum):
    SMALL = 4
    LARGE = 16
class Kind(Enum):
    A = "a"
    B = auto()
m2 = Sequential([Input((Size.LARGE,)), layers.Dense(Size.SMALL.value), layers.Dense(len(Kind))])  #: params=78

class Spec(NamedTuple):
    units: int
    rate: float = 0.1
Point = namedtuple("Point", "x y", defaults=[7])
specs = [Spec(5), Spec(6, 0.2), Spec(*[3])]
m3 = Sequential([Input((Point(2).y,))] + [l for s in specs for l in (layers.Dense(s.units), layers.Dropout(s.rate))])  #: params=97

prod = functools.reduce(operator.mul, (2, 3, 4), 1)
acc = list(itertools.accumulate([1, 2, 3], operator.add))
pairs = list(itertools.product([2, 3], repeat=2))
m4 = Sequential([Input((prod,)), *map(layers.Dense, acc), *[layers.Dense(a * b) for a, b in pairs]])  #: params=218

@dataclass(frozen=True)
class Config:
    width: int = 8
    sizes: tuple = (3, 2)
    extra: list = field(default_factory=lambda: [1, 2])
    def scaled(self, k): return replace(self, width=self.width * k)
    @property
    def total(self): return sum(self.sizes) + self.width
    @classmethod
    def big(cls): return cls(width=32)
    @staticmethod
    def f(n): return n + 1
c = Config.big().scaled(2)
m5 = Sequential([Input((c.total,)), layers.Dense(Config.f(c.width)), layers.Dense(asdict(c)["extra"][1])])  #: params=4682

if (n := len(c.sizes)) > 1:
    m6 = Sequential([Input((n,)), layers.Dense(n * 3)])  #: params=18

def classify(cfg):
    match cfg:
        case {"kind": "dense", "units": int(u)}: return layers.Dense(u)
        case ["drop", rate]: return layers.Dropout(rate)
        case Config(width=w) if w > 10: return layers.Dense(w)  #! SHC404 `layers.Dense(w)`
        case "relu" | "tanh" as a: return layers.Activation(a)
        case (a, *rest): return layers.Dense(len(rest))
        case _: return layers.Flatten()
m7 = Sequential([Input((4,)), classify({"kind": "dense", "units": 6}), classify(["drop", .5]), classify(c), classify("tanh"), classify((1, 2, 3, 4)), classify(None)])  #: params=673

od = OrderedDict(a=3, b=5); od.move_to_end("a")
dd = defaultdict(list); dd["x"].append(4); dd["x"].append(2)
dq = deque([1, 2, 3]); dq.appendleft(9)
m8 = Sequential([Input((list(od.values())[0],)), *[layers.Dense(u) for u in dd["x"]], layers.Dense(dq[0])])  #: params=61

a, *b, (d, e) = 1, 2, 3, (4, 5)
m9 = Sequential([Input((a,)), *[layers.Dense(u) for u in reversed(b)], layers.Dense(d), layers.Dense(e)])  #: params=51
def gen(n):
    while n > 1:
        yield n
        n //= 2
    yield from (9, 10)
m10 = Sequential([Input((3,)), *[layers.Dense(u) for u in gen(16)]])  #: params=373
s = f"{'dense':>8}".strip() + f"_{3:03d}" + "%s-%d" % ("x", 4) + "{0}{k!r:>4}".format(1, k=2).replace(" ", "")
m11 = Sequential([Input((3,)), layers.Dense(len(s), name=s.replace("-", "_"))], name="m_{}".format(s.upper().lower().replace("-", "_")))  #: params=56
x = i = Input((6,))
for k, (u, act) in enumerate(zip([5, 4], ["relu", None])):
    x = layers.Dense(u, activation=act, name=f"d{k}")(x)
else:
    x = layers.Dense(k + 10)(x)
m12 = Model(i, x)  #: params=114
m13 = Sequential([Input((8,)), layers.Dense(max(3, *[4, 5])), layers.Dense(min([7, 8], key=lambda v: -v)), layers.Dense(sum(v for v in range(4) if v % 2)), layers.Dense(round(2.6)), layers.Dense(abs(-3)), layers.Dense(divmod(17, 5)[0]), layers.Dense(pow(2, 3)), layers.Dense(int("0x1f", 16)), layers.Dense(math.ceil(3.2)), layers.Dense(int(math.log2(64))), layers.Dense(math.gcd(12, 18)), layers.Dense(any([0, 1]) + 1), layers.Dense(sorted([3, 1, 2], reverse=True)[0]), layers.Dense(len(set([1, 1, 2]) | {5})), layers.Dense(bool("x") + 1), layers.Dense(ord("A") - 60), layers.Dense(next(iter([4])))])  #: params=761

"""Programs that are odd, huge, endless or malicious: an answer or a gap, in bounded time."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

from shapecalc.checks.diagnosis import diagnose
from shapecalc.frontends.python import interpreter, read, statements
from shapecalc.graph.program import Program
from shapecalc.graph.summary import summarize
from shapecalc.graph.tensor import Tensor
from shapecalc.source import SourceFile

HEAD = "from keras import Sequential, Input, Model, layers\n"
TAIL = "\nm = Sequential([Input((4,)), layers.Dense(3)])\n"
MOST_SECONDS = 6.0


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "MAX_SECONDS", 1.0)


def analyse(text: str) -> Program:
    """Read a program and all that reports would ask of it, in time."""

    def stop(signum: int, frame: FrameType | None) -> NoReturn:
        pytest.fail(f"more than {MOST_SECONDS} s")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        program = read(SourceFile("hostile.py", text))
        for record in program.models:
            summarize(record.model)
        diagnose(program)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return program


def known(program: Program) -> bool:
    """Whether the model at the end of the program came out exactly."""
    return any(summarize(r.model).params[:1] == (15,) for r in program.models)


# Programs after which the analysis goes on as if nothing had been.
HARMLESS = {
    "a huge power": "x = 10**10**9\ny = 2**x\nz = 10**-10**9",
    "a huge shift": "x = 1 << 10**12\ny = x >> 3",
    "a huge factor": "x = 10**4000\nfor _ in range(50): x = x * x",
    "a huge list": "x = [0]*10**12\ny = x + x\nz = len(x)\nw = x[5]",
    "the greatest of many lengths": (
        "import numpy as np, data\nx = [len(data.row(i)) for i in range(900)]\n"
        "y = np.max(x)\nz = max(x)\nw = np.min([n + 1 for n in x])"
    ),
    "an expression in a text, endless": "x = '1'\nfor _ in range(100): x = str(eval(x + '+' + x))",
    "an expression in a text, nested": "x = eval('(' * 900)\ny = eval('[' * 90 + ']' * 90)",
    "an expression in a text that asks for itself": "x = 'eval(x)'\neval(x)",
    "a huge text": "x = 'a'*10**12\ny = x + 'b'",
    "a huge text, doubled": "x = 'a'\nfor _ in range(100): x = x + x",
    "a huge list, doubled": "x = [1]\nfor _ in range(100): x = x + x\nx += x",
    "a huge list, extended": "x = [1]\nfor _ in range(40): x.extend(x)",
    "a huge tuple": "x = (1,)\nfor _ in range(60): x = x + x",
    "a huge width": "x = 5\ns = f'{x:>999999999}'\nt = '%999999999d' % 3\nu = '{:>999999999}'.format(3)",
    "a chosen width": "n = 10**9\ns = f'{3:>{n}}'\nt = '%*d' % (n, 3)\nu = '{:>{}}'.format(3, n)",
    "a padded text": "s = 'a'.center(10**12)\nt = 'a'.zfill(10**12)\nu = 'a'.ljust(10**12)",
    "a replaced text": "s = 'a' * 1000\nt = s.replace('a', s).replace('a', s).replace('a', s)",
    "a joined text": "s = 'a' * 90000\nt = s.join(s for _ in range(1000))\nu = s.join([s] * 90000)",
    "a translated text": "s = ('a' * 90000).expandtabs(10**9)\nt = '\\t'.expandtabs(10**12)",
    "bytes": "b = bytes(10**12)\nc = bytearray(10**12)\nd = b'a' * 10**12\ne = b'%999999999d' % 3",
    "a huge integer as text": "x = int('9' * 5000)\ny = str(10**4000)\nz = float('9' * 900)\nw = int(1e308)",
    "infinities": "x = float('inf')\ny = int(x)" + "\nz = float('nan')\nw = round(z)",
    "a huge range as a list": "x = list(range(5))\ny = range(10**18)\nz = y[10**17]\nw = len(range(9))",
    "a list in itself": "l = []\nl.append(l)\nprint(l, len(l), l == l, str(l), f'{l}')\nd = {}\nd[1] = d",
    "two lists in each other": "a, b = [], []\na.append(b); b.append(a)\nc = a == b\nprint(a < b)",
    "unknown keys": "d = {open('x'): 1, open('y'): 2}\ns = {open('x'), open('y')}\nd[open('z')] = 3",
    "unhashable keys": "try:\n    d = {[]: 1}\nexcept TypeError: pass",
    "stars": "def f(*a, **k): return f\nf(*[1], *[2], **{'a': 1}, **{'b': 2})(*(), **{})",
    "attributes of everything": "x = (3).real.imag.numerator\ny = 'a'.b\nz = [].c.d\n",
    "decorators": "def d(f): return d\n@d\n@d(d)\n@(lambda f: f)\ndef g(): pass\n@d\nclass C: pass",
    "a walrus": "if (n := 3) and (m := n + 1) > 3: k = [y := 1, y ** 2]\nprint(n, m, k)",
    "async code": "import asyncio\nasync def f():\n    async with a as b: await c\n    async for i in d: yield i\n    return [x async for x in y]\nasyncio.run(f())",
    "a return in finally": "def f():\n    try: return 1\n    finally: return 2\nassert f() == 2",
    "a break in finally": "while True:\n    try: x = 1\n    finally: break",
    "exceptions in exceptions": "try:\n    try: raise ValueError('a')\n    except ValueError as e: raise KeyError(e) from e\nexcept KeyError: pass\nfinally: x = 1",
    "an exception group": "try: x = 1\nexcept* ValueError: pass",
    "del": "x = [1, 2]\ndel x[0], x[:]\ndel x\ntry: x\nexcept NameError: pass\nclass C: pass\nc = C(); c.a = 1\ndel c.a",
    "global and nonlocal": "def f():\n    global g\n    g = 1\n    h = 1\n    def k():\n        nonlocal h\n        h += 1\n        global g\n        g += h\n    k()\nf()\n",
    "a property that recurs": "class C:\n    @property\n    def a(self): return 1\nC().a",
    "properties of odd things": "class C:\n    a = property(len)\n    b = property()\n    c = classmethod(print)\n    d = property(3)\nc = C()\nfor n in 'abcd':\n    try: getattr(c, n)()\n    except Exception: pass\nclass D:\n    __getattr__ = open('x')\n    __init__ = print\n    __add__ = max\nD(1).a + 3",
    "a metaclass": "class M(type):\n    def __new__(m, n, b, d): return type.__new__(m, n, b, d)\n    def __call__(c, *a): return 3\nclass C(metaclass=M): pass\nC()",
    "a class without end": "class C:\n    def __getattr__(self, n): return self\nc = C()\nc.a.b.c.d.e",
    "operators": "class C:\n    def __add__(s, o): return 1\n    def __getitem__(s, i): return i\n    def __len__(s): return -1\n    def __iter__(s): return iter([1])\n    def __eq__(s, o): return s\n    def __bool__(s): return 5\nc = C()\nc + 1; c[3]; len(c); list(c); c == c; not c; c in c",
    "odd slices": "x = [1, 2, 3]\nx[::-1]; x[5:1:-2]; 'abc'[::2]; (1,)[:10**30]; x[None:None:None]",
    "a slice of step 0": "try: [1][::0]\nexcept ValueError: pass",
    "a division by zero": "try: 1 / 0\nexcept ZeroDivisionError: pass\ntry: 1 % 0\nexcept ArithmeticError: pass",
    "unpacking": "a, (b, *c), *d = 1, (2, 3, 4), 5\n[e, f] = 'ab'\nfor g, (h, i) in [(1, (2, 3))]: pass",
    "star assignment of unknowns": "a, *b = open('x')\n*c, d = b\n(e, f), g = open('y')",
    "augmented everything": "x = [1]\nx[0] += 1\nx *= 2\nx += (3,)\nd = {}\nd['a'] = 1\nd['a'] |= 2\nclass C: n = 1\nC.n += 1\nC.n @= 2",
    "odd strings": "x = b'\\xff\\x00'\ny = '\\ud800'\nz = '\\0'\nprint(f'{x!r}{y!a}{z!s:>3}{3!r:{4}}')",
    "odd names": "Ünïcödé = 3\n变量 = Ünïcödé\nª = 1\nprint(a, 变量)",
    "lambdas": "f = lambda *a, b=1, **k: (a, b, k)\nf(1, c=2)\n(lambda: (yield))()",
    "comprehensions": "x = {a: b for a in range(3) if a for b in range(a) if b}\ny = {z for z in 'aab'}\nw = [[i for i in range(j)] for j in range(3)]",
    "a type alias": "from typing import *\nT = TypeVar('T')\nX: Optional[List[int]] = None\nY = int | None\nclass G(Generic[T]): pass\nG[int]()",
    "a dataclass": "from dataclasses import dataclass, field\n@dataclass\nclass C:\n    a: int = 3\n    b: list = field(default_factory=list)\nC(4).b.append(1)",
    "a named tuple": "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(1, 2)\np.a, p[1], p._replace(a=3)",
    "an enumeration": "import enum\nclass E(enum.Enum):\n    A = 1\nE.A.value, E(1), list(E)",
    "sorting the unsortable": "try: sorted([1, 'a'])\nexcept TypeError: pass\nx = sorted([open('x'), 1])\nmin([], default=3)",
    "the smallest of nothing": "try: min([])\nexcept ValueError: pass",
    "calls of odd things": "try: 3()\nexcept TypeError: pass\ntry: 'a'(1)\nexcept TypeError: pass\ntry: None()\nexcept TypeError: pass\ntry: (1, 2)()\nexcept TypeError: pass\ntry: {}()\nexcept TypeError: pass",
    "arguments named self": "class C:\n    def f(self, **k): return k\ntry: C().f(self=1)\nexcept TypeError: pass",
    "builtins as values": "x = [len, print, int, type][0]([1])\nf = max\ny = f(1, 2)\nlen = 3\nmap(str, [1])",
    "wrong calls of builtins": "for f in (len, range, zip, int, sorted, isinstance, getattr, map, sum, dict, enumerate, round, divmod, iter, next, slice, super, type, pow, hash, id, vars, chr, ord, abs):\n    try: f()\n    except Exception: pass\n    try: f(None, None, None, None, x=1)\n    except Exception: pass\n    try: f(open('x'))\n    except Exception: pass",
    "streams of streams": "import tensorflow as tf\nd = tf.data.Dataset.range(3)\nfor _ in range(99): d = tf.data.Dataset.zip((d, d)).batch(2)\nd = d.map(lambda *a: (a, a)).padded_batch(3).window(2)",
    "windows of windows": "import tensorflow as tf\nd = tf.data.Dataset.range(3)\nfor _ in range(999): d = d.window(2).flat_map(lambda w: w).window(3)",
    "a space of many features": "import keras\nf = {str(i): 'float_discretized' for i in range(300)}\nkeras.utils.FeatureSpace(f, output_mode='dict').adapt({})",
    "chr of too much": "try: chr(10**9)\nexcept (ValueError, OverflowError): pass\ntry: ord('ab')\nexcept TypeError: pass",
    "huge strings of digits": "x = hex(10**4000)\ny = bin(1 << 4000)\nz = oct(3)",
}  # fmt: skip

# Programs that never end, or need more than there is: a gap says so, what came before is kept.
ENDLESS = {
    "while True": "while True: pass",
    "while True in a function": "def f():\n    while True: x = 1\nf()",
    "a loop over a huge range": "for i in range(10**12): pass",
    "loops in loops": "for i in range(50000):\n    for j in range(50000): x = i * j",
    "a recursion": "def f(): f()\nf()",
    "a mutual recursion": "def f(x): return g(x)\ndef g(x): return f(x) + 1\nf(1)",
    "a recursive property": "class C:\n    @property\n    def a(self): return self.a\nC().a",
    "a recursive getattr": "class C:\n    def __getattr__(self, n): return getattr(self, n + 'a')\nC().a",
    "a recursive operator": "class C:\n    def __add__(self, o): return o + self\n    __radd__ = __add__\nC() + C()",
    "a recursive iteration": "class C:\n    def __iter__(self): return self\n    def __next__(self): return 1\nfor x in C(): pass",
    "a recursive lambda": "f = lambda: f()\nf()",
    "a growing list": "x = [1]\nfor y in x: x.append(y)\nwhile x: x.append(1)",
    "a comprehension bomb": "x = [a for a in range(9999) for b in range(9999) for c in range(9999)]",
    "a generator bomb": "x = sum(a * b for a in range(99999) for b in range(99999))",
    "an endless generator": "def g():\n    while True: yield 1\nfor x in g(): y = list(g())",
    "an endless iterator": "import itertools\nfor x in itertools.count(): pass\ny = list(itertools.cycle([1]))\nz = list(itertools.product(range(999), repeat=99))",
    "a star bomb": "def f(*a): return f(*a, *a)\nf(1, 2)",
    "a keyword bomb": "def f(**k): return f(**k, **{'a' + str(len(k)): 1})\nf()",
    "a call bomb": "def f(n): return f(n - 1) + f(n - 1) if n else 1\nf(60)",
    "an exponential of unknowns": "def f(n):\n    if open('x'): return f(n + 1)\n    else: return f(n + 2)\nf(0)",
    "conditions in conditions": "c = open('x')\ndef f0(): pass\n" + "".join(
        f"def f{n + 1}():\n    if c: f{n}()\n    else: f{n}()\n    if c: f{n}()\n" for n in range(40)
    ) + "f40()",
    "ways without end": "c = open('x')\nx = Input((4,))\n" + "".join(
        f"if c.a{n}: x = layers.Dense({n + 1})(x)\n" for n in range(60)
    ),
    "nested dicts": "d = {}\nfor i in range(10**6): d = {i: d}",
    "nested tuples": "t = ()\nfor i in range(10**5): t = (t,)\nprint(t == t, hash(t), {t: 1})",
    "nested lists into a layer": "t = []\nfor i in range(10**5): t = [t]\nlayers.Dense(t)(t)\nlayers.Add()(t)",
    "a list in itself into a layer": "l = []\nl.append(l)\nlayers.Add()(l)\nlayers.Dense(l)\nModel(l, l)",
    "a million layers": "x = Input((4,))\nwhile True: x = layers.Dense(4)(x)",
    "a model in a model": "x = Sequential()\nfor i in range(100):\n    y = Sequential(); y.add(x); x = y\nx.build((None, 4))",
    "a model in itself": "x = Sequential([Input((4,))])\nx.add(x)",
    "a chain of attributes": "import keras\nx = keras\nwhile True: x = x.layers",
    "a chain of closures": "f = lambda: 1\nfor i in range(10**4): f = (lambda g: lambda: g())(f)\nf()",
    "a chain of partials": "import functools\nf = print\nfor i in range(10**4): f = functools.partial(f, i)\nf()",
    "a slice up to an open length": "def f(n: int, rows):\n    found = []\n    for r in rows: found.append(r)\n    return found[n:n + 1]",
    "a sum that grows": "x = Input((None,))\nn = x.shape[1]\nfor i in range(10**5): n = n * n + 1",
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str) -> None:
    program = analyse(HEAD + HARMLESS[name] + TAIL)
    assert known(program), [g.reason for g in program.gaps]
    assert not program.refused


@pytest.mark.parametrize("name", ENDLESS)
def test_endless(name: str) -> None:
    program = analyse(HEAD + TAIL + ENDLESS[name] + "\n")
    assert known(program)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("n = 3\nwhile n:\n    n += 1\n    layers.Dense(n)", True),
        ("n = 0\nwhile n < 10**6:\n    n += 1\n    layers.Dense(n)", True),
        # It ends, or computes data.
        ("n = 3\nwhile n < 9:\n    n += 1\n    layers.Dense(n)", False),
        ("layers.Dense(1)\nn = 0\nwhile n < 10**9:\n    n += 1", False),
    ],
)
def test_a_loop_that_makes_layers_and_is_left_is_told_of(
    text: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MAX_KNOWN_ROUNDS", 500)
    reasons = [g.reason for g in analyse(f"{HEAD}{text}\n").gaps if g.kind == "limit"]
    assert any("500 rounds only" in reason for reason in reasons) is told


# --- the shape of the text ---------------------------------------------------------------------

DEEP = 5_000
TEXTS = {
    "nothing": "",
    "blanks": "\n \t\n\f\n",
    "parentheses": "x = " + "(" * DEEP + "1" + ")" * DEEP,
    "lists": "x = " + "[" * DEEP + "1" + "]" * DEEP,
    "shallow lists": "x = " + "[" * 90 + "1" + "]" * 90,
    "calls": "x = " + "f(" * DEEP + "1" + ")" * DEEP,
    "a chain of calls": "x = f" + "()" * DEEP,
    "a chain of attributes": "x = keras" + ".a" * DEEP,
    "a chain of subscripts": "x = f" + "[0]" * DEEP,
    "minus signs": "x = " + "-" * DEEP + "1",
    "nots": "x = " + "not " * DEEP + "1",
    "lambdas": "x = " + "lambda: " * DEEP + "1",
    "a long sum": "x = " + " + ".join(["1"] * 10_000),
    "a long product of unknowns": "x = " + " * ".join(["y"] * 10_000),
    "a long comparison": "x = " + " < ".join(map(str, range(10_000))),
    "a long chain of ands": "x = " + " and ".join(["1"] * 10_000),
    "a long conditional": "x = " + "1 if y else " * DEEP + "2",
    "many elifs": "if a: pass\n" + "elif a: pass\n" * DEEP,
    "nested ifs": "".join(" " * i + "if a:\n" for i in range(99)) + " " * 99 + "pass\n",
    "nested functions": "".join(" " * i + f"def f{i}():\n" for i in range(99)) + " " * 99 + "1\n",
    "nested comprehensions": "x = " + "[" * 60 + "1" + " for a in b]" * 60,
    "many assignments": "a = " * DEEP + "1",
    "a long line": "x = '" + "a" * 2 * 2**20 + "'",
    "a long line of terms": "x = [" + "1, " * 500_000 + "]",
    "many lines": "x = 1\n" * 100_000,
    "many magics": "%time x\n" * 100_000,
    "many lines and an error": "x = (1,\n%y\n" * 50_000,
    "many arguments": "f(" + ", ".join(f"a{i}=1" for i in range(20_000)) + ")",
    "many definitions": "def f(): pass\n" * 20_000,
    "binary junk": bytes(range(256)).decode("latin-1") * 100,
    "null bytes": "x = 1\0\n",
    "surrogates": "x = '\ud800'\ny\udfff = 1\n",
    "a byte order mark": "\ufeffx = 1\n",
    "carriage returns": "x = 1\ry = 2\r\nz = (\r1)\r",
    "form feeds": "x = 1\f\n\fy = 2\n",
    "tabs and blanks": "if 1:\n\tx = 1\n        y = 2\n",
    "an open string": "x = '''abc",
    "an open bracket": "x = (1, 2\n",
    "a return outside": "return 3\n",
    "a break outside": "break\ncontinue\nyield 3\n",
    "an await outside": "await x\n",
    "Python 2": "print 'hello'\nexec 'x'\nraise E, 'x'\n",
    "a notebook": "%matplotlib inline\n!pip install x\nx?\n?x\n%%time\n",
    "a class that inherits from itself": "class C(C): pass\nclass D: pass\nclass D(D, D): pass\nD()\n",
    "bases in circles": "class A: pass\nclass B(A): pass\nclass A(B): pass\nclass C(A, B): pass\nC()\n",
    "strange bases": "class C(3, None, [], *[1], **{}): pass\nC()\nclass D(len, C, open('x')): pass\nD()\n",
    "decimal digits": "x = " + "9" * 4000 + "\ny = " + "9" * 5000,
    "a coding cookie": "# coding: utf-99\nx = 1\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("place", ["before", "after"])
def test_text(name: str, place: str) -> None:
    text = TEXTS[name]
    analyse(HEAD + text + TAIL if place == "before" else HEAD + TAIL + text)


def test_models_are_found_after_a_deep_expression() -> None:
    for name in ("a long sum", "shallow lists", "many lines", "many definitions", "a long line"):
        assert known(analyse(HEAD + TEXTS[name] + TAIL)), name


# --- nothing is run ----------------------------------------------------------------------------


def test_nothing_of_the_program_is_executed(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    write = f"open({str(canary)!r}, 'w').write('x')"
    shell = f"touch {canary}"
    (tmp_path / "evil_module.py").write_text(write)
    lines = [
        write,
        f"exec({write!r})",
        f"eval({write!r})",
        f"__import__('os').system({shell!r})",
        f"import os; os.system({shell!r}); os.popen({shell!r})",
        f"import subprocess; subprocess.run({shell!r}, shell=True)",
        f"from pathlib import Path; Path({str(canary)!r}).touch()",
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import evil_module",
        f"import importlib; importlib.import_module('os').system({shell!r})",
        f"getattr(__builtins__, 'exec')({write!r})",
        f"(lambda: 0).__globals__['__builtins__']['exec']({write!r})",
        f"[c for c in ().__class__.__base__.__subclasses__()][0].__init__({write!r})",
        f"compile({write!r}, 'x', 'exec')",
        f"'{{0.__class__.__init__.__globals__}}'.format(3); f'{{{write}}}'",
        f"@exec\ndef f(): return {write!r}",
        f"class C:\n    def __del__(self): {write}\nC()",
        f"import pickle; pickle.loads(b'cos\\nsystem\\n(V{shell}\\ntR.')",
        f"!{shell}",
        f"%system {shell}",
        f"layers.Lambda(lambda x: {write})(Input((3,)))",
        f"import keras; keras.models.load_model({str(tmp_path)!r})",
    ]
    for line in lines:
        analyse(HEAD + line + TAIL)
    assert not canary.exists()


def test_formatting_reaches_no_attribute() -> None:
    text = (
        "x = '{0.__class__.__mro__}'.format(3)\ny = '%(a)s' % {'a': 1}\nz = '{a[0]}'.format(a='b')"
    )
    assert known(analyse(HEAD + text + TAIL))


def test_a_lambda_is_asked_again_when_the_time_is_over() -> None:
    program = read(
        SourceFile(
            "late.py",
            HEAD + "i = Input((4, 2))\nm = Model(i, layers.Lambda(lambda x: x[:, 0])(i))",
        )
    )
    model = program.models[-1].model
    run = model.layers[-1].__dict__["run"]
    run.deadline, run.steps = 0.0, 1023
    (output,) = model.calls_on([Tensor((None, 6, 2))])[2]  # type: ignore[index]
    assert not isinstance(output.shape, tuple)

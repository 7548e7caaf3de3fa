"""Random programs: whatever the text is, reading it raises nothing and ends in time."""

from __future__ import annotations

import ast
import random
import sysconfig
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shapecalc.checks.diagnosis import diagnose
from shapecalc.frontends.python import interpreter, read, reader
from shapecalc.graph.summary import summarize
from shapecalc.source import SourceFile

_quiet = settings(
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "MAX_SECONDS", 0.5)
    monkeypatch.setattr(reader, "may_use_keras", lambda text: True)


def analyse(text: str) -> None:
    """Read a program, and ask of it what reports ask."""
    program = read(SourceFile("fuzzed.py", text))
    for record in program.models:
        summarize(record.model)
    diagnose(program)


# --- programs out of a small grammar -----------------------------------------------------------

NAMES = ["x", "y", "f", "C", "m", "i", "layers", "unknown", "len", "self"]
ATOMS = [
    "0", "1", "-1", "3", "28", "2.5", "None", "True", "'same'", "'a'", "b'b'", "[]", "{}", "()",
    "...", "open('x')", "Input((28, 28, 3))", "Input((7,))", "Sequential()", "int", "print",
    "range(3)", "lambda a=1, *b, **c: a", "layers.Flatten()", "m.layers", "x.shape", "super()",
    "iter([1, 2])", "(yield)",
]  # fmt: skip
LAYERS = [
    "Dense", "Conv2D", "LSTM", "Add", "Concatenate", "Flatten", "Reshape", "Embedding", "Dropout",
    "BatchNormalization", "MaxPooling2D", "Bidirectional", "Lambda", "Nothing",
]  # fmt: skip
METHODS = [
    "add", "append", "pop", "layers", "shape", "get_layer", "items", "format", "join", "trainable",
    "name", "call", "build", "output", "__init__", "__class__", "fit",
]  # fmt: skip
OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "**",
    "@",
    "<<",
    "|",
    "==",
    "<",
    "in",
    "is",
    "and",
    "or",
]

names = st.sampled_from(NAMES)


def _extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    several = st.lists(inner, max_size=3).map(", ".join)
    keywords = st.sampled_from(["units", "name", "trainable", "input_shape", "filters", "a", "key"])
    arguments = st.one_of(
        several,
        st.tuples(inner, keywords, inner).map(lambda t: f"{t[0]}, {t[1]}={t[2]}"),
        inner.map(lambda e: f"*{e}"),
        inner.map(lambda e: f"**{e}"),
    )
    return st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda t: f"({' '.join(t)})"),
        several.map(lambda e: f"[{e}]"),
        pair.map(lambda t: f"({t[0]}, {t[1]})"),
        pair.map(lambda t: f"{{{t[0]}: {t[1]}}}"),
        pair.map(lambda t: f"({t[0]})[{t[1]}]"),
        pair.map(lambda t: f"({t[0]})[{t[1]}:]"),
        st.tuples(inner, st.sampled_from(METHODS)).map(lambda t: f"({t[0]}).{t[1]}"),
        st.tuples(inner, st.sampled_from(METHODS), arguments).map(
            lambda t: f"({t[0]}).{t[1]}({t[2]})"
        ),
        st.tuples(inner, arguments).map(lambda t: f"({t[0]})({t[1]})"),
        st.tuples(st.sampled_from(LAYERS), arguments).map(lambda t: f"layers.{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(LAYERS), arguments, inner).map(
            lambda t: f"layers.{t[0]}({t[1]})({t[2]})"
        ),
        several.map(lambda e: f"Sequential([{e}])"),
        pair.map(lambda t: f"Model({t[0]}, {t[1]})"),
        st.tuples(inner, names, inner).map(lambda t: f"[{t[0]} for {t[1]} in {t[2]}]"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        inner.map(lambda e: f"(lambda x: {e})"),
        st.tuples(names, inner).map(lambda t: f"({t[0]} := {t[1]})"),
        inner.map(lambda e: f"not ({e})"),
        names.map(lambda n: f"f'{{{n}!r:>3}}'"),
    )


expressions = st.recursive(st.one_of(names, st.sampled_from(ATOMS)), _extend, max_leaves=6)


def _indented(block: str) -> str:
    return "\n".join(f"    {line}" for line in block.split("\n"))


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map(lambda b: _indented("\n".join(b)))
    loops = st.sampled_from(
        ["break", "continue", "pass", "return x", "yield x", "raise ValueError"]
    )
    return st.one_of(
        st.tuples(expressions, body, body).map(lambda t: f"if {t[0]}:\n{t[1]}\nelse:\n{t[2]}"),
        st.tuples(names, expressions, body, loops).map(
            lambda t: f"for {t[0]} in {t[1]}:\n{t[2]}\n    {t[3]}"
        ),
        st.tuples(expressions, body, loops).map(lambda t: f"while {t[0]}:\n{t[1]}\n    {t[2]}"),
        st.tuples(names, names, body).map(lambda t: f"def {t[0]}({t[1]}, *a, k=1):\n{t[2]}"),
        st.tuples(names, expressions, body).map(lambda t: f"class {t[0]}({t[1]}):\n{t[2]}"),
        st.tuples(st.sampled_from(["keras.Model", "layers.Layer"]), body, body).map(
            lambda t: (
                f"class C({t[0]}):\n    def __init__(self, x):\n{_indented(t[1])}\n"
                f"    def call(self, x):\n{_indented(t[2])}"
            )
        ),
        st.tuples(body, body, body).map(
            lambda t: f"try:\n{t[0]}\nexcept ValueError as y:\n{t[1]}\nfinally:\n{t[2]}"
        ),
        st.tuples(expressions, body).map(lambda t: f"with {t[0]} as x:\n{t[1]}"),
        st.tuples(expressions, expressions, body).map(
            lambda t: (
                f"match {t[0]}:\n    case [x, *y]:\n        pass\n    case {{'a': i}} if {t[1]}:\n"
                f"{_indented(t[2])}\n    case _:\n        pass"
            )
        ),
    )


simple = st.one_of(
    expressions,
    st.tuples(names, expressions).map(" = ".join),
    st.tuples(names, names, expressions).map(lambda t: f"{t[0]}, *{t[1]} = {t[2]}"),
    st.tuples(names, expressions).map(lambda t: f"{t[0]} += {t[1]}"),
    st.tuples(names, expressions, expressions).map(lambda t: f"{t[0]}[{t[1]}] = {t[2]}"),
    st.tuples(names, st.sampled_from(METHODS), expressions).map(
        lambda t: f"{t[0]}.{t[1]} = {t[2]}"
    ),
    names.map(lambda n: f"del {n}"),
    names.map(lambda n: f"global {n}"),
    expressions.map(lambda e: f"assert {e}"),
    expressions.map(lambda e: f"m.add({e})"),
)
statements = st.recursive(simple, _blocks, max_leaves=8)
programs = st.lists(statements, min_size=1, max_size=8).map("\n".join)

HEAD = """import keras
from keras import Input, Model, Sequential, layers
x = Input((28, 28, 3))
m = Sequential([Input((7,)), layers.Dense(3)])
"""


@given(programs)
@_quiet
def test_programs_of_a_grammar(text: str) -> None:
    analyse(HEAD + text)


# --- real programs, changed --------------------------------------------------------------------


@cache
def sources() -> list[str]:
    """Small files of the standard library and our own case files."""
    library = Path(sysconfig.get_path("stdlib"))
    files = [p for p in sorted(library.glob("*.py")) if p.stat().st_size < 12_000]
    cases = sorted((Path(__file__).parent / "cases").glob("*/*.py"))
    return [p.read_text(encoding="utf-8", errors="replace") for p in (*files, *cases)]


def changed_text(text: str, rng: random.Random) -> str:
    """A text with some of its lines or characters dropped, doubled, swapped or replaced."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 4)):
        place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        what = rng.randrange(5)
        if what == 0 and len(lines) > 1:
            del lines[place]
        elif what == 1:
            lines.insert(other, lines[place])
        elif what == 2:
            lines[place], lines[other] = lines[other], lines[place]
        elif lines[place]:
            column = rng.randrange(len(lines[place]))
            sign = rng.choice("()[]{}:,.=*+-'\"#\\ \t019_x\n\0é")
            lines[place] = lines[place][:column] + sign + lines[place][column + what - 3 :]
    return "\n".join(lines)


def changed_tree(text: str, rng: random.Random) -> str:
    """A program with some expressions in each other's place: it still parses."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    found = [n for n in ast.walk(tree) if isinstance(n, (ast.Call, ast.Constant, ast.Name))]
    found = [n for n in found if isinstance(getattr(n, "ctx", None), (ast.Load, type(None)))]
    for _ in range(min(rng.randint(1, 6), len(found) // 2)):
        one, other = rng.sample(found, 2)
        one.__class__, other.__class__ = other.__class__, one.__class__
        one.__dict__, other.__dict__ = other.__dict__, one.__dict__
    try:
        return ast.unparse(tree)
    except (RecursionError, ValueError, TypeError, AttributeError):
        return text


@given(st.integers(0, 10**9))
@_quiet
def test_changed_texts(seed: int) -> None:
    rng = random.Random(seed)
    analyse(changed_text(rng.choice(sources()), rng))


@given(st.integers(0, 10**9))
@_quiet
def test_changed_trees(seed: int) -> None:
    rng = random.Random(seed)
    analyse(changed_tree(rng.choice(sources()), rng))


@given(st.text(max_size=200))
@_quiet
def test_any_text(text: str) -> None:
    analyse(text)

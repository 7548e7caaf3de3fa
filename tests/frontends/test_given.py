"""Values that the user gives: to parameters, or to names of the module."""

import pytest

from shapecalc.api import analyze_file, analyze_source
from shapecalc.discovery import Target
from shapecalc.frontends.python.given import CannotGive
from shapecalc.frontends.python.literals import MAX_TEXT, NoLiteral, read_literal
from shapecalc.source import SourceFile

HEAD = "import keras\nfrom keras import layers\n"


def given(text: str, name: str | None = None, **values):
    target = Target("model.py", name, values)
    return analyze_file(SourceFile("model.py", HEAD + text), target=target)


def numbers(report):
    return [
        (m.summary.inputs, m.summary.outputs, m.summary.params, m.summary.macs)
        for m in report.models
    ]


BUILD = """
def build(size, units, *, depth=1, **options):
    x = inputs = keras.Input((size,))
    for _ in range(depth):
        x = layers.Dense(units, **options)(x)
    return keras.Model(inputs, x)
"""

STACK = """
def build(first, /, *sizes, last=3):
    stack = [keras.Input((first,))] + [layers.Dense(size) for size in sizes]
    return keras.Sequential([*stack, layers.Dense(last)])
"""

BUILDER = """
class Builder:
    def __init__(self, width, activation="relu"):
        self.width = width

    def build(self, units=2):
        return keras.Sequential([keras.Input((self.width,)), layers.Dense(units)])

    @staticmethod
    def plain(units):
        return keras.Sequential([keras.Input((4,)), layers.Dense(units)])

    @classmethod
    def made(cls, units):
        return cls(5).build(units)
"""

NET = """
class Net(keras.Model):
    def __init__(self, units, size=3):
        inputs = keras.Input((size,))
        super().__init__(inputs=inputs, outputs=layers.Dense(units)(inputs))
"""

# The program, what is called, the values, and the same call as the program would make it.
CALLS = [
    (BUILD, "build", {"size": 7, "units": 5}, "build(7, 5)"),
    (BUILD, "build", {"size": 7, "units": 5, "depth": 3}, "build(7, 5, depth=3)"),
    (BUILD, "build", {"size": 7, "units": 5, "use_bias": False}, "build(7, 5, use_bias=False)"),
    (STACK, "build", {"first": 4}, "build(4)"),
    (STACK, "build", {"first": 4, "sizes": (8, 9)}, "build(4, 8, 9)"),
    (STACK, "build", {"first": 4, "sizes": [8], "last": 1}, "build(4, 8, last=1)"),
    (BUILDER, "Builder.build", {"width": 6}, "Builder(6).build()"),
    (BUILDER, "Builder.build", {"width": 6, "units": 9}, "Builder(6).build(9)"),
    (BUILDER, "Builder.plain", {"units": 9}, "Builder.plain(9)"),
    (BUILDER, "Builder.made", {"units": 9}, "Builder.made(9)"),
    (NET, "Net", {"units": 4}, "Net(4)"),
    (NET, "Net", {"units": 4, "size": 8}, "Net(4, 8)"),
]


@pytest.mark.parametrize(("text", "name", "values", "call"), CALLS, ids=[c[3] for c in CALLS])
def test_it_is_the_call_that_the_program_would_make(text, name, values, call):
    expected = analyze_source(HEAD + text + call + "\n")
    report = given(text, name, **values)
    assert numbers(report) == numbers(expected) != []
    assert report.diagnostics == expected.diagnostics == ()


def test_what_is_not_given_is_a_variable():
    (model,) = given(BUILD.replace("size,", "size: int,", 1), "build", units=5).models
    assert str(model.summary.params.total) == "5*size + 5"


def test_an_axis_may_be_open():
    text = "def build(shape):\n    return keras.Model(i := keras.Input(shape), i)\n"
    (model,) = given(text, "build", shape=(None, None, 3)).models
    assert [str(dim) for dim in model.summary.inputs[0][1:]][-1] == "3"
    assert len(model.summary.inputs[0]) == 4


def test_what_else_the_file_builds_is_left_out():
    text = BUILD + "other = build(2, 2)\nlayers.Dense(0)\n"
    report = given(text, "build", size=7, units=5)
    assert [m.summary.params.total for m in report.models] == [40]
    assert report.diagnostics == ()


def test_a_fault_of_the_call_is_told():
    (finding,) = given(BUILD, "build", size=7, units=0).diagnostics
    assert (finding.code.id, finding.function) == ("SHC213", "build")


def test_a_call_that_raises_is_told_where_it_is_defined():
    text = "def build(depth):\n    if depth > 3:\n        raise ValueError('too deep')\n"
    report = given(text, "build", depth=4)
    (finding,) = report.diagnostics
    assert "`build` stops with ValueError: too deep" in finding.message
    assert finding.span.line == 3
    assert report.unanalysed is not None


MODULE = """
N: int = 5
A, B = 1, 2
if A:
    C = 3
else:
    C = 4
A += 1
model = keras.Sequential([keras.Input((N,)), layers.Dense(A), layers.Dense(B), layers.Dense(C)])
"""


@pytest.mark.parametrize(
    ("values", "units"),
    [
        ({}, (5, 2, 2, 3)),
        ({"N": 9}, (9, 2, 2, 3)),
        ({"A": 9}, (5, 9, 2, 3)),
        ({"B": 9}, (5, 2, 9, 3)),
        ({"C": 9}, (5, 2, 2, 9)),
        ({"N": 6, "A": 7, "B": 8, "C": 9}, (6, 7, 8, 9)),
    ],
)
@pytest.mark.parametrize("name", [None, "model"])
def test_names_of_the_module(values, units, name):
    (model,) = given(MODULE, name, **values).models
    shapes = [*model.summary.inputs, *(row.output_shape for row in model.summary.layers[1:])]
    assert tuple(shape[-1] for shape in shapes) == units


def test_names_within_functions_are_their_own():
    text = "N = 2\ndef f():\n    N = 3\n    return N\nkeras.Sequential([keras.Input((f(),))])\n"
    (model,) = given(text, N=9).models
    assert model.summary.inputs[0][1] == 3


def test_an_unknown_value_is_made_known():
    text = (
        "import os\nSIZE = int(os.environ['SIZE'])\n"
        "keras.Sequential([keras.Input((SIZE,)), layers.Dense(4)])\n"
    )
    report = given(text, SIZE=8)
    assert report.models[0].summary.params.total == 36
    assert report.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "name", "values", "said"),
    [
        (STACK, "build", {"frist": 1}, "build has no parameter 'frist'; did you mean 'first'?"),
        (STACK, "build", {"x": 1}, "there are: first, sizes, last"),
        (STACK, "build", {"sizes": 1}, "build takes a tuple or a list for *sizes"),
        (BUILDER, "Builder", {"widht": 1}, "did you mean 'width'?"),
        (BUILDER, "Builder", {"self": 1}, "Builder has no parameter 'self'"),
        (BUILDER, "Builder.build", {"widht": 1}, "did you mean 'width'?"),
        (BUILDER, "Builder.biuld", {"units": 1}, "no method 'biuld'; did you mean 'build'?"),
        (BUILDER, "Builder.plain", {"width": 1}, "Builder.plain has no parameter 'width'"),
        ("class Net(keras.Model):\n    pass\n", "Net", {"units": 1}, "no __init__ that takes"),
        (MODULE, None, {"n": 1}, "the module assigns to no name 'n'; there are: N, A, B, "),
        (MODULE, "model", {"modell": 1}, "did you mean 'model'?"),
        ("", None, {"N": 1}, "assigns to no name 'N'"),
        ("def build():\n    pass\nbuild = 3\n", "build", {"x": 1}, "could not be followed"),
    ],
)
def test_what_takes_no_such_value(text, name, values, said):
    with pytest.raises(CannotGive) as error:
        given(text, name, **values)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "text",
    ["0", "-7", "+7", "1_000", "0x1f", "1.5", "-1e3", "'a b'", '"same"', "True", "None", "()",
     "(1,)", "(224, 224, 3)", "[1, [2, None]]", "{'a': (1, 2), 3: None}", " 5 "],
)  # fmt: skip
def test_literals(text):
    # What we read is what Python reads; only here is it evaluated.
    value = read_literal(text)
    assert value == eval(text.strip())  # noqa: S307
    assert type(value) is type(eval(text.strip()))  # noqa: S307


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("relu", "a text stands in quotes: 'relu'"),
        ("mixed-precision", "in quotes"),
        ("", "no value as Python writes it"),
        ("1 +", "no value"),
        ("1 + 1", "nothing is looked up or computed"),
        ("2 ** 9", "no literal"),
        ("f()", "no literal"),
        ("[x for x in y]", "no literal"),
        ("{1, 2}", "no literal"),
        ("{**a}", "no literal"),
        ("{[1]: 2}", "no literal"),
        ("(*a,)", "no literal"),
        ("-'a'", "no literal"),
        ("-True", "no literal"),
        ("b'x'", "no literal"),
        ("1j", "no literal"),
        ("...", "no literal"),
        ("f'{1}'", "no literal"),
        ("1e999", "too large"),
        ("9" * 5000, "more than"),
        ("x" * (MAX_TEXT + 1), "more than"),
        ("[" * 30 + "]" * 30, "nested more than"),
        ("[" * 400 + "]" * 400, ""),
        ("-" * 900 + "1", ""),
        ("\0", "no value"),
    ],
)
def test_what_is_no_literal(text, said):
    with pytest.raises(NoLiteral) as error:
        read_literal(text)
    assert said in str(error.value)

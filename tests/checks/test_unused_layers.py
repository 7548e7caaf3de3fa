"""SHC408: what is told of layers that no output depends on, and where nothing is to be told."""

import ast

import pytest

from shapecalc.api import analyze_file
from shapecalc.diagnostics import Severity
from shapecalc.frontends.notebook import NotebookFile
from shapecalc.frontends.python.unread_results import unread_results
from shapecalc.source import SourceFile

HEAD = "import keras\nfrom keras import layers\n\ni = keras.Input((8,))\n"
END = "model = keras.Model(i, layers.Dense(1)(h))\n"


def unused(text: str) -> list[tuple[int, Severity]]:
    return lines_in(SourceFile("model.py", text))


def lines_in(source: SourceFile) -> list[tuple[int, Severity]]:
    found = analyze_file(source).diagnostics
    return [(d.span.line, d.severity) for d in found if d.code.id == "SHC408"]


def in_function(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"import keras\nfrom keras import layers\ndef build():\n{lines}"


FORGOTTEN = {
    "a name that is never read": "h = layers.Dense(4)(i)\ng = layers.Dropout(0.5)(h)\n" + END,
    "a result that goes nowhere": "h = layers.Dense(4)(i)\nlayers.Dropout(0.5)(h)\n" + END,
    "a name that is given another value": (
        "h = layers.Dense(4)(i)\nx = layers.Dense(4)(h)\nx = layers.Dense(2)(h)\n"
        "model = keras.Model(i, x)\n"
    ),
    "a name that was read before": (
        "h = layers.Dense(4)(i)\nh = layers.Dropout(0.5)(h)\nmodel = keras.Model(i, i)\n"
    ),
}


@pytest.mark.parametrize("text", FORGOTTEN.values(), ids=FORGOTTEN)
def test_a_result_that_nothing_reads_is_found(text):
    assert unused(HEAD + text) == [(6, Severity.WARNING)]


def test_it_is_found_in_a_function_that_nobody_calls():
    body = HEAD.partition("\n\n")[2] + FORGOTTEN["a name that is never read"]
    text = in_function(body + "return model\n")
    assert unused(text) == [(6, Severity.WARNING)]
    assert unused(text + "build()\n") == [(6, Severity.WARNING)]


def test_a_loop_and_a_second_call_tell_it_once():
    text = (
        HEAD + "h = i\nfor _ in range(3):\n    layers.Dropout(0.5)(h)\n    h = layers.Dense(4)(h)\n"
    )
    assert unused(text + END) == [(7, Severity.WARNING)]


READ = {
    "a loss takes it": "z = layers.Dense(2)(i)\nh = layers.Dense(4)(i)\n" + END + "loss(z)\n",
    "its shape is printed": "z = layers.Dense(2)(i)\nprint(z.shape)\nh = i\n" + END,
    "it is an output of another model": (
        "z = layers.Dense(2)(i)\nh = layers.Dense(4)(i)\n" + END + "both = keras.Model(i, z)\n"
    ),
    "a function reads it": (
        "z = layers.Dense(2)(i)\ndef penalty():\n    return z\nh = i\n" + END
    ),
    "a list holds it": "z = [layers.Dense(2)(i)]\nh = i\n" + END,
    "the next round reads it": (
        "h = i\nz = i\nfor _ in range(2):\n    h = layers.Add()([h, z])\n"
        "    z = layers.Dense(8)(h)\n" + END
    ),
    "another branch reads it": (
        "if flag:\n    h = layers.Dense(8)(i)\nelse:\n    h = layers.Dense(4)(i)\n" + END
    ),
    "its name says that it is for building only": "_ = layers.Dense(2)(i)\nh = i\n" + END,
    "the layer is used elsewhere": (
        "d = layers.Dense(4)\nd(i)\nh = d(i)\n" + END
    ),
    "its weights are looked at": "d = layers.Dense(4)\nd(i)\nd.get_weights()\nh = i\n" + END,
    "any name may be read": "z = layers.Dense(2)(i)\nh = i\n" + END + "print(locals())\n",
    "it comes after the model": "h = i\n" + END + "z = layers.Dense(2)(model.output)\n",
    "there is no model": "h = layers.Dense(4)(i)\nlayers.Dropout(0.5)(h)\n",
    "it belongs to other inputs": (
        "layers.Dense(2)(keras.Input((3,)))\nh = layers.Dense(4)(i)\n" + END
    ),
    "it is global": (
        "def f():\n    global z\n    z = layers.Dense(2)(i)\nf()\nh = i\n" + END
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_may_be_read_is_not_told(text):
    assert unused(HEAD + text) == []


CLASS = """
import keras
from keras import layers

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Dense(4)
        self.b = layers.Dropout(0.5)

    def call(self, x):
        return self.a(x)

net = Net()
net(keras.Input((3,)))
"""


def test_an_attribute_that_nothing_calls_is_a_remark():
    assert unused(CLASS) == [(9, Severity.INFO)]


@pytest.mark.parametrize(
    "more",
    ["net.b.rate = 0.3\n", "print(net.b)\n", "print(getattr(net, 'b'))\n"],
)
def test_an_attribute_that_anything_reads_is_not_told(more):
    assert unused(CLASS + more) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return self.a(x)", "return [layer(x) for layer in self.layers][0]"),
        ("return self.a(x)", "return getattr(self, 'a')(x)"),
        ("net(keras.Input((3,)))", ""),
        ("    def call(self, x):\n        return self.a(x)\n", ""),
    ],
)
def test_a_class_of_which_too_little_is_known_is_passed_over(old, new):
    assert old in CLASS
    assert unused(CLASS.replace(old, new)) == []


def test_what_a_notebook_shows_in_a_cell_of_its_own_is_not_told():
    shown, model = "layers.Dropout(0.5)(i)\n", "h = layers.Dense(4)(i)\n" + END
    apart = NotebookFile("a.ipynb", [(1, HEAD), (2, shown), (3, model)])
    together = NotebookFile("a.ipynb", [(1, HEAD), (2, shown + model)])
    assert lines_in(apart) == []
    assert lines_in(together) == [(1, Severity.WARNING)]


def read_where(text: str) -> list[int]:
    """The lines of the calls that are taken for unread."""
    return [one.node.lineno for one in unread_results(ast.parse(text))]


def test_the_text_alone_tells_which_names_are_read():
    assert read_where("a = f()(x)\nb = f()(a)\n") == [2]
    assert read_where("a = f()(x)\na = f()(a)\nprint(a)\n") == []
    assert read_where("a = f()(x)\na = f()(x)\nprint(a)\n") == [1]
    assert read_where("a = f()(x)\na += 1\n") == []
    assert read_where("a = f()(x)\nif x:\n    a = 1\n") == []
    assert read_where("while x:\n    print(a)\n    a = f()(x)\n") == []
    assert read_where("def g():\n    a = f()(x)\n    return eval('a')\n") == []

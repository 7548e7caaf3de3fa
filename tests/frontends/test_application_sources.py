"""The sources of keras.applications, read as plain text, against the zoo's own networks.

The two are written independently of each other: the installed package's files go through the
interpreter, the zoo builds with our layers. Both are held to the live Keras elsewhere.
"""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from shapecalc.frontends.python import read
from shapecalc.graph.summary import summarize
from shapecalc.rules.session import new_session
from shapecalc.source import SourceFile
from shapecalc.zoo import application_for, application_names

SPEC = find_spec("keras")
FOLDER = Path(SPEC.origin).parent / "src" / "applications" if SPEC and SPEC.origin else None
pytestmark = pytest.mark.skipif(FOLDER is None, reason="needs the files of an installed Keras")

NAMES = sorted({name.rpartition(".")[2] for name in application_names()})


def source_of(name: str) -> str:
    for file in sorted(FOLDER.glob("*.py")):
        text = file.read_text()
        if re.search(rf"^def {name}\(", text, re.MULTILINE):
            return text
    raise LookupError(name)


def rows_of(model):
    """Class, name, output shape and params of each layer, as `model.layers` lists them."""
    names = {layer.name for layer in model.layers}
    return [
        (row.class_name, row.name, str(row.output_shape), row.params)
        for row in summarize(model).layers
        if row.name in names
    ]


def from_zoo(name, **arguments):
    with new_session():
        return application_for(f"keras.applications.{name}")(weights=None, **arguments)


def read_from_source(name: str, call: str):
    program = read(SourceFile(f"{name}.py", f"{source_of(name)}\nresult = {call}\n"))
    assert not program.refused
    found = [r.model for r in program.models if r.variable == "result" or r.function is None]
    made_by_call = found or [program.models[0].model]
    return made_by_call[0]


def test_there_are_forty():
    assert len(NAMES) == 40


@pytest.mark.parametrize("name", NAMES)
def test_source_and_zoo_agree(name):
    ours = from_zoo(name)
    theirs = read_from_source(name, f"{name}(weights=None)")
    assert summarize(theirs).params == summarize(ours).params
    assert summarize(theirs).params.exact
    assert [r[2:] for r in rows_of(theirs)] == [r[2:] for r in rows_of(ours)]
    assert [r[0] for r in rows_of(theirs)] == [r[0] for r in rows_of(ours)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("MobileNet", {"alpha": 0.5, "classes": 10}),
        ("ResNet50", {"include_top": False, "pooling": "avg", "input_shape": (64, 64, 3)}),
        ("VGG16", {"include_top": False, "input_shape": (48, 48, 3)}),
        ("DenseNet121", {"classes": 7, "input_shape": (96, 96, 3)}),
    ],
)
def test_variants_agree(name, arguments):
    ours = from_zoo(name, **arguments)
    words = ", ".join(f"{word}={value!r}" for word, value in arguments.items())
    theirs = read_from_source(name, f"{name}(weights=None, {words})")
    assert summarize(theirs).params == summarize(ours).params
    assert [r[2:] for r in rows_of(theirs)] == [r[2:] for r in rows_of(ours)]


def test_a_planted_difference_is_seen():
    text = source_of("VGG16").replace("512, (3, 3)", "511, (3, 3)", 1)
    program = read(SourceFile("vgg16.py", f"{text}\nresult = VGG16(weights=None)\n"))
    ours = from_zoo("VGG16")
    assert summarize(program.models[0].model).params != summarize(ours).params

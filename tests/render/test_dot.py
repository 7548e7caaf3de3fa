"""Pictures: every layer a box, every tensor an arrow, and names that cannot break the graph."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from shapecalc.api import analyze_source
from shapecalc.render.dot import Options, to_dot
from shapecalc.render.picture import FORMATS, MISSING_ENGINE, NoEngine, draw
from tests.programs import BRANCHES, HEAD, LENET, OPEN
from tests.render.engine import needs_engine

SHARED = HEAD + (
    "a = keras.Input((4,), name='left')\n"
    "b = keras.Input((4,), name='right')\n"
    "dense = layers.Dense(3, name='both')\n"
    "model = keras.Model([a, b], layers.Add(name='sum')([dense(a), dense(b)]))\n"
)


def models(text):
    return [m.record.model for m in analyze_source(text).models]


def graph(text, index=-1, **options):
    return to_dot([models(text)[index]], Options(names=True, **options)).source


def boxes(source) -> dict[str, str]:
    """The name of each layer by its node."""
    return dict(re.findall(r"^\s*(m\d+_\d+) \[label=.*?<b>(.*?)</b>", source, re.MULTILINE))


def arrows(source) -> list[tuple[str, str]]:
    names = boxes(source)
    found = re.findall(r"^\s*(m\d+_\d+) -> (m\d+_\d+)", source, re.MULTILINE)
    return sorted((names[a], names[b]) for a, b in found)


def test_a_chain():
    names = ["input_layer", "conv2d", "average_pooling2d", "flatten", "dense"]
    source = graph(LENET)
    assert list(boxes(source).values()) == names
    assert arrows(source) == sorted(pairwise(names))


def test_a_branch_over_a_nested_model():
    assert arrows(graph(BRANCHES)) == [
        ("image", "inner"), ("image", "sum"), ("inner", "sum"),
    ]  # fmt: skip


def test_a_nested_model_in_a_frame():
    source = graph(BRANCHES, expand_nested=True)
    (entry,) = [name for name in boxes(source).values() if name.startswith("input_layer")]
    assert arrows(source) == sorted([
        ("image", entry), ("image", "sum"), (entry, "conv2d"), ("conv2d", "sum"),
    ])  # fmt: skip
    assert len(re.findall(r"subgraph cluster_", source)) == 1


def test_a_shared_layer_is_one_box():
    assert arrows(graph(SHARED)) == [("both", "sum"), ("left", "both"), ("right", "both")]


def test_what_boxes_show():
    plain = graph(LENET)
    assert "(None, 28, 28, 6)" not in plain
    assert "(None, 28, 28, 6)" in graph(LENET, shapes=True)
    assert ">156<" not in plain
    assert ">156<" in graph(LENET, params=True)
    assert "rankdir=LR" in graph(LENET, rankdir="LR")
    assert "<b>Conv2D</b>" in to_dot(models(LENET)).source


def test_several_models_stand_in_frames():
    source = to_dot(models(LENET + OPEN)).source
    assert len(re.findall("subgraph cluster_", source)) == 2
    assert "label=lenet" in source
    assert "label=open" in source


HOSTILE_NAMES = [
    "a<b>&c", 'quo"te', "back\\slash", "br{a}ce|bar", "->", "</table>>", "\\N\\l", "new\nline",
    "esc\x1b[31m", "", "]; evil [label=x", "<<b>>",
]  # fmt: skip


@needs_engine
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_names_cannot_break_the_graph(name):
    text = HEAD + (
        f"inner = keras.Sequential([keras.Input((4,)), layers.Dense(2)], name={name!r})\n"
        f"a = keras.Input((4,))\n"
        f"model = keras.Model(a, layers.Activation('relu', name={name + 'x'!r})(inner(a)))\n"
    )
    for options in (Options(names=True), Options(names=True, expand_nested=True)):
        graph = to_dot(models(text)[-1:], options)
        assert "\x1b" not in graph.source
        picture = ElementTree.fromstring(draw(graph, "svg"))
        kinds = [group.get("class") for group in picture.iter("{http://www.w3.org/2000/svg}g")]
        # As many boxes and arrows as layers and tensors, whatever they are called.
        inner = 1 if options.expand_nested else 0
        assert kinds.count("node") == 3 + inner
        assert kinds.count("edge") == 2 + inner


@needs_engine
@pytest.mark.parametrize(
    ("format", "head"),
    [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph")],
)
def test_pictures(format, head):
    assert format in FORMATS
    assert draw(to_dot(models(LENET)), format).startswith(head)


def test_without_an_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(__import__("sys").modules, "pygraphviz", None)
    with pytest.raises(NoEngine) as caught:
        draw(to_dot(models(LENET)), "svg")
    assert str(caught.value) == MISSING_ENGINE
    for words in ("apt install graphviz", "brew install graphviz", "shapecalc[diagram]"):
        assert words in MISSING_ENGINE
    # The text can still be had.
    assert draw(to_dot(models(LENET)), "dot").startswith(b"digraph")

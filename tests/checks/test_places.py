"""Where findings are told: files of a project, cells of a notebook, loops, what merely follows."""

from __future__ import annotations

import json

import pytest

from shapecalc import analyze, check_source

HEAD = "import keras\nfrom keras import layers\n"


@pytest.fixture
def project(tmp_path):
    """Writes files of a project, and returns the findings of its `main.py`."""

    def findings(**files):
        (tmp_path / "pyproject.toml").touch()
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text)
        return analyze(tmp_path / "main.py").diagnostics

    return findings


def file_of(path):
    return path and path.rpartition("/")[2]


def test_a_finding_and_its_notes_are_each_in_their_file(project):
    (finding,) = project(
        parts=f"{HEAD}shared = layers.Conv2D(8, 9)\n",
        main=f"{HEAD}from parts import shared\n\nx = shared(keras.Input((4, 5, 1)))\n",
    )
    # The window is given where the layer is made, and the input where it is called.
    assert (file_of(finding.path), finding.span.line, finding.span.path) == ("parts.py", 3, None)
    placed = [(file_of(n.path), n.span.line, n.message) for n in finding.notes if n.span]
    assert ("main.py", 5, '"conv2d" is called here') in placed
    assert ("main.py", 5, 'InputLayer "input_layer" starts with 4') in placed
    assert all(note.span.path is None for note in finding.notes if note.span)


def test_a_note_in_the_file_of_its_finding_names_no_file(project):
    (finding,) = project(
        parts=f"{HEAD}\n\ndef make():\n    a = keras.Input((4, 5, 1))\n"
        "    return layers.Conv2D(8, 9)(a)\n",
        main="from parts import make\nmake()\n",
    )
    assert (file_of(finding.path), finding.span.line) == ("parts.py", 7)
    assert [(n.path, n.span.line) for n in finding.notes if n.span] == [(None, 6)]


def test_the_fix_of_a_finding_in_another_file_is_made_there(project):
    (finding,) = project(
        parts="import keras\n\ndef make():\n    return keras.optimizers.SGD(lr=0.1)\n",
        main="from parts import make\nmake()\n",
    )
    assert (file_of(finding.path), finding.span.line) == ("parts.py", 4)
    (edit,) = finding.fix.edits
    assert (edit.span.path, edit.span.line, edit.replacement) == (None, 4, "learning_rate")


def test_a_notebook_is_not_mended(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    source = "import keras\nx = keras.optimizers.SGD(lr=0.1)\n"
    book = {"cells": [{**cell, "source": source}], "metadata": {}, "nbformat": 4}
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({**book, "nbformat_minor": 5}))
    (finding,) = analyze(path).diagnostics
    assert (finding.code.id, finding.span.cell, finding.span.line) == ("SHC417", 1, 2)
    assert finding.fix is None


def test_of_what_a_loop_meets_the_first_five_are_told():
    loop = "for size in range(5, 15):\n    layers.Conv1D(8, size)(keras.Input((4, 1)))\n"
    (finding,) = check_source(HEAD + loop)
    assert "a window of 5 does not fit" in finding.message
    also = [n.message for n in finding.notes if n.message.startswith("here also: ")]
    assert ["window of " + str(n) in m for n, m in zip(range(6, 10), also, strict=True)] == [
        True
    ] * 4


def test_what_a_loop_meets_again_is_told_once():
    loop = "for size in [5, 6, 5, 6]:\n    layers.Conv1D(8, size)(keras.Input((4, 1)))\n"
    (finding,) = check_source(HEAD + loop)
    # Each layer has a name of its own, which its message tells.
    also = [n.message for n in finding.notes if n.message.startswith("here also: ")]
    assert len(also) == len(set(also)) == 3


def test_what_follows_from_a_refused_call_is_not_judged():
    text = (
        "model = keras.Sequential([\n"
        "    keras.Input((4, 4, 1)),\n"
        "    layers.Conv2D(8, {}),\n"
        "    layers.Flatten(),\n"
        "    layers.Dense(3),\n"
        "])\n"
        "model.compile('sgd', 'categorical_crossentropy')\n"
    )
    assert [d.code.id for d in check_source(HEAD + text.format(3))] == ["SHC302"]
    assert [d.code.id for d in check_source(HEAD + text.format(5))] == ["SHC201"]


def test_findings_are_in_the_order_of_their_places():
    text = "a = layers.Dense(-1)\nb = layers.Dense(0); c = layers.Dense(unit=3)\n"
    found = [(d.span.line, d.code.id) for d in check_source(HEAD + text)]
    assert found == [(3, "SHC213"), (4, "SHC213"), (4, "SHC211")]


def test_what_an_unknown_argument_would_have_told_a_layer_is_not_missed_again():
    text = f"{HEAD}x = layers.LSTM(3, {{}}stateful=True)(keras.Input((4, 1)))\n"
    assert [d.code.id for d in check_source(text.format(""))] == ["SHC213"]
    assert [d.code.id for d in check_source(text.format("batch_size=2, "))] == ["SHC211"]


def test_data_that_a_model_does_not_take_are_told_of_once():
    text = f"{HEAD}import numpy as np\nm = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\n"
    calls = [f"m.predict(np.zeros({shape}))\n" for shape in ((32, 5), (25, 5), (32, 6))]
    found = check_source(text + "".join(calls))
    assert [(d.code.id, d.span.line) for d in found] == [("SHC308", 5), ("SHC308", 7)]
    assert [n.span.line for n in found[0].notes if n.message.startswith("so here")] == [6]

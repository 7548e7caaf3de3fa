"""`--set NAME=VALUE` of check, summary and render."""

import json

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli

MODEL = """import keras
from keras import layers

SIZE = 9


def build(input_shape, n_classes=2):
    x = inputs = keras.Input(input_shape)
    return keras.Model(inputs, layers.Dense(n_classes)(layers.Conv2D(8, 5)(x)))


model = build((SIZE, SIZE, 1))
"""


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.py").write_text(MODEL)
    (tmp_path / "other.py").write_text(MODEL)


def run(*words, text=None):
    return CliRunner().invoke(cli, words, catch_exceptions=False, input=text)


SETTING = ("model.py::build", "--set", "n_classes=10", "--set", "input_shape=(32, 32, 3)")


def test_summary():
    (file,) = json.loads(run("summary", *SETTING, "--format", "json").output)["files"]
    (model,) = file["models"]
    assert model["inputs"] == [[None, 32, 32, 3]]
    assert model["outputs"] == [[None, 28, 28, 10]]


def test_check():
    done = run("check", *SETTING)
    assert (done.exit_code, "2 of 2 layers exact" in done.output) == (0, True)
    done = run("check", "model.py::build", "--set", "input_shape=(4, 4, 3)")
    assert (done.exit_code, "SHC201" in done.output) == (1, True)


def test_check_of_a_budget():
    words = ("check", "model.py::build", "--max-params", "700", "--set")
    assert run(*words, "input_shape=(9, 9, 3)").exit_code == 0
    assert "SHC501" in run(*words, "input_shape=(9, 9, 30)").output


def test_render():
    assert "(None, 28, 28, 10)" in run("render", *SETTING, "--show-shapes").output


def test_names_of_the_file():
    assert run("check", "model.py", "--set", "SIZE=5").exit_code == 0
    assert "SHC201" in run("check", "model.py", "--set", "SIZE=4").output
    assert "SHC201" in run("check", "model.py::model", "--set", "SIZE=4").output


def test_the_standard_input():
    done = run("summary", *SETTING[1:], "--", "-::build", text=MODEL)
    assert "(None, 28, 28, 10)" in done.output
    # Without values a name chooses as well.
    assert run("summary", "--", "-::model", text=MODEL).exit_code == 0
    assert run("summary", "--", "-::nothing", text=MODEL).exit_code == 2


@pytest.mark.parametrize("command", ["check", "summary", "render"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("model.py::build", "--set", "n_clases=3"), "did you mean 'n_classes'?"),
        (("model.py", "--set", "SIZ=3"), "did you mean 'SIZE'?"),
        (("model.py::build", "--set", "n_classes"), "not of the form NAME=VALUE"),
        (("model.py::build", "--set", "n classes=3"), "not of the form NAME=VALUE"),
        (("model.py::build", "--set", "n_classes=few"), "a text stands in quotes: 'few'"),
        (("model.py::build", "--set", "a=1", "--set", "a=2"), "a is set twice"),
        ((".", "--set", "SIZE=3"), "--set needs one file"),
    ],
)
def test_what_is_wrong_is_said(command, words, said):
    done = run(command, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_a_notebook(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": MODEL}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "model.ipynb").write_text(json.dumps(notebook))
    done = run("summary", "model.ipynb::build", *SETTING[1:])
    assert "(None, 28, 28, 10)" in done.output

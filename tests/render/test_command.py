"""`shapecalc render`."""

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli
from tests.programs import BRANCHES, LENET, OTHER
from tests.render.engine import needs_engine


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {"lenet.py": LENET, "branches.py": BRANCHES, "other.py": OTHER}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return lambda *args: CliRunner().invoke(cli, ["render", *args])


def test_dot_on_the_standard_output(run):
    result = run("lenet.py", "--show-shapes")
    assert result.exit_code == 0
    assert result.stdout.startswith("digraph")
    assert "(None, 28, 28, 6)" in result.stdout


@needs_engine
@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "dot", "gv", "SVG"])
def test_a_file_of_the_kind_its_name_says(run, tmp_path, ending):
    assert run("lenet.py", "-o", f"model.{ending}").exit_code == 0
    heads = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    head = heads.get(ending.lower(), b"digraph")
    assert (tmp_path / f"model.{ending}").read_bytes().startswith(head)


@needs_engine
def test_only_a_png_has_a_resolution(run, tmp_path):
    def drawn(name, dpi):
        assert run("lenet.py", "-o", name, "--dpi", dpi).exit_code == 0
        return (tmp_path / name).read_bytes()

    def width(png):
        return int.from_bytes(png[16:20], "big")

    assert width(drawn("model.png", "300")) > 2.9 * width(drawn("model.png", "100"))
    assert drawn("model.svg", "300") == drawn("model.svg", "100")
    assert b"scale(1 1)" in drawn("model.svg", "300")


def test_a_nested_model_is_drawn_once(run):
    # The file makes two models, one of which is part of the other.
    assert "cluster" not in run("branches.py").stdout
    assert "cluster" in run("branches.py", "--expand-nested").stdout


def test_one_model_of_a_file(run):
    out = run("branches.py::inner", "--show-layer-names").stdout
    assert "<b>conv2d</b>" in out
    assert "<b>sum</b>" not in out


@pytest.mark.parametrize(
    ("path", "reason"), [("other.py", "no Keras model found"), ("missing.py", "no such file")]
)
def test_nothing_to_draw(run, path, reason):
    result = run(path)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_a_missing_engine_is_said_plainly(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(__import__("sys").modules, "pygraphviz", None)
    result = run("lenet.py", "-o", "model.svg")
    assert result.exit_code == 2
    assert "apt install graphviz" in result.stderr

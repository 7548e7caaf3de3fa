"""The public names, and the functions behind them."""

import doctest
import gc
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import shapecalc
from tests.programs import BROKEN, LENET

ROOT = Path(__file__).parent.parent


def test_every_public_name_is_there():
    for name in shapecalc.__all__:
        assert getattr(shapecalc, name) is not None
        assert name in dir(shapecalc)
    assert set(shapecalc.__all__) == set(shapecalc._HOMES)


def test_type_checkers_see_the_same_names():
    text = (ROOT / "shapecalc" / "__init__.py").read_text("utf-8")
    block = text.partition("if TYPE_CHECKING:")[2].partition("\n\n")[0]
    names = re.findall(r"import (.*)", block)
    assert {n.strip() for line in names for n in line.split(",")} == set(shapecalc.__all__)


def test_the_example_of_the_package():
    assert doctest.testmod(shapecalc) == (0, 5)


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nope"):
        _ = shapecalc.nope


def test_importing_the_package_loads_nothing_else():
    code = (
        "import sys, shapecalc\nprint(*[m for m in sys.modules if m.startswith('shapecalc.')])\n"
        "shapecalc.Diagnostic\nprint(*[m for m in sys.modules if m.startswith('shapecalc.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split("\n")[0] == ""
    assert "shapecalc.diagnostics" in done.stdout


def test_importing_the_package_takes_little():
    # It takes about 2 ms; the least of several tries, for other work comes in between.
    code = (
        "import time\nstart = time.perf_counter()\nimport shapecalc\n"
        "print(time.perf_counter() - start)"
    )
    tries = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
        for _ in range(5)
    )
    assert min(float(done.stdout) for done in tries) < 0.02


def test_the_functions_say_their_types():
    for function in (
        shapecalc.analyze,
        shapecalc.analyze_source,
        shapecalc.check_paths,
        shapecalc.check_source,
        shapecalc.summarize,
    ):
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not p.empty for p in signature.parameters.values())


def test_analyze_takes_one_path_or_several(tmp_path):
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    paths[0].write_text(LENET, "utf-8")
    paths[1].write_text(BROKEN, "utf-8")
    assert len(shapecalc.analyze(paths[0]).files) == 1
    assert len(shapecalc.analyze(str(paths[0])).files) == 1
    assert len(shapecalc.analyze(paths).files) == 2
    assert len(shapecalc.analyze(tmp_path).files) == 2
    assert [d.path for d in shapecalc.check_paths(paths)] == [str(paths[1])]


def test_a_missing_file_is_a_finding_and_no_exception(tmp_path):
    (finding,) = shapecalc.check_paths(tmp_path / "missing.py")
    assert finding.code.id == "SHC102"
    assert "no such file" in finding.message


@pytest.mark.parametrize("threshold", [(700, 10, 10), (0, 5, 5), (90_000, 1, 2)])
def test_the_garbage_collector_is_left_as_it_was(threshold):
    before = gc.get_threshold()
    try:
        gc.set_threshold(*threshold)
        shapecalc.analyze_source(LENET)
        assert gc.get_threshold() == threshold
    finally:
        gc.set_threshold(*before)


def test_text():
    report = shapecalc.analyze_source(LENET, "model.py")
    (model,) = report.models
    assert model.summary.params.total == 156 + 11770
    assert report.path == "model.py"
    (finding,) = shapecalc.check_source(BROKEN)
    assert (finding.code.id, finding.span.line) == ("SHC201", 7)


def test_a_model_made_with_the_builder():
    layers = shapecalc.layers
    model = shapecalc.Sequential([shapecalc.Input((8,)), layers.Dense(4), layers.Dense(2)])
    assert shapecalc.summarize(model).params.total == 8 * 4 + 4 + 4 * 2 + 2
    with pytest.raises(shapecalc.ShapecalcError):
        layers.Dense(0)


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.py")), ids=lambda p: p.stem)
def test_examples(example):
    report = shapecalc.analyze(example)
    (file,) = report.files
    assert file.models
    assert bool(file.diagnostics) == (example.stem == "broken")


def test_lenet_has_the_numbers_of_the_paper():
    (file,) = shapecalc.analyze(ROOT / "examples" / "lenet5.py").files
    rows = {row.name: row for row in file.models[0].summary.layers}
    # LeCun et al. 1998, §II.B: "156 trainable parameters and 122,304 connections" for C1, and
    # 48,120 and 10,164 trainable parameters for C5 and F6.
    first = rows["C1"]
    assert first.params == 156
    assert first.connections + first.bias_connections == 122_304
    assert (rows["C5"].params, rows["F6"].params) == (48_120, 10_164)

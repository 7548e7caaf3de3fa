"""What a check calls an error is one under the live Keras, and what it calls good runs."""

import io
from contextlib import redirect_stdout

import pytest

from shapecalc import check_source
from shapecalc.checks.catalogue import all_checks
from shapecalc.diagnostics import Severity

keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CONTRACT = [c for c in all_checks() if c.code.id.startswith("SHC3")]
BAD = [(c, t, max(d.severity for d in check_source(t))) for c in CONTRACT for t in c.bad]
ERRORS = [(c, t) for c, t, severity in BAD if severity is Severity.ERROR]
WARNINGS = [(c, t) for c, t, severity in BAD if severity is not Severity.ERROR]
GOOD = [(c, t) for c in CONTRACT for t in c.good]


def named(value):
    return value.code.name if hasattr(value, "code") else ""


def runnable(text: str) -> str:
    """A program that also trains, where it only compiles: Keras looks at losses then."""
    if "model.compile" not in text or ".fit(" in text:
        return text
    return text + (
        "\nimport numpy as np\n"
        "shapes = [tuple(d or 4 for d in t.shape) for t in model.outputs]\n"
        "labels = [np.ones(s) for s in shapes]\n"
        "model.fit(np.ones((4, *model.inputs[0].shape[1:])), labels, verbose=0)\n"
    )


def run(text: str) -> None:
    with redirect_stdout(io.StringIO()):
        exec(compile(text, "example", "exec"), {"__name__": "example"})  # noqa: S102 - our own examples


@pytest.mark.parametrize(("check", "text"), ERRORS, ids=named)
def test_keras_raises_what_is_called_an_error(check, text):
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        run(runnable(text))


@pytest.mark.parametrize(("check", "text"), GOOD, ids=named)
def test_keras_runs_what_is_called_good(check, text):
    assert check_source(text) == []
    run(text)


@pytest.mark.parametrize(("check", "text"), WARNINGS, ids=named)
def test_keras_says_nothing_of_what_is_called_a_warning(check, text):
    run(text)

"""No check of the architecture warns of networks that are known to be good."""

import pytest

from shapecalc.checks.diagnosis import diagnose
from shapecalc.diagnostics import Severity
from shapecalc.frontends.python import read
from shapecalc.source import SourceFile
from shapecalc.zoo import application_names

NAMES = sorted({name.rpartition(".")[2] for name in application_names()})


def findings(text: str):
    found = diagnose(read(SourceFile("model.py", text)))
    return [d for d in found if d.code.id.startswith("SHC4")]


@pytest.mark.parametrize("name", NAMES)
def test_an_application_is_no_cause_for_any_finding(name):
    text = f"import keras\nmodel = keras.applications.{name}(weights=None)\n"
    assert findings(text) == []


def test_a_planted_fault_in_an_application_is_seen():
    text = (
        "import keras\nbase = keras.applications.MobileNet(weights=None, include_top=False)\n"
        "x = keras.layers.ReLU()(keras.layers.Dense(8, activation='relu')(base.output))\n"
        "model = keras.Model(base.input, x)\n"
    )
    assert [(d.code.id, d.severity) for d in findings(text)] == [("SHC403", Severity.WARNING)]

"""Every case file run by the live Keras, and held to the comments that we are held to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shapecalc.frontends.python import read
from shapecalc.graph.summary import summarize
from shapecalc.source import SourceFile
from tests.frontends.expectations import CaseFile, all_cases, mismatches, with_fault
from tests.frontends.reading import shown

oracle = pytest.importorskip("tests.frontends.keras_run", reason="the `keras` extra is missing")
pytestmark = pytest.mark.oracle

RUN = [case for case in all_cases() if case.no_oracle is None]
VALID = [case for case in RUN if case.broken_line is None]
BROKEN = [case for case in RUN if case.broken_line is not None]

# Of a model and of a layer, what Keras can tell.
KERAS_KNOWS = {"params", "trainable", "name", "kind", "in", "out", "shape", "class"}


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.id)
def test_keras_agrees_with_the_expectations(case: CaseFile) -> None:
    outcome = oracle.run(case.path.name, case.text)
    assert outcome.refusal is None
    assert mismatches(case.expected, outcome.observed, findings=False) == []
    for place, one in enumerate(case.expected):
        for wrong in with_fault(one):
            changed = dict(wrong.fields).items() - dict(one.fields).items()
            if changed and {name for name, _ in changed} <= KERAS_KNOWS:
                faulty = (*case.expected[:place], wrong, *case.expected[place + 1 :])
                assert mismatches(faulty, outcome.observed, findings=False), wrong


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.id)
def test_every_model_is_the_one_that_keras_makes(case: CaseFile) -> None:
    theirs = oracle.run(case.path.name, case.text).models
    assert _models(case.text) == [_comparable(m) for m in theirs]


def _models(text: str) -> list[dict[str, str]]:
    found = []
    for record in read(SourceFile("case.py", text)).models:
        summary = summarize(record.model)
        fields = {
            "params": str(summary.params.total),
            "trainable": str(summary.params.trainable),
            "name": summary.name,
        }
        if summary.kind != "subclass" and summary.inputs:
            inputs, outputs = list(summary.inputs), list(summary.outputs)
            fields["in"] = shown(inputs[0] if len(inputs) == 1 else inputs)
            fields["out"] = shown(outputs[0] if len(outputs) == 1 else outputs)
            fields["names"] = " ".join(layer.name for layer in record.model.layers)
        found.append(_comparable(fields))
    return found


def _comparable(fields: dict[str, str]) -> dict[str, str]:
    return {k: _unnumbered(v) for k, v in fields.items() if k not in ("by", "kind")}


def _unnumbered(names: str) -> str:
    """An input that Keras makes for an inner tensor is named after the tensor's number."""
    return re.sub(r"\w+CLONE\b", "CLONE", names)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.id)
def test_keras_refuses_what_we_refuse(case: CaseFile) -> None:
    outcome = oracle.run(case.path.name, case.text)
    assert outcome.refusal is not None
    assert outcome.line == case.broken_line


def test_an_import_of_the_past_leaves_no_trace_in_keras() -> None:
    before = set(dir(oracle.keras.layers))
    text = "from keras.layers.core import Dense\nimport tensorflow.keras.layers\nDense(1)\n"
    assert oracle.run("old.py", text).refusal is None
    assert set(dir(oracle.keras.layers)) == before


def test_a_refusal_on_another_line_is_noticed() -> None:
    case = BROKEN[0]
    shifted = replace(case, text="\n" + case.text)
    assert oracle.run(case.path.name, shifted.text).line != case.broken_line

"""Applications against the live Keras: totals, and each layer's class, name, shape and params."""

from __future__ import annotations

import inspect
import random
from typing import Any

import pytest

from shapecalc import zoo
from shapecalc.layers.convolution import Conv2D
from tests.zoo.cases import ACCEPTED, DOUBTFUL, REPRESENTATIVES, special
from tests.zoo.record import build, build_from_script, differences

oracle = pytest.importorskip("tests.zoo.oracle", reason="the `keras` extra is missing")
pytestmark = pytest.mark.oracle

ALL = [name for name in dir(zoo) if name[0].isupper()]


def chosen(name: str, cases: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """A few of the cases, others for each application; `sweep --all` tries all with each."""
    return random.Random(name).sample(cases, min(count, len(cases)))


def test_keras_has_no_other() -> None:
    theirs = {n for n in dir(oracle.keras.applications) if n[0].isupper()}
    assert set(ALL) == theirs
    assert len(ALL) == 40


@pytest.mark.parametrize("name", REPRESENTATIVES)
def test_default(name: str) -> None:
    assert differences(build(name, weights=None), oracle.build(name, weights=None)) == []


# The largest take their time, and share their frame with the others.
@pytest.mark.parametrize("name", sorted({*REPRESENTATIVES} - {"InceptionResNetV2", "NASNetLarge"}))
def test_arguments(name: str) -> None:
    for arguments in chosen(name, ACCEPTED, 3) + chosen(name, DOUBTFUL, 4) + special(name):
        found = differences(build(name, **arguments), oracle.build(name, **arguments))
        assert found == [], arguments


@pytest.mark.parametrize("name", ALL)
def test_a_program_builds_the_same(name: str) -> None:
    for arguments in chosen(name, ACCEPTED, 3) + chosen(name, DOUBTFUL, 2) + special(name):
        found = differences(build_from_script(name, **arguments), build(name, **arguments))
        assert found == [], arguments


def test_all_arguments_of_a_small_network() -> None:
    for arguments in ACCEPTED + DOUBTFUL:
        found = differences(build("VGG16", **arguments), oracle.build("VGG16", **arguments))
        assert found == [], arguments


@pytest.mark.parametrize("name", ALL)
def test_signature(name: str) -> None:
    theirs = inspect.signature(getattr(oracle.keras.applications, name)).parameters
    ours = inspect.signature(getattr(zoo, name)).parameters
    assert [(p.name, p.default) for p in ours.values()] == [
        (p.name, p.default) for p in theirs.values()
    ]


def test_public_names() -> None:
    for name in zoo.application_names():
        found: Any = oracle.keras
        for part in name.split(".")[1:]:
            found = getattr(found, part)
        assert found.__name__ == name.rpartition(".")[2]


def test_positional_arguments() -> None:
    arguments = (False, None, None, (64, 64, 3), "avg")
    assert differences(build("VGG19", *arguments), oracle.build("VGG19", *arguments)) == []
    narrow = ((64, 64, 3), 0.5)
    given = {"weights": None}
    assert (
        differences(
            build("MobileNet", *narrow, **given), oracle.build("MobileNet", *narrow, **given)
        )
        == []
    )


def test_a_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    infer = Conv2D.infer

    def faulty(self: Conv2D, x: Any) -> Any:
        facts = infer(self, x)
        if self.name == "block5_conv3":
            return facts._replace(weights=facts.weights[:1])
        return facts

    monkeypatch.setattr(Conv2D, "infer", faulty)
    found = differences(build("VGG16", weights=None), oracle.build("VGG16", weights=None))
    assert any("block5_conv3" in line for line in found)


def test_a_fault_in_a_refusal_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments: dict[str, Any] = {"weights": None, "input_shape": (31, 75, 3), "include_top": False}
    monkeypatch.setattr(zoo.ResNet50.design, "least_size", 16)
    found = differences(build("ResNet50", **arguments), oracle.build("ResNet50", **arguments))
    assert found[0].startswith("ours: accepted; Keras: ValueError: Input size")

"""Losses, labels, metrics and weights of several outputs, in every form, held to the live Keras."""

import itertools

import pytest

from shapecalc import check_source
from shapecalc.diagnostics import Severity

PROGRAM = """
import keras
import numpy as np
from keras import layers

x = keras.Input((8,))
a = layers.Dense(1, name="age")(x)
k = layers.Dense(3, activation="softmax", name="kind")(x)
model = keras.Model(x, {outputs})
age, kind = np.ones((4, 1)), np.ones((4, 3))
model.compile("sgd", loss={loss}, {more}run_eagerly=True)
model.fit(np.ones((4, 8)), {labels}, verbose=0)
"""
CODES = ("SHC307", "SHC314")

LISTED, NAMED, ONE, ONE_NAMED = "[a, k]", "{'age': a, 'kind': k}", "a", "{'age': a}"
CE = "'categorical_crossentropy'"
BOTH, BY_NAME = f"['mse', {CE}]", f"{{'age': 'mse', 'kind': {CE}}}"
ARRAYS = {LISTED: "[age, kind]", NAMED: "{'age': age, 'kind': kind}", ONE: "age"}

LOSSES = ["'mse'", BOTH, BY_NAME, f"[None, {CE}]", f"{{'kind': {CE}}}",
          "{'age': 'mse', 'z': 'mse'}", f"{{'age': 'mse', 'kind': {CE}, 'z': 'mse'}}",
          f"{{'age': None, 'kind': {CE}}}", "['mse', 'mse', 'mse']"]  # fmt: skip
LABELS = ["{'age': age, 'kind': kind}", "{'kind': kind}", "{'age': age, 'z': kind}",
          "{'age': age, 'kind': kind, 'z': age}", "[age, kind]", "age"]  # fmt: skip


def case(outputs: str, loss: str, labels: str, more: str = "") -> str:
    return PROGRAM.format(outputs=outputs, loss=loss, labels=labels, more=more)


# One array beside losses of some outputs only: what Keras makes of it is a matter of its shape.
OF_LABELS = [
    case(outputs, loss, labels)
    for outputs, loss, labels in itertools.product((LISTED, NAMED), LOSSES, LABELS)
    if labels != "age" or loss in LOSSES[:3]
]
OF_LABELS += [
    case(outputs, loss, labels)
    for outputs, labels in [(ONE, "age"), (ONE, "{'age': age}"), (ONE, "{'z': age}"),
                            (ONE_NAMED, "{'age': age}"), (ONE_NAMED, "{'z': age}")]
    for loss in ("'mse'", "{'age': 'mse'}")
]  # fmt: skip
METRICS = ["['mae']", "['mae', 'mae']", "['mae', 'mae', 'mae']", "[['mae'], ['mae', 'mse']]",
           "[['mae']]", "{'kind': 'mae'}", "{'kind': ['mae'], 'age': None}", "{'z': ['mae']}",
           "{'kind': 'mae', 'z': 'mae'}", "[None, 'mae']", "[]", "('mae', 'mse')"]  # fmt: skip
OF_METRICS = [
    case(outputs, "'mse'", ARRAYS[outputs], f"metrics={metrics}, ")
    for outputs, metrics in itertools.product((LISTED, NAMED, ONE), METRICS)
    if not (outputs is ONE and "None" in metrics)
]

WEIGHTS = ["[1, 2]", "(1, 2)", "[1]", "[1, 2, 3]", "{'age': 1, 'kind': 2}", "{'age': 1}",
           "{'age': 1, 'z': 2}", "{'age': 1, 'kind': 2, 'z': 3}"]  # fmt: skip
OF_WEIGHTS = [
    case(outputs, loss, ARRAYS[outputs], f"loss_weights={weights}, ")
    for outputs, loss, weights in [
        *itertools.product((LISTED, NAMED), ("'mse'", BOTH, BY_NAME), WEIGHTS),
        *itertools.product((ONE,), ("'mse'", "{'age': 'mse'}"), WEIGHTS),
    ]
]
CASES = [*OF_LABELS, *OF_METRICS, *OF_WEIGHTS]


def found_in(text: str) -> list[Severity]:
    return [d.severity for d in check_source(text) if d.code.id in CODES]


def refusal_of(text: str) -> Exception | None:
    try:
        exec(compile(text, "example", "exec"), {})  # noqa: S102 - our own examples
    except (ValueError, TypeError, KeyError, IndexError) as error:
        return error
    return None


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", CASES)
def test_what_is_refused_is_found_and_nothing_else(text: str) -> None:
    pytest.importorskip("keras", reason="the `keras` extra is not installed")
    refusal, found = refusal_of(text), found_in(text)
    assert bool(found) == (refusal is not None), refusal


def test_both_answers_are_among_the_cases() -> None:
    answers = [bool(found_in(text)) for text in CASES]
    assert 20 < sum(answers) < len(answers) - 20


@pytest.mark.parametrize(
    ("outputs", "loss", "labels", "more"),
    [
        (LISTED, f"{{'kind': {CE}}}", "{'kind': kind}", ""),
        (LISTED, f"{{'kind': {CE}, 'age': None}}", "{'kind': kind}", ""),
        (ONE, "'mse'", "{'age': age}", ""),
        (LISTED, "'mse'", "[age, kind]", "metrics=['mae'], "),
        (LISTED, "'mse'", "[age, kind]", "loss_weights=[1, 2], "),
        (LISTED, BY_NAME, "[age, kind]", "loss_weights={'age': 1}, "),
    ],
)
def test_what_keras_2_took_is_a_warning(outputs, loss, labels, more) -> None:
    assert found_in(case(outputs, loss, labels, more)) == [Severity.WARNING]


@pytest.mark.parametrize(
    ("loss", "more"),
    [("mine", "metrics=mine, "), ("mine", "loss_weights=mine, "),
     (BOTH, "metrics=[mine(), 'mae'], "), ("[mine for _ in mine]", "loss_weights=[1, 2, 3], "),
     ("{mine: 'mse'}", ""), (BOTH, "metrics={mine: 'mae'}, ")],
)  # fmt: skip
def test_what_is_not_known_is_left_alone(loss: str, more: str) -> None:
    assert found_in("from mine import mine\n" + case(LISTED, loss, "mine", more)) == []

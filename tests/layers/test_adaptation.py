"""Low-rank updates and quantized weights against the live Keras."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from shapecalc import Input, Sequential
from shapecalc import layers as ours
from shapecalc.graph.model import Functional
from shapecalc.graph.summary import summarize
from shapecalc.layers import adaptation
from shapecalc.layers.nesting import weights_within
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import new_session

oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is not installed")
keras = oracle.keras
pytestmark = pytest.mark.oracle

# Each makes a layer in a library that is Keras or ours, and says what it is called on.
MAKERS: dict[str, Any] = {
    "dense": (lambda k, **g: k.Dense(5, **g), (300,)),
    "dense without bias": (lambda k, **g: k.Dense(4, use_bias=False, **g), (130,)),
    "dense of low rank": (lambda k, **g: k.Dense(5, lora_rank=2, **g), (7,)),
    "dense at each step": (lambda k, **g: k.Dense(3, **g), (6, 129)),
    "einsum": (lambda k, **g: k.EinsumDense("abc,cd->abd", (None, 4), bias_axes="d", **g), (6, 5)),
    "embedding": (lambda k, **g: k.Embedding(300, 7, **g), (4,)),
    "embedding of low rank": (lambda k, **g: k.Embedding(30, 7, lora_rank=3, **g), (4,)),
    "tied": (lambda k, **g: k.ReversibleEmbedding(300, 7, **g), (4,)),
    "untied": (lambda k, **g: k.ReversibleEmbedding(300, 137, tie_weights=False, **g), (4,)),
    "conv": (lambda k, **g: k.Conv2D(3, 2, **g), (5, 5, 2)),
    "conv of low rank": (lambda k, **g: k.Conv1D(3, 2, lora_rank=1, **g), (5, 2)),
    "normalization": (lambda k, **g: k.BatchNormalization(**g), (5,)),
}
MODES = ("int8", "int4", "float8")


def listed(weights: Any) -> Counter[Any]:
    return Counter((w.name, tuple(w.shape), str(w.dtype), w.trainable) for w in weights)


def theirs(name: str, change: Any, **given: Any) -> Any:
    """The weights of Keras's layer after a change; None where it refuses."""
    make, shape = MAKERS[name]
    try:
        layer = make(keras.layers, **given)
        layer(keras.KerasTensor((None, *shape)))
        change(layer)
    except Exception:  # noqa: BLE001 - however Keras refuses
        return None
    return listed(layer.weights)


def mine(name: str, change: Any, **given: Any) -> Any:
    """The weights of our layer, "not modelled", or None where it refuses."""
    make, shape = MAKERS[name]
    with new_session():
        try:
            layer = make(ours, **given)
            model = Sequential([Input(shape), layer])
            change(layer)
        except Refusal:
            return None
    if summarize(model).params.exact:
        split = weights_within(layer)
        return listed(w._replace(trainable=trained) for w, trained in split)
    return "not modelled"


def agree(name: str, change: Any, **given: Any) -> bool:
    found = mine(name, change, **given)
    return bool(found == theirs(name, change, **given))


def enable(layer: Any) -> None:
    layer.enable_lora(2)


def quantize(mode: str) -> Any:
    return lambda layer: layer.quantize(mode)


TAKES_NONE = {"normalization"}


@pytest.mark.parametrize("name", [n for n in MAKERS if n not in TAKES_NONE])
def test_a_low_rank_update_is_that_of_keras(name: str) -> None:
    assert agree(name, enable)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name", [n for n in MAKERS if n not in (*TAKES_NONE, "conv", "conv of low rank", "einsum")]
)
def test_quantized_weights_are_those_of_keras(name: str, mode: str) -> None:
    assert agree(name, quantize(mode))


@pytest.mark.parametrize("mode", [*MODES, "int4/4", "int4/-1"])
@pytest.mark.parametrize("name", MAKERS)
def test_weights_quantized_by_the_policy_are_those_of_keras(name: str, mode: str) -> None:
    policy = f"{mode}_from_float32"
    found = mine(name, lambda layer: None, dtype=policy)
    expected = theirs(name, lambda layer: None, dtype=policy)
    assert found == expected or (name, found) == ("einsum", "not modelled")


@pytest.mark.parametrize("source", ["mixed_bfloat16", "mixed_float16", "float16", "bfloat16"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["dense", "embedding"])
def test_a_policy_stays_behind_the_quantized_one(name: str, mode: str, source: str) -> None:
    assert agree(name, quantize(mode), dtype=source)


@pytest.mark.parametrize("name", ["dense", "embedding", "einsum"])
def test_what_is_done_twice_is_refused(name: str) -> None:
    def twice(layer: Any) -> None:
        enable(layer)
        enable(layer)

    def quantized_twice(layer: Any) -> None:
        layer.quantize("int8")
        layer.quantize("int8")

    assert mine(name, twice) is theirs(name, twice) is None
    if name != "einsum":
        assert mine(name, quantized_twice) is theirs(name, quantized_twice) is None


def test_what_is_not_modelled_is_no_number() -> None:
    with new_session():
        x = Input((4, 6))
        model = Functional(x, ours.MultiHeadAttention(2, 3)(x, x))
        model.quantize("int8")
        found = summarize(model)
        assert not found.params.exact
        assert not found.memory.weights.exact
    assert mine("einsum", quantize("int8")) == "not modelled"
    assert mine("dense", quantize("gptq")) == "not modelled"

    def both(layer: Any) -> None:
        layer.quantize("int8")
        layer.enable_lora(2)

    assert mine("dense", both) == "not modelled"


@pytest.mark.parametrize("mode", MODES)
def test_a_model_is_quantized_as_by_keras(mode: str) -> None:
    def made(library: Any, entry: Any, model: Any) -> Any:
        inner = model([entry((7,)), library.Dense(6)])
        return model([
            entry((5,)), library.Embedding(40, 7), library.TimeDistributed(inner),
            library.Conv1D(3, 2), library.Flatten(), library.Dense(4),
        ])  # fmt: skip

    there = made(keras.layers, keras.Input, keras.Sequential)
    there.quantize(mode)
    with new_session():
        here = made(ours, Input, Sequential)
        before = summarize(here)
        here.quantize(mode)
        after = summarize(here)
    assert after.params.total == there.count_params()
    trained = sum(v.value.size for v in there.trainable_weights)
    assert after.params.trainable == trained
    each = Counter(str(w.dtype) for w, _ in weights_within(here))
    assert each == Counter(w.dtype for w in there.weights)
    assert after.connections == before.connections


@pytest.mark.parametrize("mode", MODES)
def test_packing_leaves_connections_as_they_are(mode: str) -> None:
    with new_session():
        plain = Sequential([Input((9,)), ours.Dense(5)])
        packed = Sequential([Input((9,)), ours.Dense(5, dtype=f"{mode}_from_float32")])
    one, other = summarize(plain), summarize(packed)
    assert (one.connections, one.macs) == (other.connections, other.macs)


@pytest.mark.parametrize("name", ["_BLOCK", "_HISTORY", "FACTOR_DTYPE", "_extra"])
def test_notices_a_fault(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    change = {"_BLOCK": quantize("int4"), "_HISTORY": quantize("float8"), "FACTOR_DTYPE": enable}
    changed = change.get(name, quantize("int8"))
    assert agree("dense", changed)
    value = getattr(adaptation, name)
    wrong: Any = "float16" if name == "FACTOR_DTYPE" else value
    if isinstance(value, int):
        wrong = value // 2
    elif callable(value):
        wrong = lambda weight, word, shape: value(weight, word, (*shape, 2))  # noqa: E731
    monkeypatch.setattr(adaptation, name, wrong)
    assert not agree("dense", changed)

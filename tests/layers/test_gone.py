"""Layers of Keras 1 and 2: no live oracle, so numbers worked out by hand and edges drawn."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecalc import layers
from shapecalc.dims import BATCH
from shapecalc.layers.layer import REGISTRY, Layer
from shapecalc.rules.facts import Counts, Facts
from shapecalc.rules.refusal import Refusal, Undefined
from shapecalc.rules.session import new_session
from shapecalc.rules.unknown import UndecidedError
from tests.layers.case import GONE
from tests.layers.counting import windows

SIDES = st.integers(3, 6)
SMALL = st.integers(1, 3)


def params(facts: Facts) -> Any:
    return sum(weight.size for weight in facts.weights)


def old(name: str, /, *args: Any, **kwargs: Any) -> Layer:
    """Make a layer as a program of Keras 1 or 2 does."""
    rule = layers.rule_for(f"keras.layers.{name}")
    assert rule is not None
    args, kwargs = rule.from_keras_1(args, kwargs)
    return rule(*args, **kwargs)


# --- locally connected ---------------------------------------------------------------------


def drawn_locally(
    space: tuple[int, ...], channels: int, window: int, stride: int, filters: int, padding: str
) -> tuple[Counts, int, int]:
    """Edges one by one; with the weights that a dense and a sparse kernel would hold."""
    axes = [windows(n, window, stride, 1, padding) for n in space]
    edges = bias = positions = 0
    for taps in itertools.product(*axes):
        positions += 1
        for _filter in range(filters):
            bias += 1
            for tap in itertools.product(*taps):
                for _channel in range(channels):
                    edges += None not in tap
    inputs = outputs = 1
    for n, axis in zip(space, axes, strict=True):
        inputs, outputs = inputs * n, outputs * len(axis)
    return Counts(edges, bias, edges), inputs * channels * outputs * filters, positions


@given(st.sampled_from((1, 2)), st.data(), SMALL, SMALL, SMALL, SMALL, st.booleans())
def test_every_position_has_its_own_kernel(
    rank: int, data: Any, channels: int, window: int, stride: int, filters: int, first: bool
) -> None:
    space = tuple(data.draw(SIDES) for _ in range(rank))
    data_format = "channels_first" if first else "channels_last"
    rule = old(f"LocallyConnected{rank}D", filters, window, stride, data_format=data_format)
    x = (BATCH, channels, *space) if first else (BATCH, *space, channels)
    facts = rule.facts(x)
    drawn, _, positions = drawn_locally(space, channels, window, stride, filters, "valid")
    assert facts.counts() == drawn
    assert params(facts) == drawn.connections + positions * filters
    kernel, bias = facts.weights
    assert kernel.shape == (positions, window**rank * channels, filters)
    assert bias.shape[-1] == filters


@given(SIDES, SIDES, SMALL, SMALL, SMALL, SMALL, st.sampled_from(("valid", "same")))
def test_other_implementations_store_the_same_edges_otherwise(
    height: int, width: int, channels: int, window: int, stride: int, filters: int, padding: str
) -> None:
    drawn, dense, _ = drawn_locally((height, width), channels, window, stride, filters, padding)
    for implementation, stored in ((2, dense), (3, drawn.connections)):
        rule = old("LocallyConnected2D", filters, window, stride, padding, use_bias=False,
                   implementation=implementation)  # fmt: skip
        facts = rule.facts((BATCH, height, width, channels))
        assert params(facts) == stored
        assert facts.counts().connections == drawn.connections
        assert facts.counts().macs == stored


def test_published_params_of_a_locally_connected_layer() -> None:
    # The example in Keras 2's documentation: 30 * 30 * 27 * 64 + 30 * 30 * 64.
    facts = old("LocallyConnected2D", 64, (3, 3)).facts((BATCH, 32, 32, 3))
    assert facts.output == (BATCH, 30, 30, 64)
    assert params(facts) == 1_612_800


def test_locally_connected_layers_refuse() -> None:
    with pytest.raises(Refusal, match="implementation 1"):
        old("LocallyConnected1D", 4, 3, padding="same")
    with pytest.raises(Refusal, match="1, 2 or 3"):
        old("LocallyConnected1D", 4, 3, implementation=4)
    with pytest.raises(Refusal, match="does not fit"):
        old("LocallyConnected1D", 4, 3).facts((BATCH, 2, 1))
    from shapecalc.dims import Variable

    with pytest.raises(Undefined):
        old("LocallyConnected1D", 4, 3).facts((BATCH, Variable("T", "free"), 1))


def test_locally_connected_layers_in_the_words_of_keras_1() -> None:
    rule = old("LocallyConnected2D", 6, 5, 5, subsample=(2, 2), dim_ordering="th")
    assert rule.facts((BATCH, 1, 9, 9)).output == (BATCH, 6, 3, 3)
    rule = old("LocallyConnected1D", 6, 5, subsample_length=2, border_mode="valid", bias=False)
    assert params(rule.facts((BATCH, 9, 2))) == 3 * 5 * 2 * 6


# --- dense layers --------------------------------------------------------------------------


@given(st.integers(1, 9), st.booleans())
def test_a_highway_is_two_dense_layers(width: int, bias: bool) -> None:
    facts = old("Highway", activation="relu", bias=bias).facts((BATCH, width))
    edges = sum(1 for _ in itertools.product(range(2), range(width), range(width)))
    biases = sum(1 for _ in itertools.product(range(2), range(width))) if bias else 0
    assert facts.output == (BATCH, width)
    assert facts.counts() == Counts(edges, biases, edges)
    assert params(facts) == edges + biases


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 5), st.booleans())
def test_maxout_is_several_dense_layers(inputs: int, units: int, pieces: int, bias: bool) -> None:
    facts = old("MaxoutDense", units, pieces, bias=bias).facts((BATCH, inputs))
    edges = sum(1 for _ in itertools.product(range(pieces), range(units), range(inputs)))
    biases = sum(1 for _ in itertools.product(range(pieces), range(units))) if bias else 0
    assert facts.output == (BATCH, units)
    assert facts.counts() == Counts(edges, biases, edges)
    assert params(facts) == edges + biases


def test_dense_layers_declare_their_input_and_need_its_length() -> None:
    assert old("Highway", input_dim=7).input_shape_argument == (None, 7)
    assert old("MaxoutDense", 5, input_dim=7).input_shape_argument == (None, 7)
    from shapecalc.dims import Variable

    for rule in (old("Highway"), old("MaxoutDense", 5)):
        with pytest.raises(Undefined):
            rule.facts((BATCH, Variable("F", "free")))
        with pytest.raises(Refusal, match="2 axes"):
            rule.facts((BATCH, 3, 4))


# --- convolutions --------------------------------------------------------------------------


def test_convolutions_with_holes() -> None:
    rule = old("AtrousConvolution2D", 8, 3, 3, atrous_rate=(2, 2), border_mode="same")
    assert rule.facts((BATCH, 9, 9, 4)).output == (BATCH, 9, 9, 8)
    rule = old("AtrousConvolution2D", 8, 3, 3, atrous_rate=(2, 2))
    assert rule.facts((BATCH, 9, 9, 4)).output == (BATCH, 5, 5, 8)
    rule = old("AtrousConvolution1D", 8, 3, atrous_rate=2)
    facts = rule.facts((BATCH, 9, 4))
    assert facts.output == (BATCH, 5, 8)
    assert params(facts) == 3 * 4 * 8 + 8


def test_deconvolutions_in_the_words_of_keras_1_and_2() -> None:
    assert layers.Deconvolution2D is layers.Conv2DTranspose
    assert layers.Deconv3D is layers.Conv3DTranspose
    for made in (
        old("Deconvolution2D", 8, 3, 3, (None, 8, 14, 14), subsample=(2, 2), border_mode="same"),
        old("Deconvolution2D", 8, 3, 3, output_shape=(None, 8, 14, 14), subsample=(2, 2),
            border_mode="same"),
        old("Deconvolution2D", 8, (3, 3), strides=2, padding="same"),
        old("Deconvolution2D", 8, 3, 2, "same"),
    ):  # fmt: skip
        facts = made.facts((BATCH, 7, 7, 4))
        assert facts.output == (BATCH, 14, 14, 8)
        assert params(facts) == 3 * 3 * 4 * 8 + 8


# --- the rest ------------------------------------------------------------------------------


def test_merges_in_the_modes_of_keras_1() -> None:
    pair = [(BATCH, 5, 3), (BATCH, 5, 3)]
    for mode in ("sum", "mul", "ave", "max"):
        assert old("Merge", None, mode).facts(pair).output == (BATCH, 5, 3)
    assert old("Merge", mode="concat").facts(pair).output == (BATCH, 5, 6)
    assert old("Merge", mode="concat", concat_axis=1).facts(pair).output == (BATCH, 10, 3)
    assert old("Merge", mode="dot", dot_axes=1).facts(pair).output == (BATCH, 3, 3)
    facts = old("Merge", mode="dot", dot_axes=2).facts(pair)
    assert facts.output == (BATCH, 5, 5)
    assert facts.macs == 5 * 5 * 3


def test_merge_refuses() -> None:
    with pytest.raises(Refusal, match="or a function"):
        old("Merge", mode="plus")
    with pytest.raises(Refusal, match="of one shape"):
        old("Merge").facts([(BATCH, 5, 3), (BATCH, 5, 1)])
    with pytest.raises(Refusal, match="of one shape"):
        old("Merge").facts([(BATCH, 5, 3), (BATCH, 3)])
    with pytest.raises(Refusal, match="list of tensors"):
        old("Merge").facts((BATCH, 5, 3))
    with pytest.raises(UndecidedError, match="function"):
        old("Merge", mode=len).facts([(BATCH, 5), (BATCH, 5)])


def test_a_random_size_is_none() -> None:
    for name, axis in (("RandomHeight", 1), ("RandomWidth", 2)):
        output = old(name, 0.2).facts((BATCH, 8, 9, 3)).output
        assert [getattr(d, "kind", d) for d in output] == [
            "batch", *("free" if i == axis else n for i, n in ((1, 8), (2, 9))), 3,
        ]  # fmt: skip


def test_thresholded_relu_keeps_the_shape() -> None:
    assert old("ThresholdedReLU", theta=0.7).facts((BATCH, 3, 4)).output == (BATCH, 3, 4)
    assert old("LeakyReLU", alpha=0.1).facts((BATCH, 3)).output == (BATCH, 3)
    with pytest.raises(Refusal):
        old("ThresholdedReLU", theta=-1)


def test_names_are_those_of_the_time() -> None:
    with new_session():
        assert old("MaxoutDense", 3).name == "maxout_dense"
        assert old("Merge", name="both").name == "both"


def test_every_layer_that_is_gone_is_tried_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    tried = {name for name in GONE if name.rpartition(".")[2].rstrip("12D") in source}
    elsewhere = {"keras.layers.CuDNNGRU", "keras.layers.CuDNNLSTM"}
    assert tried | elsewhere == GONE
    assert set(REGISTRY) >= GONE


BEHIND = ("glorot_uniform", "relu", None, "same")


@pytest.mark.parametrize(
    ("name", "args", "shape", "output"),
    [
        ("AtrousConvolution1D", (8, 3, *BEHIND, 1, 2), (BATCH, 9, 2), (BATCH, 9, 8)),
        ("AtrousConvolution1D", (8, 3, *BEHIND[:3], "valid", 1, 2), (BATCH, 9, 2), (BATCH, 5, 8)),
        ("AtrousConvolution2D", (8, 3, 3, *BEHIND, (1, 1), (2, 2), "tf"), (BATCH, 9, 9, 2),
         (BATCH, 9, 9, 8)),
        ("AtrousConvolution2D", (8, 3, 3, *BEHIND[:3], "valid", (1, 1), (2, 2)), (BATCH, 9, 9, 2),
         (BATCH, 5, 5, 8)),
        ("Conv2D", (8, 3, 3, *BEHIND, (3, 3)), (BATCH, 9, 9, 2), (BATCH, 3, 3, 8)),
        ("Conv1D", (8, 3, *BEHIND, 3), (BATCH, 9, 2), (BATCH, 3, 8)),
    ],
)  # fmt: skip
def test_what_keras_1_took_by_position(
    name: str, args: tuple[Any, ...], shape: tuple[Any, ...], output: tuple[Any, ...]
) -> None:
    rule = old(name, *args, W_constraint=None)
    assert rule.facts(shape).output == output

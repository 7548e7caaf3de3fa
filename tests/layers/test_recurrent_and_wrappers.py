"""Recurrent layers and wrappers: what single calls do not show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase

from shapecalc import layers as ours
from shapecalc.graph.model import Functional, Input
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.summary import summarize
from shapecalc.rules.refusal import WrongRank
from shapecalc.rules.session import new_session

U, N = 7, 5


@pytest.mark.parametrize(
    ("name", "arguments", "params"),
    [
        ("SimpleRNN", {}, U * (N + U) + U),
        ("LSTM", {}, 4 * (U * (N + U) + U)),
        ("LSTM", {"use_bias": False}, 4 * U * (N + U)),
        ("GRU", {}, 3 * (U * (N + U) + 2 * U)),
        ("GRU", {"reset_after": False}, 3 * (U * (N + U) + U)),
        # Keras 2 has them with both biases of cuDNN.
        ("CuDNNLSTM", {}, 4 * (U * (N + U) + 2 * U)),
        ("CuDNNGRU", {}, 3 * (U * (N + U) + 2 * U)),
    ],
)
def test_params_are_those_of_the_textbook(
    name: str, arguments: dict[str, Any], params: int
) -> None:
    model = Sequential([Input((3, N)), getattr(ours, name)(U, **arguments)])
    summary = summarize(model)
    assert summary.params.total == params
    assert (
        summary.connections
        == summary.macs
        == 3 * {"S": 1, "L": 4, "G": 3}[name.removeprefix("CuDNN")[0]] * U * (N + U)
    )


def test_params_of_well_known_layers() -> None:
    assert summarize(Sequential([Input((5, 1)), ours.LSTM(3)])).params.total == 60
    both = Sequential([Input((9, 25)), ours.Bidirectional(ours.LSTM(100))])
    assert summarize(both).params.total == 100_800
    x = Input((4, 16))
    attention = Functional(x, ours.MultiHeadAttention(2, 8)(x, x))
    assert summarize(attention).params.total == 1_088


def test_old_keywords_mean_what_they_meant() -> None:
    old = ours.LSTM(output_dim=4, inner_init="orthogonal", inner_activation="hard_sigmoid",
                    dropout_U=0.1, input_dim=3, input_length=6)  # fmt: skip
    model = Sequential([old])
    assert model.inputs[0].shape[1:] == (6, 3)
    assert summarize(model).params.total == 4 * (4 * (3 + 4) + 4)
    words = Sequential([ours.Embedding(100, 8, input_length=10)])
    assert words.outputs[0].shape[1:] == (10, 8)


def test_a_missing_sequence_comes_with_its_likely_cause() -> None:
    with pytest.raises(WrongRank) as refused:
        Sequential([Input((5, 2)), ours.LSTM(3), ours.LSTM(3)])
    assert "return_sequences=True" in (refused.value.help or "")


def test_states_of_one_layer_start_another() -> None:
    x = Input((6, 4))
    read, h, c = ours.LSTM(5, return_sequences=True, return_state=True)(x)
    assert [t.shape[1:] for t in (read, h, c)] == [(6, 5), (5,), (5,)]
    assert ours.LSTM(5)(read, initial_state=[h, c]).shape[1:] == (5,)
    assert ours.LSTM(5)(read, [h, c]).shape[1:] == (5,)


def test_bidirectional_makes_twins_with_names_of_their_own() -> None:
    with new_session():
        given = ours.GRU(2)
        both = ours.Bidirectional(given)
        assert both.name == "bidirectional"
        assert both.forward_layer.name == "forward_gru"
        assert both.backward_layer.name == "backward_gru"
        assert both.forward_layer is not given
        assert ours.GRU(2).name == "gru_1"


def test_a_layer_in_a_wrapper_and_beside_it_counts_once() -> None:
    shared = ours.Dense(4)
    one, several = Input((4,)), Input((3, 4))
    model = Functional([one, several], [shared(one), ours.TimeDistributed(shared)(several)])
    assert summarize(model).params.total == 4 * 4 + 4
    assert summarize(model).connections == 16 + 3 * 16


def test_a_network_at_each_time_step() -> None:
    inner = Sequential([Input((8, 8, 1)), ours.Conv2D(2, 3), ours.Flatten(), ours.Dense(3)])
    model = Sequential([Input((10, 8, 8, 1)), ours.TimeDistributed(inner), ours.LSTM(2)])
    assert model.outputs[0].shape[1:] == (2,)
    rows = summarize(model).layers
    assert rows[1].params == summarize(inner).params.total
    assert rows[1].connections == 10 * summarize(inner).connections


# --- what is trained -------------------------------------------------------------------------


def _freeze(layer: Any) -> Any:
    layer.trainable = False
    return layer


def _freeze_forward(layer: Any) -> Any:
    layer.forward_layer.trainable = False
    return layer


def _melt(layer: Any) -> Any:
    layer.trainable = True
    return layer


# Each makes a layer in a library that is Keras or ours; some set `trainable` at once.
MAKERS: dict[str, Any] = {
    "plain": lambda k: k.LSTM(3),
    "made frozen": lambda k: k.LSTM(3, trainable=False),
    "cell in a frozen layer": lambda k: k.RNN(k.LSTMCell(3), trainable=False),
    "layer of cells set frozen": lambda k: _freeze(k.RNN(k.LSTMCell(3))),
    "frozen wrapper": lambda k: k.TimeDistributed(k.Dense(3), trainable=False),
    "wrapper set frozen": lambda k: _freeze(k.TimeDistributed(k.Dense(3))),
    "frozen inside": lambda k: k.TimeDistributed(k.Dense(3, trainable=False)),
    "set frozen inside": lambda k: k.TimeDistributed(_freeze(k.Dense(3))),
    "frozen and melted": lambda k: _melt(_freeze(k.TimeDistributed(k.Dense(3)))),
    "frozen, then read both ways": lambda k: k.Bidirectional(_freeze(k.GRU(3))),
    "both ways set frozen": lambda k: _freeze(k.Bidirectional(k.GRU(3))),
    "made frozen both ways": lambda k: k.Bidirectional(k.GRU(3), trainable=False),
    "one way frozen": lambda k: _freeze_forward(k.Bidirectional(k.GRU(3))),
    "normalized": lambda k: k.SpectralNormalization(k.Dense(3)),
}


@pytest.mark.oracle
@pytest.mark.parametrize("afterwards", ["nothing", "frozen", "melted"])
@pytest.mark.parametrize("maker", MAKERS)
def test_splits_weights_as_keras_does(maker: str, afterwards: str) -> None:
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    change = {"nothing": lambda layer: layer, "frozen": _freeze, "melted": _melt}[afterwards]
    theirs = MAKERS[maker](keras.layers)
    there = keras.Sequential([keras.Input((4, 5)), theirs])
    change(theirs)
    mine = MAKERS[maker](ours)
    here = Sequential([Input((4, 5)), mine])
    change(mine)
    params = summarize(here).params
    assert params.total == there.count_params()
    assert params.trainable == sum(v.value.size for v in there.trainable_weights)


@pytest.mark.oracle
@pytest.mark.parametrize("when", ["made", "before", "after"])
@pytest.mark.parametrize("around", [False, True])
def test_splits_hidden_weights_as_keras_does(when: str, around: bool) -> None:
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")

    def split(library: Any, entry: Any, model: Any) -> Any:
        made = {"trainable": False} if when == "made" else {}
        layer = library.MultiHeadAttention(2, 3, **made)
        if when == "before":
            layer.trainable = False
        x = entry((4, 6))
        network = model(x, layer(x, x))
        if when == "after":
            layer.trainable = False
        if not around:
            return network
        y = entry((4, 6))
        return model(y, network(y))

    there = split(keras.layers, keras.Input, keras.Model)
    here = split(ours, Input, Functional)
    assert summarize(here).params.trainable == sum(v.value.size for v in there.trainable_weights)


def test_notices_a_wrapper_that_forgets_its_inner_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Sequential([Input((4, 5)), ours.Bidirectional(ours.GRU(3))])
    whole = summarize(here).params.total
    monkeypatch.setattr(ours.Bidirectional, "sublayers", lambda self: iter(()))
    assert summarize(here).params.total != whole


@pytest.mark.oracle
def test_notices_a_gate_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = pytest.importorskip("tests.layers.test_rules", reason="the `keras` extra is missing")
    edges = pytest.importorskip("tests.layers.test_edges", reason="the `keras` extra is missing")
    monkeypatch.setattr(ours.LSTM, "gates", 3)
    with pytest.raises(AssertionError):
        rules.compare_with_keras("LSTM", max_examples=20, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        edges.compare_with_drawing("LSTM", 20, phases=[Phase.generate])

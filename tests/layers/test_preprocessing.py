"""What the drawn cases of lookups, encodings and normalizations do not show."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc import Input, Sequential, layers
from shapecalc.dims import BATCH, Variable, is_unknown
from shapecalc.graph.summary import summarize
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import UndecidedError, Unknown

WORDS = ["a", "b", "c"]


def test_a_vocabulary_that_is_learned_has_a_length_with_a_name() -> None:
    facts = layers.StringLookup(output_mode="multi_hot", name="tags").facts((BATCH, 1))
    assert facts.output == (BATCH, Variable("tags_size"))
    stack = Sequential([Input((1,)), layers.StringLookup(output_mode="count", name="tags")])
    stack.add(layers.Dense(3))
    assert str(summarize(stack).params.total) == "3*tags_size + 3"


@pytest.mark.parametrize(
    ("arguments", "depth"),
    [
        ({"vocabulary": WORDS}, 4),
        ({"vocabulary": ["[UNK]", *WORDS]}, 4),
        ({"vocabulary": WORDS, "num_oov_indices": 2}, 5),
        ({"vocabulary": WORDS, "num_oov_indices": 0}, 3),
        # The mask has no place in an encoding.
        ({"vocabulary": WORDS, "mask_token": ""}, 4),
        ({"vocabulary": WORDS, "max_tokens": 9}, 4),
        ({"max_tokens": 9, "pad_to_max_tokens": True}, 9),
        ({"vocabulary_size": 7}, 7),
    ],
)
def test_an_encoding_has_a_place_for_each_word(arguments: dict[str, Any], depth: int) -> None:
    rule = layers.StringLookup(output_mode="multi_hot", **arguments)
    assert rule.facts((BATCH, 2)).output == (BATCH, depth)


@pytest.mark.parametrize("vocabulary", ["words.txt", Unknown("read from a file"), object()])
def test_words_that_are_not_there_make_an_unknown_length(vocabulary: Any) -> None:
    rule = layers.StringLookup(vocabulary=vocabulary, output_mode="one_hot")
    *rest, depth = rule.facts((BATCH, 5)).output
    assert rest == [BATCH, 5]
    assert is_unknown(depth)
    assert layers.StringLookup(vocabulary=vocabulary).facts((BATCH, 5)).output == (BATCH, 5)


def test_a_last_axis_that_may_be_one_leaves_the_rank_open() -> None:
    rule = layers.CategoryEncoding(num_tokens=5, output_mode="one_hot")
    assert rule.facts((BATCH, 1)).output == (BATCH, 5)
    assert rule.facts((BATCH, 3)).output == (BATCH, 3, 5)
    assert len(rule.facts((BATCH, Variable("N", "free"))).output) == 3
    with pytest.raises(UndecidedError, match="last axis"):
        rule.facts((BATCH, Variable("n")))


@pytest.mark.parametrize(
    ("made", "dtype"),
    [
        (lambda: layers.StringLookup(vocabulary=WORDS), "int64"),
        (lambda: layers.StringLookup(vocabulary=WORDS, output_mode="count"), "float32"),
        (lambda: layers.IntegerLookup(vocabulary=[1, 2]), "int64"),
        (lambda: layers.TextVectorization(), "int64"),
        (lambda: layers.TextVectorization(vocabulary=WORDS, output_mode="count"), "float32"),
        (lambda: layers.Hashing(3), "int64"),
        (lambda: layers.Hashing(3, dtype="int32"), "int32"),
        (lambda: layers.Hashing(3, output_mode="one_hot"), "float32"),
        (lambda: layers.Discretization([0.0, 1.0]), "int32"),
        (lambda: layers.Discretization([0.0, 1.0], output_mode="one_hot"), "float32"),
        (lambda: layers.CategoryEncoding(3), "float32"),
        (lambda: layers.Equalization(), "uint8"),
        (lambda: layers.RandomGrayscale(), "uint8"),
        (lambda: layers.AutoContrast(), "float32"),
        (lambda: layers.Rescaling(0.5), "float32"),
    ],
)
def test_has_the_dtype_of_keras(made: Any, dtype: str) -> None:
    rule: Layer = made()
    shape = (8, 8, 3) if rule.takes == "B H W C" else (4,)
    assert rule(Input(shape, dtype="uint8")).dtype == dtype


def test_hashed_crossing_has_the_dtype_of_keras() -> None:
    pair = [Input((1,)), Input((1,))]
    assert layers.HashedCrossing(5)(pair).dtype == "int64"
    assert layers.HashedCrossing(5, output_mode="one_hot")(pair).dtype == "float32"


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("Discretization", {"bin_boundaries": [0.0]}),
        ("Discretization", {"bin_boundaries": [0.0], "output_mode": "count"}),
        ("CategoryEncoding", {"num_tokens": 3}),
        ("Hashing", {"num_bins": 3}),
        ("Hashing", {"num_bins": 3, "output_mode": "count"}),
        ("StringLookup", {"vocabulary": WORDS}),
        ("StringLookup", {"vocabulary": WORDS, "output_mode": "count"}),
        ("TextVectorization", {}),
        ("TextVectorization", {"vocabulary": WORDS, "output_mode": "count"}),
        ("Equalization", {}),
        ("RandomGrayscale", {}),
        ("AutoContrast", {}),
        ("Rescaling", {"scale": 0.5}),
    ],
)
def test_dtypes_are_those_that_the_live_keras_promises(
    name: str, arguments: dict[str, Any]
) -> None:
    oracle = pytest.importorskip("tests.layers.oracle")
    rule = getattr(layers, name)(**arguments)
    shape = (8, 8, 3) if rule.takes == "B H W C" else (4,)
    assert rule(Input(shape, dtype="uint8")).dtype == oracle.dtype_of(
        name, arguments, (None, *shape), "uint8"
    )


def test_normalization_counts_its_three_weights_and_trains_none() -> None:
    stack = Sequential([Input((28, 28, 3)), layers.Normalization()])
    summary = summarize(stack)
    assert (summary.params.total, summary.params.trainable) == (7, 0)
    assert (summary.connections, summary.macs) == (0, 0)
    assert layers.Normalization(mean=0.5, variance=1.0).facts((BATCH, 3)).weights == ()
    assert layers.Normalization(axis=None).facts((BATCH, 3)).weights[0].shape == ()


def test_normalization_of_numbers_that_are_not_known() -> None:
    unknown = Unknown("read from a file")
    rule = layers.Normalization(mean=unknown, variance=[unknown, 1.0])
    assert rule.facts((BATCH, 3)).weights == ()
    rule = layers.Normalization(mean=[1.0, 2.0], variance=[1.0, 2.0])
    with pytest.raises(Refusal, match="2 means"):
        rule.facts((BATCH, 3))


def test_older_names_of_arguments() -> None:
    assert layers.CategoryEncoding(max_tokens=5).facts((BATCH, 3)).output == (BATCH, 5)
    assert layers.Discretization(bins=[1.0]).facts((BATCH, 3)).output == (BATCH, 3)
    rule = layers.IntegerLookup(max_values=9, mask_value=0, oov_value=-1)
    assert (rule.max_tokens, rule.mask_token, rule.oov_token) == (9, 0, -1)


def test_a_row_of_layers_has_the_weights_of_each() -> None:
    row = layers.Pipeline([layers.Rescaling(0.5), layers.Dense(4), layers.Dense(2)])
    stack = Sequential([Input((3,)), row])
    assert summarize(stack).params.total == 3 * 4 + 4 + 4 * 2 + 2
    row.trainable = False
    assert summarize(stack).params.trainable == 0
    with pytest.raises(Refusal, match="without layers"):
        layers.Pipeline([]).facts((BATCH, 3))
    with pytest.raises(UndecidedError, match="a file"):
        layers.Pipeline([Unknown("read from a file")]).facts((BATCH, 3))


def test_the_spectrogram_of_a_second_of_sound() -> None:
    rule = layers.STFTSpectrogram(frame_length=256, frame_step=128, expand_dims=True)
    facts = rule.facts((BATCH, 16000, 1))
    assert facts.output == (BATCH, 124, 129, 1)
    assert sum(weight.size for weight in facts.weights) == 2 * 256 * 129
    with pytest.raises(UndecidedError, match="power of two"):
        layers.STFTSpectrogram(frame_length=Variable("n")).facts((BATCH, 16000, 1))
    assert layers.MelSpectrogram().facts((BATCH, 16000)).output == (BATCH, 128, 32)


@pytest.mark.parametrize("name", ["TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper"])
def test_what_other_frameworks_run_is_unknown_and_says_why(name: str) -> None:
    rule = getattr(layers, name)(object())
    output = rule(Input((8, 8, 3)))
    assert output.call.unknown.startswith(f"{name} runs ")
    assert layers.TorchModuleWrapper(object(), "mine", (None, 3)).name == "mine"
    with pytest.raises(Refusal, match="needs the argument"):
        getattr(layers, name)()

"""Numbers rescaled, words and integers encoded, signals turned into spectrograms.

Layers that look words up, or hash them, run on TensorFlow only. A stand-in makes Keras check
their arguments and promise their shapes: see `tests/layers/tensorflow_stand_in.py`.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers.case import Inner
from tests.layers.counting import windows
from tests.layers.strategies import AXIS, LENGTH, Drawn, Extra, shapes

# --- numbers -------------------------------------------------------------------------------

_AXIS = st.sampled_from((-1, -1, 1, 2, -2))
_AXES = st.one_of(_AXIS, st.lists(st.sampled_from((-1, 1)), max_size=2))
_MEANS = st.sampled_from((None, None, None, 0.5, [0.5], [1.0, 2.0], [[1.0], [2.0]], [1, 2, 3]))


def _variances(drawn: Drawn) -> SearchStrategy[Any]:
    mean = drawn.get("mean")
    return st.sampled_from((mean, mean, mean, mean, None, 2.0))


def _numbers(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    length = st.sampled_from((1, 2, 3, 1, 2, 3, 5, 2, 3, None))
    return st.integers(2, 4).flatmap(lambda r: shapes(r, length)).map(lambda s: (s,))


# --- integers and words --------------------------------------------------------------------

_WORDS = st.sampled_from((("a", "b"), ["a", "b", "c"], ["[UNK]", "a"], ["", "[UNK]", "a"]))
_NUMBERS = st.sampled_from(((1, 2), [7, 8, 9], [-1, 4], [0, -1, 4]))
_ENCODED = ("int", "one_hot", "multi_hot", "count", "binary")


def _bins(drawn: Drawn) -> SearchStrategy[Any]:
    if drawn.get("bin_boundaries") is not None:
        return st.sampled_from((None,) * 7 + (3,))
    return st.sampled_from((3, 1, 5, 2, 4, 0, None))


def _modes(drawn: Drawn) -> SearchStrategy[Any]:
    """Modes that go with what is given; without words, those whose size Keras knows."""
    if drawn.get("idf_weights") is not None:
        return st.sampled_from(("tf_idf", "tf-idf", "tf_idf", "int"))
    if drawn.get("vocabulary") is None and drawn.get("max_tokens") is None:
        return st.just("int")
    return st.sampled_from(_ENCODED)


def _idf_weights(drawn: Drawn) -> SearchStrategy[Any]:
    words = drawn.get("vocabulary")
    none: list[Any] = [None] * 5
    if drawn.get("output_mode") in ("tf_idf", "tf-idf"):
        none = []
    if words is None:
        return st.none()
    return st.sampled_from([*none, [0.5] * len(words), [0.5] * (len(words) + 1)])


def _padded(drawn: Drawn) -> SearchStrategy[Any]:
    """Padded wherever the size would hang on words that Keras has not got."""
    limited = drawn.get("max_tokens") is not None
    needed = drawn.get("vocabulary") is None and drawn.get("output_mode", "int") != "int"
    return st.just(True) if needed and limited else st.sampled_from((limited, False))


def _words(drawn: Drawn) -> SearchStrategy[Any]:
    return st.one_of(_WORDS, st.none())


def _look_up(words: SearchStrategy[Any], mask: Any, other: Any, **odd: Any) -> Extra:
    return Extra(
        arguments={
            "max_tokens": st.sampled_from((None, 9, 12, 7)),
            "mask_token": st.sampled_from((None, mask)),
            "oov_token": st.just(other),
            "vocabulary": st.one_of(words, words, st.none()),
            "idf_weights": _idf_weights,
            "invert": st.sampled_from((False, False, False, False, True)),
            "output_mode": _modes,
            "pad_to_max_tokens": _padded,
            # Refused on every backend but TensorFlow.
            "sparse": None,
            "salt": st.sampled_from((None, None, 3, (1, 2))),
            "name": None,
            "vocabulary_size": None,
        },
        odd={
            "max_tokens": st.sampled_from((1, 0, -2, 2)),
            "num_oov_indices": st.sampled_from((-1, -2)),
            "vocabulary": st.sampled_from((["a", "a"], [7, 7], [])),
            "salt": st.sampled_from(("x", (1,), [1, 2, 3])),
            "output_mode": st.sampled_from(("nonsense", 3, None, "INT")),
            "vocabulary_size": st.none(),
            **odd,
        },
        always=frozenset({"vocabulary", "output_mode", "pad_to_max_tokens"}),
        odd_ranks=False,
    )


def _texts(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    return st.sampled_from(((None,), (None, 1), (2, 1), (None, 3))).map(lambda s: (s,))


def _text_modes(drawn: Drawn) -> SearchStrategy[Any]:
    return st.sampled_from(("int", "int", "multi_hot", "count", "tf_idf", "one_hot", "tf-idf"))


def _lengths(drawn: Drawn) -> SearchStrategy[Any]:
    plain = drawn.get("output_mode", "int") == "int"
    return st.sampled_from((4, None, 7)) if plain else st.sampled_from((None,) * 5 + (4,))


def _vocabularies(drawn: Drawn) -> SearchStrategy[Any]:
    mode, padded = drawn.get("output_mode", "int"), drawn.get("pad_to_max_tokens")
    return st.one_of(_WORDS, st.none()) if mode == "int" or padded else _WORDS


def _text_padded(drawn: Drawn) -> SearchStrategy[Any]:
    return st.sampled_from((drawn.get("max_tokens") is not None, False))


def _text_weights(drawn: Drawn) -> SearchStrategy[Any]:
    words = drawn.get("vocabulary")
    if drawn.get("output_mode") in ("tf_idf", "tf-idf") and words is not None:
        return st.sampled_from(([0.5] * len(words), [0.5] * len(words), None, [0.5] * 9))
    return st.just(None)


def _pairs(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    def two(shape: Any, other: Any, change: int) -> tuple[list[Any]]:
        return ([shape, other if change == 0 else shape],)

    some = st.integers(1, 3).flatmap(shapes)
    good = st.tuples(some, some, st.integers(0, 5)).map(lambda parts: two(*parts))
    return st.one_of(good, good, good, good, st.just(([(None, 1)] * 3,)))


# --- signals -------------------------------------------------------------------------------


def _frame(drawn: Drawn) -> int:
    length = drawn.get("frame_length")
    return length if isinstance(length, int) and length > 1 else 4


def _steps(drawn: Drawn) -> SearchStrategy[Any]:
    return st.integers(1, _frame(drawn))


def _transforms(drawn: Drawn) -> SearchStrategy[Any]:
    length = _frame(drawn)
    return st.sampled_from((length, length + 1, 2 * length, None, length - 1))


def _signals(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    def place(parts: tuple[Any, int]) -> tuple[Any, ...]:
        steps, channels = parts
        first = str(drawn.get("data_format")).lower() == "channels_first"
        return ((None, channels, steps) if first else (None, steps, channels),)

    steps = st.sampled_from((9, 12, 7, 8, 10, 12, 9, 3, None))
    return st.tuples(steps, st.sampled_from((1, 2, 1, 3, 1, 2, None))).map(place)


def _count_frames(layer: Any, x: tuple[int, ...]) -> Counts:
    """Every frequency of each frame of each channel to the samples in the frame."""
    steps, channels = (x[1], x[0]) if layer.data_format == "channels_first" else x
    frequencies = 1
    if layer.fft_length is None:
        while 2 * frequencies < layer.frame_length:
            frequencies *= 2
    else:
        frequencies = layer.fft_length // 2
    stride = layer.frame_length // 2 if layer.frame_step is None else layer.frame_step
    edges = macs = 0
    for taps in windows(steps, layer.frame_length, stride, 1, layer.padding):
        for _channel in range(channels):
            for _frequency in range(frequencies + 1):
                for _part in range(1 if layer.mode in ("real", "imag") else 2):
                    macs += len(taps)
                    edges += sum(tap is not None for tap in taps)
    return Counts(edges, 0, macs)


# --- rows of layers ------------------------------------------------------------------------

_STEPS = st.sampled_from(
    (
        Inner("Rescaling", {"scale": 0.5}),
        Inner("Dense", {"units": 3}),
        Inner("Dropout", {"rate": 0.5}),
        Inner("Normalization", {}),
        Inner("Flatten", {}),
        Inner("Conv1D", {"filters": 2, "kernel_size": 2}),
    )
)


def _count_row(layer: Any, x: tuple[int, ...]) -> Counts:
    from tests.layers.counting import convolution, dense

    counts = [0, 0, 0]
    for inner in layer.layers:
        kind = type(inner).__name__
        found = {"Dense": dense, "Conv1D": convolution}.get(kind, lambda *_: Counts())(inner, x)
        counts = [a + b for a, b in zip(counts, found, strict=True)]
        x = inner.facts((1, *x)).output[1:]
    return Counts(*counts)


EXTRAS = {
    "Rescaling": Extra(arguments={"scale": st.sampled_from((0.5, 1, [1.0, 2.0]))}),
    "Normalization": Extra(
        arguments={"axis": st.one_of(_AXES, st.none()), "mean": _MEANS, "variance": _variances},
        odd={"axis": st.sampled_from((0, -9, 9, None, 3))},
        inputs=_numbers,
        always=frozenset({"variance"}),
    ),
    "CategoryEncoding": Extra(always=frozenset({"num_tokens"}), odd_ranks=False),
    "Discretization": Extra(
        arguments={
            "bin_boundaries": st.sampled_from(([0.0, 1.0], (1.0,), None, [0.5, 1, 2, 3], [])),
            "num_bins": _bins,
        },
        odd={"num_bins": st.sampled_from((-1, -2, 3))},
        always=frozenset({"num_bins"}),
        odd_ranks=False,
    ),
    "Hashing": Extra(
        arguments={"salt": st.sampled_from((None, 3, (1, 2), [4, 5]))},
        odd={
            "salt": st.sampled_from(("x", (1,), 2.5)),
            "num_bins": st.sampled_from((0, -2, None, "3")),
        },
        odd_ranks=False,
    ),
    # Refused on every backend but TensorFlow. The bins are not looked at before it runs.
    "HashedCrossing": Extra(
        arguments={"sparse": None}, odd={"num_bins": st.just(3)}, inputs=_pairs
    ),
    "StringLookup": _look_up(_WORDS, "", "[UNK]"),
    "IntegerLookup": _look_up(
        _NUMBERS,
        0,
        -1,
        vocabulary_dtype=st.sampled_from(("int32", "string", None)),
        oov_method=st.sampled_from(("nonsense", None, "FARMHASH")),
    ),
    "TextVectorization": Extra(
        arguments={
            "max_tokens": st.sampled_from((None, 9, 12, 7)),
            "standardize": st.sampled_from(("lower_and_strip_punctuation", "lower", None, len)),
            "split": st.sampled_from(("whitespace", "character", None, str.split)),
            "ngrams": st.sampled_from((None, 2, (1, 2))),
            "output_mode": _text_modes,
            "output_sequence_length": _lengths,
            "pad_to_max_tokens": _text_padded,
            "vocabulary": _vocabularies,
            "idf_weights": _text_weights,
            # Refused on every backend but TensorFlow.
            "sparse": None,
            "ragged": None,
            "name": None,
            "vocabulary_size": None,
        },
        odd={
            "max_tokens": st.sampled_from((1, 0, -2, 2)),
            "standardize": st.sampled_from(("nonsense", 3)),
            "split": st.sampled_from(("nonsense", 3)),
            "ngrams": st.sampled_from(("2", 1.5, (1, "a"), [1, 2])),
            "output_mode": st.sampled_from(("nonsense", 3, None, "INT")),
            "output_sequence_length": st.sampled_from(("3", 2.5, -1)),
            "vocabulary": st.sampled_from((["a", "a"], [])),
            "vocabulary_size": st.none(),
        },
        always=frozenset({"output_mode", "vocabulary", "idf_weights"}),
        inputs=_texts,
        odd_ranks=False,
    ),
    "STFTSpectrogram": Extra(
        arguments={
            "frame_length": st.sampled_from((4, 3, 2, 5, 6)),
            "frame_step": _steps,
            "fft_length": _transforms,
        },
        odd={
            "frame_length": st.sampled_from((1, 0, -2, None, "3")),
            "frame_step": st.sampled_from((0, -1, 99, "3")),
            "fft_length": st.sampled_from((1, -3, "8")),
        },
        always=frozenset({"frame_length"}),
        inputs=_signals,
        count=_count_frames,
    ),
    "MelSpectrogram": Extra(
        arguments={
            "fft_length": st.sampled_from((16, 32)),
            "sequence_length": st.sampled_from((None, 8, 16, 0, 20)),
            "sequence_stride": st.integers(1, 5),
        },
        # What else is odd, Keras does not notice before it runs.
        odd={
            "fft_length": st.sampled_from((1, None)),
            "sequence_length": st.sampled_from((64, "3")),
            "sequence_stride": st.sampled_from((0, None, "3")),
            "num_mel_bins": st.sampled_from((-1, "3", 2.5)),
        },
        inputs=lambda drawn: st.one_of(
            st.tuples(st.just(None), AXIS), st.tuples(LENGTH), st.tuples(st.just(2), LENGTH)
        ).map(lambda s: (s,)),
    ),
    "Pipeline": Extra(
        arguments={"layers": st.lists(_STEPS, min_size=1, max_size=3)},
        odd={"layers": st.sampled_from(([], None, 3, [3], [Inner("Flatten", {}), "x"]))},
        inputs=lambda drawn: st.tuples(LENGTH, LENGTH).map(lambda axes: ((None, *axes),)),
        count=_count_row,
    ),
}

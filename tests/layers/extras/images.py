"""Layers on images: batches and single ones, in both data formats, now and then with labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.layers.images import Factor, ImageLayer
from tests.layers.case import RULES
from tests.layers.strategies import Drawn, Extra

_SIDE = st.sampled_from((7, 6, 5, 4, 3, 8, 9) * 2 + (None,))
_FULL_SIDE = st.sampled_from((7, 6, 5, 4, 3, 8, 9))
_ANY_CHANNELS = st.sampled_from((3, 1, 3, 1, 2, None))
_RGB = st.just(3)

Inputs = Callable[[Drawn], SearchStrategy[tuple[Any, ...]]]


def _to_images(channels: SearchStrategy[Any], side: SearchStrategy[Any] = _SIDE) -> Inputs:
    def draw(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
        def place(parts: tuple[Any, ...]) -> tuple[Any, ...]:
            height, width, count, batch = parts
            first = str(drawn.get("data_format")).lower() == "channels_first"
            image = (count, height, width) if first else (height, width, count)
            return ((None, *image) if batch else image,)

        return st.tuples(side, side, channels, st.sampled_from((True, True, False))).map(place)

    return draw


def _or_with_labels(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    """Images, or images with the labels that belong to them."""
    labelled = st.just(({"images": (None, 8, 9, 3), "labels": (None, 10)},))
    plain = _to_images(_ANY_CHANNELS)(drawn)
    return st.integers(0, 7).flatmap(lambda n: labelled if n == 7 else plain)


def _with_boxes(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    boxes = {"boxes": (None, 5, 4), "labels": (None, 5)}
    full = st.just(({"images": (None, 8, 9, 3), "bounding_boxes": boxes},))
    bare = st.just(({"images": (None, 8, 9, 3)},))
    return st.one_of(full, full, bare, _to_images(_ANY_CHANNELS)(drawn))


# Keras does not look at the rank before it runs, nor most layers at the channels; see
# `tests/layers/test_images.py` for what it refuses then.
_INPUTS: dict[str, Inputs] = {
    # It looks at the channels at once.
    "RandomColorDegeneration": _to_images(st.sampled_from((3,) * 6 + (1, None))),
    "RandomHue": _to_images(_RGB),
    "RandomSaturation": _to_images(_RGB),
    "RandomGrayscale": _to_images(st.sampled_from((3, 1))),
    "RandomColorJitter": _to_images(_RGB, _RGB),
    "Resizing": _to_images(st.sampled_from((3, 1, 2)), _FULL_SIDE),
    "RandomFlip": _or_with_labels,
    "MixUp": _or_with_labels,
    "CutMix": _or_with_labels,
    "RandomRotation": _or_with_labels,
    "MaxNumBoundingBoxes": _with_boxes,
}

_LENGTHS = st.integers(1, 9)
_ODD_LENGTHS = st.sampled_from((-1, -2, "3", (2,)))


def _factors(argument: Factor) -> SearchStrategy[Any]:
    low = 0 if argument.above else argument.low
    middle = (low + argument.high) / 2
    one = st.sampled_from((middle, argument.high, (low + middle) / 2, low))
    pair = st.sampled_from(((middle, argument.high), [argument.high, middle], (low, low)))
    found = st.one_of(one, one, pair)
    return st.one_of(found, st.none()) if argument.optional or argument.falsy else found


_ODD_FACTORS = st.sampled_from(
    (9, -9, None, "1", (0.5,), (0.2, 9.0), (9.0, 0.2), [-0.5, 0.5], -1, -1.0, 1.5, (), (None, 1))
)
_RANGES = st.sampled_from(((0, 255), [0, 1], (1.0, 0.0)))
_ODD_RANGES = st.sampled_from(((0,), 3, None, (1, "a"), (0, 1, 2), "ab"))

_ARGUMENTS: dict[str, SearchStrategy[Any]] = {
    "height": _LENGTHS,
    "width": _LENGTHS,
    "value_range": _RANGES,
    "max_number": st.sampled_from((1, 5, 9, 2.0)),
    "kernel_size": st.sampled_from((3, 1, (3, 5), [5, 3])),
    # Other backends know others, but not this one.
    "interpolation": st.sampled_from(("bilinear", "nearest")),
}
_ODD: dict[str, SearchStrategy[Any]] = {
    "height": _ODD_LENGTHS,
    "width": _ODD_LENGTHS,
    "value_range": _ODD_RANGES,
    "max_number": st.sampled_from((None, "x", [1])),
    "kernel_size": st.sampled_from((2, (3, 4), (3,), None, "3", 0)),
    "fill_mode": st.sampled_from(("nonsense", "WRAP", 3, "reflect")),
    "interpolation": st.sampled_from(("nonsense", 3)),
}


def _extra(name: str) -> Extra:
    arguments = RULES[name].arguments
    factors = {n: _factors(a) for n, a in arguments.items() if isinstance(a, Factor)}
    odd = {n: values for n, values in _ODD.items() if n in arguments}
    usual = {n: values for n, values in _ARGUMENTS.items() if n in arguments}
    return Extra(
        arguments={**usual, **factors},
        odd={**odd, **dict.fromkeys(factors, _ODD_FACTORS)},
        inputs=_INPUTS.get(name, _to_images(_ANY_CHANNELS)),
        odd_ranks=False,
        traced=name == "Resizing",
    )


EXTRAS = {name: _extra(name) for name, rule in RULES.items() if issubclass(rule, ImageLayer)}

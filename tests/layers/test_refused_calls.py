"""What is supposed of a call that is refused, so that what follows can be looked at too."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc import layers
from shapecalc.dims import BATCH
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import new_session
from shapecalc.rules.unknown import Unranked

VECTOR, SERIES, IMAGE = (BATCH, 3), (BATCH, 5, 3), (BATCH, 8, 8, 3)


@pytest.mark.parametrize(
    ("layer", "inputs", "supposed"),
    [
        # Called on a tensor, an input layer is taken for what hands it on.
        (layers.InputLayer((3,)), (VECTOR,), VECTOR),
        (layers.InputLayer((3,)), (VECTOR, VECTOR), None),
        (layers.InputLayer((3,)), ([VECTOR],), None),
        # Of tensors that do not go together, the one with the most axes.
        (layers.Add(), ([SERIES, (BATCH, 4, 3)],), SERIES),
        (layers.Add(), ([VECTOR, SERIES],), SERIES),
        (layers.Add(), (VECTOR, SERIES), SERIES),
        (layers.Add(), (VECTOR,), VECTOR),
        (layers.Add(), ([VECTOR, Unranked("not known")],), None),
        (layers.Add(), ([],), None),
        (layers.Add(), (3,), None),
        # Joined, they have the other axes of the first.
        (layers.Concatenate(axis=1), ([SERIES, (BATCH, 4, 3)],), (BATCH, 9, 3)),
        (layers.Concatenate(axis=1), (SERIES, (BATCH, 4, 3)), (BATCH, 9, 3)),
        (layers.Concatenate(axis=1), ([SERIES, VECTOR],), None),
        (layers.Concatenate(axis=3), ([SERIES, SERIES],), SERIES),
        (layers.Concatenate(), ([IMAGE, (BATCH, 8, 9, 4)],), (BATCH, 8, 8, 7)),
        (layers.Concatenate(axis=1), (3,), None),
    ],
)
def test_goes_on_with_what_is_most_likely(layer: Layer, inputs: Any, supposed: Any) -> None:
    assert layer.plausible(*inputs) == supposed


@pytest.mark.parametrize("name", ["units", "use_bias", "name", "weights"])
def test_what_a_layer_is_made_with_is_fixed(name: str) -> None:
    dense = layers.Dense(3)
    with pytest.raises(AttributeError, match=f"`{name}` of a layer is fixed"):
        setattr(dense, name, 4)
    dense.trainable = False
    assert not dense.trainable


@pytest.mark.parametrize(
    ("count", "names"),
    [(1, "N"), (2, "T C"), (3, "H W C"), (4, "D H W C"), (5, "N1 N2 N3 N4 N5")],
)
def test_free_axes_have_the_names_that_are_usual(count: int, names: str) -> None:
    with new_session():
        axes = layers.InputLayer((None,) * count).output_shape[1:]
    assert " ".join(map(str, axes)) == names


def test_a_refusal_says_which_axis_is_at_fault() -> None:
    for data_format, shape, axis in (
        ("channels_last", (BATCH, 8, 8, 2), 3), ("channels_first", (BATCH, 2, 8, 8), 1)
    ):  # fmt: skip
        rule = layers.RandomGrayscale(data_format=data_format)
        with pytest.raises(Refusal) as refused:
            rule.facts(shape)
        assert refused.value.axis == axis

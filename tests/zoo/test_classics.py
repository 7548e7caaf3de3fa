"""Two older networks, built with the public layers, and what their papers count."""

from __future__ import annotations

import shapecalc
from shapecalc import Input, Sequential, layers, summarize
from shapecalc.rules.session import new_session


def alexnet() -> Sequential:
    """Krizhevsky et al., ImageNet Classification with Deep Convolutional Networks, 2012.

    Two halves on two machines are two groups; the image is 227 wide, as its first layer needs.
    """
    return Sequential(
        [
            Input((227, 227, 3)),
            layers.Conv2D(96, 11, strides=4, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
            layers.Conv2D(256, 5, padding="same", groups=2, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
            layers.Conv2D(384, 3, padding="same", activation="relu"),
            layers.Conv2D(384, 3, padding="same", groups=2, activation="relu"),
            layers.Conv2D(256, 3, padding="same", groups=2, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
            layers.Flatten(),
            layers.Dense(4096, activation="relu"),
            layers.Dense(4096, activation="relu"),
            layers.Dense(1000, activation="softmax"),
        ]
    )


def test_alexnet() -> None:
    with new_session():
        found = summarize(alexnet())
    weighed = [row for row in found.layers if row.params]
    assert [row.params for row in weighed] == [
        34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000,
    ]  # fmt: skip
    assert [row.macs for row in weighed[:5]] == [
        105_415_200, 223_948_800, 149_520_384, 112_140_288, 74_760_192,
    ]  # fmt: skip
    assert found.params.total == 60_965_224
    assert found.macs == 724_406_816
    # The paper counts the units of each layer; 253,440 for the first is a slip for 55 × 55 × 96.
    units = [shapecalc.dims.product(row.output_shape[1:]) for row in weighed]
    assert units == [290_400, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000]


def lenet_5() -> Sequential:
    """LeNet-5 as it is taught: C3 sees all maps of S2, and S2 and S4 have no weights."""
    return Sequential(
        [
            Input((32, 32, 1)),
            layers.Conv2D(6, 5, activation="tanh", name="C1"),
            layers.AveragePooling2D(2, name="S2"),
            layers.Conv2D(16, 5, activation="tanh", name="C3"),
            layers.AveragePooling2D(2, name="S4"),
            layers.Conv2D(120, 5, activation="tanh", name="C5"),
            layers.Flatten(),
            layers.Dense(84, activation="tanh", name="F6"),
            layers.Dense(10, activation="softmax", name="Output"),
        ]
    )


def test_lenet_5() -> None:
    """LeCun et al., Gradient-Based Learning, 1998, section II.B: C1, C5 and F6 are the paper's."""
    with new_session():
        found = {row.name: row for row in summarize(lenet_5()).layers}
        total = summarize(lenet_5()).params.total
    assert total == 61_706
    assert (found["C1"].params, _lines(found["C1"])) == (156, 122_304)
    assert (found["C3"].params, _lines(found["C3"])) == (2_416, 241_600)
    assert (found["C5"].params, _lines(found["C5"])) == (48_120, 48_120)
    assert (found["F6"].params, _lines(found["F6"])) == (10_164, 10_164)


def _lines(row: shapecalc.graph.summary.LayerRow) -> int:
    """What the paper calls connections: those of the biases too."""
    return row.connections + row.bias_connections  # type: ignore[operator,return-value]


def test_c3_of_lenet_5() -> None:
    """The paper's table I: 60 pairs of maps, 1,516 parameters, 151,600 connections."""
    seen = [3] * 6 + [4] * 9 + [6]
    with new_session():
        found = [
            summarize(Sequential([Input((14, 14, maps)), layers.Conv2D(1, 5)])) for maps in seen
        ]
    assert sum(summary.params.total for summary in found) == 1_516
    assert sum(s.connections + s.bias_connections for s in found) == 151_600

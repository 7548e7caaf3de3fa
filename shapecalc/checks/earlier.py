"""What Keras 1 and 2 took and Keras 3 does not: which version did, and what to write today."""

from __future__ import annotations

import re
from typing import NamedTuple


class _Gone(NamedTuple):
    r"""An argument that is no more.

    Attributes:
        layers: which layers had it, as a pattern of their names.
        argument: a pattern of its name.
        version: the last Keras that took it.
        instead: what to write, with `\\1` for what the argument's pattern keeps.
    """

    layers: str
    argument: str
    version: int
    instead: str


_GONE = (
    _Gone(
        r"(Additive)?Attention", r"causal", 2, "call the layer with use_causal_mask=True"
    ),
    _Gone(
        r"SeparableConv\dD", r"kernel_(initializer|regularizer|constraint)", 2,
        r"write `depthwise_\1` and `pointwise_\1`",
    ),
    _Gone(
        r"DepthwiseConv\dD", r"kernel_(initializer|regularizer|constraint)", 2,
        r"write `depthwise_\1`",
    ),
    _Gone(r"Embedding", r"dropout", 1, "put a SpatialDropout1D behind the layer"),
    _Gone(r"LSTM|GRU|SimpleRNN", r"consume_less", 1, "leave it out"),
    _Gone(r".*", r"batch_size", 2, "give it to an Input in front of the layer"),
    _Gone(r".*", r"\w+_layout", 2, "leave it out: keras.distribution lays weights out"),
)  # fmt: skip


def advice_on_argument(layer: str, argument: str) -> str | None:
    """What to write instead of an argument that an earlier Keras took; None if it took none."""
    for gone in _GONE:
        matched = re.fullmatch(gone.argument, argument)
        if matched and re.fullmatch(gone.layers, layer):
            return f"Keras {gone.version} took it; {matched.expand(gone.instead)}"
    return None


def advice_on_missing(layer: str, argument: str) -> str | None:
    """What an earlier Keras took where an argument was left out; None if nothing."""
    if re.fullmatch(r"AveragePooling\dD", layer) and argument == "pool_size":
        return f"Keras 2 took 2 where it was left out; write {layer}(2)"
    return None


__all__ = ["advice_on_argument", "advice_on_missing"]

"""What pages show of rules whose declaration does not tell it.

A rule is shown with a symbol for each size it needs, called on one tensor with the axes it takes.
Where it needs something else, a layer or a list of tensors, its entry here says what. A rule
without an entry has a page all the same, if need be with a sentence in place of the formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from shapecalc.dims import BATCH, Dim, Shape, Variable
from shapecalc.layers import rule_for

# The axes that pages name, and what they are called in the legend.
AXES = {
    "T": "time steps",
    "S": "time steps of the other input",
    "H": "height",
    "W": "width",
    "D": "depth",
    "L": "length",
    "C": "channels (features)",
    "F": "channels (features) of the other input",
}


class Example(NamedTuple):
    """What a page shows.

    Attributes:
        inputs: what the layer is called on, by position: the axes of a tensor by their names,
            `"B T C"`, or a list of them.
        arguments: makes those of the constructor.
    """

    inputs: tuple[Any, ...] | None = None
    arguments: Callable[[], dict[str, Any]] = dict


def symbol(name: str) -> Variable:
    """The dim variable of a name."""
    return Variable(name, "data")


def shape_of(axes: str) -> Shape:
    """`"B T C"` as a shape of variables; a number stands for itself."""
    dims: list[Dim] = [int(a) if a.isdigit() else symbol(a) for a in axes.split()[1:]]
    return (BATCH, *dims)


def _made(name: str, **arguments: Any) -> Any:
    rule = rule_for(f"keras.layers.{name}")
    assert rule is not None, name
    return rule(**arguments)


def _with(argument: str, name: str, **arguments: str) -> Callable[[], dict[str, Any]]:
    """An argument that is a layer."""
    return lambda: {argument: _made(name, **{k: symbol(v) for k, v in arguments.items()})}


def _cells() -> dict[str, Any]:
    return {"cells": [_made("LSTMCell", units=symbol("u")), _made("GRUCell", units=symbol("v"))]}


_ANY = Example(("B C",))
_PAIR = Example((["B H W C", "B H W C"],))
_ATTENTION = Example((["B T C", "B S C"],))

EXAMPLES = {
    "Add": _PAIR,
    "AdditiveAttention": _ATTENTION,
    "Attention": _ATTENTION,
    "Average": _PAIR,
    "Bidirectional": Example(("B T C",), _with("layer", "LSTM", units="u")),
    "CategoryEncoding": Example(("B T",), lambda: {"num_tokens": symbol("n")}),
    "Concatenate": Example((["B H W C", "B H W F"],)),
    "Discretization": Example(("B C",), lambda: {"num_bins": symbol("n")}),
    "Dot": Example((["B T C", "B S C"],), lambda: {"axes": 2}),
    "EinsumDense": Example(
        ("B T C",),
        lambda: {"equation": "abc,cd->abd", "output_shape": (None, symbol("u")), "bias_axes": "d"},
    ),
    "Embedding": Example(("B T",)),
    "FlaxLayer": _ANY,
    "GRUCell": Example(("B C", "B u")),
    "GroupQueryAttention": Example(("B T C", "B S C")),
    "HashedCrossing": Example((["B T", "B T"],)),
    "Identity": Example(("B H W C",)),
    "JaxLayer": _ANY,
    "LSTMCell": Example(("B C", ["B u", "B u"])),
    "MaxNumBoundingBoxes": Example(("B H W C",), lambda: {"max_number": 8}),
    "Maximum": _PAIR,
    "Merge": _PAIR,
    "Minimum": _PAIR,
    "MultiHeadAttention": Example(("B T C", "B S F")),
    "Multiply": _PAIR,
    "Permute": Example(("B H W C",), lambda: {"dims": (3, 1, 2)}),
    "Pipeline": Example(
        ("B H W C",),
        lambda: {"layers": [_made("CenterCrop", height=symbol("h"), width=symbol("w"))]},
    ),
    "RNN": Example(("B T C",), _with("cell", "GRUCell", units="u")),
    "RandomPosterization": Example(arguments=lambda: {"factor": 4}),
    "Reshape": Example(("B H W C",), lambda: {"target_shape": (-1, symbol("C"))}),
    "ReversibleEmbedding": Example(("B T",)),
    "STFTSpectrogram": Example(
        arguments=lambda: {"frame_length": symbol("l"), "fft_length": symbol("n")}
    ),
    "SimpleRNNCell": Example(("B C", "B u")),
    "SpectralNormalization": Example(("B C",), _with("layer", "Dense", units="u")),
    "StackedRNNCells": Example(("B C", [["B u", "B u"], "B v"]), _cells),
    "Subtract": _PAIR,
    "TFSMLayer": _ANY,
    "TimeDistributed": Example(arguments=_with("layer", "Dense", units="u")),
    "TorchModuleWrapper": _ANY,
}


def short_name(rule: type[Any]) -> str:
    """A layer's name without its module."""
    return str(rule.keras_names[0]).rpartition(".")[2]


def example_of(rule: type[Any]) -> Example:
    """The rule's own entry, or an empty one."""
    return EXAMPLES.get(short_name(rule), Example())

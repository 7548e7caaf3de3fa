"""The masks that come with tensors: which steps of a sequence count.

As Keras has it: an embedding or a masking layer makes one, some layers hand it on, all others and
the operations lose it.
"""

from __future__ import annotations

from typing import Any

from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import Unknown, Unranked

# Layers that hand the mask of their first input on as it is.
HAND_ON = frozenset(
    """
    Activation ActivityRegularization AlphaDropout BatchNormalization Dense Dropout ELU
    GaussianDropout GaussianNoise GroupNormalization Identity LayerNormalization LeakyReLU
    Normalization PReLU ReLU Rescaling Softmax SpatialDropout1D SpatialDropout2D
    SpatialDropout3D UnitNormalization
    """.split()
)
RECURRENT = frozenset("GRU LSTM RNN SimpleRNN".split())
# Layers with rules of their own for masks, which are not followed where one comes in.
OTHERWISE = frozenset(
    """
    Add AdditiveAttention Attention Average Bidirectional Concatenate ConvLSTM1D ConvLSTM2D
    ConvLSTM3D Dot GlobalAveragePooling1D GroupQueryAttention Lambda Maximum Minimum
    MultiHeadAttention Multiply ReversibleEmbedding Subtract TimeDistributed
    """.split()
)
NOT_FOLLOWED = "the mask of the input"

Mask = Tensor | Unknown | None


def mask_of(tensor: Tensor) -> Mask:
    """The mask that comes with a tensor; None where none does."""
    # Branches of a network meet again and again: each tensor is looked at once.
    found: dict[int, Mask] = {}
    stack = [tensor]
    while stack:
        call = stack[-1].call
        made: Any = None
        if call is not None and id(stack[-1]) not in found:
            made = mask_made_by(call.layer, call.inputs)
            if made is _NOTHING and _may_hand_on(call.layer):
                unseen = [t for t in call.inputs if id(t) not in found]
                if unseen:
                    stack.extend(unseen)
                    continue
                incoming = [found[id(t)] for t in call.inputs]
                masked = any(mask is not None for mask in incoming)
                made = _handed_on(call, stack[-1].index, incoming[0]) if masked else None
        last = stack.pop()
        found.setdefault(id(last), None if made is _NOTHING else made)
    return found[id(tensor)]


def _may_hand_on(layer: Layer) -> bool:
    """Whether a layer may have a mask for its output where one comes in; else it has none."""
    kinds = (HAND_ON, RECURRENT, OTHERWISE)
    known = any(type(layer).__name__ in names for names in kinds)
    return known or "cls" in layer.__dict__ or isinstance(layer, Network)


_NOTHING: Any = object()


def mask_made_by(layer: Layer, inputs: tuple[Tensor, ...]) -> Any:
    """The mask that a layer makes of its inputs; `_NOTHING` where it is none that makes one."""
    kind, first = type(layer).__name__, inputs[0] if inputs else None
    if kind == "Masking" and first is not None:
        known = not isinstance(first.shape, Unranked)
        shape: Any = first.shape[:-1] if known else first.shape  # type: ignore[index]
        return Tensor(shape, "bool", symbolic=True)
    if kind == "Embedding" and first is not None:
        zero: Any = getattr(layer, "mask_zero", False)
        if isinstance(zero, Unknown):
            return zero
        return Tensor(first.shape, "bool", symbolic=True) if zero else None
    return _NOTHING


def _handed_on(call: LayerCall, place: int, mask: Mask) -> Mask:
    """What becomes of the mask of a call's first input."""
    layer, kind = call.layer, type(call.layer).__name__
    if kind in HAND_ON:
        return mask
    if kind in RECURRENT:
        return mask if place == 0 and getattr(layer, "return_sequences", False) is True else None
    if "cls" in layer.__dict__:
        return _through_program(layer, mask)
    return Unknown(NOT_FOLLOWED)


def _through_program(layer: Layer, mask: Mask) -> Mask:
    """What a layer of the program makes of a mask."""
    if layer.__dict__["cls"].lookup("compute_mask") is not None or layer.__dict__.get("kept"):
        return Unknown(NOT_FOLLOWED)
    supports = layer.__dict__["attributes"].get("supports_masking", False)
    return mask if supports is True else None if supports is False else Unknown(NOT_FOLLOWED)

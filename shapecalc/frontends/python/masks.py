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
_MAX_DEPTH = 200
NOT_FOLLOWED = "the mask of the input"

Mask = Tensor | Unknown | None


def mask_of(tensor: Tensor, depth: int = 0) -> Mask:
    """The mask that comes with a tensor; None where none does."""
    call = tensor.call
    if call is None:
        return None
    if depth > _MAX_DEPTH:
        return Unknown(NOT_FOLLOWED)
    made: Any = mask_made_by(call.layer, call.inputs)
    if made is not _NOTHING:
        mask: Mask = made
        return mask
    incoming = [mask_of(t, depth + 1) for t in call.inputs]
    if all(mask is None for mask in incoming):
        return None
    return _handed_on(call, tensor.index, incoming[0])


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
    if kind in OTHERWISE or isinstance(layer, Network):
        return Unknown(NOT_FOLLOWED)
    return None


def _through_program(layer: Layer, mask: Mask) -> Mask:
    """What a layer of the program makes of a mask."""
    if layer.__dict__["cls"].lookup("compute_mask") is not None or layer.__dict__.get("kept"):
        return Unknown(NOT_FOLLOWED)
    supports = layer.__dict__["attributes"].get("supports_masking", False)
    return mask if supports is True else None if supports is False else Unknown(NOT_FOLLOWED)

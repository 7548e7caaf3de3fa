"""SHC202: the input has another number of axes than the layer takes."""

from __future__ import annotations

from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, ancestors, named, on_line, place_of, rank_of
from shapecalc.checks.history import maker, origin
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import Shape
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.input import is_input
from shapecalc.rules.refusal import WrongRank, show_shape

_PIXELS = {4: "Conv2D", 5: "Conv3D"}


@check(
    "SHC202",
    "wrong-rank",
    Severity.ERROR,
    explains=WrongRank,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((30,)),
            layers.Conv1D(16, 3),  # SHC202
        ])
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential()
        model.add(keras.Input((20, 8)))
        model.add(layers.LSTM(32))
        model.add(layers.LSTM(32))  # SHC202
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((None, 28, 28, 1))
        x = layers.Conv2D(32, 3)(inputs)  # SHC202
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((30, 1)),
            layers.Conv1D(16, 3),
        ])
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential()
        model.add(keras.Input((20, 8)))
        model.add(layers.LSTM(32, return_sequences=True))
        model.add(layers.LSTM(32))
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((28, 28, 1))
        x = layers.Conv2D(32, 3)(inputs)
        """,
    ],
)
def wrong_rank(fault: Fault) -> Finding:
    """The input of a layer has too many or too few axes.

    A layer takes inputs of a fixed number of axes, the batch axis counted: `Conv2D` takes
    (batch, height, width, channels), `LSTM` takes (batch, time steps, features). Often an axis
    of length 1 is missing, the batch axis was written into the shape, a recurrent layer returns
    its last step only, or a `Flatten` stands too early or not at all.
    """
    refusal: WrongRank = fault.refusal
    message = (
        f"{fault.who} takes {refusal.expected}; its input is {show_shape(refusal.shape)}, "
        f"which has {len(refusal.shape)}"
    )
    source = fault.inputs[0] if fault.inputs else None
    if source is None:
        return Finding(message, help=refusal.help)
    made = Note(f"the input comes from {maker(source)}", origin(source))
    notes = (made,) if source.call is not None else ()
    return Finding(message, notes, _advice(fault, refusal, source) or refusal.help)


def _advice(fault: Fault, refusal: WrongRank, source: Tensor) -> str | None:
    shape, rank = refusal.shape, len(refusal.shape)
    wanted = _wanted_rank(fault, rank)
    if type(fault.layer).__name__ == "TimeDistributed" and rank_of(source) == rank + 1:
        return (
            "TimeDistributed goes along the first axis behind the batch: give the input an axis "
            "of steps, (steps, …)"
        )
    # What a wrapper's inner layer is given is another tensor.
    if wanted is None or rank != rank_of(source):
        return None
    start = source.call is not None and is_input(source.call.layer)
    if rank == wanted - 1:
        lost = _last_step_only(source) or _axis_lost(source, wanted)
        return lost or _axis_missing(fault, source, shape, wanted)
    if rank == wanted + 1 and start:
        return (
            f"the shape of an input leaves the batch axis out: {show_shape(shape[2:])}"
            f" instead of {show_shape(shape[1:])}"
        )
    if rank < wanted:
        lost = _axis_lost(source, wanted)
        if lost is None and rank == 2 and wanted == 4 and not start:
            units = show_shape(shape[1:])
            return (
                f"put Reshape((rows, columns, channels)) of {units} between {_called(source)} and "
                f"{fault.who}"
            )
        return lost
    if rank in _PIXELS and wanted <= 3:
        pool = f"GlobalAveragePooling{rank - 2}D()"
        way = f"Flatten() or {pool}" if wanted == 2 else "Reshape((steps, features))"
        return f"put {way} between {_called(source)} and {fault.who}"
    if wanted == 2:
        return f"put Flatten() between {_called(source)} and {fault.who}"
    return None


def _wanted_rank(fault: Fault, rank: int) -> int | None:
    """How many axes the layer takes at the least; None where that is not what is wrong."""
    takes = fault.rule.takes if fault.rule is not None else None
    if takes is None:
        return None
    axes = takes.split()
    wanted = len([axis for axis in axes if axis != "..."])
    return wanted if rank < wanted or "..." not in axes else None


def _called(source: Tensor) -> str:
    return named(source.call.layer) if source.call is not None else "the input"


def _last_step_only(source: Tensor) -> str | None:
    """The hint for a recurrent layer that returns its last step only."""
    call = _origin_of_rank(source)
    if call is None:
        return None
    recurrent: Any = call.layer
    # A wrapper such as Bidirectional holds the recurrent layer.
    for layer in (recurrent, *recurrent.sublayers()):
        if getattr(layer, "return_sequences", None) is False:
            return (
                f"{named(recurrent)}{on_line(place_of(call))} returns its last step only; "
                "give it return_sequences=True"
            )
    return None


def _axis_lost(source: Tensor, wanted: int) -> str | None:
    """The hint for a layer before that took the axes away."""
    call = _origin_of_rank(source)
    if call is None or not call.inputs:
        return None
    before = rank_of(call.inputs[0])
    if before is None or before < wanted:
        return None
    return (
        f"{named(call.layer)}{on_line(place_of(call))} turns "
        f"{before} axes into {rank_of(source)}; put it after this layer"
    )


def _origin_of_rank(source: Tensor) -> LayerCall | None:
    """The call that gave a tensor its number of axes, or None where the input had it."""
    rank = rank_of(source)
    for call in ancestors(source):
        if call.inputs and rank_of(call.inputs[0]) != rank:
            return call
    return None


def _axis_missing(fault: Fault, source: Tensor, shape: Shape, wanted: int) -> str:
    """The hint for an input without its last axis."""
    if source.call is None:
        return "the batch axis is missing: a layer is called on a batch of samples"
    what = "channels" if wanted > 3 else "features"
    full = show_shape((*shape[1:], 1))
    if is_input(source.call.layer):
        way = f"Input({full})"
    else:
        way = f"put Reshape({full}) between {_called(source)} and {fault.who}"
    return f"the {what} axis is missing: for one value at each place, {way}"

"""SHC201: a window with `valid` padding has no place to stand."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, rank_of, shown
from shapecalc.checks.history import chain_notes, history, stride_along
from shapecalc.checks.trial import fitting_size
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import Shape, show
from shapecalc.layers.input import is_input
from shapecalc.rules.refusal import WindowTooLarge, show_axis, show_shape
from shapecalc.rules.unknown import Unranked

# How many channels an image has, when a small first axis is likely to be them.
_IMAGE_CHANNELS = (1, 3, 4)


@check(
    "SHC201",
    "window-larger-than-input",
    Severity.ERROR,
    explains=WindowTooLarge,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((8, 8, 1)),
            layers.Conv2D(16, 3),
            layers.Conv2D(16, 3),
            layers.Conv2D(16, 5),  # SHC201
        ])
        """,
        """
        import keras
        from keras import layers

        # The data is (channels, height, width); Keras takes that for an image of height 1.
        inputs = keras.Input(shape=(1, 28, 28))
        x = layers.Conv2D(32, kernel_size=(3, 3))(inputs)  # SHC201
        model = keras.Model(inputs, x)
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((9, 9, 1)),
            layers.Conv2D(16, 3),
            layers.Conv2D(16, 3),
            layers.Conv2D(16, 5),
        ])
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input(shape=(28, 28, 1))
        x = layers.Conv2D(32, kernel_size=(3, 3))(inputs)
        model = keras.Model(inputs, x)
        """,
    ],
)
def window_larger_than_input(fault: Fault) -> Finding:
    """The window of a convolution or pooling layer is larger than its input.

    With `padding="valid"` the window must lie within its input, and each such layer makes the
    input smaller, so after a few of them nothing is left. Keras says then that the "computed
    output size would be zero or negative". Start from a larger input, take a pooling layer out,
    or keep the size with `padding="same"`.
    """
    refusal: WindowTooLarge = fault.refusal
    axis, window, size = refusal.axis, show(refusal.extent), show_axis(refusal.size)
    source = fault.inputs[0] if fault.inputs else None
    of = f" of its input {shown(source.shape)}" if source is not None else ""
    message = f"{fault.who}: a window of {window} does not fit into {size}, axis {axis}{of}"
    if source is None:
        return Finding(message, help=_advice(fault, None))
    steps = history(source, axis)
    notes = chain_notes(steps, axis, end="✗")
    if len(steps) == 1:
        notes = notes[1:]
    notes.append(Note(_arithmetic(fault, refusal)))
    entry = next((s.call.outputs[0].shape for s in steps if is_input(s.call.layer)), None)
    return Finding(message, tuple(notes), _channels_first(entry, refusal) or _advice(fault, axis))


def _arithmetic(fault: Fault, refusal: WindowTooLarge) -> str:
    stride = stride_along(fault.layer, refusal.axis)
    size, window = show(refusal.size), show(refusal.extent)
    if stride == 1:
        formula, value = f"{size} - {window} + 1", refusal.size - refusal.extent + 1
    else:
        formula = f"({size} - {window})//{show(stride)} + 1"
        value = (refusal.size - refusal.extent) // stride + 1
    return f"{formula} = {show(value)}: no place is left for the window"


def _channels_first(entry: Shape | Unranked | None, refusal: WindowTooLarge) -> str | None:
    """The hint for data whose channels come first."""
    if not isinstance(entry, tuple) or len(entry) not in (4, 5) or refusal.axis != 1:
        return None
    channels, rest = entry[1], entry[2:]
    large = all(isinstance(dim, int) and dim > max(_IMAGE_CHANNELS) for dim in rest)
    if channels not in _IMAGE_CHANNELS or not large:
        return None
    turned = show_shape((*entry[2:], channels))
    return (
        f"{show_shape(entry[1:])} looks like channels first; Keras expects channels last: "
        f'{turned}, or data_format="channels_first" on every layer'
    )


def _advice(fault: Fault, axis: int | None) -> str:
    ways = []
    if axis is not None:
        fitting = fitting_size(fault, axis, along=_spatial_axes(fault), monotone=True)
        if fitting is not None:
            ways.append(f"an input of {show_shape(fitting[1][1:])} is the smallest that would do")
    ways.append('padding="same" makes room for the window')
    if axis is not None and fault.inputs and len(history(fault.inputs[0], axis)) > 2:
        ways.append("or leave out a layer before that makes it smaller")
    return "; ".join(ways)


def _spatial_axes(fault: Fault) -> range:
    """The axes that the window of the layer slides along; none where it does not tell them."""
    layout, rank = getattr(fault.layer, "data_format", None), rank_of(fault.inputs[0])
    if not isinstance(layout, str) or rank is None:
        return range(0)
    first = 2 if layout == "channels_first" else 1
    return range(first, first + rank - 2)

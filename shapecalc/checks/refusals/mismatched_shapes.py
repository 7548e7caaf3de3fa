"""SHC203: inputs that a merging layer joins do not agree."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, shown
from shapecalc.checks.history import chain, history, maker, maker_and_line, origin
from shapecalc.checks.trial import fitting_size
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import Comparison, Shape, compare, show
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.refusal import MismatchedShapes, show_shape


@check(
    "SHC203",
    "mismatched-shapes",
    Severity.ERROR,
    explains=MismatchedShapes,
    bad=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 16))
        x = layers.Conv2D(64, 3, padding="same")(inputs)
        x = layers.Add()([inputs, x])  # SHC203
        model = keras.Model(inputs, x)
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((15, 15, 8))
        x = layers.MaxPooling2D(2)(inputs)
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([inputs, x])  # SHC203
        model = keras.Model(inputs, x)
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 16))
        x = layers.Conv2D(64, 3, padding="same")(inputs)
        shortcut = layers.Conv2D(64, 1)(inputs)
        x = layers.Add()([shortcut, x])
        model = keras.Model(inputs, x)
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((16, 16, 8))
        x = layers.MaxPooling2D(2)(inputs)
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([inputs, x])
        model = keras.Model(inputs, x)
        """,
    ],
)
def mismatched_shapes(fault: Fault) -> Finding:
    """Inputs that must agree in shape do not.

    `Add` and its like need inputs of the same shape (an axis of length 1 stretches), and
    `Concatenate` needs them to agree in all axes but the one it joins. In a residual block the
    branch without weights lacks a 1×1 projection; in a U-Net an odd size was halved and doubled
    again, which loses one.
    """
    refusal: MismatchedShapes = fault.refusal
    axes = _differing(fault, refusal)
    notes = tuple(_origin(tensor, axes) for tensor in fault.inputs if tensor.call is not None)
    if not axes or type(fault.layer).__name__ == "Dot":
        return Finding(f"{fault.who}: {refusal.message}", notes, _to_one_rank(fault, refusal))
    shapes = " and ".join(show_shape(s) for s in refusal.shapes)
    word = "axis" if len(axes) == 1 else "axes"
    message = f"{fault.who} cannot join {shapes}: they differ in {word} {', '.join(map(str, axes))}"
    return Finding(message, notes, _advice(fault, refusal, axes))


def _differing(fault: Fault, refusal: MismatchedShapes) -> list[int]:
    """The axes along which the shapes disagree; not the one that is joined."""
    shapes = refusal.shapes
    if len({len(s) for s in shapes}) != 1 or not shapes:
        return []
    joined = getattr(fault.layer, "axis", None)
    free = joined % len(shapes[0]) if isinstance(joined, int) else None
    return [
        i
        for i in range(len(shapes[0]))
        if i != free and any(_differ(shapes[0][i], s[i], free is not None) for s in shapes[1:])
    ]


def _differ(a: object, b: object, strictly: bool) -> bool:
    if not strictly and 1 in (a, b):
        return False
    return compare(a, b) is Comparison.DIFFERENT  # type: ignore[arg-type]


def _origin(tensor: Tensor, axes: list[int]) -> Note:
    told = [f"{shown(tensor.shape)} comes from {maker(tensor)}"]
    chains: dict[str, list[str]] = {}
    for axis in axes:
        steps = history(tensor, axis)
        if len(steps) > 1:
            chains.setdefault(chain(steps), []).append(str(axis))
    for sizes, shared in chains.items():
        word = "axis" if len(shared) == 1 else "axes"
        told.append(f"{word} {' and '.join(shared)}: {sizes}")
    return Note("; ".join(told), origin(tensor))


def _advice(fault: Fault, refusal: MismatchedShapes, axes: list[int]) -> str | None:
    rank = len(refusal.shapes[0])
    if rank in (3, 4, 5) and axes[-1] == rank - 1 and getattr(fault.layer, "axis", None) is None:
        return _projection(fault, refusal.shapes)
    if _lose_by_windows(fault, axes):
        return 'padding="same" keeps the length that each window cuts off'
    fitting = fitting_size(fault, axes[0], along=axes, monotone=False)
    if fitting is None:
        return None
    _, shape = fitting
    return (
        f"an input of {show_shape(shape[1:])} is the next larger one that would do; "
        "a size that every pooling divides without a rest keeps its parity"
    )


def _to_one_rank(fault: Fault, refusal: MismatchedShapes) -> str | None:
    """The hint for a vector that is to be joined with places."""
    ranks = [len(shape) for shape in refusal.shapes]
    if type(fault.layer).__name__ != "Concatenate" or min(ranks, default=0) != 2:
        return None
    place = ranks.index(max(ranks))
    if place >= len(fault.inputs) or ranks[place] not in _POOLS:
        return None
    giver = fault.inputs[place]
    return f"put Flatten() or {_POOLS[ranks[place]]}() behind {maker_and_line(giver)}"


_POOLS = {3: "GlobalMaxPooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D"}


def _lose_by_windows(fault: Fault, axes: list[int]) -> bool:
    """Whether all inputs are convolutions of one tensor, with windows of other sizes."""
    calls = [tensor.call for tensor in fault.inputs]
    if len(axes) != 1 or len(calls) < 2:
        return False
    sources = {id(call.inputs[0]) for call in calls if call is not None and call.inputs}
    paddings = [getattr(call.layer, "padding", None) for call in calls if call is not None]
    strides = [getattr(call.layer, "strides", None) for call in calls if call is not None]
    same = len(sources) == 1 and len(paddings) == len(calls) and len(set(strides)) == 1
    return same and all(padding == "valid" for padding in paddings)


def _projection(fault: Fault, shapes: tuple[Shape, ...]) -> str | None:
    """The hint for a residual block without its projection."""
    if len(fault.inputs) != 2:
        return None
    # The shortcut is the input that the other one was made from: the one with the shorter past.
    past = [len(_past(t)) for t in fault.inputs]
    short = past.index(min(past))
    shortcut, main = fault.inputs[short], shapes[1 - short]
    steps = _strides(shapes[short], main)
    if steps is None:
        return None
    stride = steps[0] if len(set(steps)) == 1 else steps
    strides = f", strides={stride}" if stride != 1 else ""
    rank = len(main) - 2
    return (
        f"project the branch from {maker_and_line(shortcut)} with a 1×1 convolution: "
        f"Conv{rank}D({show(main[-1])}, 1{strides})"
    )


def _past(tensor: Tensor) -> set[int]:
    """The calls that a tensor depends on, by their ids."""
    seen: set[int] = set()
    stack = [tensor]
    while stack:
        call = stack.pop().call
        if call is not None and id(call) not in seen:
            seen.add(id(call))
            stack.extend(call.inputs)
    return seen


def _strides(shortcut: Shape, main: Shape) -> tuple[int, ...] | None:
    """The strides that make the shortcut's spatial axes those of the main branch."""
    strides = []
    for a, b in zip(shortcut[1:-1], main[1:-1], strict=True):
        if 1 in (a, b) or compare(a, b) is Comparison.EQUAL:
            strides.append(1)
            continue
        if not isinstance(a, int) or not isinstance(b, int):
            return None
        stride = -(-a // b)
        if (a - 1) // stride + 1 != b:
            return None
        strides.append(stride)
    return tuple(strides)

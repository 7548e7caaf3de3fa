"""SHC308: data that the model's inputs do not take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.batches import differ, holds_samples_apart, odd_batch
from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import shown
from shapecalc.checks.pairing import listed
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import Shape, product
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse, holds_lists
from shapecalc.rules.refusal import show_shape


@check(
    "SHC308",
    "data-against-input",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.predict(np.ones((64, 5)))  # SHC308
        """,
        """
        import keras
        import numpy as np

        image = np.ones((32, 32, 3))
        model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Conv2D(4, 3)])
        model.predict(image)  # SHC308
        """,
        """
        import keras
        import numpy as np

        reader = keras.layers.LSTM(4, stateful=True)
        model = keras.Sequential([keras.Input(batch_shape=(8, 5, 3)), reader])
        model.predict(np.ones((1, 5, 3)))  # SHC308
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.predict([[1.0, 2.0, 3.0]])  # SHC308
        """,
        """
        import keras
        import numpy as np

        x, y = np.array([[3, 1, 4], [1, 5]], dtype=object), np.array([0, 1])
        model = keras.Sequential([
            keras.layers.Embedding(1000, 8),
            keras.layers.LSTM(4),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)  # SHC308
        """,
        """
        import keras
        import numpy as np

        words, meta = keras.Input((100,), name="words"), keras.Input((8,), name="meta")
        each = [keras.layers.Dense(4)(words), keras.layers.Dense(4)(meta)]
        model = keras.Model([words, meta], keras.layers.Add()(each))
        model.predict({"words": np.ones((64, 8)), "meta": np.ones((64, 100))})  # SHC308
        """,
        """
        import keras
        import numpy as np

        inputs = keras.Input((8, 8, 3))
        model = keras.Model(inputs, keras.layers.Conv2D(2, 3)(inputs))
        model.compile("sgd", "mse")
        model.predict(np.ones((4, 10, 10, 3)))
        model.fit(np.ones((4, 10, 10, 3)), np.ones((4, 8, 8, 2)))  # SHC308
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3)])
        model.compile("sgd", "mse")
        model.fit(np.ones((4, 10, 10, 3)), np.ones((4, 8, 8, 2)))
        """,
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.predict(np.ones((64, 8)))
        """,
        """
        import keras
        import numpy as np

        images = np.ones((64, 28, 28))
        model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(4, 3)])
        model.predict(images)
        """,
        """
        import keras
        import numpy as np

        reader = keras.layers.LSTM(4, stateful=True)
        model = keras.Sequential([keras.Input(batch_shape=(8, 5, 3)), reader])
        model.predict(np.ones((16, 5, 3)), batch_size=8)
        """,
        """
        import keras
        import numpy as np

        words, meta = keras.Input((100,), name="words"), keras.Input((8,), name="meta")
        each = [keras.layers.Dense(4)(words), keras.layers.Dense(4)(meta)]
        model = keras.Model([words, meta], keras.layers.Add()(each))
        model.predict({"words": np.ones((64, 100)), "meta": np.ones((64, 8))})
        """,
    ],
)
def data_against_input(use: DataUse) -> Iterator[Finding]:
    """The data have another shape than the model's inputs, or are no arrays.

    The first axis of data counts the samples, also where there is only one. Keras adds or drops a
    last axis of one by itself; everything else it refuses, some of it deep inside the network. A
    recurrent layer that keeps its states from batch to batch takes batches of one size only. Where
    the layers take other lengths than the input has, so does a `Sequential`; a functional model
    does only in `predict`.
    Arrays in a dict go by the names of the inputs; other names Keras 2 took in their order, which
    is a warning.
    """
    if not use.method.endswith(("_on_batch", "_generator")):
        for argument in ("x", "y"):
            if _is_numbers(use.argument(argument)):
                yield Finding(
                    f"`{argument}` is a list of numbers, which Keras does not take for data",
                    help="make an array of it: np.array(...)",
                    argument=argument,
                )
                return
    if holds_lists(use.argument("x")):
        yield Finding(
            "`x` holds lists of numbers, of a length of their own each, which are no array",
            help="fill them up to one length: keras.utils.pad_sequences(x, maxlen=...)",
            argument="x",
        )
        return
    model = use.model
    if model.kind == "subclass" or not model.built or model.incomplete is not None:
        return
    if holds_samples_apart(use):
        count = len(use.given["x"])
        yield Finding(
            f"`x` is a list of {count} samples, each of which Keras takes for the data of an "
            f'input: "{model.name}" has one',
            help="make one array of samples of it: np.array(...)",
            argument="x",
        )
        return
    yield from _misfits(use, use.argument("x"), "x")
    odd = odd_batch(use)
    if odd is not None:
        yield Finding(
            f'"{model.name}" keeps states for batches of {odd[1]}, but is given one of {odd[0]}',
            help="give a number of samples that the batch size divides, and that batch size; for "
            "single samples, build the model again with a batch size of 1 and the same weights",
            argument="x",
        )
    held_out = use.argument("validation_data")
    if isinstance(held_out, (list, tuple)) and held_out:
        yield from _misfits(use, held_out[0], "validation_data")


def _is_numbers(value: Any) -> bool:
    """Whether it is a list that holds plain numbers, and nothing else."""
    for _ in range(8):
        if not isinstance(value, (list, tuple)) or not value:
            return False
        value = value[0]
        if isinstance(value, (int, float)):
            return True
    return False


# What calls a model, which then looks at the shapes; predicting runs its layers.
_CALLING = frozenset({"fit", "evaluate", "train_on_batch", "test_on_batch"})


def _misfits(use: DataUse, data: Any, argument: str) -> Iterator[Finding]:
    model = use.model
    wanted = len(model.inputs)
    if isinstance(data, dict):
        names = _input_names(model)
        if names is None or not all(isinstance(key, str) for key in data):
            return
        if not data.keys() >= set(names):
            yield from _misnamed(model, names, data, argument)
            return
        data = [data[name] for name in names]
    if isinstance(data, Tensor):
        data = [data]
    if not isinstance(data, (list, tuple)) or not all(isinstance(x, Tensor) for x in data):
        return
    if len(data) < wanted:
        yield Finding(
            f'"{model.name}" takes {wanted} inputs, but is given {len(data)}', argument=argument
        )
        return
    shapes = [_adjusted(own, x) for own, x in zip(model.inputs, data, strict=False)]
    for own, x, shape in zip(model.inputs, data, shapes, strict=False):
        if shape is None and isinstance(own.shape, tuple) and isinstance(x.shape, tuple):
            yield _finding(model, own, x, argument)
            return
    differing = [
        (own, x)
        for own, x, shape in zip(model.inputs, data, shapes, strict=False)
        if shape is not None and isinstance(own.shape, tuple) and differ(own.shape, shape)
    ]
    known = [shape for shape in shapes if shape is not None]
    if not differing or len(known) < len(shapes):
        return
    tensors = [
        Tensor(shape, own.dtype, symbolic=True)
        for own, shape in zip(model.inputs, known, strict=True)
    ]
    held = model.kind == "functional" and use.method in _CALLING
    if held or model.calls_on(tensors) is None:
        yield _finding(model, *differing[0], argument)


def _input_names(model: Network) -> list[str] | None:
    """What data in a dict are called, input by input; None where that is not known."""
    structure = model.input_structure
    if isinstance(structure, dict):
        keys = {id(tensor): key for key, tensor in structure.items()}
        return [str(keys[id(own)]) for own in model.inputs if id(own) in keys] or None
    calls = [own.call for own in model.inputs]
    return [call.layer.name for call in calls if call is not None] if all(calls) else None


def _misnamed(
    model: Network, names: list[str], data: dict[str, Any], argument: str
) -> Iterator[Finding]:
    enough = len(data) >= len(names)
    if enough and isinstance(model.input_structure, dict):
        return  # Keras takes them in their order.
    yield Finding(
        f'the data are named {listed(data)}, the inputs of "{model.name}" {listed(names)}'
        + (": Keras 3 takes no other names" if enough else ""),
        help="name one array for each input",
        argument=argument,
        severity=Severity.WARNING if enough else None,
    )


def _adjusted(own: Tensor, data: Tensor) -> Shape | None:
    """The shape of data as Keras passes it on; None where it refuses it, or it is not known."""
    if not isinstance(own.shape, tuple) or not isinstance(data.shape, tuple):
        return None
    shape, wanted = data.shape, own.shape
    if len(shape) == len(wanted) + 1 and shape[-1] == 1:
        shape = shape[:-1]
    elif len(shape) == len(wanted) - 1 and wanted[-1] == 1:
        shape = (*shape, 1)
    elif len(shape) == len(wanted) + 1 and not isinstance(shape[-1], int):
        return wanted
    if len(shape) != len(wanted):
        return None
    known = (x if isinstance(x, int) else w for x, w in zip(shape[1:], wanted[1:], strict=True))
    return (wanted[0], *known)


def _finding(model: Network, own: Tensor, data: Tensor, argument: str) -> Finding:
    place = own.call.layer.span if own.call is not None else None
    notes = (Note("the input is made here", place),) if place is not None else ()
    ways = cause = None
    if isinstance(data.shape, tuple):
        cause = ("another shape than the input's", id(model), shown(data.shape[1:]))
    if isinstance(own.shape, tuple) and isinstance(data.shape, tuple):
        if own.shape[1:] == data.shape:
            ways = "put the sample into a batch of one: np.expand_dims(..., 0)"
            if len(data.shape) > 1:
                ways += "; if the first axis counts samples, leave it out of the input's shape"
        else:
            ways = _ways(own.shape, data.shape)
    return Finding(
        f'"{model.name}" takes {shown(own.shape)}, but is given {shown(data.shape)}',
        notes=notes,
        help=ways,
        argument=argument,
        cause=cause,
    )


def _ways(own: Shape, data: Shape) -> str | None:
    """What to do about data of another shape than an input's."""
    known = all(isinstance(dim, int) for dim in data[1:])
    if len(data) < len(own) and known and _holds_as_many(own[1:], data[1:]):
        reshaped = show_shape((data[0], *own[1:]))
        return f"reshape the data to {reshaped}, or make the input {show_shape(data[1:])}"
    if len(data) < len(own):
        return "the first axis counts samples, the last one channels or features: add what lacks"
    if len(data) > len(own):
        return f"an axis is too many: reshape the data to {show_shape((data[0], *own[1:]))}"
    if len(own) == _IMAGE_RANK and own[1:-1] == data[1:-1] and (own[-1], data[-1]) in _COLOURS:
        way = _COLOURS[own[-1], data[-1]]
        return f"{way}, or make the input {show_shape(data[1:])}"
    return f"give the data that shape, or make the input {show_shape(data[1:])}" if known else None


def _holds_as_many(own: Shape, data: Shape) -> bool:
    """Whether a sample has as many numbers as the input takes."""
    count = product(own)
    return isinstance(count, int) and count == product(data)


_IMAGE_RANK = 4
# By the channels of the input and those of the data.
_COLOURS: dict[tuple[Any, Any], str] = {
    (1, 3): "read grey images (color_mode='grayscale')",
    (3, 1): "read images in colours (color_mode='rgb'), or repeat the one channel",
}

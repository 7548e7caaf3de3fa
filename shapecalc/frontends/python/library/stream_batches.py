"""Data of a stream put together: batches, padded ones, windows of a series, several streams."""

from __future__ import annotations

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_streams import (
    DATASET,
    batch_of,
    each,
    either,
    mapped,
    one_of,
)
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.library.tensor_operations import is_length
from shapecalc.frontends.python.values import DataStream, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("tensorflow.data",)


class Window(DataStream):
    """Some neighbours of a stream, which are a stream themselves.

    Attributes:
        length: how many they are, where none has fewer; else None.
    """

    __slots__ = ("length",)

    def __init__(self, element: Value, length: int | None) -> None:
        super().__init__(DATASET, element)
        self.length = length


# --- batches -----------------------------------------------------------------------------------


@methods(DataStream, "batch", "ragged_batch", unknowns=True)
def batch(
    run: Interpreter,
    stream: DataStream,
    batch_size: Value,
    drop_remainder: Value = False,
    *args: Value,
    **kwargs: Value,
) -> Value:
    size = _batch_size(batch_size, drop_remainder)
    return DataStream(DATASET, each(lambda t: batch_of(t, size), stream.element))


def _batch_size(size: Value, drop_remainder: Value) -> Dim:
    """The length of the batch axis: the last batch may be smaller, unless it is dropped."""
    return size if drop_remainder is True and is_length(size) else BATCH


@methods(Window, "batch", unknowns=True)
def batch_window(
    run: Interpreter,
    window: Window,
    batch_size: Value,
    drop_remainder: Value = False,
    *args: Value,
    **kwargs: Value,
) -> Value:
    """All of a window together, if the batch has room for it."""
    size: Dim = unknown_dim("how many of a window come together")
    known = isinstance(batch_size, int) and not isinstance(batch_size, bool)
    if known and window.length is not None and window.length <= batch_size:
        size = window.length
    elif known and drop_remainder is True:
        size = batch_size
    return DataStream(DATASET, each(lambda t: batch_of(t, size), window.element))


@methods(Window, "take", "skip", "filter", "repeat", "shard", "take_while", "unique",
         unknowns=True)  # fmt: skip
def part_of_window(run: Interpreter, window: Window, *args: Value, **kwargs: Value) -> Value:
    return Window(window.element, None)


@methods(DataStream, "rebatch", unknowns=True)
def rebatch(
    run: Interpreter,
    stream: DataStream,
    batch_size: Value,
    drop_remainder: Value = False,
    name: Value = None,
) -> Value:
    size = _batch_size(batch_size, drop_remainder)
    return DataStream(DATASET, each(lambda t: batch_of(one_of(t), size), stream.element))


@methods(DataStream, "unbatch", unknowns=True)
def unbatch(run: Interpreter, stream: DataStream, *args: Value, **kwargs: Value) -> Value:
    return DataStream(DATASET, each(one_of, stream.element))


@methods(DataStream, "padded_batch", unknowns=True)
def padded_batch(
    run: Interpreter,
    stream: DataStream,
    batch_size: Value,
    padded_shapes: Value = None,
    padding_values: Value = None,
    drop_remainder: Value = False,
    name: Value = None,
) -> Value:
    size = _batch_size(batch_size, drop_remainder)
    return DataStream(DATASET, _padded(run, stream.element, padded_shapes, size))


def _padded(run: Interpreter, element: Value, shapes: Value, size: Dim) -> Value:
    """A batch in which each axis is as long as the longest of its items, or as long as is asked.

    Args:
        run: the run.
        element: what is put together.
        shapes: what is asked for each tensor, None or -1 for the longest; None for all of them.
        size: how many come together.
    """
    if isinstance(element, Tensor):
        asked = None if shapes is None else run.iterate(shapes)
        return _padded_tensor(element, asked, size)
    parts = shapes if type(shapes) is type(element) and len(shapes) == len(element) else None
    if isinstance(element, tuple):
        given = parts or [shapes if isinstance(shapes, Unknown) else None] * len(element)
        return tuple(_padded(run, e, s, size) for e, s in zip(element, given, strict=True))
    if isinstance(element, dict):
        return {k: _padded(run, e, (parts or {}).get(k), size) for k, e in element.items()}
    return element


def _padded_tensor(tensor: Tensor, asked: Value, size: Dim) -> Tensor:
    known = isinstance(asked, list)
    if isinstance(tensor.shape, Unranked):
        if not known:
            return Tensor(tensor.shape, tensor.dtype)
        dims: tuple[Dim, ...] = tuple(_longest() for _ in asked)
    elif known and len(asked) != len(tensor.shape):
        return Tensor(Unranked("padding to a shape of another rank"), tensor.dtype)
    else:
        # An axis that all items have in one length stays as it is.
        dims = tuple(d if isinstance(d, int) and asked is None else _longest()
                     for d in tensor.shape)  # fmt: skip
    if known:
        pairs = zip(asked, tensor.shape if isinstance(tensor.shape, tuple) else dims, strict=True)
        dims = tuple(_asked(length, own) for length, own in pairs)
    return Tensor((size, *dims), tensor.dtype)


def _asked(length: Value, own: Dim) -> Dim:
    if isinstance(length, int) and not isinstance(length, bool) and length >= 0:
        return length
    if (length is None or (isinstance(length, int) and length == -1)) and isinstance(own, int):
        return own
    return _longest()


def _longest() -> Dim:
    return unknown_dim("the length that a batch is padded to")


@methods(DataStream, "bucket_by_sequence_length", unknowns=True)
def bucket(
    run: Interpreter,
    stream: DataStream,
    element_length_func: Value,
    bucket_boundaries: Value = None,
    bucket_batch_sizes: Value = None,
    padded_shapes: Value = None,
    *args: Value,
    **kwargs: Value,
) -> Value:
    return DataStream(DATASET, _padded(run, stream.element, padded_shapes, BATCH))


# --- windows -----------------------------------------------------------------------------------


@methods(DataStream, "window", unknowns=True)
def window_(
    run: Interpreter,
    stream: DataStream,
    size: Value,
    shift: Value = None,
    stride: Value = 1,
    drop_remainder: Value = False,
    name: Value = None,
) -> Value:
    full = drop_remainder is True and isinstance(size, int) and not isinstance(size, bool)
    return DataStream(DATASET, _windows(stream.element, size if full else None))


def _windows(element: Value, length: int | None) -> Value:
    """A window for each part of an element."""
    if isinstance(element, tuple):
        return tuple(_windows(part, length) for part in element)
    if isinstance(element, dict):
        return {key: _windows(part, length) for key, part in element.items()}
    return Window(element, length)


@methods(DataStream, "group_by_window", unknowns=True)
def group_by_window(
    run: Interpreter,
    stream: DataStream,
    key_func: Value,
    reduce_func: Value,
    *args: Value,
    **kwargs: Value,
) -> Value:
    key = Tensor((), "int64")
    made = mapped(run, reduce_func, (key, Window(stream.element, None)))
    if isinstance(made, DataStream):
        return made
    return DataStream(DATASET, run.unknown("data that is grouped anew"))


# --- several streams ---------------------------------------------------------------------------


@models(f"{DATASET}.sample_from_datasets", f"{DATASET}.choose_from_datasets",
        "tensorflow.data.experimental.sample_from_datasets",
        "tensorflow.data.experimental.choose_from_datasets", unknowns=True)  # fmt: skip
def chosen_from(run: Interpreter, datasets: Value, *args: Value, **kwargs: Value) -> Value:
    streams = run.iterate(datasets)
    if isinstance(streams, Unknown):
        return DataStream(DATASET, streams)
    elements = [s.element if isinstance(s, DataStream) else None for s in streams]
    element: Value = elements[0] if elements else run.unknown("data of no stream")
    for other in elements[1:]:
        element = either(run, element, other)
    return DataStream(DATASET, element)


__all__ = ["Window"]

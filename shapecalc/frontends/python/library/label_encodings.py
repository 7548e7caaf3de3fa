"""Labels as Keras encodes them, and sequences as it pads them."""

from __future__ import annotations

from collections.abc import Sequence

from shapecalc.dims import Dim
from shapecalc.frontends.python.growing import row_of
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.arrays import array, without_labels
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.library.tensor_operations import dtype_name, is_length
from shapecalc.frontends.python.values import KnownArray, Value, rest_of
from shapecalc.graph.computed_contents import contents_of_literal, fitted
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("keras.preprocessing", "keras.utils")

ONE_HOT = Contents(0, 1, whole=True, one_hot=True)


def as_array(run: Interpreter, value: Value) -> Value:
    """A list of a program as the array that a library makes of it."""
    return array(run, value) if isinstance(value, (list, tuple)) else without_labels(run, value)


@models("keras.utils.to_categorical", unknowns=True)
def to_categorical(
    run: Interpreter, x: Value, num_classes: Value = None, dtype: Value = None
) -> Value:
    x = as_array(run, x)
    classes = _classes(x, num_classes)
    name = dtype_name(dtype, "float64")
    if isinstance(x, Unknown):
        x = Tensor(Unranked(x.reason))
    if not isinstance(x, Tensor):
        return run.unknown("one-hot labels")
    if isinstance(x.shape, Unranked):
        return Tensor(Unranked(x.shape.reason, (classes,)), name, contents=ONE_HOT)
    shape = x.shape[:-1] if len(x.shape) > 1 and x.shape[-1] == 1 else x.shape
    return Tensor((*shape, classes), name, contents=ONE_HOT)


def _classes(x: Value, num_classes: Value) -> Dim:
    """How many classes one-hot labels have."""
    if is_length(num_classes):
        return num_classes  # type: ignore[no-any-return]
    if num_classes is not None:
        return unknown_dim("the number of classes that is asked for")
    if isinstance(x, KnownArray) and all(isinstance(n, (int, float)) for n in x.items):
        return max(int(max(x.items)) + 1, 0)
    contents = x.contents if isinstance(x, Tensor) else None
    if contents is not None and contents.all_occur and isinstance(contents.high, int):
        return contents.high + 1
    return unknown_dim("the number of classes that the labels show")


@models("keras.utils.pad_sequences", "keras.preprocessing.sequence.pad_sequences", unknowns=True)
def pad_sequences(
    run: Interpreter,
    sequences: Value,
    maxlen: Value = None,
    dtype: Value = "int32",
    padding: Value = "pre",
    truncating: Value = "pre",
    value: Value = 0.0,
) -> Value:
    rows: Dim = unknown_dim("the number of sequences")
    contents = None
    if isinstance(sequences, Tensor) and isinstance(sequences.shape, tuple) and sequences.shape:
        rows = sequences.shape[0]
        # What sequences have more than one axis is known of each of them only.
        if sequences.dtype != "object" and len(sequences.shape) != 2:
            return run.unknown("padded sequences of vectors")
        contents = sequences.contents
    elif isinstance(sequences, (list, tuple)):
        return _padded_list(run, sequences, maxlen, dtype_name(dtype, "int32"), value)
    elif not isinstance(sequences, Unknown):
        return run.unknown("padded sequences")
    elif not is_length(maxlen):
        return sequences
    if contents is not None:
        filled = isinstance(value, (int, float))
        padding_contents = Contents(value, value, whole=value == int(value)) if filled else None
        joined = None if padding_contents is None else contents.join(padding_contents)
        # What is filled up has the numbers that it had.
        reached = contents.reached and joined is not None and joined.high == contents.high
        contents = None if joined is None else joined._replace(reached=reached)
    length = maxlen if is_length(maxlen) else unknown_dim("the longest sequence")
    if isinstance(sequences, Unknown):
        # Of what is unknown, each item may be a vector itself.
        return Tensor(Unranked(sequences.reason), dtype_name(dtype, "int32"))
    return Tensor((rows, length), dtype_name(dtype, "int32"), contents=contents)


def _padded_list(
    run: Interpreter, items: Sequence[Value], maxlen: Value, dtype: str, value: Value
) -> Value:
    """A row for each of a list's sequences of numbers, as long as is asked or as the longest."""
    shapes = [(0,) if type(item) is list and not item else getattr(row_of(item), "shape", None)
              for item in items]  # fmt: skip
    if not items or not all(isinstance(shape, tuple) and len(shape) == 1 for shape in shapes):
        return run.unknown("sequences whose items are not followed")
    rows: Dim = unknown_dim("the number of sequences") if rest_of(items) is not None else len(items)
    lengths = [shape[0] for shape in shapes if shape is not None]
    length: Dim = unknown_dim("the longest sequence")
    if is_length(maxlen):
        length = maxlen
    elif isinstance(rows, int) and maxlen is None and all(isinstance(n, int) for n in lengths):
        length = max(lengths)
    whole = all(isinstance(n, int) and isinstance(length, int) and n <= length for n in lengths)
    contents = contents_of_literal([*items, value]) if isinstance(rows, int) else None
    if contents is not None:
        contents = fitted(contents._replace(reached=whole and contents.high != value), dtype)
    return Tensor((rows, length), dtype, contents=contents)

"""Data that is handed out piece by piece: `tf.data` and the data sets of `keras.utils`."""

from __future__ import annotations

from collections.abc import Callable

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.iteration import take_next
from shapecalc.frontends.python.library.label_encodings import as_array
from shapecalc.frontends.python.library.registry import methods, models, properties
from shapecalc.frontends.python.library.tensor_operations import dtype_name, is_length
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import DataStream, Iterator, Raised, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor, map_tensors, tensors_of
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("keras.utils", "tensorflow.TensorSpec", "tensorflow.data")

DATASET = "tensorflow.data.Dataset"
_MAX_DEPTH = 8


def one_of(array: Tensor) -> Tensor:
    """One row of an array: it need not hold what occurs in all of them."""
    shape = array.shape
    if isinstance(shape, Unranked):
        return Tensor(shape, array.dtype, contents=_some(array.contents, rows=False))
    return Tensor(shape[1:], array.dtype, contents=_some(array.contents, rows=len(shape) > 1))


def batch_of(array: Tensor, size: Dim = BATCH) -> Tensor:
    """Several tensors of one shape together; a batch among them is an axis like another."""
    contents = _some(array.contents, rows=not isinstance(array.shape, Unranked))
    if isinstance(array.shape, Unranked):
        return Tensor(array.shape, array.dtype, contents=contents)
    dims = [unknown_dim("how many a batch has") if d is BATCH else d for d in array.shape]
    return Tensor((size, *dims), array.dtype, contents=contents)


def _some(contents: Contents | None, *, rows: bool) -> Contents | None:
    if contents is None:
        return None
    return contents._replace(all_occur=False, one_hot=contents.one_hot and rows)


def each(function: Callable[[Tensor], Tensor], element: Value) -> Value:
    """Replace the tensors of an element; what it has that is unknown stays so."""
    return map_tensors(function, element)


def _structure(run: Interpreter, value: Value, depth: int = 0) -> Value:
    """Data with its lists made arrays, as `from_tensor_slices` takes it."""
    if isinstance(value, tuple) and depth < _MAX_DEPTH:
        return tuple(_structure(run, part, depth + 1) for part in value)
    if isinstance(value, dict) and depth < _MAX_DEPTH:
        return {key: _structure(run, part, depth + 1) for key, part in value.items()}
    made = as_array(run, value)
    if isinstance(made, (Tensor, Unknown)):
        return made
    return run.unknown("data that is not followed")


# --- where they begin --------------------------------------------------------------------------


@models(f"{DATASET}.from_tensor_slices", unknowns=True)
def from_tensor_slices(run: Interpreter, tensors: Value, name: Value = None) -> Value:
    return DataStream(DATASET, each(one_of, _structure(run, tensors)))


@models(f"{DATASET}.from_tensors", unknowns=True)
def from_tensors(run: Interpreter, tensors: Value, name: Value = None) -> Value:
    return DataStream(DATASET, _structure(run, tensors))


@models(f"{DATASET}.range", unknowns=True)
def range_of(run: Interpreter, *bounds: Value, **kwargs: Value) -> Value:
    known = bool(bounds) and all(isinstance(b, int) for b in bounds) and len(bounds) <= 2
    contents = None
    if known:
        low, high = (0, bounds[0]) if len(bounds) == 1 else bounds
        contents = Contents(low, max(low, high - 1), whole=True)
    dtype = dtype_name(kwargs.get("output_type"), "int64")
    return DataStream(DATASET, Tensor((), dtype, contents=contents))


@models(f"{DATASET}.list_files", unknowns=True)
def list_files(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return DataStream(DATASET, Tensor((), "string"))


@models("tensorflow.TensorSpec", unknowns=True)
def tensor_spec(run: Interpreter, shape: Value, dtype: Value = None, name: Value = None) -> Value:
    return specified(run, shape, dtype_name(dtype, "float32"))


def specified(run: Interpreter, shape: Value, dtype: str) -> Value:
    """A tensor of a shape that a program declares, in which None is a length that is open."""
    if shape is None:
        return Tensor(Unranked("a shape that is declared open"), dtype)
    dims = run.iterate(shape) if isinstance(shape, (tuple, list)) else Unknown("a declared shape")
    if isinstance(dims, Unknown):
        return Tensor(Unranked(dims.reason), dtype)
    return Tensor(tuple(_declared(dim) for dim in dims), dtype)


def _declared(dim: Value) -> Dim:
    if is_length(dim):
        return dim  # type: ignore[no-any-return]
    reason = dim.reason if isinstance(dim, Unknown) else "a length that is declared open"
    return unknown_dim(reason)


@models(f"{DATASET}.from_generator", unknowns=True)
def from_generator(
    run: Interpreter,
    generator: Value,
    output_types: Value = None,
    output_shapes: Value = None,
    args: Value = None,
    output_signature: Value = None,
    name: Value = None,
) -> Value:
    if output_signature is not None:
        return DataStream(DATASET, output_signature)
    return DataStream(DATASET, _typed(run, output_types, output_shapes))


def _typed(run: Interpreter, types: Value, shapes: Value) -> Value:
    if isinstance(types, dict):
        known = shapes if isinstance(shapes, dict) else {}
        return {key: _typed(run, dtype, known.get(key)) for key, dtype in types.items()}
    if isinstance(types, tuple):
        given = shapes if isinstance(shapes, tuple) and len(shapes) == len(types) else None
        pairs = zip(types, given or [None] * len(types), strict=True)
        return tuple(_typed(run, dtype, shape) for dtype, shape in pairs)
    if isinstance(types, (list, Unknown)):
        return run.unknown("what a generator is declared to hand out")
    return specified(run, shapes, dtype_name(types, UNKNOWN))


@models(f"{DATASET}.zip", unknowns=True)
def zip_(run: Interpreter, *streams: Value, datasets: Value = None, name: Value = None) -> Value:
    parts = datasets if datasets is not None else streams[0] if len(streams) == 1 else streams
    return DataStream(DATASET, _zipped(run, parts))


def _zipped(run: Interpreter, value: Value) -> Value:
    if isinstance(value, DataStream):
        return value.element
    if isinstance(value, tuple):
        return tuple(_zipped(run, part) for part in value)
    if isinstance(value, dict):
        return {key: _zipped(run, part) for key, part in value.items()}
    return value if isinstance(value, Unknown) else run.unknown("a part of what is zipped")


# --- what is made of them ----------------------------------------------------------------------


@methods(DataStream, "shuffle", "prefetch", "repeat", "cache", "take", "skip", "shard", "filter",
         "with_options", "take_while", "ignore_errors", "snapshot", "as_numpy_iterator", "reset",
         "on_epoch_end", "make_one_shot_iterator", "unique", "prefetch_to_device",
         "copy_to_device", "rejection_resample", unknowns=True)  # fmt: skip
def same_elements(run: Interpreter, stream: DataStream, *args: Value, **kwargs: Value) -> Value:
    return stream


@methods(DataStream, "map", unknowns=True)
def map_(
    run: Interpreter, stream: DataStream, map_func: Value, *args: Value, **kwargs: Value
) -> Value:
    return DataStream(DATASET, mapped(run, map_func, stream.element))


def mapped(run: Interpreter, function: Value, element: Value) -> Value:
    """What a function of the program makes of an element."""
    # What a function does with data is its own affair: a layer that prepares data takes single
    # samples there, which none in a network does.
    run.handlers.append([None])
    try:
        made = run.call(function, element if isinstance(element, tuple) else (element,))
    except Raised as raised:
        return run.unknown(f"a function on data that raises {raised.kind}")
    finally:
        run.handlers.pop()
    had = {t.dtype for t in tensors_of(element)}

    def sure(tensor: Tensor) -> Tensor:
        # NumPy widens where TensorFlow does not.
        if tensor.dtype != "float64" or "float64" in had or tensor.symbolic:
            return tensor
        return Tensor(tensor.shape, UNKNOWN, contents=tensor.contents)

    # A list of results stands for several; one within them for the tensor of its items.
    parts = tuple(made) if isinstance(made, list) else made
    return map_tensors(sure, _stacked(run, parts))


def _stacked(run: Interpreter, value: Value, depth: int = 0) -> Value:
    if depth > _MAX_DEPTH:
        return value
    if isinstance(value, tuple):
        return tuple(_stacked(run, part, depth + 1) for part in value)
    if type(value) is dict:
        return {key: _stacked(run, part, depth + 1) for key, part in value.items()}
    return as_array(run, value) if isinstance(value, list) else value


@methods(DataStream, "flat_map", "interleave", unknowns=True)
def flat_map(
    run: Interpreter, stream: DataStream, map_func: Value, *args: Value, **kwargs: Value
) -> Value:
    made = mapped(run, map_func, stream.element)
    if isinstance(made, DataStream):
        return made
    return DataStream(DATASET, run.unknown("what a function makes of parts of the data"))


@methods(DataStream, "apply", unknowns=True)
def apply(run: Interpreter, stream: DataStream, function: Value, *args: Value) -> Value:
    made = run.call(function, (stream,))
    return made if isinstance(made, DataStream) else DataStream(DATASET, run.unknown("a data set"))


@methods(DataStream, "concatenate", unknowns=True)
def concatenate(
    run: Interpreter, stream: DataStream, dataset: Value, *args: Value, **kwargs: Value
) -> Value:
    other = dataset.element if isinstance(dataset, DataStream) else None
    return DataStream(DATASET, either(run, stream.element, other))


def either(run: Interpreter, one: Value, other: Value) -> Value:
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(either(run, a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Tensor) and isinstance(other, Tensor) and one.shape == other.shape:
        known = one.contents is not None and other.contents is not None
        contents = one.contents.join(other.contents) if known else None  # type: ignore[union-attr,arg-type]
        return Tensor(one.shape, one.dtype if one.dtype == other.dtype else UNKNOWN,
                      contents=contents)  # fmt: skip
    return run.unknown("data of the one kind or of the other")


@methods(DataStream, "enumerate", unknowns=True)
def enumerate_(run: Interpreter, stream: DataStream, *args: Value, **kwargs: Value) -> Value:
    return DataStream(DATASET, (Tensor((), "int64"), stream.element))


@methods(DataStream, "next", "get_next", "get_single_element", "__next__", "__getitem__",
         unknowns=True)  # fmt: skip
def element_of(run: Interpreter, stream: DataStream, *args: Value, **kwargs: Value) -> Value:
    return stream.element


@properties(DataStream, "element_spec")
def element_spec(stream: DataStream) -> Value:
    return stream.element


@methods(DataStream, "cardinality", "__len__", unknowns=True)
def cardinality(run: Interpreter, stream: DataStream) -> Value:
    return run.unknown("how many pieces of data there are")


# --- what a model is fitted to -----------------------------------------------------------------


def stream_of(run: Interpreter, value: Value) -> Value:
    """A generator, or an object that hands out batches, as a stream; else the value as it is."""
    if isinstance(value, Iterator):
        try:
            return DataStream("generator", take_next(run, value))
        except Raised:
            return value
    if isinstance(value, Instance) and _hands_out_batches(value):
        try:
            return DataStream("generator", run.call(run.attribute(value, "__getitem__"), (0,)))
        except Raised:
            return run.unknown("what an object hands out")
    return value


_BATCHES = frozenset(
    {"keras.utils.Sequence", "keras.utils.PyDataset", "keras.utils.data_utils.Sequence"}
)


def _hands_out_batches(value: Instance) -> bool:
    bases = _BATCHES.intersection(value.cls.library_bases())
    return bool(bases) and value.cls.lookup("__getitem__") is not None


__all__ = ["DATASET", "batch_of", "one_of", "specified", "stream_of"]

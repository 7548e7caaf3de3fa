"""What `tf.data` reads from files and `tf.io` decodes: pictures, sounds, tables, records."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_streams import DATASET, specified
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.library.tensor_operations import dtype_name
from shapecalc.frontends.python.values import DataStream, LibraryObject, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = (
    "tensorflow.audio",
    "tensorflow.data",
    "tensorflow.ensure_shape",
    "tensorflow.image",
    "tensorflow.io",
    "tensorflow.numpy_function",
    "tensorflow.py_func",
    "tensorflow.py_function",
)

_IO = "tensorflow.io"
_PIXELS = Contents(0, 255, whole=True, reached=True)


# --- files -------------------------------------------------------------------------------------


@models("tensorflow.data.TFRecordDataset", "tensorflow.data.TextLineDataset",
        "tensorflow.data.FixedLengthRecordDataset", unknowns=True)  # fmt: skip
def texts_of_files(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return DataStream(DATASET, Tensor((), "string"))


@models(f"{_IO}.read_file", f"{_IO}.gfile.read", unknowns=True)
def read_file(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return Tensor((), "string")


@models("tensorflow.data.experimental.CsvDataset", unknowns=True)
def csv_dataset(
    run: Interpreter, filenames: Value, record_defaults: Value = None, *args: Value, **kw: Value
) -> Value:
    columns = _columns(run, record_defaults, ())
    return DataStream(DATASET, columns if isinstance(columns, Unknown) else tuple(columns))


@models(f"{_IO}.decode_csv", unknowns=True)
def decode_csv(
    run: Interpreter, records: Value, record_defaults: Value = None, *args: Value, **kw: Value
) -> Value:
    rows = records.shape if isinstance(records, Tensor) else Unranked("the lines of a table")
    return _columns(run, record_defaults, rows)


def _columns(run: Interpreter, defaults: Value, rows: Any) -> Value:
    """A tensor for each column of a table, as many as there are defaults."""
    items = run.iterate(defaults) if defaults is not None else run.unknown("the columns of a table")
    if isinstance(items, Unknown):
        return items
    return [Tensor(rows, _dtype_of_default(item)) for item in items]


_OF_LITERALS = {int: "int32", float: "float32", str: "string"}


def _dtype_of_default(value: Value) -> str:
    """The dtype of a column by what stands where it is empty, or by the dtype itself."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if isinstance(value, Tensor):
        return value.dtype
    literal = _OF_LITERALS.get(type(value))
    return literal or (dtype_name(value, UNKNOWN) if not isinstance(value, Unknown) else UNKNOWN)


# --- pictures and sounds -----------------------------------------------------------------------


def _picture(channels: Value, dtype: Value = None) -> Tensor:
    """A picture of any size; 0 channels are those that the file has."""
    depth: Dim = unknown_dim("the channels of a picture")
    if isinstance(channels, int) and not isinstance(channels, bool) and channels > 0:
        depth = channels
    sides = (unknown_dim("the height of a picture"), unknown_dim("the width of a picture"))
    name = dtype_name(dtype, "uint8")
    return Tensor((*sides, depth), name, contents=_PIXELS if name == "uint8" else None)


@models(f"{_IO}.decode_jpeg", f"{_IO}.decode_and_crop_jpeg", "tensorflow.image.decode_jpeg",
        f"{_IO}.decode_bmp", "tensorflow.image.decode_bmp", unknowns=True)  # fmt: skip
def decode_jpeg(
    run: Interpreter, contents: Value, channels: Value = 0, *args: Value, **kwargs: Value
) -> Value:
    return _picture(channels)


@models(f"{_IO}.decode_png", "tensorflow.image.decode_png", unknowns=True)
def decode_png(
    run: Interpreter,
    contents: Value,
    channels: Value = 0,
    dtype: Value = None,
    name: Value = None,
) -> Value:
    return _picture(channels, dtype)


@models(f"{_IO}.decode_image", "tensorflow.image.decode_image", unknowns=True)
def decode_image(
    run: Interpreter,
    contents: Value,
    channels: Value = None,
    dtype: Value = None,
    name: Value = None,
    expand_animations: Value = True,
) -> Value:
    picture = _picture(channels, dtype)
    if expand_animations is False:
        return picture
    return Tensor(Unranked("a picture, or several of an animation"), picture.dtype)


@models(f"{_IO}.decode_gif", "tensorflow.image.decode_gif", unknowns=True)
def decode_gif(run: Interpreter, contents: Value, name: Value = None) -> Value:
    sides = [unknown_dim("the pictures of an animation") for _ in range(3)]
    return Tensor((*sides, 3), "uint8", contents=_PIXELS)


@models("tensorflow.audio.decode_wav", unknowns=True)
def decode_wav(
    run: Interpreter,
    contents: Value,
    desired_channels: Value = -1,
    desired_samples: Value = -1,
    name: Value = None,
) -> Value:
    lengths: list[Dim] = [
        asked if isinstance(asked, int) and asked >= 0 else unknown_dim("the length of a sound")
        for asked in (desired_samples, desired_channels)
    ]
    return Tensor(tuple(lengths), "float32"), Tensor((), "int32")


@models(f"{_IO}.decode_raw", unknowns=True)
def decode_raw(
    run: Interpreter, input_bytes: Value, out_type: Value = None, *args: Value, **kwargs: Value
) -> Value:
    dtype = dtype_name(out_type, UNKNOWN)
    if not isinstance(input_bytes, Tensor) or isinstance(input_bytes.shape, Unranked):
        return Tensor(Unranked("numbers in a text that is not known"), dtype)
    count = unknown_dim("how many numbers a text holds")
    return Tensor((*input_bytes.shape, count), dtype)


# --- records -----------------------------------------------------------------------------------

_FIXED = f"{_IO}.FixedLenFeature"
_SEQUENCE = f"{_IO}.FixedLenSequenceFeature"
_VARIABLE = f"{_IO}.VarLenFeature"


@models(_FIXED, unknowns=True)
def fixed_feature(
    run: Interpreter, shape: Value, dtype: Value = None, default_value: Value = None
) -> Value:
    return LibraryObject(_FIXED, (shape, dtype))


@models(_SEQUENCE, unknowns=True)
def sequence_feature(
    run: Interpreter,
    shape: Value,
    dtype: Value = None,
    allow_missing: Value = False,
    default_value: Value = None,
) -> Value:
    return LibraryObject(_SEQUENCE, (shape, dtype))


@models(_VARIABLE, unknowns=True)
def variable_feature(run: Interpreter, dtype: Value) -> Value:
    return LibraryObject(_VARIABLE, (dtype,))


@models(f"{_IO}.parse_single_example", f"{_IO}.parse_example", unknowns=True)
def parse_example(
    run: Interpreter, serialized: Value, features: Value, *args: Value, **kwargs: Value
) -> Value:
    """The features of a record by their names, or of as many as there are texts."""
    rows: Any = serialized.shape if isinstance(serialized, Tensor) else None
    if rows is None or isinstance(rows, Unranked):
        return run.unknown("the features of records")
    if not isinstance(features, dict):
        return features if isinstance(features, Unknown) else run.unknown("features of records")
    return {name: _feature(run, feature, rows) for name, feature in features.items()}


def _feature(run: Interpreter, feature: Value, rows: tuple[Dim, ...]) -> Value:
    path = feature.path if isinstance(feature, LibraryObject) else None
    if path in (_FIXED, _SEQUENCE):
        one = specified(run, feature.args[0], dtype_name(feature.args[1], UNKNOWN))
        steps = (unknown_dim("how many steps a record has"),) if path == _SEQUENCE else ()
        shape = one.shape if isinstance(one.shape, Unranked) else (*rows, *steps, *one.shape)
        return Tensor(shape, one.dtype)
    if path == _VARIABLE:
        count = unknown_dim("how many values a record has")
        return Tensor((*rows, count), dtype_name(feature.args[0], UNKNOWN))
    return run.unknown("a feature of records")


@models(f"{_IO}.parse_tensor", unknowns=True)
def parse_tensor(run: Interpreter, serialized: Value, out_type: Value, name: Value = None) -> Value:
    return Tensor(Unranked("a tensor that is kept as a text"), dtype_name(out_type, UNKNOWN))


# --- declared shapes ---------------------------------------------------------------------------


@models("tensorflow.py_function", "tensorflow.numpy_function", "tensorflow.py_func", unknowns=True)
def foreign_function(
    run: Interpreter, func: Value, inp: Value = None, *args: Value, **kwargs: Value
) -> Value:
    """What a function of Python returns: tensors of the dtypes that are declared."""
    reason = "what a function outside the graph returns"
    declared = args[0] if args else kwargs.get("Tout")
    if isinstance(declared, (list, tuple)):
        return [Tensor(Unranked(reason), dtype_name(dtype, UNKNOWN)) for dtype in declared]
    return Tensor(Unranked(reason), dtype_name(declared, UNKNOWN))


@models("tensorflow.ensure_shape", unknowns=True)
def ensure_shape(run: Interpreter, x: Value, shape: Value, name: Value = None) -> Value:
    if not isinstance(x, Tensor) or x.symbolic:
        return x
    return Tensor(_declared(run, x, shape), x.dtype, contents=x.contents)


@methods(Tensor, "set_shape", unknowns=True)
def set_shape(run: Interpreter, tensor: Tensor, shape: Value) -> None:
    """A program tells the shape of data; where that is only tried, it cannot be undone."""
    if not tensor.symbolic and run.trail is None:
        tensor.shape = _declared(run, tensor, shape)


def _declared(run: Interpreter, tensor: Tensor, shape: Value) -> Any:
    """The shape of a tensor of which a program declares one, in part."""
    declared = specified(run, shape, tensor.dtype).shape
    if isinstance(declared, Unranked):
        return tensor.shape
    own = tensor.shape
    if isinstance(own, Unranked) or len(own) != len(declared):
        return declared
    return tuple(
        length if isinstance(length, int) else known
        for length, known in zip(declared, own, strict=True)
    )


__all__: list[str] = []

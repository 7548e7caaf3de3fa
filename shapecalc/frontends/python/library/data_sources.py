"""Where data comes from, by its shape: arrays, data sets, splits and encodings."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import CONSTANTS, models, object_methods
from shapecalc.frontends.python.values import DataShape, KnownArray, LibraryObject, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked

# The shapes and dtypes of the data sets that `load_data()` of Keras returns, with its defaults:
# ((x_train, y_train), (x_test, y_test)). None is a length that only the data knows.
_DATASETS: dict[str, tuple[tuple[Any, str], ...]] = {
    "mnist": (((60000, 28, 28), "uint8"), ((60000,), "uint8"),
              ((10000, 28, 28), "uint8"), ((10000,), "uint8")),
    "fashion_mnist": (((60000, 28, 28), "uint8"), ((60000,), "uint8"),
                      ((10000, 28, 28), "uint8"), ((10000,), "uint8")),
    "cifar10": (((50000, 32, 32, 3), "uint8"), ((50000, 1), "uint8"),
                ((10000, 32, 32, 3), "uint8"), ((10000, 1), "uint8")),
    "cifar100": (((50000, 32, 32, 3), "uint8"), ((50000, 1), "int64"),
                 ((10000, 32, 32, 3), "uint8"), ((10000, 1), "int64")),
    "boston_housing": (((404, 13), "float64"), ((404,), "float64"),
                       ((102, 13), "float64"), ((102,), "float64")),
    "california_housing": (((16512, 8), "float32"), ((16512,), "float32"),
                           ((4128, 8), "float32"), ((4128,), "float32")),
    "imdb": (((25000,), "object"), ((25000,), "int64"),
             ((25000,), "object"), ((25000,), "int64")),
    "reuters": (((8982,), "object"), ((8982,), "int64"),
                ((2246,), "object"), ((2246,), "int64")),
}  # fmt: skip


def _load_data(name: str) -> Any:
    def model(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
        bearing = {"test_split", "version", "path"} & set(kwargs)
        if name in ("boston_housing", "california_housing", "reuters") and bearing - {"path"}:
            return run.unknown(f"the split of {name}")
        arrays = [Tensor(shape, dtype) for shape, dtype in _DATASETS[name]]
        return ((arrays[0], arrays[1]), (arrays[2], arrays[3]))

    return model


for _name in _DATASETS:
    models(f"keras.datasets.{_name}.load_data", unknowns=True)(_load_data(_name))


# An array of more numbers than this is known by its shape only.
MAX_KNOWN = 10_000

# --- arrays ------------------------------------------------------------------------------------


@models("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray",
        "tensorflow.constant", "tensorflow.convert_to_tensor", "tensorflow.Variable",
        unknowns=True)  # fmt: skip
def array(run: Interpreter, value: Value, dtype: Value = None, *args: Value, **kw: Value) -> Value:
    if isinstance(value, Tensor):
        return value if value.symbolic else Tensor(value.shape, _dtype(dtype, value.dtype))
    if isinstance(value, Unknown):
        return value
    plain = (
        isinstance(value, (list, tuple))
        and value
        and all(isinstance(v, (int, float)) for v in value)
    )
    if plain:
        return KnownArray(list(value), _dtype(dtype, _literal_dtype(value)))
    shape = literal_shape(value)
    if shape is None:
        return run.unknown("an array of values that are not known")
    return Tensor(shape, _dtype(dtype, _literal_dtype(value)))


def literal_shape(value: Value, depth: int = 0) -> tuple[Dim, ...] | None:
    """The shape of nested lists of numbers, or None where they are ragged or unknown."""
    if isinstance(value, Tensor):
        return None if isinstance(value.shape, Unranked) else value.shape
    if isinstance(value, (bool, int, float, complex, str)):
        return ()
    if isinstance(value, range):
        return (len(value),)
    if not isinstance(value, (list, tuple)) or depth > 16:
        return None
    if not value:
        return (0,)
    inner = literal_shape(value[0], depth + 1)
    if inner is None:
        return None
    # A ragged array is an error or an array of objects: look at every row, but not deeper.
    for item in value[1:]:
        if isinstance(item, (list, tuple)) and (not inner or len(item) != inner[0]):
            return None
    return (len(value), *inner)


def _literal_dtype(value: Value) -> str:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if isinstance(value, Tensor):
        return value.dtype
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int64"
    return "str" if isinstance(value, str) else "float64"


def _dtype(given: Value, otherwise: str) -> str:
    if isinstance(given, str):
        return given
    name = str(getattr(given, "path", "")).rpartition(".")[2]
    return {"float": "float64", "int": "int64"}.get(name, name) or otherwise


@models("numpy.linspace", unknowns=True)
def linspace(
    run: Interpreter,
    start: Value,
    stop: Value,
    num: Value = 50,
    endpoint: Value = True,
    *rest: Value,
    **kwargs: Value,
) -> Value:
    numbers = all(isinstance(v, (int, float)) for v in (start, stop))
    if not numbers or not isinstance(num, int) or not 0 <= num <= MAX_KNOWN or rest or kwargs:
        return Tensor((num,), "float64") if isinstance(num, int) else run.unknown("numbers")
    gaps = max(num - 1 if endpoint else num, 1)
    return KnownArray([start + (stop - start) * i / gaps for i in range(num)], "float64")


@models("numpy.arange", unknowns=True)
def arange(run: Interpreter, *bounds: Value, **kwargs: Value) -> Value:
    from shapecalc.frontends.python.library.tensor_operations import operation

    if all(isinstance(b, int) for b in bounds) and not kwargs and len(range(*bounds)) <= MAX_KNOWN:
        return KnownArray(list(range(*bounds)), "int64")
    return operation(run, "numpy.arange", bounds, kwargs, None)


_SHAPE_FIRST = ("standard_normal", "random", "random_sample", "ranf")
_SIZE_KEYWORD = ("normal", "uniform", "randint", "choice", "binomial", "poisson", "exponential")


def _sized(run: Interpreter, size: Value, dtype: str) -> Value:
    if size is None:
        return run.unknown("a random number")
    if isinstance(size, DataShape):
        return Tensor(Unranked(size.reason), dtype)
    items = [size] if isinstance(size, int) else run.iterate(size)
    if isinstance(items, Unknown):
        return items
    if any(isinstance(i, Unknown) for i in items):
        return run.unknown("a random array of unknown shape")
    return Tensor(tuple(items), dtype)


@models("numpy.random.rand", "numpy.random.randn", unknowns=True)
def random_by_axes(run: Interpreter, *axes: Value) -> Value:
    return _sized(run, axes, "float64")


@models(*(f"numpy.random.{name}" for name in _SHAPE_FIRST), unknowns=True)
def random_by_shape(run: Interpreter, size: Value = None) -> Value:
    return _sized(run, size, "float64")


@models("numpy.random.normal", "numpy.random.uniform", "numpy.random.binomial", unknowns=True)
def random_by_two(
    run: Interpreter, low: Value = 0.0, high: Value = 1.0, size: Value = None
) -> Value:
    return _sized(run, size, "float64")


@models("numpy.random.randint", unknowns=True)
def random_integers(
    run: Interpreter, low: Value, high: Value = None, size: Value = None, dtype: Value = None
) -> Value:
    return _sized(run, size, _dtype(dtype, "int64"))


@models("tensorflow.random.normal", "tensorflow.random.uniform", "keras.random.normal",
        "keras.random.uniform", "tensorflow.random.truncated_normal",
        "keras.backend.random_normal", "keras.random.randint", unknowns=True)  # fmt: skip
def random_tensor(run: Interpreter, shape: Value = None, *args: Value, **kwargs: Value) -> Value:
    return _sized(run, shape, _dtype(kwargs.get("dtype"), "float32"))


@models("numpy.random.seed", "tensorflow.random.set_seed", "tensorflow.set_random_seed",
        unknowns=True)  # fmt: skip
def seed(*args: Value) -> None:
    return None


@models("numpy.random.permutation", "numpy.random.shuffle", unknowns=True)
def permutation(run: Interpreter, value: Value) -> Value:
    return Tensor((value,), "int64") if isinstance(value, int) else value


CONSTANTS["numpy.newaxis"] = None
CONSTANTS["tensorflow.newaxis"] = None
CONSTANTS["numpy.pi"] = 3.141592653589793
CONSTANTS["numpy.inf"] = float("inf")
CONSTANTS["numpy.nan"] = float("nan")
CONSTANTS["numpy.e"] = 2.718281828459045


@models("tensorflow.TensorShape", unknowns=True)
def tensor_shape(run: Interpreter, dims: Value) -> Value:
    items = run.iterate(dims)
    return items if isinstance(items, Unknown) else tuple(items)


# --- encodings and splits ----------------------------------------------------------------------


@models("keras.utils.to_categorical", unknowns=True)
def to_categorical(run: Interpreter, x: Value, num_classes: Value = None, *rest: Value) -> Value:
    if not isinstance(x, Tensor) or isinstance(x.shape, Unranked):
        return x if isinstance(x, Unknown) else run.unknown("one-hot labels")
    if not isinstance(num_classes, int):
        return run.unknown("the number of classes that the labels show")
    shape = x.shape[:-1] if len(x.shape) > 1 and x.shape[-1] == 1 else x.shape
    return Tensor((*shape, num_classes), "float64")


@models("keras.utils.pad_sequences", "keras.preprocessing.sequence.pad_sequences", unknowns=True)
def pad_sequences(run: Interpreter, sequences: Value, maxlen: Value = None, **kw: Value) -> Value:
    known = isinstance(sequences, Tensor) and not isinstance(sequences.shape, Unranked)
    if known and isinstance(maxlen, int):
        return Tensor((sequences.shape[0], maxlen), _dtype(kw.get("dtype"), "int32"))
    return run.unknown("sequences padded to the longest")


@models("sklearn.model_selection.train_test_split",
        "sklearn.cross_validation.train_test_split", unknowns=True)  # fmt: skip
def train_test_split(run: Interpreter, *arrays: Value, **kwargs: Value) -> Value:
    import math

    parts: list[Value] = []
    for array_value in arrays:
        known = isinstance(array_value, Tensor) and isinstance(array_value.shape, tuple)
        count = array_value.shape[0] if known and array_value.shape else None
        test = kwargs.get("test_size", None if "train_size" in kwargs else 0.25)
        if not isinstance(count, int) or not isinstance(test, (int, float)):
            parts.extend(_part(run, array_value, part) for part in ("train", "test"))
            continue
        size = test if isinstance(test, int) else math.ceil(count * test)
        rest = array_value.shape[1:]
        parts.append(Tensor((count - size, *rest), array_value.dtype))
        parts.append(Tensor((size, *rest), array_value.dtype))
    return parts


def _part(run: Interpreter, value: Value, part: str) -> Value:
    if isinstance(value, Tensor) and isinstance(value.shape, tuple) and value.shape:
        from shapecalc.rules.unknown import unknown_dim

        rows = unknown_dim(f"the number of rows of the {part} part")
        return Tensor((rows, *value.shape[1:]), value.dtype)
    reason = value.reason if isinstance(value, Unknown) else "a part of the data"
    return run.unknown(reason)


_SCALERS = ("StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "Normalizer")


def _scaler(name: str) -> None:
    path = f"sklearn.preprocessing.{name}"
    models(path, unknowns=True)(lambda *args, **kwargs: LibraryObject(path, args, kwargs))
    kept = (f"{path}.fit_transform", f"{path}.transform", f"{path}.inverse_transform")
    object_methods(*kept, unknowns=True)(_same_shape)
    object_methods(f"{path}.fit", unknowns=True)(lambda scaler, *args, **kwargs: scaler)


def _same_shape(run: Interpreter, scaler: Value, x: Value, *rest: Value, **kw: Value) -> Value:
    if isinstance(x, Tensor):
        return Tensor(x.shape, "float64")
    return x if isinstance(x, Unknown) else run.unknown("scaled data")


for _name in _SCALERS:
    _scaler(_name)


@models("sklearn.datasets.fetch_california_housing", unknowns=True)
def california_housing(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    bunch = LibraryObject("sklearn.utils.Bunch")
    bunch.attributes["data"] = Tensor((20640, 8), "float64")
    bunch.attributes["target"] = Tensor((20640,), "float64")
    return bunch


@models("sklearn.datasets.load_iris", unknowns=True)
def iris(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    bunch = LibraryObject("sklearn.utils.Bunch")
    bunch.attributes["data"] = Tensor((150, 4), "float64")
    bunch.attributes["target"] = Tensor((150,), "int64")
    return bunch

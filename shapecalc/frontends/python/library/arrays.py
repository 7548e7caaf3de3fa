"""Arrays of NumPy and TensorFlow as a program makes them: by shape, and by their numbers."""

from __future__ import annotations

from shapecalc.dims import Dim
from shapecalc.frontends.python.growing import alike, common_row, row_of
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.array_writing import write_elements
from shapecalc.frontends.python.library.dispatch import run_entry
from shapecalc.frontends.python.library.registry import CONSTANTS, METHODS, Model, models
from shapecalc.frontends.python.library.tensor_operations import (
    cast,
    dtype_name,
    operation,
)
from shapecalc.frontends.python.values import KnownArray, Value, describe, rest_of
from shapecalc.graph.computed_contents import (
    MAX_LOOKED_AT,
    contents_of,
    contents_of_literal,
    converted,
    fitted,
)
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("numpy", "tensorflow")

# An array of more numbers than this is known by its shape only.
MAX_KNOWN = 10_000
MAX_DEPTH = 16


def without_labels(run: Interpreter, value: Value) -> Value:
    """A table or a picture as the array that NumPy makes of it; anything else as it is."""
    entry = METHODS.get((type(value), "__array__"))
    return value if entry is None else run_entry(run, entry, "an array", (value,), {}, None)


@models("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray",
        "tensorflow.constant", "tensorflow.convert_to_tensor", "tensorflow.Variable",
        unknowns=True)  # fmt: skip
def array(
    run: Interpreter, value: Value = None, dtype: Value = None, *args: Value, **kw: Value
) -> Value:
    value = without_labels(run, kw.pop("initial_value", kw.pop("object", value)))
    if isinstance(value, Tensor):
        if value.symbolic or dtype is None:
            return value
        return cast(value, dtype_name(dtype, value.dtype))
    if isinstance(value, Unknown):
        # An array it is, whatever is in it.
        return Tensor(Unranked(value.reason), dtype_name(dtype, UNKNOWN))
    if set(kw) - {"copy", "name", "trainable"} or args:
        return run.unknown("an array made in a way that is not modelled")
    if isinstance(value, list) and rest_of(value) is not None:
        return _grown_array(value, dtype)
    plain = isinstance(value, (list, tuple)) and value and len(value) <= MAX_KNOWN
    if plain and all(isinstance(v, (int, float)) for v in value):
        return known_array(list(value), dtype_name(dtype, literal_dtype(value)))
    shape = literal_shape(value)
    if shape is None and dtype_name(dtype, "") == "object" and _holds_rows(value):
        # Lists of a length of their own each stay lists.
        return Tensor((len(value),), "object", contents=contents_of_literal(value))
    if shape is None:
        return run.unknown("an array of values that are not known")
    name = dtype_name(dtype, literal_dtype(value))
    contents = contents_of_literal(value)
    return Tensor(shape, name, contents=None if contents is None else _seen(contents, name))


def _holds_rows(value: Value) -> bool:
    """Whether a list holds lists of plain numbers, and nothing else."""
    return isinstance(value, (list, tuple)) and all(
        isinstance(row, (list, tuple)) and all(isinstance(n, (int, float)) for n in row)
        for row in value
    )


def _of_dtype(dtype: str) -> Model:
    """The model of a dtype that is called, as in `x / np.float32(255)`."""

    def convert(run: Interpreter, value: Value = 0) -> Value:
        if isinstance(value, Tensor):
            return cast(value, dtype)
        if isinstance(value, (bool, int, float)):
            number = float(value) if dtype.startswith("float") else int(value)
            return bool(number) if dtype == "bool" else number
        return run.unknown(f"{describe(value)} as a {dtype}")

    return convert


for _dtype in ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool"):
    _name = "bool_" if _dtype == "bool" else _dtype
    models(f"numpy.{_name}")(_of_dtype(_dtype))


def known_array(items: list[Value], dtype: str) -> KnownArray:
    """An array of one axis with its numbers."""
    result = KnownArray(items, dtype)
    contents = contents_of_literal(items) if items else None
    result.contents = None if contents is None else _seen(contents, dtype)
    return result


def _seen(contents: Contents, dtype: str) -> Contents:
    """What is known of numbers that stand in the program."""
    return fitted(contents._replace(reached=True), dtype)


def literal_shape(value: Value, depth: int = 0) -> tuple[Dim, ...] | None:
    """The shape of nested lists of numbers, or None where they are ragged or unknown."""
    if isinstance(value, Tensor):
        return None if isinstance(value.shape, Unranked) else value.shape
    if isinstance(value, (bool, int, float, complex, str)):
        return ()
    if isinstance(value, range):
        return (len(value),)
    unfit = not isinstance(value, (list, tuple)) or depth > MAX_DEPTH or len(value) > MAX_LOOKED_AT
    if unfit or rest_of(value) is not None:
        return None
    if not value:
        return (0,)
    inner = literal_shape(value[0], depth + 1)
    for item in value[1:]:
        if inner is None:
            return None
        inner = alike(inner, literal_shape(item, depth + 1))
    return None if inner is None else (len(value), *inner)


def _grown_array(items: list[Value], dtype: Value) -> Value:
    """An array of a list of which the number of items is not known."""
    row = common_row([row_of(item) for item in items])
    rest = items[-1]
    if row is None or isinstance(row.shape, Unranked):
        return Unknown(rest.reason, rest.span)
    name = dtype_name(dtype, row.dtype)
    contents = None if row.contents is None else converted(row.contents, name)
    if contents is not None:
        contents = contents._replace(all_occur=False, one_hot=False)
    count = unknown_dim("the length of a list that a loop fills")
    return Tensor((count, *row.shape), name, contents=contents)


def literal_dtype(value: Value) -> str:
    """The dtype that NumPy gives an array of nested lists."""
    kinds: set[str] = set()
    waiting, looked_at = [value], 0
    while waiting and looked_at < MAX_LOOKED_AT:
        item = waiting.pop()
        looked_at += 1
        if isinstance(item, (list, tuple)):
            waiting.extend(item[:MAX_LOOKED_AT])
        elif isinstance(item, Tensor):
            kinds.add(item.dtype)
        elif isinstance(item, range):
            kinds.add("int64")
        else:
            kinds.add(_KINDS.get(type(item), "unknown"))
    if not kinds:
        return "float64"
    if len(kinds) == 1:
        return kinds.pop()
    if kinds <= {"bool", "int64", "float64"}:
        return "float64" if "float64" in kinds else "int64"
    return "unknown"


_KINDS = {bool: "bool", int: "int64", float: "float64", str: "str", complex: "complex128"}


# --- filled and numbered -----------------------------------------------------------------------


def _filled(name: str, contents: Contents) -> None:
    path = f"numpy.{name}"

    @models(path, unknowns=True)
    def model(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
        return _with(operation(run, path, args, kwargs, None), contents)


def _with(value: Value, contents: Contents) -> Value:
    """An operation's array with contents."""
    if isinstance(value, Tensor) and not value.symbolic:
        value.contents = fitted(contents, value.dtype)
    return value


for _name, _number in (("zeros", 0), ("ones", 1)):
    _filled(_name, Contents(_number, _number, whole=True))


@models("numpy.full", unknowns=True)
def full(
    run: Interpreter, shape: Value, fill_value: Value, dtype: Value = None, **kwargs: Value
) -> Value:
    made = operation(run, "numpy.zeros", (shape,), {}, None)
    if not isinstance(made, Tensor):
        return made
    name = dtype_name(dtype, fill_value.dtype if isinstance(fill_value, Tensor) else literal_dtype(
        fill_value))  # fmt: skip
    return Tensor(made.shape, name, contents=fitted(contents_of(fill_value), name))


@models("numpy.eye", "numpy.identity", unknowns=True)
def eye(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    given = {**dict(zip(("N", "M", "k"), args, strict=False)), **kwargs}
    if set(given) - {"N", "M", "k", "dtype", "n"} or len(args) > 3:
        return run.unknown("an identity matrix with options that are not modelled")
    rows, columns = given.get("N", given.get("n")), given.get("M")
    columns = rows if columns is None else columns
    made = operation(run, "numpy.zeros", ((rows, columns),), {}, None)
    if not isinstance(made, Tensor):
        return made
    # With fewer columns than rows, or off the diagonal, there are rows of zeros.
    wide = rows is columns or (
        isinstance(rows, int) and isinstance(columns, int) and columns >= rows
    )
    diagonal = given.get("k", 0)
    one_hot = wide and isinstance(diagonal, int) and diagonal == 0
    contents = Contents(0, 1, whole=True, one_hot=one_hot)
    return Tensor(made.shape, dtype_name(given.get("dtype"), "float64"), contents=contents)


@models("numpy.arange", unknowns=True)
def arange(run: Interpreter, *bounds: Value, **kwargs: Value) -> Value:
    ints = bounds and all(isinstance(b, int) for b in bounds) and len(bounds) <= 3
    if ints and not kwargs and bounds[2:] != (0,):
        numbers = range(*bounds)
        if len(numbers) <= MAX_KNOWN:
            return known_array(list(numbers), "int64")
        ends = (numbers[0], numbers[-1])
        every = abs(numbers.step) == 1
        contents = Contents(min(ends), max(ends), whole=True, all_occur=every)
        return Tensor((len(numbers),), "int64", contents=contents)
    return operation(run, "numpy.arange", bounds, kwargs, None)


def _of_an_array(path: str) -> Model:
    """The model of a function that makes an array of whatever it is given first."""

    def function(run: Interpreter, a: Value, *args: Value, **kwargs: Value) -> Value:
        return operation(run, path, (array(run, a), *args), kwargs, None)

    return function


for _path in ("numpy.reshape", "numpy.repeat", "numpy.tile"):
    models(_path, unknowns=True)(_of_an_array(_path))


# --- what changes an array in place ------------------------------------------------------------


@models("numpy.copyto", "numpy.put", "numpy.place", "numpy.putmask", "numpy.fill_diagonal",
        unknowns=True)  # fmt: skip
def write_into(run: Interpreter, target: Value, *args: Value, **kwargs: Value) -> None:
    if isinstance(target, Tensor) and not target.symbolic:
        write_elements(target, None)


# --- facts about data that are numbers ---------------------------------------------------------


@models("numpy.unique", unknowns=True)
def unique(run: Interpreter, x: Value, *args: Value, **kwargs: Value) -> Value:
    contents = contents_of(x)
    if not args and not kwargs and contents.all_occur and isinstance(x, Tensor):
        low, high = contents.low, contents.high
        if isinstance(low, int) and isinstance(high, int) and high - low < MAX_KNOWN:
            return known_array(list(range(low, high + 1)), x.dtype)
    if isinstance(x, Tensor) and not args and not kwargs:
        known = contents._replace(one_hot=False)
        count = unknown_dim("the number of different elements")
        return Tensor((count,), x.dtype, contents=known)
    return operation(run, "numpy.unique", (x, *args), kwargs, None)


# --- read from files ---------------------------------------------------------------------------


@models("numpy.loadtxt", "numpy.genfromtxt", unknowns=True)
def read_table(run: Interpreter, file: Value, *args: Value, **kwargs: Value) -> Value:
    """A table of numbers: what has a delimiter has rows and columns."""
    if args or "delimiter" not in kwargs or set(kwargs) - _OF_TABLES:
        return run.unknown("the numbers of a file")
    rows, columns = unknown_dim("the rows of a file"), unknown_dim("the columns of a file")
    return Tensor((rows, columns), "float64")


@models("numpy.load", unknowns=True)
def load_array(run: Interpreter, file: Value, *args: Value, **kwargs: Value) -> Value:
    """What `numpy.save` has written: an array of any shape. Other files hold several."""
    if isinstance(file, str) and file.endswith(".npy") and not args and not kwargs:
        return Tensor(Unranked("the array of a file"), UNKNOWN)
    return run.unknown("what is in a file")


# Options that bear neither on the rank nor on the dtype.
_OF_TABLES = frozenset(
    {"delimiter", "skiprows", "skip_header", "skip_footer", "comments", "encoding"}
)


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


__all__: list[str] = ["array", "known_array", "literal_dtype", "literal_shape"]

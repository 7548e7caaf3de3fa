"""Data frames of pandas, as far as their columns are told by the program."""

from __future__ import annotations

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.arrays import array
from shapecalc.frontends.python.library.registry import (
    methods,
    models,
    properties,
)
from shapecalc.frontends.python.library.tensor_operations import cast, dtype_name
from shapecalc.frontends.python.operators import get_item
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unknown, unknown_dim

LIBRARIES = ("pandas",)

FRAME = "pandas.DataFrame"
MAX_COLUMNS = 10_000


class DataFrame(LibraryObject):
    """A table: its rows and columns, of which the program may tell the names.

    Attributes:
        rows: how many rows it has.
        names: the columns' names in order, or None.
        width: how many columns it has.
        dtype: the dtype that its columns share, or unknown.
        contents: what is known of its numbers.
    """

    __slots__ = ("contents", "dtype", "names", "rows", "width")

    def __init__(
        self,
        rows: Dim,
        names: list[Value] | None,
        width: Dim,
        dtype: str = UNKNOWN,
        contents: Contents | None = None,
    ) -> None:
        super().__init__(FRAME)
        self.rows = rows
        self.names = names
        self.width = len(names) if names is not None else width
        self.dtype = dtype
        self.contents = contents

    @property
    def array(self) -> Tensor:
        """Its numbers as an array of rows and columns."""
        return Tensor((self.rows, self.width), self.dtype, contents=self.contents)

    @property
    def column(self) -> Tensor:
        """One of its columns: a series, which is an array of one axis."""
        return Tensor((self.rows,), self.dtype)

    def choose(self, names: list[Value] | None, width: Dim | None = None) -> DataFrame:
        """The same rows with other columns."""
        columns = unknown_dim("the columns of the data") if width is None else width
        return DataFrame(self.rows, names, columns, self.dtype)


def _known_names(value: Value) -> list[Value] | None:
    """Names of columns that a program gives one by one."""
    fits = isinstance(value, (list, tuple)) and len(value) <= MAX_COLUMNS
    if not fits or not all(isinstance(name, (str, int)) for name in value):
        return None
    names = list(value)
    return names if len(set(names)) == len(names) else None


# --- where they come from ----------------------------------------------------------------------


@models("pandas.read_csv", "pandas.read_table", "pandas.read_excel", "pandas.read_parquet",
        "pandas.read_json", "pandas.read_pickle", unknowns=True)  # fmt: skip
def read_file(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    if {"chunksize", "iterator", "squeeze"} & set(kwargs) or kwargs.get("sheet_name", "") is None:
        return run.unknown("a file that is read in parts")
    names = _known_names(kwargs.get("usecols")) or _known_names(kwargs.get("names"))
    if kwargs.get("index_col") not in (None, False):
        names = None
    return DataFrame(unknown_dim("the rows of a file"), names, unknown_dim("the columns of a file"))


@models(FRAME, unknowns=True)
def data_frame(
    run: Interpreter,
    data: Value = None,
    index: Value = None,
    columns: Value = None,
    dtype: Value = None,
    copy: Value = None,
) -> Value:
    if isinstance(data, dict) and columns is None and data:
        made = [array(run, list(v) if isinstance(v, tuple) else v) for v in data.values()]
        rows = next((a.shape[0] for a in made if _has_rank(a, 1)), None)
        known = rows if rows is not None else unknown_dim("the rows of a table")
        return DataFrame(known, _known_names(list(data)), unknown_dim("the columns of a table"))
    made_of: Value = data.array if isinstance(data, DataFrame) else data
    if isinstance(made_of, (list, tuple)):
        made_of = array(run, made_of)
    if isinstance(made_of, Tensor) and _has_rank(made_of, 2):
        rows, width = made_of.shape  # type: ignore[misc]
        return DataFrame(rows, _known_names(columns), width, made_of.dtype)
    return run.unknown("a table whose data are not followed")


def _has_rank(value: Value, rank: int) -> bool:
    return isinstance(value, Tensor) and isinstance(value.shape, tuple) and len(value.shape) == rank


@models("pandas.get_dummies", unknowns=True)
def get_dummies(run: Interpreter, data: Value, *args: Value, **kwargs: Value) -> Value:
    rows: Dim
    if isinstance(data, DataFrame):
        rows = data.rows
    elif _has_rank(data, 1):
        rows = data.shape[0]
    else:
        return data if isinstance(data, Unknown) else run.unknown("dummies of unknown data")
    # Of one column each row has one value, unless the program leaves some out.
    one_hot = not isinstance(data, DataFrame) and not args and not set(kwargs) - {"dtype", "prefix"}
    contents = Contents(0, 1, whole=True, one_hot=one_hot)
    width = unknown_dim("the number of different values")
    return DataFrame(rows, None, width, contents=contents if one_hot else None)


@models("pandas.concat", unknowns=True)
def concat(run: Interpreter, objs: Value, *args: Value, **kwargs: Value) -> Value:
    return DataFrame(
        unknown_dim("the rows of joined tables"), None, unknown_dim("the columns of joined tables")
    ) if isinstance(objs, (list, tuple)) and any(
        isinstance(o, DataFrame) for o in objs) else run.unknown("joined data")  # fmt: skip


# --- columns -----------------------------------------------------------------------------------


@methods(DataFrame, "__getitem__", unknowns=True)
def columns_of(run: Interpreter, frame: DataFrame, key: Value) -> Value:
    key = list(key) if isinstance(key, Columns) else key
    if isinstance(key, list):
        names = _known_names(key)
        # Truth values pick rows.
        if names is not None and not any(isinstance(name, bool) for name in key):
            return frame.choose(names)
        return run.unknown("rows or columns that are not known")
    if isinstance(key, slice):
        rows = get_item(run, frame.column, key, run.node)
        return DataFrame(rows.shape[0], frame.names, frame.width, frame.dtype)
    if _has_rank(key, 1):
        if key.dtype == "bool":
            rows = unknown_dim("the rows that a condition picks")
            return DataFrame(rows, frame.names, frame.width, frame.dtype)
        return run.unknown("columns that are computed")
    if isinstance(key, (str, int)) and (frame.names is None or key in frame.names):
        return frame.column
    return run.unknown("a column that is not known")


class Columns(list[Value]):
    """The names of a table's columns; a program may change a copy of them."""

    __slots__ = ()


@properties(DataFrame, "columns")
def names_of(run: Interpreter, frame: DataFrame) -> Value:
    if frame.names is None:
        return run.unknown("the columns of the data")
    return Columns(frame.names)


@methods(DataFrame, "drop", unknowns=True)
def drop(
    run: Interpreter,
    frame: DataFrame,
    labels: Value = None,
    *args: Value,
    axis: Value = 0,
    columns: Value = None,
    inplace: Value = False,
    **kwargs: Value,
) -> Value:
    axis = args[0] if args else axis
    gone = columns if columns is not None else labels if axis in (1, "columns") else None
    gone = [gone] if isinstance(gone, (str, int)) else gone
    names = _known_names(gone)
    left: DataFrame
    if names is None:
        rows = frame.rows if columns is not None or axis in (1, "columns") else unknown_dim(
            "the rows that are left")  # fmt: skip
        width = frame.width if columns is None and axis in (0, "index") else unknown_dim(
            "the columns that are left")  # fmt: skip
        left = DataFrame(rows, frame.names if width is frame.width else None, width, frame.dtype)
    elif frame.names is not None:
        left = frame.choose([name for name in frame.names if name not in names])
    else:
        left = frame.choose(None)
    if inplace is not False:
        _become(run, frame, left)
        return None
    return left


def _become(run: Interpreter, frame: DataFrame, other: DataFrame) -> None:
    """Change a table in place. In a branch that may not be taken, nothing is sure of it."""
    if run.trail is not None:
        rows = frame.rows if frame.rows is other.rows else unknown_dim("the rows of the data")
        other = DataFrame(rows, None, unknown_dim("the columns of the data"))
    frame.rows, frame.names, frame.width = other.rows, other.names, other.width
    frame.dtype, frame.contents = other.dtype, other.contents


@methods(DataFrame, "pop", unknowns=True)
def pop(run: Interpreter, frame: DataFrame, name: Value) -> Value:
    column = frame.column
    if frame.names is not None and name in frame.names:
        _become(run, frame, frame.choose([n for n in frame.names if n != name]))
    else:
        _become(run, frame, frame.choose(None))
    return column


@methods(DataFrame, "__setitem__", unknowns=True)
def set_column(run: Interpreter, frame: DataFrame, key: Value, value: Value) -> None:
    """`frame[key] = …`: a column more, where there was none of that name."""
    known = frame.names is not None and isinstance(key, (str, int))
    if not known:
        _become(run, frame, DataFrame(frame.rows, None, unknown_dim("the columns of the data")))
        return
    assert frame.names is not None
    names = frame.names if key in frame.names else [*frame.names, key]
    _become(run, frame, DataFrame(frame.rows, names, len(names)))


# --- rows, and what they become ----------------------------------------------------------------


class Places(LibraryObject):
    """`frame.iloc`, `frame.loc`."""

    __slots__ = ("by_place", "frame")

    def __init__(self, frame: DataFrame, by_place: bool) -> None:
        super().__init__(f"{FRAME}.{'iloc' if by_place else 'loc'}")
        self.frame = frame
        self.by_place = by_place


@properties(DataFrame, "iloc")
def by_place(frame: DataFrame) -> Value:
    return Places(frame, by_place=True)


@properties(DataFrame, "loc")
def by_label(frame: DataFrame) -> Value:
    return Places(frame, by_place=False)


@methods(Places, "__getitem__", unknowns=True)
def places_of(run: Interpreter, places: Places, key: Value) -> Value:
    frame = places.frame
    if not places.by_place:
        every_row = isinstance(key, tuple) and len(key) == 2 and key[0] == slice(None)
        if every_row and not isinstance(key[1], slice):
            return columns_of(run, frame, key[1])
        return run.unknown("rows that are picked by their labels")
    picked = get_item(run, frame.array, key, run.node)
    if isinstance(picked, Tensor) and _has_rank(picked, 2):
        names = None
        if frame.names is not None and isinstance(key, tuple) and len(key) == 2:
            chosen = key[1]
            if isinstance(chosen, slice) and all(
                b is None or isinstance(b, int) for b in (chosen.start, chosen.stop, chosen.step)
            ):
                names = frame.names[chosen]
        elif not isinstance(key, tuple):
            names = frame.names
        rows, width = picked.shape  # type: ignore[misc]
        return DataFrame(rows, names, width, frame.dtype)
    return picked


@properties(DataFrame, "values")
def values_of(frame: DataFrame) -> Value:
    return frame.array


@methods(DataFrame, "to_numpy", "as_matrix", "__array__", unknowns=True)
def to_numpy(run: Interpreter, frame: DataFrame, dtype: Value = None, **kwargs: Value) -> Value:
    return cast(frame.array, dtype_name(dtype, frame.dtype))


@methods(DataFrame, "__array__", unknowns=True)
def array_of(frame: DataFrame) -> Value:
    """A table as the array that a library makes of it."""
    return frame.array


@properties(DataFrame, "shape")
def shape_of(frame: DataFrame) -> Value:
    return (frame.rows, frame.width)


@methods(DataFrame, "__len__", unknowns=True)
def length_of(frame: DataFrame) -> Value:
    return frame.rows


@methods(DataFrame, "copy", "fillna", "replace", "clip", "round", "interpolate", unknowns=True)
def same_size(run: Interpreter, frame: DataFrame, *args: Value, **kwargs: Value) -> Value:
    new = DataFrame(frame.rows, frame.names, frame.width)
    if kwargs.get("inplace", False) is not False:
        _become(run, frame, new)
        return None
    return new


@methods(DataFrame, "dropna", "drop_duplicates", "sample", "head", "tail", unknowns=True)
def fewer_rows(run: Interpreter, frame: DataFrame, *args: Value, **kwargs: Value) -> Value:
    if kwargs.get("axis", 0) not in (0, "index") or (args and not isinstance(args[0], int)):
        return run.unknown("a table made in a way that is not modelled")
    new = DataFrame(unknown_dim("the rows that are left"), frame.names, frame.width)
    if kwargs.get("inplace", False) is not False:
        _become(run, frame, new)
        return None
    return new


@methods(DataFrame, "astype", unknowns=True)
def astype(run: Interpreter, frame: DataFrame, dtype: Value = None, **kwargs: Value) -> Value:
    name = UNKNOWN if isinstance(dtype, (dict, Unknown)) else dtype_name(dtype, UNKNOWN)
    return DataFrame(frame.rows, frame.names, frame.width, name)


@methods(DataFrame, "operator")
def arithmetic(run: Interpreter, name: str, left: Value, right: Value) -> Value:
    frame = left if isinstance(left, DataFrame) else right
    other = right if frame is left else left
    if isinstance(other, (int, float)):
        return DataFrame(frame.rows, frame.names, frame.width)
    return run.unknown("arithmetic with tables")


__all__ = ["DataFrame"]

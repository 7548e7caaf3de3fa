"""Arrays of one axis whose numbers are known, as they are made, taken apart and listed.

Rates that rise from block to block come so: `np.linspace(0, 0.1, 12)`, in parts for each stage.
"""

from __future__ import annotations

import operator
from itertools import accumulate, pairwise
from typing import Any

from shapecalc.dims import product
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.arrays import MAX_KNOWN, known_array
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.library.tensor_operations import operation
from shapecalc.frontends.python.values import KnownArray, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unknown, Unranked

LIBRARIES = ("keras.ops", "numpy", "tensorflow")

# So many numbers of an array are listed one by one.
MAX_LISTED = 1_000
# Beyond this, an array of whole numbers may wrap around.
_MOST = 2**31 - 1
_OPERATORS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


def _evenly_spaced(path: str, dtype: str) -> Any:
    def model(
        run: Interpreter,
        start: Value,
        stop: Value,
        num: Value = 50,
        endpoint: Value = True,
        *rest: Value,
        **kwargs: Value,
    ) -> Value:
        known = all(type(v) in (int, float) for v in (start, stop))
        few = isinstance(num, int) and 0 <= num <= MAX_KNOWN
        if not known or not few or rest or kwargs or not isinstance(endpoint, bool):
            given = (start, stop, num) if endpoint is True else (start, stop, num, endpoint)
            made = operation(run, path, (*given, *rest), kwargs, None)
            return run.unknown("numbers") if made is None else made
        gaps = max(num - 1 if endpoint else num, 1)
        result = KnownArray([start + (stop - start) * i / gaps for i in range(num)], dtype)
        # A library's steps are rounded otherwise, but never beyond the ends.
        result.contents = Contents(min(start, stop), max(start, stop))
        return result

    return model


for _path, _dtype in (
    ("numpy.linspace", "float64"),
    ("tensorflow.linspace", "float32"),
    ("keras.ops.linspace", "float32"),
):
    models(_path, unknowns=True)(_evenly_spaced(_path, _dtype))


@models("numpy.cumsum", unknowns=True)
def running_sums(run: Interpreter, a: Value, *rest: Value, **kwargs: Value) -> Value:
    items = a.items if isinstance(a, KnownArray) else a
    plain = isinstance(items, (list, tuple)) and 0 < len(items) <= MAX_KNOWN
    if plain and not rest and not kwargs and all(type(item) is int for item in items):
        return known_array(list(accumulate(items)), "int64")
    made = operation(run, "numpy.cumsum", (a, *rest), kwargs, None)
    return run.unknown("sums of what is not known") if made is None else made


def one_by_one(array: KnownArray, name: str, other: Value, *, reflected: bool) -> Value:
    """What an operator makes of whole numbers one by one; None where they are not known."""
    compute = _OPERATORS.get(name)
    numbers = [*array.items, other]
    if compute is None or any(type(n) is not int or abs(n) > _MOST for n in numbers):
        return None
    made = [compute(other, n) if reflected else compute(n, other) for n in array.items]
    fits = array.dtype == "int64" or (all(abs(n) <= _MOST for n in made) and array.dtype == "int32")
    return known_array(made, array.dtype) if fits else None


@models("numpy.split", "numpy.array_split", unknowns=True)
def split(run: Interpreter, ary: Value, indices_or_sections: Value, axis: Value = 0) -> Value:
    """Cut an array at indices, or into so many parts; of known numbers, these are known, too."""
    if isinstance(ary, KnownArray) and axis in (0, -1):
        ends = _ends(len(ary.items), indices_or_sections)
        if ends is not None:
            return [ary.part(ary.items[a:b]) for a, b in pairwise(ends)]
    made = operation(run, "numpy.split", (ary, indices_or_sections, axis), {}, None)
    return run.unknown("the parts of an array") if made is None else made


def _ends(length: int, cuts: Value) -> list[int] | None:
    """Where the parts of an array begin and end."""
    if isinstance(cuts, (list, tuple)) and all(type(cut) is int and cut >= 0 for cut in cuts):
        return [0, *cuts, length] if [*cuts] == sorted(cuts) else None
    if type(cuts) is not int or not 0 < cuts <= MAX_LISTED or length % cuts:
        return None
    return list(range(0, length + 1, length // cuts)) if length else None


@methods(Tensor, "to_list", "tolist", unknowns=True)
def to_list(run: Interpreter, tensor: Tensor) -> Value:
    """The items in a list. One of a column of data may be an array itself, such as a picture.

    Where they are many, the list stays an array: they may be repeated, not scaled.
    """
    if isinstance(tensor, KnownArray):
        return list(tensor.items)
    shape = tensor.shape
    if tensor.symbolic or not isinstance(shape, tuple) or not shape:
        return tensor
    if tensor.dtype == UNKNOWN and len(shape) == 1:
        return Tensor(Unranked("what the items of a column hold"), UNKNOWN)
    few = all(isinstance(length, int) for length in shape) and 0 < product(shape) <= MAX_LISTED
    if few:
        return _listed(run, tensor, len(shape))
    known = tensor.contents
    if known is None or not known.reached:
        return tensor
    return Tensor(shape, tensor.dtype, contents=known._replace(reached=False))


def _listed(run: Interpreter, tensor: Value, depth: int) -> Value:
    """The numbers of an array in nested lists."""
    rows = run.iterate(tensor)
    if isinstance(rows, Unknown) or depth <= 1:
        return rows
    return [_listed(run, row, depth - 1) for row in rows]


__all__ = ["MAX_LISTED", "one_by_one"]

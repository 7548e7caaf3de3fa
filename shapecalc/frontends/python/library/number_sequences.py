"""What NumPy and the backend compute of numbers that are known: `np.prod(image_shape)`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from shapecalc.dims import Dim, Symbolic, maximum, minimum, product, total
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.builtin_functions import MAX_SYMBOLS
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.library.tensor_operations import extreme_number, operation
from shapecalc.frontends.python.values import KnownArray, Value
from shapecalc.graph.tensor import Tensor

LIBRARIES = ("keras.backend", "keras.ops", "numpy", "tensorflow")

_REDUCTIONS: dict[str, Callable[[Iterable[Dim]], Dim]] = {
    "prod": product,
    "sum": total,
    "max": lambda dims: reduce(maximum, dims),
    "min": lambda dims: reduce(minimum, dims),
}
_NAMES = {
    "prod": ("numpy.prod", "numpy.product", "tensorflow.reduce_prod", "tensorflow.math.reduce_prod",
             "keras.backend.prod", "keras.ops.prod"),
    "sum": ("numpy.sum", "tensorflow.reduce_sum", "tensorflow.math.reduce_sum"),
    "max": ("numpy.max", "numpy.amax"),
    "min": ("numpy.min", "numpy.amin"),
}  # fmt: skip


def _reduction(path: str, kind: str) -> Any:
    compute = _REDUCTIONS[kind]

    def model(
        run: Interpreter, *args: Value, node: ast.expr | None = None, **kwargs: Value
    ) -> Value:
        items: Any = next(iter(args), None)
        if isinstance(items, KnownArray):
            items = items.items
        if len(args) == 1 and not kwargs and _are_whole(items):
            return compute(items)
        if len(args) == 1 and not kwargs and isinstance(args[0], Tensor) and kind in ("max", "min"):
            extreme = extreme_number(args[0], kind)
            if extreme is not None:
                return extreme
        result = operation(run, path, args, kwargs, node)
        return run.unknown(f"there is no model for {path}", node) if result is None else result

    return model


def _are_whole(items: Value) -> bool:
    """Whether a value is a sequence of one whole number or dim at least, and of few symbols."""
    if not isinstance(items, (list, tuple)) or not 0 < len(items) <= 1000:
        return False
    if sum(isinstance(n, Symbolic) for n in items) > MAX_SYMBOLS:
        return False
    return all(isinstance(n, (int, Symbolic)) and not isinstance(n, bool) for n in items)


for _name, _paths in _NAMES.items():
    for _path in _paths:
        models(_path, unknowns=True)(_reduction(_path, _name))

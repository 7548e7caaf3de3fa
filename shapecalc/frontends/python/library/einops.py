"""Patterns of axes, apart from what they do to tensors."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.keras_properties import shape_value
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unranked

LIBRARIES = ("einops",)


@models("einops.parse_shape")
def parse_shape(run: Interpreter, x: Value, pattern: Value) -> Value:
    """The lengths of the axes by their names; `_` is the name of none."""
    names = pattern.split() if isinstance(pattern, str) else []
    if not isinstance(x, Tensor) or isinstance(x.shape, Unranked) or len(names) != len(x.shape):
        return run.unknown("the axes of a tensor by their names")
    lengths = shape_value(x.shape)
    return {n: length for n, length in zip(names, lengths, strict=True) if n != "_"}

"""Models of `keras.Variable`."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.subclassing import weight_shape
from shapecalc.frontends.python.values import Value
from shapecalc.frontends.python.variables import KerasVariable
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import dtype_name
from shapecalc.rules.unknown import Unranked

LIBRARIES = ("keras.Variable",)


@models("keras.Variable", unknowns=True)
def variable(
    run: Interpreter,
    initializer: Value,
    shape: Value = None,
    dtype: Value = None,
    trainable: Value = True,
    *args: Value,
    name: Value = None,
    **kwargs: Value,
) -> Value:
    run.effect()
    found: Any = initializer.shape if isinstance(initializer, Tensor) else None
    if shape is not None:
        found = weight_shape(run, shape)
    elif isinstance(initializer, (int, float)):
        found = ()
    if found is None:
        found = Unranked("the shape of a variable")
    kept = "float32" if dtype is None else dtype_name(dtype_value(dtype))
    label = name if isinstance(name, str) else "variable"
    return KerasVariable(found, kept, label, run.truth(trainable) is not False)

"""Initializers, called by the program itself: each fills an array of the shape that it is given."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.random_arrays import sized
from shapecalc.frontends.python.library.registry import object_methods
from shapecalc.frontends.python.library.tensor_operations import dtype_name
from shapecalc.frontends.python.values import LibraryObject, Value

LIBRARIES = ("keras.initializers",)

_INITIALIZERS = """
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer
    LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform
    TruncatedNormal VarianceScaling Zeros
""".split()


@object_methods(*(f"keras.initializers.{name}.__call__" for name in _INITIALIZERS), unknowns=True)
def fill(
    run: Interpreter,
    initializer: LibraryObject,
    shape: Value = None,
    dtype: Value = None,
    *args: Value,
    **kwargs: Value,
) -> Value:
    return sized(run, shape, dtype_name(dtype, "float32"))

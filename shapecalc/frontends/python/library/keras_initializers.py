"""Initializers, called as programs call them to fill variables of their own."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import object_methods
from shapecalc.frontends.python.library.tensor_operations import dtype_name, operation
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.rules.session import current_session, snake_case

LIBRARIES = ("keras.initializers", "tensorflow.initializers")

_CLASSES = """
Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones
Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros
""".split()


def filled(
    run: Interpreter, made: LibraryObject, shape: Value, dtype: Value = None, **kwargs: Value
) -> Value:
    """An array of the shape that it is asked for."""
    name = dtype_name(dtype, current_session().dtype)
    return operation(run, "keras.ops.zeros", (shape,), {"dtype": name}, None)


for _name in _CLASSES:
    for _root in ("keras", "tensorflow"):
        for _word in (_name, snake_case(_name)):
            object_methods(f"{_root}.initializers.{_word}.__call__", unknowns=True)(filled)

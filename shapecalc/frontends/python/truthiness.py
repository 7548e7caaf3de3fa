"""Whether values are true."""

from __future__ import annotations

from shapecalc.dims import Comparison as Order
from shapecalc.dims import Symbolic, compare
from shapecalc.frontends.python.derived import defines, program_class
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.partial_texts import PartialText
from shapecalc.frontends.python.program_values import Class, Function, Instance, Module
from shapecalc.frontends.python.values import (
    Iterator,
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Value,
    may_be_anything,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import UndecidedError, Unknown


def truth_of(run: Interpreter, value: Value) -> bool | None:
    """Whether a value is true, or None where that is unknown."""
    if isinstance(value, PartialText) and (value.start or value.end):
        return True
    if isinstance(value, Unknown):
        return run.assumptions.truth(value)
    if isinstance(value, Symbolic):
        order = compare(value, 0)
        decided = order is not Order.UNDECIDED
        return order is Order.DIFFERENT if decided else run.assumptions.truth(value)
    if isinstance(value, (LibraryName, NativeMethod)):
        return run.assumptions.truth(value) if may_be_anything(value) else True
    if isinstance(value, (Function, Class, Iterator, Layer, Module, Native)):
        return True
    if isinstance(value, Tensor):
        return run.assumptions.truth(value)
    if program_class(value) is not None:
        for name in ("__bool__", "__len__"):
            if defines(value, name):
                return run.truth(run.call(run.attribute(value, name)))
    if isinstance(value, Instance):
        return True
    if isinstance(value, LibraryObject):
        return run.assumptions.truth(value)
    if isinstance(value, (list, set, dict)) and len(value) == 1 and rest_of(value) is not None:
        return None
    try:
        return bool(value)
    except (UndecidedError, TypeError, ValueError):
        return None

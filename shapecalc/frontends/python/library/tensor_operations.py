"""Tensor operations: those of Keras, TensorFlow and NumPy, and Python's operators on tensors."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import FACTORIES, methods, models
from shapecalc.frontends.python.values import (
    Instance,
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Value,
    first_unknown,
)
from shapecalc.graph.operation import call_operation
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.ops import OPERATORS, op_for
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import Unknown, Unranked


def operation(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """A call of a tensor operation by its canonical name; None if there is no rule."""
    rule = op_for(path)
    if rule is None and path.startswith(("keras.activations.", "keras.utils.", "keras.random.")):
        rule = op_for("keras.ops." + path.rpartition(".")[2])
    if rule is None:
        return None
    return apply_rule(run, rule, args, kwargs, node)


def apply_rule(
    run: Interpreter,
    rule: Any,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.AST | None,
) -> Value:
    """Apply an operation's rule to values of the program."""
    tensors = list(tensors_of((args, kwargs)))
    unknown = first_unknown((*args, *kwargs.values()))
    if not tensors and unknown is not None:
        return Unknown(unknown.reason, unknown.span)
    if any(t.symbolic for t in tensors):
        run.effect(grows=False)
    opaque = any(isinstance(a, _OPAQUE) for a in (*args, *kwargs.values()))
    args = tuple(_plain(a) for a in args)
    kwargs = {k: _plain(v) for k, v in kwargs.items()}
    try:
        result = call_operation(rule.node or "Operation", rule, args, kwargs, run.span(node))
    except Refusal as refusal:
        short = rule.name.rpartition(".")[2]
        if opaque:
            # What only a library knows may well be what the operation takes.
            return Tensor(Unranked(f"the result of `{short}` on what a library makes"))
        if not any(t.symbolic for t in tensors):
            # Arithmetic on data is the data's own affair; only a network is ours to judge.
            return run.unknown(f"the result of `{short}` on data", node)
        run.refuse(refusal, run.span(node), subject=short)
        return Tensor(Unranked(f"{short} is refused"))
    for tensor in tensors_of(result):
        if isinstance(tensor.shape, Unranked) and tensor.symbolic and unknown is None:
            run.gap("unknown", tensor.shape.reason, run.span(node))
    return result


_OPAQUE = (LibraryObject, Instance, Native, NativeMethod)

_DTYPES = frozenset(
    """
    bool bfloat16 float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64
    complex64 complex128 string
    """.split()
)
_PYTHON_DTYPES = {"int": "int32", "float": "float32", "bool": "bool"}


def _plain(value: Value) -> Value:
    """`tf.float32`, `np.float32` and `float` as the dtype's name; the rest as it is."""
    if isinstance(value, LibraryName):
        name = value.path.rpartition(".")[2].rstrip("_")
        return name if name in _DTYPES else _PYTHON_DTYPES.get(value.path, value)
    return value


@models("tensor operator", unknowns=True)
def tensor_operator(
    run: Interpreter, name: str, tensor: Tensor, other: Value, reflected: bool
) -> Value:
    """`tensor op other`, an index, or a unary operator."""
    rule = op_for(OPERATORS.get(name, ""))
    if rule is None:
        return Tensor(Unranked(f"the operator `{name}` on tensors is not modelled"))
    if isinstance(other, Unknown) and name != "getitem":
        other = Tensor(Unranked(other.reason))
    if isinstance(other, (list, tuple)) and name != "getitem":
        other = _as_array(run, other)
    if other is None and name in ("neg", "invert", "abs"):
        return apply_rule(run, rule, (tensor,), {}, run.node)
    operands = (other, tensor) if reflected else (tensor, other)
    return apply_rule(run, rule, operands, {}, run.node)


def _as_array(run: Interpreter, items: Value) -> Value:
    """A list of numbers on one side of an operator: an array, as NumPy and Keras take it."""
    from shapecalc.frontends.python.library.data_sources import array

    made = array(run, items)
    return Tensor(Unranked(made.reason)) if isinstance(made, Unknown) else made


_METHODS = """reshape transpose astype sum mean max min std var argmax argmin flatten ravel squeeze
repeat cumsum prod all any clip swapaxes dot round take copy""".split()
_AS_FUNCTION = {"flatten": "ravel", "copy": "copy"}


def _method(name: str) -> Any:
    def model(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
        rule = op_for("numpy." + _AS_FUNCTION.get(name, name))
        if rule is None:
            return run.unknown(f"the method `{name}` of an array")
        if name in ("reshape", "transpose") and len(args) > 1:
            args = (tuple(args),)
        return apply_rule(run, rule, (tensor, *args), kwargs, run.node)

    return model


for _name in _METHODS:
    methods(Tensor, _name, unknowns=True)(_method(_name))


@methods(Tensor, "astype", unknowns=True)
def astype(run: Interpreter, tensor: Tensor, dtype: Value = None, **kwargs: Value) -> Value:
    name = dtype if isinstance(dtype, str) else str(getattr(dtype, "path", "")).rpartition(".")[2]
    if tensor.symbolic:
        rule = op_for("keras.ops.cast")
        return apply_rule(run, rule, (tensor, name or "float32"), {}, run.node)
    return Tensor(tensor.shape, name or tensor.dtype)


@methods(Tensor, "numpy", "copy", "assign", "assign_add", "read_value", "values", unknowns=True)
def same_tensor(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
    return tensor


FACTORIES.append(operation)
__all__ = ["apply_rule", "operation"]

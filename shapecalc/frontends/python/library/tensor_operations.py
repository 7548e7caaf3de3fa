"""Tensor operations: those of Keras, TensorFlow and NumPy, and Python's operators on tensors."""

from __future__ import annotations

import ast
import math
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import FACTORIES, methods, models
from shapecalc.frontends.python.values import LibraryName, Value, first_unknown
from shapecalc.graph.contents import Contents
from shapecalc.graph.operation import call_operation
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.ops import OPERATORS, op_for
from shapecalc.rules.dtype_policy import UNKNOWN
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
        run.effect()
    args = tuple(_plain(a) for a in args)
    kwargs = {k: _plain(v) for k, v in kwargs.items()}
    try:
        result = call_operation(rule.node or "Operation", rule, args, kwargs, run.span(node))
    except Refusal as refusal:
        short = rule.name.rpartition(".")[2]
        if not any(t.symbolic for t in tensors):
            # Arithmetic on data is the data's own affair; only a network is ours to judge.
            return run.unknown(f"the result of `{short}` on data", node)
        run.refuse(refusal, run.span(node), subject=short)
        return Tensor(Unranked(f"{short} is refused"))
    for tensor in tensors_of(result):
        if isinstance(tensor.shape, Unranked) and tensor.symbolic and unknown is None:
            run.gap("unknown", tensor.shape.reason, run.span(node))
    return result


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
    rule = _operator_rule(name, tensor, other)
    if rule is None:
        return Tensor(Unranked(f"the operator `{name}` on tensors is not modelled"))
    if isinstance(other, Unknown) and name != "getitem":
        other = Tensor(Unranked(other.reason))
    if other is None and name in ("neg", "invert", "abs"):
        return apply_rule(run, rule, (tensor,), {}, run.node)
    operands = (other, tensor) if reflected else (tensor, other)
    return apply_rule(run, rule, operands, {}, run.node)


def _operator_rule(name: str, tensor: Tensor, other: Value) -> Any:
    """The rule of an operator: NumPy's on arrays, which keep 64 bits, where it has one."""
    path = OPERATORS.get(name, "")
    if any(t.symbolic for t in tensors_of((tensor, other))):
        return op_for(path)
    rule = op_for("numpy." + path.rpartition(".")[2])
    return rule or op_for(path)


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


def dtype_name(given: Value, otherwise: str) -> str:
    """The name of a dtype that a program gives; `otherwise` where it gives none."""
    if given is None:
        return otherwise
    if isinstance(given, str):
        return PYTHON_DTYPES.get(given, given)
    name = str(getattr(given, "path", "")).rpartition(".")[2]
    return PYTHON_DTYPES.get(name, name) or UNKNOWN


@methods(Tensor, "astype", unknowns=True)
def astype(run: Interpreter, tensor: Tensor, dtype: Value = None, **kwargs: Value) -> Value:
    if tensor.symbolic:
        rule = op_for("keras.ops.cast")
        return apply_rule(run, rule, (tensor, dtype_name(dtype, "float32")), {}, run.node)
    return cast(tensor, dtype_name(dtype, tensor.dtype))


def cast(array: Tensor, dtype: str) -> Tensor:
    """An array with its numbers in another dtype; a fraction is cut off where it gets an int."""
    from shapecalc.graph.computed_contents import fitted

    known = array.contents
    if known is not None and "int" in dtype and not known.whole:
        # Towards zero, so that zero is within the bounds.
        low, high = (None if x is None else math.trunc(x) for x in (known.low, known.high))
        known = Contents(low, high, whole=True)
    contents = None if known is None else fitted(known, dtype)
    return Tensor(array.shape, dtype, contents=contents)


# What NumPy makes of Python's types, and short spellings of its own.
PYTHON_DTYPES = {
    "int": "int64", "float": "float64", "int_": "int64", "float_": "float64", "double": "float64",
    "single": "float32", "bool_": "bool", "f4": "float32", "f8": "float64", "i4": "int32",
    "i8": "int64", "u1": "uint8", "f": "float32", "d": "float64", "half": "float16",
}  # fmt: skip


@methods(Tensor, "numpy", "copy", "assign", "assign_add", "read_value", "values", unknowns=True)
def same_tensor(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
    return tensor


FACTORIES.append(operation)
__all__ = ["apply_rule", "operation"]

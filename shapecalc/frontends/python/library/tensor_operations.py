"""Tensor operations: those of Keras, TensorFlow and NumPy, and Python's operators on tensors."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.dims import Symbolic, is_unknown, product
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import FACTORIES, methods, models, properties
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import (
    KnownArray,
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Value,
    definite,
    first_unknown,
    rest_of,
)
from shapecalc.graph.operation import call_operation
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.ops import OPERATORS, dtypes, op_for
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.refusal import DoesNotFit, Refusal
from shapecalc.rules.unknown import Unknown, Unranked

LIBRARIES = ("keras", "numpy", "tensorflow")


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
    if path.startswith("tensorflow.") and any(map(_is_stack, (*args, *kwargs.values()))):
        try:
            return apply_rule(run, rule, args, kwargs, node, refused=False)
        except Refusal:
            # TensorFlow takes a list of tensors for the tensor of them; which, it says nowhere.
            return Tensor(Unranked(f"what {path} makes of a list of tensors"))
    if path.startswith("numpy.") and args and rule.parameters[:1] != ("xs",):
        args = (_one_array(run, args[0]), *args[1:])
    return apply_rule(run, rule, args, kwargs, node)


def _one_array(run: Interpreter, value: Value) -> Value:
    """A list that a loop fills as the array that NumPy makes of it; anything else as it is."""
    if not isinstance(value, list) or rest_of(value) is None:
        return value
    from shapecalc.frontends.python.library.arrays import array

    return array(run, value)


def _is_stack(value: Value) -> bool:
    """Whether an operand is a list of tensors."""
    return isinstance(value, (list, tuple)) and next(tensors_of(value), None) is not None


def apply_rule(
    run: Interpreter,
    rule: Any,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.AST | None,
    *,
    refused: bool = True,
) -> Value:
    """Apply an operation's rule to values of the program.

    Args:
        run: the run.
        rule: the rule.
        args: the operands by position.
        kwargs: the operands by name.
        node: the call.
        refused: whether to report what Keras refuses.

    Raises:
        Refusal: Keras refuses the call, and that is not to be reported.
    """
    opaque = any(isinstance(a, _OPAQUE) for a in (*args, *kwargs.values()))
    args = tuple(_plain(a) for a in args)
    kwargs = {k: _plain(v) for k, v in kwargs.items()}
    tensors = list(tensors_of((args, kwargs)))
    unknown = first_unknown((*args, *kwargs.values()))
    if not tensors and unknown is not None:
        return Unknown(unknown.reason, unknown.span)
    if any(t.symbolic for t in tensors):
        run.effect(grows=False)
    try:
        result = call_operation(rule.node or "Operation", rule, args, kwargs, run.span(node))
    except Refusal as refusal:
        if not refused:
            raise
        short = rule.name.rpartition(".")[2]
        if opaque or any(map(_is_uncertain, (*args, *kwargs.values()))):
            # What only a library knows may well be what the operation takes.
            return Tensor(Unranked(f"the result of `{short}` on what is not known"))
        if not any(t.symbolic for t in tensors) and not _is_sure_of_data(refusal, tensors):
            return run.unknown(f"the result of `{short}` on data", node)
        run.refuse(refusal, run.span(node), subject=short)
        return Tensor(Unranked(f"{short} is refused"))
    for tensor in tensors_of(result):
        if isinstance(tensor.shape, Unranked) and tensor.symbolic and unknown is None:
            run.gap("unknown", tensor.shape.reason, run.span(node))
    return result


def _is_sure_of_data(refusal: Refusal, tensors: list[Tensor]) -> bool:
    """Whether what NumPy refuses of data is told.

    Arithmetic on data is the data's own affair. Reshaping it is what makes it fit a network, and
    there is no doubt about the number of elements where all lengths are known.
    """
    shapes = [t.shape for t in tensors]
    known = all(isinstance(s, tuple) and all(isinstance(n, int) for n in s) for s in shapes)
    return isinstance(refusal, DoesNotFit) and known


def _is_uncertain(value: Value) -> bool:
    """Whether an operand may be anything, also what an operation does not take for it."""
    if isinstance(value, Tensor):
        return not value.symbolic and isinstance(value.shape, Unranked)
    return isinstance(value, Unknown)


_OPAQUE = (LibraryObject, Instance, Native, NativeMethod)

_DTYPES = frozenset(
    """
    bool bfloat16 float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64
    complex64 complex128 string
    """.split()
)
_PYTHON_DTYPES = {"int": "int32", "float": "float32", "bool": "bool"}


def _plain(value: Value) -> Value:
    """`tf.float32`, `np.float32` and `float` as dtypes; what may be any value, as an unknown."""
    if isinstance(value, LibraryName):
        name = value.path.rpartition(".")[2].rstrip("_")
        dtype = name if name in _DTYPES else _PYTHON_DTYPES.get(value.path)
        return dtype or definite(value)
    return value


@models("tensor operator", unknowns=True)
def tensor_operator(
    run: Interpreter, name: str, tensor: Tensor, other: Value, reflected: bool
) -> Value:
    """`tensor op other`, an index, or a unary operator."""
    other = definite(other)
    if isinstance(tensor, KnownArray):
        from shapecalc.frontends.python.library.known_numbers import one_by_one

        known = one_by_one(tensor, name, other, reflected=reflected)
        if known is not None:
            return known
    rule = _operator_rule(name, tensor, other)
    if rule is None:
        return Tensor(Unranked(f"the operator `{name}` on tensors is not modelled"))
    if isinstance(other, Unknown) and name != "getitem":
        other = Tensor(Unranked(other.reason))
    if isinstance(other, (list, tuple)) and name != "getitem":
        other = _as_array(run, other)
    if other is None and name in ("neg", "invert", "abs"):
        return apply_rule(run, rule, (tensor,), {}, run.node)
    operands = (other, tensor) if reflected else (tensor, other)
    if name != "getitem" or tensor.symbolic:
        return apply_rule(run, rule, operands, {}, run.node)
    # NumPy, unlike Keras, takes a list for an index too.
    with dtypes.wide():
        array = _with_columns(tensor, other)
        return apply_rule(run, rule, (array, _index(other)), {}, run.node)


def _with_columns(array: Tensor, key: Value) -> Tensor:
    """An array of a file's columns, of which there are at least those that the program names."""
    if not isinstance(key, tuple) or not isinstance(array.shape, tuple):
        return array
    if any(part is None or part is Ellipsis for part in key) or len(key) > len(array.shape):
        return array
    dims = list(array.shape)
    for axis, part in enumerate(key[1:], start=1):
        if is_unknown(dims[axis]) and isinstance(part, slice):
            dims[axis] = _named_columns(part) or dims[axis]
    if all(a is b for a, b in zip(dims, array.shape, strict=True)):
        return array
    base = array.base or array
    return Tensor(tuple(dims), array.dtype, contents=array.contents, base=base)


def _named_columns(part: slice) -> int | None:
    """The place behind the last column of `0:8`; None where a slice does not name it."""
    first, last = part.start, part.stop
    from_start = first is None or (isinstance(first, int) and first >= 0)
    plain = from_start and part.step is None
    return last if plain and isinstance(last, int) and last > 0 else None


def _index(key: Value) -> Value:
    """An index with its lists of truth values as what they are."""
    if isinstance(key, tuple):
        return tuple(_index(part) for part in key)
    if isinstance(key, list) and key and all(isinstance(part, bool) for part in key):
        return KnownArray(key, "bool")
    return key


def _operator_rule(name: str, tensor: Tensor, other: Value) -> Any:
    """The rule of an operator: NumPy's on arrays, which keep 64 bits, where it has one."""
    path = OPERATORS.get(name, "")
    if any(t.symbolic or t.of_weights for t in tensors_of((tensor, other))):
        return op_for(path)
    rule = op_for("numpy." + path.rpartition(".")[2])
    return rule or op_for(path)


def _as_array(run: Interpreter, items: Value) -> Value:
    """A list of numbers on one side of an operator: an array, as NumPy and Keras take it."""
    from shapecalc.frontends.python.library.arrays import array

    made = array(run, items)
    return Tensor(Unranked(made.reason)) if isinstance(made, Unknown) else made


_METHODS = """reshape transpose astype sum mean max min std var argmax argmin flatten ravel squeeze
repeat cumsum prod all any clip swapaxes dot round take copy""".split()
_AS_FUNCTION = {"flatten": "ravel", "copy": "copy"}


def extreme_number(array: Tensor, name: str) -> int | None:
    """The greatest or least number of an array of which it is known that it occurs."""
    contents = None if array.symbolic else array.contents
    if contents is None or not contents.all_occur:
        return None
    number = contents.high if name == "max" else contents.low
    return number if isinstance(number, int) else None


def _method(name: str) -> Any:
    def model(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
        rule = op_for("numpy." + _AS_FUNCTION.get(name, name))
        if rule is None:
            return run.unknown(f"the method `{name}` of an array")
        if name in ("reshape", "transpose") and len(args) > 1:
            args = (tuple(args),)
        if name in ("max", "min") and not args and not kwargs:
            extreme = extreme_number(tensor, name)
            if extreme is not None:
                return extreme
        return apply_rule(run, rule, (tensor, *args), kwargs, run.node)

    return model


for _name in _METHODS:
    methods(Tensor, _name, unknowns=True)(_method(_name))


def is_length(value: Value) -> bool:
    """Whether a value may be how long an axis is."""
    if isinstance(value, bool):
        return False
    return isinstance(value, Symbolic) or (isinstance(value, int) and value >= 0)


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
    """An array with its numbers in another dtype."""
    from shapecalc.graph.computed_contents import converted

    contents = None if array.contents is None else converted(array.contents, dtype)
    return Tensor(array.shape, dtype, contents=contents)


# What NumPy makes of Python's types, and short spellings of its own.
PYTHON_DTYPES = {
    "int": "int64", "float": "float64", "int_": "int64", "float_": "float64", "double": "float64",
    "single": "float32", "bool_": "bool", "f4": "float32", "f8": "float64", "i4": "int32",
    "i8": "int64", "u1": "uint8", "f": "float32", "d": "float64", "half": "float16",
}  # fmt: skip


@methods(int, "numpy")
def number_of_numpy(number: int) -> Value:
    """What TensorFlow computes of known numbers is known here as a number."""
    return number


@methods(Tensor, "numpy", "assign", "assign_add", "read_value", unknowns=True)
def same_tensor(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
    return tensor


@properties(Tensor, "T")
def transposed(run: Interpreter, tensor: Tensor) -> Value:
    prefix = "keras.ops" if tensor.symbolic else "numpy"
    return apply_rule(run, op_for(f"{prefix}.transpose"), (tensor,), {}, run.node)


@properties(Tensor, "size")
def size_of(run: Interpreter, tensor: Tensor) -> Value:
    if isinstance(tensor.shape, Unranked):
        return run.unknown(tensor.shape.reason)
    return product(tensor.shape)


@properties(Tensor, "values")
def values_of(tensor: Tensor) -> Value:
    return tensor


@methods(Tensor, "to_numpy", "toarray", "todense", unknowns=True)
def to_numpy(run: Interpreter, tensor: Tensor, *args: Value, **kwargs: Value) -> Value:
    return tensor


FACTORIES.append(operation)
__all__ = ["apply_rule", "operation"]

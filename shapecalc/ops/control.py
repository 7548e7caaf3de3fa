"""Operations that call a function: what they give is what the function gives.

A function that can be called with `TensorSpec`s is; of any other the output is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from shapecalc.dims import Dim
from shapecalc.ops.op import give_up, op
from shapecalc.ops.operands import axis_index, check_rank, replaced, require_same, tensor
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, WrongInputs
from shapecalc.rules.spec import TensorSpec


def _call(function: Any, what: str, *operands: Any) -> Any:
    """What a function gives, where it can be called here.

    Raises:
        UndecidedError: it cannot.
    """
    if not callable(function):
        give_up(f"what the function given to {what} returns")
    return function(*operands)


def _specs(value: Any) -> Iterator[TensorSpec]:
    """The tensors of a nested structure, in order."""
    if isinstance(value, TensorSpec):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _specs(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _specs(item)


def _mapped(function: Callable[[TensorSpec], TensorSpec], value: Any) -> Any:
    """A nested structure with each tensor replaced."""
    if isinstance(value, TensorSpec):
        return function(value)
    if isinstance(value, dict):
        return {key: _mapped(function, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(function, item) for item in value)
    return value


def _first(spec: TensorSpec) -> TensorSpec:
    check_rank(tensor(spec).shape, least=1)
    return TensorSpec(spec.shape[1:], spec.dtype)


def _leading(value: Any) -> Dim:
    """The length of the first axis of what is mapped over."""
    for spec in _specs(value):
        check_rank(tensor(spec).shape, least=1)
        return spec.shape[0]
    raise WrongInputs("there is no tensor to go along")


def _each(function: Any, elements: Any, what: str) -> Any:
    """What a function gives for each slice along axis 0."""
    count = _leading(elements)
    output = _call(function, what, _mapped(_first, elements))
    return _mapped(lambda spec: TensorSpec((count, *spec.shape), spec.dtype), output)


@op("keras.ops.map")
def map_(f: Any, xs: Any) -> Any:
    """What a function gives for each slice along axis 0."""
    return _each(f, xs, "map")


@op("keras.ops.vectorized_map")
def vectorized_map(function: Any, elements: Any) -> Any:
    """What a function gives for each slice along axis 0."""
    return _each(function, elements, "vectorized_map")


@op("tensorflow.map_fn", "keras.backend.map_fn", "tensorflow.vectorized_map", node="Map")
def map_fn(fn: Any, elems: Any, dtype: Any = None, **options: Any) -> Any:
    """What a function gives for each slice along axis 0."""
    return _each(fn, elems, "map_fn")


@op("keras.ops.scan")
def scan(
    f: Any,
    init: Any,
    xs: Any = None,
    length: Any = None,
    reverse: bool = False,
    unroll: Any = 1,
) -> Any:
    """Carry a value along axis 0; what it is in the end, and what was given at each step."""
    count = _leading(xs) if length is None else length
    step = None if xs is None else _mapped(_first, xs)
    carry, output = _call(f, "scan", init, step)
    return carry, _mapped(lambda spec: TensorSpec((count, *spec.shape), spec.dtype), output)


@op("keras.ops.associative_scan")
def associative_scan(f: Any, elems: Any, reverse: bool = False, axis: Any = 0) -> Any:
    """The results of a function up to each slice along an axis."""
    specs = list(_specs(elems))
    shapes = [spec.shape for spec in specs]
    for shape in shapes:
        refusal = MismatchedShapes("the tensors of a scan must be of one length", shapes)
        place = axis_index(axis, len(shape))
        require_same(shapes[0][axis_index(axis, len(shapes[0]))], shape[place], refusal)

    def cut(spec: TensorSpec) -> TensorSpec:
        return TensorSpec(replaced(spec.shape, axis, 1), spec.dtype)

    one = _mapped(cut, elems)
    output = _call(f, "associative_scan", one, one)
    return _mapped(lambda spec: TensorSpec(shapes[0], spec.dtype), output)


@op("keras.ops.cond", "tensorflow.cond")
def cond(pred: Any, true_fn: Any, false_fn: Any) -> Any:
    """What one of two functions gives; both must give the same."""
    yes, no = _call(true_fn, "cond"), _call(false_fn, "cond")
    if [s.dtype for s in _specs(yes)] != [s.dtype for s in _specs(no)]:
        raise InvalidArgument("`true_fn` and `false_fn` give different dtypes")
    for one, other in zip(_specs(yes), _specs(no), strict=True):
        shapes = [one.shape, other.shape]
        refusal = MismatchedShapes("`true_fn` and `false_fn` give different shapes", shapes)
        if len(one.shape) != len(other.shape):
            raise refusal
        for a, b in zip(*shapes, strict=True):
            require_same(a, b, refusal)
    return yes


@op("keras.ops.switch")
def switch(index: Any, branches: Any, *operands: Any) -> Any:
    """What one of several functions gives, of which Keras asks the first."""
    if not isinstance(branches, (list, tuple)) or not branches:
        raise WrongInputs("`branches` must be a list of functions")
    return _call(branches[0], "switch", *operands)


@op("keras.ops.while_loop", "tensorflow.while_loop")
def while_loop(cond: Any, body: Any, loop_vars: Any, maximum_iterations: Any = None) -> Any:
    """The loop's variables in the end, which keep their shapes."""
    return loop_vars


@op("keras.ops.fori_loop")
def fori_loop(lower: Any, upper: Any, body_fun: Any, init_val: Any) -> Any:
    """The loop's variable in the end, which keeps its shape."""
    return tensor(init_val)


@op("keras.ops.jvp", node="JVP")
def jvp(fun: Any, primals: Any, tangents: Any, has_aux: bool = False) -> Any:
    """What a function gives, and how it changes along some direction."""
    if not isinstance(primals, (list, tuple)):
        raise WrongInputs("`primals` must be a list of tensors")
    output = _call(fun, "jvp", *primals)
    if has_aux:
        output, extra = output
        return output, output, extra
    return output, output


@op("keras.ops.vectorize", "numpy.vectorize", node=None)
def vectorize(pyfunc: Any, *, excluded: Any = None, signature: Any = None) -> Any:
    """A function over tensors made of one over their elements."""
    give_up("what a vectorized function returns")


@op("keras.ops.custom_gradient", "tensorflow.custom_gradient", node=None)
def custom_gradient(f: Any) -> Any:
    """A function whose gradient is given."""
    give_up("what a function with a gradient of its own returns")


@op("tensorflow.numpy_function", "tensorflow.py_function", "keras.backend.rnn",
    "keras.backend.foldl", "keras.backend.foldr", "tensorflow.scan", "tensorflow.foldl",
    "tensorflow.foldr", "keras.backend.gradients", node=None)  # fmt: skip
def foreign(*args: Any, **kwargs: Any) -> Any:
    """What a function gives that is called we know not how."""
    give_up("what a function given to an operation returns")

"""Random arrays: by the size that the program asks for, and the range that they are drawn from."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.arrays import array
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.library.tensor_operations import dtype_name, is_length
from shapecalc.frontends.python.values import DataShape, LibraryObject, Value
from shapecalc.graph.computed_contents import contents_of, fitted
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked

LIBRARIES = ("keras.backend", "keras.random", "numpy", "tensorflow")

_UNIT = Contents(0, 1)
GENERATOR = "numpy.random.Generator"
OLD_GENERATOR = "numpy.random.RandomState"


def sized(run: Interpreter, size: Value, dtype: str, contents: Contents | None = None) -> Value:
    """An array of random numbers of the size that a program gives."""
    if size is None:
        return run.unknown("a random number")
    if isinstance(size, DataShape):
        return Tensor(Unranked(size.reason), dtype, contents=contents)
    items = run.iterate(size) if isinstance(size, (tuple, list, Unknown, Tensor)) else [size]
    if isinstance(items, Unknown):
        return items
    if not all(is_length(item) for item in items):
        return run.unknown("a random array of unknown shape")
    return Tensor(tuple(items), dtype, contents=contents)


def _by_axes(contents: Contents | None) -> Any:
    def model(run: Interpreter, *axes: Value) -> Value:
        return sized(run, axes or None, "float64", contents)

    return model


def _by_shape(contents: Contents | None) -> Any:
    def model(run: Interpreter, size: Value = None, dtype: Value = None, **kw: Value) -> Value:
        return sized(run, size, dtype_name(dtype, "float64"), contents)

    return model


def normal(run: Interpreter, loc: Value = 0.0, scale: Value = 1.0, size: Value = None) -> Value:
    """Numbers without bounds."""
    return sized(run, size, "float64")


def uniform(run: Interpreter, low: Value = 0.0, high: Value = 1.0, size: Value = None) -> Value:
    """Numbers between two."""
    bounds = all(isinstance(b, (int, float)) for b in (low, high))
    contents = Contents(min(low, high), max(low, high)) if bounds else None
    return sized(run, size, "float64", contents)


def of_one_parameter(run: Interpreter, parameter: Value = None, size: Value = None) -> Value:
    """Numbers of a distribution that one number describes, such as Poisson's."""
    return sized(run, size, "unknown")


def multivariate_normal(
    run: Interpreter, mean: Value, cov: Value = None, size: Value = (), *args: Value, **kw: Value
) -> Value:
    """Vectors, each with as many numbers as the mean has."""
    middle = array(run, mean)
    if not isinstance(middle, Tensor) or not isinstance(middle.shape, tuple):
        return run.unknown("random vectors of unknown length")
    vectors = sized(run, size, "float64")
    if isinstance(vectors, Tensor) and isinstance(vectors.shape, tuple):
        return Tensor((*vectors.shape, *middle.shape), "float64")
    return vectors


def integers(
    run: Interpreter,
    low: Value,
    high: Value = None,
    size: Value = None,
    dtype: Value = None,
    endpoint: Value = False,
) -> Value:
    """Whole numbers from one up to another, which is left out."""
    low, high = (0, low) if high is None else (low, high)
    name = dtype_name(dtype, "int64")
    known = all(isinstance(b, int) for b in (low, high)) and endpoint in (True, False)
    contents = None
    if known:
        last = high if endpoint is True else high - 1
        contents = fitted(Contents(low, last, whole=True, reached=True), name)
    return sized(run, size, name, contents)


def choice(run: Interpreter, a: Value, size: Value = None, *args: Value, **kw: Value) -> Value:
    """Elements of an array, or of the whole numbers below one."""
    if isinstance(a, int):
        return sized(run, size, "int64", Contents(0, max(a - 1, 0), whole=True))
    one_axis = isinstance(a, Tensor) and isinstance(a.shape, tuple) and len(a.shape) == 1
    if isinstance(a, (list, tuple)) or one_axis:
        found = contents_of(a)._replace(one_hot=False, all_occur=False)
        dtype = a.dtype if isinstance(a, Tensor) else "unknown"
        return sized(run, size, dtype, found)
    return run.unknown("a random choice")


def permutation(run: Interpreter, value: Value, *args: Value, **kwargs: Value) -> Value:
    """The same rows in another order."""
    if isinstance(value, int):
        contents = Contents(0, max(value - 1, 0), whole=True, all_occur=value > 0)
        return Tensor((value,), "int64", contents=contents)
    if isinstance(value, Tensor):
        return Tensor(value.shape, value.dtype, contents=value.contents)
    if is_length(value):
        return Tensor((value,), "int64", contents=Contents(0, None, whole=True))
    if isinstance(value, (Unknown, type(None))):
        return value
    return run.unknown("a permutation")


def shuffle(run: Interpreter, value: Value, *args: Value, **kwargs: Value) -> None:
    """The rows change their order in place."""
    from shapecalc.frontends.python.library.array_writing import forget_items

    if isinstance(value, Tensor):
        forget_items(value)
    elif isinstance(value, list):
        run.touch(value)
        if any(item is not value[0] for item in value):
            value[:] = [run.unknown("an item of a list that is shuffled") for _ in value]


_DRAWS = {
    "normal": normal, "laplace": normal, "lognormal": normal, "logistic": normal,
    "binomial": normal, "beta": normal, "gamma": normal, "gumbel": normal,
    "poisson": of_one_parameter, "exponential": of_one_parameter, "geometric": of_one_parameter,
    "multivariate_normal": multivariate_normal, "uniform": uniform, "choice": choice,
    "permutation": permutation,
    "shuffle": shuffle, "random": _by_shape(_UNIT), "standard_normal": _by_shape(None),
}  # fmt: skip
_OLD_DRAWS = {
    **_DRAWS, "rand": _by_axes(_UNIT), "randn": _by_axes(None), "randint": integers,
    "random_sample": _by_shape(_UNIT), "ranf": _by_shape(_UNIT),
}  # fmt: skip

for _name, _model in _OLD_DRAWS.items():
    models(f"numpy.random.{_name}", unknowns=True)(_model)


def _of_object(model: Any) -> Any:
    def method(run: Interpreter, generator: Value, *args: Value, **kwargs: Value) -> Value:
        return model(run, *args, **kwargs)

    return method


for _name, _model in {**_DRAWS, "integers": integers}.items():
    object_methods(f"{GENERATOR}.{_name}", unknowns=True)(_of_object(_model))
for _name, _model in _OLD_DRAWS.items():
    object_methods(f"{OLD_GENERATOR}.{_name}", unknowns=True)(_of_object(_model))


@models("numpy.random.default_rng", unknowns=True)
def default_rng(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return LibraryObject(GENERATOR)


@models("numpy.random.RandomState", unknowns=True)
def random_state(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return LibraryObject(OLD_GENERATOR)


@models("tensorflow.random.normal", "keras.random.normal", "tensorflow.random.truncated_normal",
        "keras.backend.random_normal", "keras.random.randint", "tensorflow.random.uniform",
        "keras.random.uniform", unknowns=True)  # fmt: skip
def random_tensor(run: Interpreter, shape: Value = None, *args: Value, **kwargs: Value) -> Value:
    return sized(run, shape, dtype_name(kwargs.get("dtype"), "float32"))


@models("numpy.random.seed", "tensorflow.random.set_seed", "tensorflow.set_random_seed",
        unknowns=True)  # fmt: skip
def seed(*args: Value) -> None:
    return None

"""What calls are drawn of: tensors, axes, pairs of operands; and the table of what to draw."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from tests.ops.case import RULES, Case, T, map_tensors
from tests.ops.exceptions import TRACED, WITHOUT_NONE

Draw = Callable[[Any], Any]

DTYPES = ["float32", "float16", "bfloat16", "float64", "int8", "int32", "int64", "uint8", "bool"]
LENGTHS = st.sampled_from([1, 2, 3, 4, 6])
dtypes = st.sampled_from(["float32", "float32", *DTYPES])


def lengths(none: bool = True) -> st.SearchStrategy[Any]:
    """The length of an axis; sometimes None, rarely zero."""
    kinds = [LENGTHS] * 6 + [st.just(0)] + [st.none()] * none
    return st.one_of(kinds)


@st.composite
def shapes(draw: Draw, least: int = 0, most: int = 4, none: bool = True) -> tuple[Any, ...]:
    """A shape."""
    return tuple(draw(st.lists(lengths(none), min_size=least, max_size=most)))


@st.composite
def tensors(draw: Draw, least: int = 0, most: int = 4, none: bool = True, dtype: Any = dtypes) -> T:
    """A tensor."""
    return T(draw(shapes(least, most, none)), draw(dtype))


def axis_of(rank: int) -> st.SearchStrategy[int]:
    """An axis of a tensor; rarely one that it does not have."""
    good = st.integers(-max(rank, 1), max(rank, 1) - 1)
    return st.one_of(good, good, good, good, st.integers(-rank - 2, rank + 2))


@st.composite
def axes_of(draw: Draw, rank: int) -> Any:
    """None, one axis, or several different ones."""
    kind = draw(st.sampled_from(["none", "one", "several", "several"]))
    if kind == "none":
        return None
    if kind == "one" or rank == 0:
        return draw(axis_of(rank))
    chosen = draw(st.lists(st.integers(0, rank - 1), unique=True, max_size=rank))
    return [draw(st.sampled_from([a, a - rank])) for a in chosen]


@st.composite
def other_shape(draw: Draw, shape: tuple[Any, ...]) -> tuple[Any, ...]:
    """A shape that mostly goes together with another."""
    cut = draw(st.integers(0, len(shape)))
    axes = [draw(st.sampled_from([n, n, n, 1, 1, None, 5])) for n in shape[cut:]]
    front = draw(shapes(0, 1)) if cut == 0 else ()
    return (*front, *axes)


scalars = st.sampled_from([2, 0.5, True, -1])


@st.composite
def two(draw: Draw, dtype: Any = dtypes, numbers: bool = True) -> tuple[Any, Any]:
    """Two operands, at least one of them a tensor."""
    x = draw(tensors(dtype=dtype))
    if numbers and draw(st.integers(0, 4)) == 0:
        y: Any = draw(scalars)
    else:
        y = T(draw(other_shape(x.shape)), draw(dtype))
    return (y, x) if draw(st.booleans()) else (x, y)


# By name, a strategy of the arguments: positional, and by keyword.
TABLE: dict[str, st.SearchStrategy[tuple[tuple[Any, ...], dict[str, Any]]]] = {}


def entry(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put what a function draws into the table."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            assert name not in TABLE, name
            TABLE[name] = st.composite(function)()
        return function

    return register


# The values of an argument, or a function from the arguments drawn so far, by name, to them.
Values = st.SearchStrategy[Any] | Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]

# By name, the optional arguments that the entry of the table leaves alone.
OPTIONS: dict[str, dict[str, Values]] = {}


def options(*names: str, **values: Values) -> None:
    """Enter optional arguments of some operations, in the order in which they are drawn."""
    for name in names:
        own = OPTIONS.setdefault(name, {})
        assert not own.keys() & values.keys(), (name, values)
        own.update(values)


def bound(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call by name."""
    return inspect.signature(RULES[name].function).bind(*args, **kwargs).arguments


@st.composite
def _calls(draw: Draw, name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """What the table draws for an operation, and mostly some options."""
    args, kwargs = draw(TABLE[name])
    own = OPTIONS.get(name, {})
    if own:
        given = draw(st.lists(st.sampled_from(sorted(own)), max_size=3))
        for argument, values in own.items():
            if argument in given:
                drawn = bound(name, args, kwargs)
                chosen = values(drawn) if callable(values) else values
                kwargs = {**kwargs, argument: draw(chosen)}
    return args, kwargs


def cases(name: str) -> st.SearchStrategy[Case]:
    """Calls of an operation."""

    def comparable(tensor: T) -> T:
        shape, dtype = tensor
        if name in WITHOUT_NONE or name in TRACED:
            shape = tuple(2 if n is None else n for n in shape)
        if name in TRACED:
            # What is traced has no 64 bits, and is not always defined on nothing.
            shape, dtype = tuple(n or 2 for n in shape), dtype.replace("64", "32")
        return T(shape, dtype)

    return _calls(name).map(lambda drawn: Case(name, *map_tensors(comparable, drawn)))


@st.composite
def plain_cases(draw: Draw, name: str) -> Case:
    """Calls of an operation on tensors whose lengths are all numbers above 0."""
    case = draw(cases(name))

    def fixed(tensor: T) -> T:
        return T(tuple(n or draw(LENGTHS) for n in tensor.shape), tensor.dtype)

    args, kwargs = map_tensors(fixed, (case.args, case.kwargs))
    return Case(name, args, kwargs)

"""Decorators of Python's own, and what they make of functions; `contextlib`."""

from __future__ import annotations

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.derived import program_class
from shapecalc.frontends.python.exceptions import catches
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models, object_methods
from shapecalc.frontends.python.program_values import Class, Descriptor, Function
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Native,
    Value,
    first_unknown,
)
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("abc", "contextlib", "functools", "jax", "typing")


@models("abc.abstractmethod", "contextlib.contextmanager", "functools.total_ordering",
        "jax.jit", "jax.checkpoint", "typing.final", "typing.no_type_check", "typing.override",
        "typing.runtime_checkable", unknowns=True)  # fmt: skip
def unchanged(function: Value, *args: Value, **kwargs: Value) -> Value:
    return function


@models("functools.wraps", unknowns=True)
def wraps(*args: Value, **kwargs: Value) -> Value:
    return Native("wraps", lambda function: function)


@models("functools.partialmethod", unknowns=True)
def partial_method(run: Interpreter, function: Value, /, *args: Value, **kwargs: Value) -> Value:
    def call(receiver: Value, *more: Value, **words: Value) -> Value:
        return run.call(function, (receiver, *args, *more), {**kwargs, **words}, run.call_node)

    return Native("partialmethod", call, is_method=True)


@models("contextlib.suppress", unknowns=True)
def suppress(*kinds: Value) -> Value:
    return LibraryObject("contextlib.suppress", kinds)


@object_methods("contextlib.suppress.__exit__", unknowns=True)
def is_suppressed(value: LibraryObject, kind: Value, *rest: Value) -> Value:
    return kind is not None and catches(value.args, kind)


@models("functools.cached_property", unknowns=True)
def cached_property(function: Value) -> Value:
    return Descriptor("cached_property", function)


# --- functions that remember -------------------------------------------------------------------


@models("functools.lru_cache", "functools.cache", unknowns=True)
def cache(run: Interpreter, maxsize: Value = 128, typed: Value = False) -> Value:
    if maxsize is None or isinstance(maxsize, (int, Unknown)):
        return Native("cache", lambda function: _remembering(run, function))
    return _remembering(run, maxsize)


def _remembering(run: Interpreter, function: Value) -> Value:
    """A function that gives what it gave before for the same arguments."""
    calls: list[tuple[list[Value], Value]] = []

    def call(*args: Value, **kwargs: Value) -> Value:
        given = [*args, *(part for pair in kwargs.items() for part in pair)]
        for before, made in calls:
            if _are_alike(before, given):
                return made
        if any(first_unknown([*before, *given]) is not None for before, _ in calls):
            return run.unknown("whether a function remembers a call")
        made = run.call(function, args, kwargs, run.call_node)
        run.touch(calls)
        calls.append((given, made))
        return made

    return Native("a function that remembers", call, is_method=True)


def _are_alike(one: list[Value], other: list[Value]) -> bool:
    """Whether lists of arguments are surely the same."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, (int, float, str, tuple, Symbolic)) and a == b)
        for a, b in zip(one, other, strict=True)
    )


# --- functions by type -------------------------------------------------------------------------


class Dispatch(Native):
    """`functools.singledispatch(function)`: functions by the type of the first argument.

    Attributes:
        options: types and their functions.
    """

    __slots__ = ("_otherwise", "_run", "options")

    def __init__(self, run: Interpreter, function: Value) -> None:
        super().__init__("a function chosen by type", self._call)
        self._run = run
        self._otherwise = function
        self.options: list[tuple[Value, Value]] = []

    def _call(self, *args: Value, **kwargs: Value) -> Value:
        node = self._run.call_node
        function = self._chosen(args[0])
        return self._run.call(function, args, kwargs, node)

    def _chosen(self, value: Value) -> Value:
        """The function for the nearest type of a value."""
        run = self._run
        fitting: list[tuple[Value, Value]] = []
        for kind, function in self.options:
            fits = run.truth(run.call(LibraryName("isinstance"), (value, kind)))
            if fits is None:
                return run.unknown("a function chosen by a type that is not known")
            if fits:
                fitting.append((kind, function))
        if len(fitting) > 1:
            cls = program_class(value)
            if cls is None or not all(isinstance(kind, Class) for kind, _ in fitting):
                return run.unknown("a function chosen among types that derive from each other")
            fitting.sort(key=lambda option: cls.mro.index(option[0]))
        return fitting[0][1] if fitting else self._otherwise


@models("functools.singledispatch", unknowns=True)
def single_dispatch(run: Interpreter, function: Value) -> Value:
    return Dispatch(run, function)


@methods(Dispatch, "register", unknowns=True)
def register(run: Interpreter, value: Dispatch, kind: Value, function: Value = None) -> Value:
    def add(other: Value) -> Value:
        run.touch(value.options)
        value.options.append((kind, other))
        return other

    if function is not None:
        return add(function)
    if not isinstance(kind, Function):
        return Native("register", add)
    # The annotation of its first parameter says for what it is.
    function, kind = kind, run.unknown("a type")
    first = next(iter(function.node.args.args), None)
    if first is not None and first.annotation is not None:
        kind = run.evaluate(first.annotation)
    return add(function)

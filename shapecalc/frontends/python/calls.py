"""Calls: arguments are bound and the callee run, by its kind."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.branching import join
from shapecalc.frontends.python.conditions import ATTRIBUTE, Computed, derive
from shapecalc.frontends.python.control import Enough, Return
from shapecalc.frontends.python.derived import defines
from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.expressions import MISSING
from shapecalc.frontends.python.frames import Frame
from shapecalc.frontends.python.interpreter import (
    MAX_ITEMS,
    MAX_SPECULATIVE_RECURSION,
    Interpreter,
)
from shapecalc.frontends.python.keyed import hand_out
from shapecalc.frontends.python.nodes import expression
from shapecalc.frontends.python.program_values import (
    BoundMethod,
    Class,
    Descriptor,
    Function,
    Instance,
    Super,
)
from shapecalc.frontends.python.values import (
    Iterator,
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Raised,
    Value,
    describe,
)
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import Unknown


@expression(ast.Call)
def call_expression(run: Interpreter, node: ast.Call) -> Value:
    function = run.evaluate(node.func)
    args: list[Value] = []
    kwargs: dict[str, Value] = {}
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            items = run.iterate(run.evaluate(argument.value))
            if isinstance(items, Unknown):
                return _not_called(run, function, f"with unknown arguments: {items.reason}", node)
            args.extend(items)
            if len(args) > MAX_ITEMS:
                return run.unknown("a call with too many arguments", node)
        else:
            args.append(run.evaluate(argument))
    for keyword in node.keywords:
        value = run.evaluate(keyword.value)
        if keyword.arg is not None:
            kwargs[keyword.arg] = value
        elif isinstance(value, dict) and all(isinstance(k, str) for k in value):
            kwargs.update(value)
        else:
            return _not_called(run, function, "with unknown keyword arguments", node)
    if isinstance(function, LibraryName) and function.path == "super":
        return _super(run, args)
    return call_value(run, function, tuple(args), kwargs, node)


def _not_called(run: Interpreter, function: Value, how: str, node: ast.Call) -> Unknown:
    """The result of a call that is not made, as it is not known what it is given."""
    unknown = run.unknown(f"a call {how}", node)
    if isinstance(function, (BoundMethod, Class, Function, Layer)):
        run.gap("unknown", unknown.reason, unknown.span)
    return unknown


def _super(run: Interpreter, args: list[Value]) -> Value:
    frame = run.frame
    scope_frame = frame
    if args and isinstance(args[0], (Class, LibraryName)):
        return Super(args[1] if len(args) > 1 else frame.receiver, args[0])
    if scope_frame.owner is None:
        return run.unknown("`super()` outside a method")
    return Super(frame.receiver, scope_frame.owner)


def call_value(
    run: Interpreter,
    function: Value,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a value with arguments.

    Raises:
        Raised: the program would raise.
    """
    if isinstance(function, Function):
        return call_function(run, function, args, kwargs)
    if isinstance(function, BoundMethod) and not isinstance(function.function, Function):
        # `property(len)`, or a `__getattr__` that is no function of the program.
        return call_value(run, function.function, (function.receiver, *args), kwargs, node)
    if isinstance(function, BoundMethod):
        return call_function(
            run, function.function, (function.receiver, *args), kwargs, receiver=function.receiver
        )
    if isinstance(function, (Unknown, LibraryName, LibraryObject, NativeMethod)):
        _hand_over(run, function, (*args, *kwargs.values()))
    if isinstance(function, LibraryName):
        from shapecalc.frontends.python.library.dispatch import call_library

        return call_library(run, function.path, args, kwargs, node)
    if isinstance(function, Layer):
        from shapecalc.frontends.python.construction import call_layer_value

        return call_layer_value(run, function, args, kwargs, node)
    if isinstance(function, NativeMethod):
        from shapecalc.frontends.python.library.dispatch import call_method

        return call_method(run, function.receiver, function.name, args, kwargs, node)
    if isinstance(function, Class):
        return instantiate(run, function, args, kwargs, node)
    if isinstance(function, Native):
        run.call_node = node
        try:
            return function.call(*args, **kwargs)
        except TypeError as error:
            return run.unknown(f"{function.name}: {error!s:.80}", node)
    if defines(function, "__call__"):
        return run.call(run.attribute(function, "__call__"), args, kwargs, node)
    if isinstance(function, LibraryObject):
        from shapecalc.frontends.python.library.dispatch import call_object

        return call_object(run, function, args, kwargs, node)
    if isinstance(function, Unknown):
        return _call_unknown(run, function, args, kwargs, node)
    if isinstance(function, Tensor) or function is None or isinstance(function, (int, str, list)):
        raise Raised("TypeError", f"{describe(function)} is not callable")
    return run.unknown(f"a call of {describe(function)}", node)


def _hand_over(run: Interpreter, function: Value, values: tuple[Value, ...]) -> None:
    """Note what code that is not followed may do to the values that it is given.

    It may compile models, and fill containers whose methods it gets.
    """
    hand_out(run, function, values)
    if isinstance(function, NativeMethod) or getattr(function, "path", "").startswith("keras."):
        return
    for value in values:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(item, Network) and id(item) not in run.compiled:
                run.touch(run.compiled)
                run.compiled[id(item)] = run.unknown("what is compiled elsewhere")


def _call_unknown(
    run: Interpreter,
    function: Unknown,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Whatever an unknown callee returns; if a tensor goes in, that is worth reporting."""
    if any(t.symbolic for t in tensors_of((args, kwargs))):
        run.gap("unknown", function.reason, function.span or run.span(node))
    if not kwargs and args and _asks_only(function):
        return derive("call", function, *args)
    return Unknown(function.reason, function.span)


# The methods of texts change nothing, nor does `get` of what is like a dict.
_ASKING = frozenset(name for name in dir(str) if name[0] != "_") | {"get"}


def _asks_only(function: Unknown) -> bool:
    """Whether an unknown is a method, by its name, that gives the same as often as it is asked."""
    return (
        isinstance(function, Computed)
        and function.operation == ATTRIBUTE
        and function.sources[1] in _ASKING
    )


def call_function(
    run: Interpreter,
    function: Function,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    receiver: Value = None,
) -> Value:
    """Run a function of the program.

    Raises:
        Raised: the arguments don't bind, or the body raises.
    """
    scope = Scope(function.scope, function.scope.module)
    if function.scope.is_class:
        scope.parent = function.scope.parent
    frame = Frame(scope, function.name, function.owner, receiver)
    if frame.receiver is None and function.owner is not None and args:
        frame.receiver = args[0]
    if isinstance(function.node, ast.Lambda):
        frame.function = run.frame.function
        frame.owner, frame.receiver = run.frame.owner, run.frame.receiver
    bind_arguments(run, function, args, kwargs, scope.names)
    node = function.node
    run.called.add(id(node))
    count = run.active.get(node, 0)
    if run.trail is not None and (count > MAX_SPECULATIVE_RECURSION or run.tires_of_trying()):
        # Each way that may be taken doubles the work, and a recursion may have no end.
        run.gap("limit", f"`{function.name}` is called under too many unknown conditions")
        return run.unknown(f"`{function.name}` is called under too many unknown conditions")
    if function.is_generator:
        # As in Python, nothing of it is run before somebody asks for an item.
        return Iterator(None, lambda: _run_generator(run, function, frame))
    run.active[node] = count + 1
    grown_at = run.grown_at
    try:
        with run.in_frame(frame):
            return _run_body(run, function, frame)
    finally:
        run.active[node] = count
        if function.looked_through is not None and run.grown_at > grown_at:
            reason = f"what a decorator of `{function.name}` does besides"
            run.gap("unknown", reason, function.looked_through)


def _run_generator(run: Interpreter, function: Function, frame: Frame) -> tuple[list[Value], bool]:
    """What a generator yields, and whether it goes on and on."""
    items = frame.yielded = []
    endless = False
    with run.in_frame(frame):
        try:
            run.execute(function.node.body)  # type: ignore[arg-type]
        except Return:
            pass
        except Enough:
            endless = True
    return items, endless


def _run_body(run: Interpreter, function: Function, frame: Frame) -> Value:
    if isinstance(function.node, ast.Lambda):
        return run.evaluate(function.node.body)
    result: Value = None
    try:
        run.execute(function.node.body)
    except Return as returned:
        result = returned.value
    for other in frame.maybe_returned:
        result = join(run, other, result, function.node)
    return result


def bind_arguments(
    run: Interpreter,
    function: Function,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    names: dict[str, Value],
) -> None:
    """Bind a call's arguments to a function's parameters, as Python does.

    Raises:
        Raised: a TypeError, where they don't fit.
    """
    spec = function.node.args
    positional = [*spec.posonlyargs, *spec.args]
    remaining = dict(kwargs)
    for parameter, value in zip(positional, args, strict=False):
        names[parameter.arg] = value
    if len(args) > len(positional):
        if spec.vararg is None:
            raise Raised(
                "TypeError",
                f"{function.name}() takes {len(positional)} arguments, {len(args)} given",
            )
        names[spec.vararg.arg] = tuple(args[len(positional) :])
    elif spec.vararg is not None:
        names[spec.vararg.arg] = ()
    first_default = len(positional) - len(function.defaults)
    for i, parameter in enumerate(positional[len(args) :], start=len(args)):
        name = parameter.arg
        if name in remaining:
            names[name] = remaining.pop(name)
        elif i >= first_default:
            names[name] = function.defaults[i - first_default]
        else:
            raise Raised("TypeError", f"{function.name}() needs the argument '{name}'")
    for parameter, default in zip(spec.kwonlyargs, function.kw_defaults, strict=True):
        name = parameter.arg
        if name in remaining:
            names[name] = remaining.pop(name)
        elif default is not MISSING:
            names[name] = default
        else:
            raise Raised("TypeError", f"{function.name}() needs the argument '{name}'")
    if spec.kwarg is not None:
        names[spec.kwarg.arg] = remaining
    elif remaining:
        word = next(iter(remaining))
        raise Raised("TypeError", f"{function.name}() has no argument '{word}'")


def instantiate(
    run: Interpreter,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a class of the program."""
    called = cls.metaclass and cls.metaclass.lookup("__call__")
    if called:
        return call_value(run, BoundMethod(cls, called[0]), args, kwargs, node)
    return make_object(run, cls, args, kwargs, node)


def make_object(
    run: Interpreter,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Make an object of a class of the program."""
    from shapecalc.frontends.python.library.dispatch import instance_of_library_class

    made: Any = instance_of_library_class(run, cls, args, kwargs, node)
    if made is not None:
        return made
    maker = cls.lookup("__new__")
    if maker is not None:
        function = maker[0].function if isinstance(maker[0], Descriptor) else maker[0]
        made = run.call(BoundMethod(cls, function), args, kwargs, node)
        if not isinstance(made, Instance) or cls not in made.cls.mro:
            return made
    instance: Instance = Instance(cls) if maker is None else made
    if cls.lookup("__init__") is not None:
        run.call(run.attribute(instance, "__init__"), args, kwargs, node)
    return instance

"""Calls, attributes, items and operators of what libraries define: which model answers."""

from __future__ import annotations

import ast
import builtins
from functools import partial

from shapecalc.frontends.python.derived import TYPES, program_class
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.keyed import lose_unknown
from shapecalc.frontends.python.library.registry import (
    FACTORIES,
    FUNCTIONS,
    METHODS,
    OBJECT_METHODS,
    PROPERTIES,
    Entry,
    Model,
    is_builtin,
    load,
    load_library,
)
from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Rest,
    Value,
    definite,
    describe,
    first_unknown,
)
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked

# Libraries whose functions (not classes) hold no weights.
_STATELESS = frozenset({"keras", "tensorflow", "numpy", "jax", "math", "torch"})
# What judges a network from outside: nothing of it becomes part of one.
_JUDGING = ("keras.losses.", "keras.metrics.", "keras.backend.ctc_", "matplotlib.")


def run_entry(
    run: Interpreter,
    entry: Entry,
    what: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a model; what it can't handle is unknown.

    Raises:
        Raised: the program would raise.
    """
    args = tuple(map(definite, args))
    kwargs = {name: definite(value) for name, value in kwargs.items()}
    if not entry.unknowns:
        unknown = first_unknown((*args, *kwargs.values()))
        if unknown is not None:
            return Unknown(unknown.reason, unknown.span)
    if entry.takes_node:
        kwargs = {**kwargs, "node": node}
    try:
        return entry.function(run, *args, **kwargs) if entry.takes_run else entry.function(
            *args, **kwargs)  # fmt: skip
    except UndecidedError as undecided:
        return undecided.unknown
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, OverflowError) as error:
        return run.unknown(f"{what}: {error!s:.80}", node)


def call_library(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call something of a library, by its canonical name."""
    load(path)
    entry = FUNCTIONS.get(path)
    if entry is not None:
        return run_entry(run, entry, path, args, kwargs, node)
    if path.startswith("keras.layers."):
        from shapecalc.frontends.python.library.keras_layers import make_keras_layer

        return make_keras_layer(run, path, args, kwargs, node)
    if "." not in path and is_builtin(path):
        cls = getattr(builtins, path, None)
        if isinstance(cls, type) and issubclass(cls, BaseException):
            return LibraryObject(path, args, kwargs)
    owner, _, method = path.partition(".")
    if owner in TYPES and method and args:
        # `dict.get(d, key)`
        return args[0] if isinstance(args[0], Unknown) else call_method(
            run, args[0], method, args[1:], kwargs, node)  # fmt: skip
    for factory in FACTORIES:
        made = factory(run, path, args, kwargs, node)
        if made is not None:
            return made
    reason = f"there is no model for {path}"
    if next(tensors_of((args, kwargs)), None) is None:
        return run.unknown(reason, node)
    if any(t.symbolic for t in tensors_of((args, kwargs))) and not path.startswith(_JUDGING):
        run.gap("unknown", reason, run.span(node))
    # What computes with tensors and holds no weights yields one.
    if path.split(".", 1)[0] in _STATELESS and not path.split(".")[-1][:1].isupper():
        return Tensor(Unranked(reason))
    return run.unknown(reason, node)


def call_method(
    run: Interpreter,
    receiver: Value,
    name: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a modelled method."""
    load(f"{receiver.path}.{name}" if isinstance(receiver, LibraryObject) else "")
    for cls in type(receiver).__mro__:
        entry = METHODS.get((cls, name))
        if entry is not None:
            what = f"{cls.__name__.lower()}.{name}"
            return run_entry(run, entry, what, (receiver, *args), kwargs, node)
    if isinstance(receiver, LibraryObject):
        return call_object_method(run, receiver, name, args, kwargs, node)
    unknown = run.unknown(
        f"there is no model for the method `{name}` of {describe(receiver)}", node
    )
    if isinstance(receiver, (dict, set)):
        lose_unknown(run, receiver, unknown)
    elif isinstance(receiver, list):
        run.touch(receiver)
        receiver[:] = [Rest(unknown.reason, unknown.span)]
    return unknown


def call_object_method(
    run: Interpreter,
    receiver: LibraryObject,
    name: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a method of a library's object."""
    path = f"{receiver.path}.{name}"
    load(path)
    entry = OBJECT_METHODS.get(path)
    if entry is not None:
        return run_entry(run, entry, path, (receiver, *args), kwargs, node)
    return run.unknown(f"there is no model for {path}", node)


def has_object_method(receiver: LibraryObject, name: str) -> bool:
    """Whether a method of a library's object is modelled."""
    path = f"{receiver.path}.{name}"
    load(path)
    return path in OBJECT_METHODS


def call_object(
    run: Interpreter,
    receiver: LibraryObject,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a library's object: `relu6(x)` for an activation object, a loss, a metric."""
    return call_object_method(run, receiver, "__call__", args, kwargs, node)


def attribute_of(run: Interpreter, value: Value, name: str) -> Value:
    """An attribute of a layer, tensor or library object."""
    load_library("keras")
    attributes = getattr(value, "attributes", None)
    if isinstance(value, Layer):
        attributes = value.__dict__.get("attributes")
    if attributes and name in attributes:
        return attributes[name]
    for cls in type(value).__mro__:
        entry = PROPERTIES.get((cls, name))
        if entry is not None:
            return run_entry(run, entry, f"{cls.__name__.lower()}.{name}", (value,), {}, None)
        if (cls, name) in METHODS:
            return NativeMethod(value, name)
    if isinstance(value, Layer) and name in value.arguments:
        return argument_value(value, name)
    if isinstance(value, LibraryObject):
        return NativeMethod(value, name)
    return run.unknown(f"the attribute `{name}` of {describe(value)}")


def argument_value(layer: Layer, name: str) -> Value:
    """What a layer has as the attribute that one of its arguments is named like."""
    given = getattr(layer, name)
    if given is None and name in getattr(layer, "measured", ()):
        return Tensor(Unranked(f"the {name} of data"))
    if name.endswith("activation") and (given is None or isinstance(given, str)):
        return LibraryName(f"keras.activations.{given or 'linear'}")
    return given


def _call_entry(
    run: Interpreter, entry: Entry, what: str, receiver: Value, /, *args: Value, **kwargs: Value
) -> Value:
    return run_entry(run, entry, what, (receiver, *args), kwargs, None)


def super_attribute(run: Interpreter, receiver: Value, name: str) -> Value:
    """An attribute found behind the program's own classes, in a library's base class."""
    for cls in type(receiver).__mro__:
        entry = METHODS.get((cls, f"super.{name}")) or METHODS.get((cls, name))
        if entry is not None:
            return Native(name, partial(_call_entry, run, entry, name, receiver))
    if isinstance(receiver, Layer):
        return attribute_of(run, receiver, name)
    if isinstance(receiver, Class) and name == "__call__":
        from shapecalc.frontends.python.calls import make_object

        return Native(name, lambda *a, **k: make_object(run, receiver, a, k, None))
    if isinstance(receiver, Class) and name == "__new__":
        return Native(name, lambda cls, *a, **k: Instance(cls))
    if name == "__setattr__" and program_class(receiver) is not None:
        from shapecalc.frontends.python.attributes import set_as_object_does

        return Native(name, partial(set_as_object_does, run, receiver))
    if name in ("__init__", "__setattr__", "__init_subclass__"):
        return Native(name, lambda *a, **k: None)
    return run.unknown(f"the inherited `{name}`")


def instance_of_library_class(
    run: Interpreter,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """An object of a class that derives from a library's, where that is modelled; else None."""
    bases = [b for b in cls.library_bases() if b != "object"]
    if not bases:
        return None
    from shapecalc.frontends.python.inheriting import rule_behind

    for base in bases:
        load(base)
        load(f"subclass of {base}")
        entry = FUNCTIONS.get(f"subclass of {base}")
        if entry is None and rule_behind(base) is not None:
            entry = FUNCTIONS["subclass of keras.layers.Layer"]
        if entry is not None:
            return entry.function(run, cls, base, args, kwargs, node)
    return None


def define_class(run: Interpreter, cls: Class) -> None:
    """Do what a library's base class does when a class of the program is defined."""
    for base in cls.library_bases():
        load(base)
        entry = FUNCTIONS.get(f"definition of {base}")
        if entry is not None:
            entry.function(run, cls)


def tensor_operator(
    run: Interpreter, name: str, tensor: Tensor, other: Value, reflected: bool
) -> Value:
    """An operator with a tensor on one side."""
    load_library("keras")
    entry = FUNCTIONS.get("tensor operator")
    if entry is not None:
        return entry.function(run, name, tensor, other, reflected)
    run.gap("unsupported", f"the operator `{name}` on tensors is not modelled")
    return Tensor(Unranked(f"the operator `{name}` on tensors is not modelled"))


def operator_model(value: Value) -> Model | None:
    """The model of the operators of a type that a library defines (arrays), or None."""
    entry = METHODS.get((type(value), "operator"))
    return None if entry is None else entry.function


def get_item_model(run: Interpreter, value: Value, index: Value) -> Value:
    """`value[index]` for a type that a library defines."""
    for cls in type(value).__mro__:
        entry = METHODS.get((cls, "__getitem__"))
        if entry is not None:
            return run_entry(run, entry, "an item", (value, index), {}, None)
    if isinstance(value, LibraryName) and value.is_definite:
        # A generic type such as `list[int]`.
        return value
    return run.unknown(f"an item of {describe(value)}")


def set_library_item(run: Interpreter, container: Value, index: Value, value: Value) -> None:
    """`container[index] = value` for an object of a library's."""
    for cls in type(container).__mro__:
        entry = METHODS.get((cls, "__setitem__"))
        if entry is not None:
            run_entry(run, entry, "an item", (container, index, value), {}, None)
            return


def iterate_method(run: Interpreter, value: Value) -> list[Value] | Unknown:
    """The items of a value of a type that a library defines."""
    for cls in type(value).__mro__:
        entry = METHODS.get((cls, "__iter__"))
        if entry is not None:
            result: list[Value] | Unknown = run_entry(run, entry, "items", (value,), {}, None)
            return result
    return run.unknown(f"the items of {describe(value)}")

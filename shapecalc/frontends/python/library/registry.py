"""The registry of library models.

A model is a plain function over abstract values, registered under the canonical names of what
it models. Its Python signature is the stub: arguments that do not bind make an unknown. A model
whose first parameter is called `run` gets the interpreter. Unless it says that it handles
unknowns, an unknown argument makes the result unknown before the model is asked.

A library's models live in one module, imported when the analysed program first names it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from functools import partial

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.modules import canonical
from shapecalc.frontends.python.values import (
    Class,
    LibraryName,
    LibraryObject,
    Raised,
    Value,
    definite,
    describe,
    first_unknown,
)
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import NoSuchLayer
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked

Model = Callable[..., Value]


class Entry:
    """A registered model."""

    __slots__ = ("function", "takes_node", "takes_run", "unknowns")

    def __init__(self, function: Model, unknowns: bool) -> None:
        code = getattr(function, "__code__", None)
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code else ()
        self.function = function
        self.unknowns = unknowns
        self.takes_run = names[:1] == ("run",)
        self.takes_node = "node" in names


FUNCTIONS: dict[str, Entry] = {}
METHODS: dict[tuple[type, str], Entry] = {}
PROPERTIES: dict[tuple[type, str], Entry] = {}
OBJECT_METHODS: dict[str, Entry] = {}
CONSTANTS: dict[str, Value] = {}
FACTORIES: list[Callable[..., Value]] = []

# Where the models of a library are, by the first word of its canonical name.
_PACKAGES = {
    "builtin_methods": "builtin_methods",
    "keras": "keras_models",
    "math": "mathematics",
    "numpy": "keras_models",
    "functools": "functional_tools",
    "itertools": "functional_tools",
    "operator": "functional_tools",
    "collections": "containers",
    "os": "system",
    "sys": "system",
    "argparse": "system",
    "json": "system",
    "copy": "containers",
    "typing": "containers",
    "dataclasses": "data_classes",
    "enum": "data_classes",
    "random": "mathematics",
    "tensorflow": "keras_models",
    "sklearn": "scikit_learn",
    "pandas": "data_frames",
    "keras_tuner": "keras_tuner",
    "gymnasium": "gymnasium",
    "gym": "gymnasium",
    "tensorflow_datasets": "tensorflow_datasets",
    "scipy": "scipy",
}
# Further modules with models of names that begin like this: few programs need them.
_FURTHER = {
    "keras.Variable": ("keras_variables",),
    "keras.applications": ("keras_applications", "image_scaling"),
    "keras.backend": ("backend_functions", "number_sequences", "random_arrays"),
    "keras.config": ("backend_functions",),
    "keras.ops": ("number_sequences",),
    "keras.datasets": ("datasets",),
    "keras.legacy": ("image_folders",),
    "keras.preprocessing": ("label_encodings", "image_folders"),
    "keras.random": ("random_arrays",),
    "keras.src": ("image_folders",),
    "keras.utils": ("label_encodings", "image_folders"),
    "keras.utils.FeatureSpace": ("feature_spaces",),
    "numpy": ("arrays", "number_sequences", "random_arrays"),
    "tensorflow": ("arrays", "number_sequences", "random_arrays", "data_streams"),
}
# What has no dot in its name.
_BUILTINS = ("builtin_functions", "introspection")
# Libraries whose functions (not classes) hold no weights.
_STATELESS = frozenset({"keras", "tensorflow", "numpy", "jax", "math", "torch"})
# What judges a network from outside: nothing of it becomes part of one.
_JUDGING = ("keras.losses.", "keras.metrics.", "keras.backend.ctc_", "matplotlib.")
_loaded: set[str] = set()


def models(*names: str, unknowns: bool = False) -> Callable[[Model], Model]:
    """Register a function as the model of library functions.

    Raises:
        ValueError: a name has a model already.
    """

    def register(function: Model) -> Model:
        for name in names:
            if name in FUNCTIONS:
                raise ValueError(f"{name} is modelled twice")
            FUNCTIONS[name] = Entry(function, unknowns)
        return function

    return register


def methods(receiver: type, *names: str, unknowns: bool = False) -> Callable[[Model], Model]:
    """Register a function as the model of methods of a type; it takes the receiver first."""

    def register(function: Model) -> Model:
        for name in names:
            METHODS[receiver, name] = Entry(function, unknowns)
        return function

    return register


def properties(receiver: type, *names: str) -> Callable[[Model], Model]:
    """Register a function as the model of attributes of a type."""

    def register(function: Model) -> Model:
        for name in names:
            PROPERTIES[receiver, name] = Entry(function, unknowns=True)
        return function

    return register


def object_methods(*names: str, unknowns: bool = False) -> Callable[[Model], Model]:
    """Register methods of library objects by `Class.method`, canonical."""

    def register(function: Model) -> Model:
        for name in names:
            OBJECT_METHODS[name] = Entry(function, unknowns)
        return function

    return register


def load(path: str) -> None:
    """Import the models of the library that a canonical name belongs to."""
    root, _, rest = path.partition(".")
    if root in _PACKAGES:
        _import(_PACKAGES[root])
    elif not rest:
        for module in _BUILTINS:
            _import(module)
    if root in _WITH_FURTHER and rest:
        words = path.split(".", 3)
        for count in range(1, min(len(words), 3) + 1):
            for further in _FURTHER.get(".".join(words[:count]), ()):
                _import(further)


_WITH_FURTHER = frozenset(name.partition(".")[0] for name in _FURTHER)


def _import(module: str) -> None:
    if module not in _loaded:
        _loaded.add(module)
        try:
            __import__(f"shapecalc.frontends.python.library.{module}")
        except ModuleNotFoundError:
            return


def is_builtin(name: str) -> bool:
    """Whether Python has a builtin of that name."""
    return hasattr(builtins, name) or name in ("__name__", "__file__")


def constant_of(path: str, otherwise: Value) -> Value:
    """The value of a library's constant, or `otherwise` if it is none."""
    load(path)
    return CONSTANTS.get(path, otherwise)


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
        return _make_keras_layer(run, path, args, kwargs, node)
    if "." not in path and is_builtin(path):
        cls = getattr(builtins, path, None)
        if isinstance(cls, type) and issubclass(cls, BaseException):
            return LibraryObject(path, args, kwargs)
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


def _make_keras_layer(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    from shapecalc.frontends.python.construction import make_layer
    from shapecalc.layers import rule_for

    rule = rule_for(path)
    if rule is not None:
        return make_layer(run, rule, args, kwargs, node)
    name = path.rpartition(".")[2]
    if name[:1].islower():
        from shapecalc.frontends.python.library.merging_functions import call_merging

        merged = call_merging(run, path, args, kwargs, node)
        if merged is not None:
            return merged
    meant = _in_other_case(name) if path.startswith("keras.layers.") else None
    if meant is not None and not run.handlers:
        run.effect()
        refusal = NoSuchLayer(f"keras.layers has no {name}", help=f"did you mean `{meant}`?")
        run.refuse(refusal, run.span(node), subject=path)
        return run.unknown(f"{name} is refused", node)
    if name[:1].islower():
        return run.unknown(f"there is no model for {path}", node)
    if path.startswith("keras.layers."):
        run.effect()
        run.gap("unsupported", f"there is no rule for the layer {name}", run.span(node))
    return run.unknown(f"there is no rule for the layer {name}", node)


def _in_other_case(name: str) -> str | None:
    """The layer whose name differs in its capitals only."""
    from shapecalc.layers import rule_names

    known = (path.rpartition(".")[2] for path in rule_names() if path.startswith("keras.layers."))
    return next((other for other in known if other.lower() == name.lower()), None)


def call_method(
    run: Interpreter,
    receiver: Value,
    name: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a modelled method."""
    load("builtin_methods")
    for cls in type(receiver).__mro__:
        entry = METHODS.get((cls, name))
        if entry is not None:
            what = f"{cls.__name__.lower()}.{name}"
            return run_entry(run, entry, what, (receiver, *args), kwargs, node)
    if isinstance(receiver, LibraryObject):
        return call_object_method(run, receiver, name, args, kwargs, node)
    return run.unknown(f"there is no model for the method `{name}` of {describe(receiver)}", node)


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
    from shapecalc.frontends.python.values import NativeMethod

    load("keras")
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
    from shapecalc.frontends.python.values import Native

    if isinstance(receiver, Layer):
        for cls in type(receiver).__mro__:
            entry = METHODS.get((cls, f"super.{name}")) or METHODS.get((cls, name))
            if entry is not None:
                return Native(name, partial(_call_entry, run, entry, name, receiver))
        return attribute_of(run, receiver, name)
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
        entry = FUNCTIONS.get(f"subclass of {base}")
        if entry is None and rule_behind(base) is not None:
            entry = FUNCTIONS["subclass of keras.layers.Layer"]
        if entry is not None:
            return entry.function(run, cls, base, args, kwargs, node)
    return None


def tensor_operator(
    run: Interpreter, name: str, tensor: Tensor, other: Value, reflected: bool
) -> Value:
    """An operator with a tensor on one side."""
    load("keras")
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


_KERAS_NAMES = (
    "Input", "Layer", "Model", "Sequential", "activations", "applications", "backend",
    "callbacks", "config", "constraints", "datasets", "initializers", "layers", "losses",
    "metrics", "models", "ops", "optimizers", "random", "regularizers", "saving", "utils",
)  # fmt: skip


def star_import(module: str) -> dict[str, Value]:
    """The names that `from module import *` binds, as far as they matter."""
    if module in ("keras.layers", "keras.models"):
        from shapecalc.layers import rule_names

        names = {n.rpartition(".")[2]: LibraryName(n) for n in rule_names()}
        names |= {n: LibraryName(f"keras.models.{n}") for n in ("Model", "Sequential")}
        from shapecalc.layers.merging import FUNCTIONS as MERGING

        load("keras")
        written = [p for p in (*FUNCTIONS, *MERGING) if p.startswith("keras.layers.")]
        names |= {p.rpartition(".")[2]: LibraryName(p) for p in written}
        return dict(names)
    if module in ("keras", "tensorflow"):
        words = _KERAS_NAMES if module == "keras" else ("keras",)
        return {word: LibraryName(canonical(f"{module}.{word}")) for word in words}
    load(module + ".x")
    prefix = module + "."
    found: dict[str, Value] = {
        path[len(prefix) :]: LibraryName(path)
        for path in FUNCTIONS
        if path.startswith(prefix) and "." not in path[len(prefix) :]
    }
    found |= {p[len(prefix) :]: v for p, v in CONSTANTS.items() if p.startswith(prefix)}
    return found


__all__ = ["Raised", "call_library", "constant_of", "methods", "models", "properties"]

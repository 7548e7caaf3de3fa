"""The registry of library models.

A model is a plain function over abstract values, registered under the canonical names of what
it models. Its Python signature is the stub: arguments that do not bind make an unknown. A model
whose first parameter is called `run` gets the interpreter. Unless it says that it handles
unknowns, an unknown argument makes the result unknown before the model is asked.

A file of models says at its head what it is for, `LIBRARIES = ("numpy", "keras.utils")`, and is
imported when the analysed program first names something of these, by up to three of its words; `""`
is for names without a dot.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator

from shapecalc.frontends.python import library
from shapecalc.frontends.python.values import Value
from shapecalc.rules.registry import texts_of

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

# By library, the modules with models of it; None before the first look-up.
_modules: dict[str, list[str]] | None = None
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
    """Import the models of the libraries that a canonical name belongs to.

    Args:
        path: the name; one without a dot is a builtin's, if anything.
    """
    words = path.split(".", 3)
    if len(words) == 1:
        load_library("")
        return
    for count in range(1, min(len(words), 3) + 1):
        load_library(".".join(words[:count]))


def load_library(name: str) -> None:
    """Import the models of a library: `keras`, `keras.utils`."""
    if name not in _loaded:
        _loaded.add(name)
        for module in modules_by_library().get(name, ()):
            __import__(module)


def load_within(name: str) -> None:
    """Import the models of a library and of all that is named within it."""
    for library_name in list(modules_by_library()):
        if library_name == name or library_name.startswith(f"{name}."):
            load_library(library_name)


def modules_by_library() -> dict[str, list[str]]:
    """By library, the modules with models of it."""
    global _modules
    if _modules is None:
        _modules = {}
        for folder in library.__path__:
            for module, declared in _declarations(folder):
                for name in declared:
                    _modules.setdefault(name, []).append(module)
    return _modules


def _declarations(folder: str) -> Iterator[tuple[str, Iterable[str]]]:
    """The modules that models are in and what they are for, read off the text of their files."""
    try:
        for module, text in texts_of(library.__name__, folder):
            declared = text.partition("\nLIBRARIES = (")[2].partition(")")[0]
            yield module, declared.split('"')[1::2]
    except (OSError, UnicodeDecodeError):
        # There are no sources: what they declare is known by importing them all.
        import importlib
        import pkgutil

        for found in pkgutil.iter_modules([folder]):
            module = f"{library.__name__}.{found.name}"
            yield module, getattr(importlib.import_module(module), "LIBRARIES", ())


def is_builtin(name: str) -> bool:
    """Whether Python has a builtin of that name."""
    return hasattr(builtins, name) or name in ("__name__", "__file__")


def constant_of(path: str, otherwise: Value) -> Value:
    """The value of a library's constant, or `otherwise` if it is none."""
    load(path)
    return CONSTANTS.get(path, otherwise)

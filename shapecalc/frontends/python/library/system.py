"""`os`, `sys`, `argparse`, `ast`, `json`, `string`: what a program learns from its surroundings."""

from __future__ import annotations

import posixpath
import string
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import (
    CONSTANTS,
    models,
    object_methods,
    properties,
)
from shapecalc.frontends.python.literals import read_literal
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Rest,
    Value,
    first_unknown,
)

LIBRARIES = ("argparse", "ast", "json", "os", "string", "sys")

CONSTANTS["sys.maxsize"] = 2**63 - 1
CONSTANTS["sys.version_info"] = (3, 11, 0, "final", 0)
CONSTANTS["sys.argv"] = ["program", Rest("what the command line says")]
CONSTANTS["sys.platform"] = "linux"
for _name in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits",
              "octdigits", "printable", "punctuation", "whitespace"):  # fmt: skip
    CONSTANTS[f"string.{_name}"] = getattr(string, _name)
CONSTANTS["os.name"] = "posix"
CONSTANTS["os.sep"] = "/"
CONSTANTS["os.environ"] = LibraryObject("os.environ")


@models("os.path.join", "os.path.basename", "os.path.dirname", "os.path.splitext")
def path_function(run: Interpreter, *parts: Value) -> Value:
    if len(parts) > 1 and all(isinstance(p, str) for p in parts):
        return posixpath.join(*parts)
    return run.unknown("a path")


@models("os.getenv", unknowns=True)
@object_methods("os.environ.get", unknowns=True)
def environment(run: Interpreter, *args: Value) -> Value:
    # The analysed program runs in an environment that is not ours: take its defaults.
    default = args[-1] if len(args) > (2 if isinstance(args[0], LibraryObject) else 1) else None
    return default


@models("os.makedirs", "os.mkdir", "os.chdir", "os.remove", "os.system", "sys.path.append",
        "sys.path.insert", "sys.setrecursionlimit", unknowns=True)  # fmt: skip
def no_bearing(*args: Value, **kwargs: Value) -> None:
    return None


@models("json.loads")
def json_loads(run: Interpreter, text: Value) -> Value:
    import json

    if isinstance(text, str) and len(text) < 100_000:
        return json.loads(text)
    return run.unknown("what a text holds")


@models("ast.literal_eval")
def literal_eval(run: Interpreter, text: Value) -> Value:
    # A text that is no literal is a ValueError here as there.
    return read_literal(text) if isinstance(text, str) else run.unknown("what a text holds")


# --- argparse ----------------------------------------------------------------------------------

_NO_DEFAULT: Any = object()


@models("argparse.ArgumentParser", unknowns=True)
def argument_parser(*args: Value, **kwargs: Value) -> Value:
    return LibraryObject("argparse.ArgumentParser")


@object_methods("argparse.ArgumentParser.add_argument_group",
                "argparse.ArgumentParser.add_mutually_exclusive_group", unknowns=True)  # fmt: skip
def argument_group(parser: LibraryObject, *args: Value, **kwargs: Value) -> Value:
    return parser


@object_methods("argparse.ArgumentParser.add_argument", unknowns=True)
def add_argument(parser: LibraryObject, *flags: Value, **kwargs: Value) -> None:
    names = [f for f in flags if isinstance(f, str)]
    if not names:
        return
    long = [n for n in names if n.startswith("--")] or names
    name = kwargs.get("dest") or long[0].lstrip("-").replace("-", "_")
    default = kwargs.get("default", _NO_DEFAULT)
    action = kwargs.get("action")
    if default is _NO_DEFAULT and action in ("store_true", "store_false"):
        default = action == "store_false"
    options = parser.attributes.setdefault("options", {})
    options[name] = (default, names[0].startswith("-"))


@object_methods("argparse.ArgumentParser.set_defaults", unknowns=True)
def set_defaults(parser: LibraryObject, **kwargs: Value) -> None:
    options = parser.attributes.setdefault("options", {})
    for name, value in kwargs.items():
        options[name] = (value, True)


@object_methods("argparse.ArgumentParser.parse_args", "argparse.ArgumentParser.parse_known_args",
                unknowns=True)  # fmt: skip
def parse_args(run: Interpreter, parser: LibraryObject, *args: Value, **kwargs: Value) -> Value:
    space = LibraryObject("argparse.Namespace")
    for name, (default, optional) in parser.attributes.get("options", {}).items():
        if default is not _NO_DEFAULT:
            space.attributes[name] = default
        elif optional:
            space.attributes[name] = None
        else:
            space.attributes[name] = run.unknown(f"the command-line argument `{name}`")
    return space


@models("argparse.Namespace", unknowns=True)
def namespace(**kwargs: Value) -> Value:
    space = LibraryObject("argparse.Namespace")
    space.attributes.update(kwargs)
    return space


__all__ = ["LibraryName", "first_unknown", "properties"]

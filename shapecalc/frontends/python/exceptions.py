"""Which exceptions an `except` clause of the program catches."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.program_values import Class
from shapecalc.frontends.python.values import LibraryName, Value, definite
from shapecalc.rules.unknown import Unknown

_EXCEPTION_PARENTS = {
    "ModuleNotFoundError": "ImportError",
    "KeyError": "LookupError",
    "IndexError": "LookupError",
    "ZeroDivisionError": "ArithmeticError",
    "OverflowError": "ArithmeticError",
    "FileNotFoundError": "OSError",
    "NotImplementedError": "RuntimeError",
    "RecursionError": "RuntimeError",
    "UnicodeDecodeError": "ValueError",
}


def catches(handler: Value, kind: Any) -> bool:
    """Whether an `except` clause of this value catches an exception of this kind."""
    handler = definite(handler)
    if handler is None or isinstance(handler, Unknown):
        return True
    if isinstance(handler, (tuple, list)):
        return any(catches(h, kind) for h in handler)
    if isinstance(kind, Class):
        if isinstance(handler, Class):
            return handler in kind.mro
        return any(catches(handler, base) for base in kind.library_bases())
    wanted = handler.path if isinstance(handler, LibraryName) else None
    name: str | None = str(kind)
    while name is not None:
        if wanted in (name, "Exception", "BaseException"):
            return True
        name = _EXCEPTION_PARENTS.get(name)
    return False

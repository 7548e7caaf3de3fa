"""What ends a program."""

from __future__ import annotations

from typing import NoReturn

from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Raised, Value

LIBRARIES = ("", "os", "sys")


@models("exit", "quit", "os._exit", "sys.exit", unknowns=True)
def leave(*args: Value) -> NoReturn:
    """End the program.

    Raises:
        Raised: always.
    """
    raise Raised("SystemExit", args[0] if args else None)

"""The Python front end: an abstract interpreter over a program's syntax tree."""

from __future__ import annotations

from shapecalc.graph.program import Program
from shapecalc.project import Search
from shapecalc.source import SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.frontends.python.given import Given


def read(source: SourceFile, search: Search | None = None, given: Given | None = None) -> Program:
    """What a Python program builds; see `reader.read`."""
    from shapecalc.frontends.python.reader import read as read_program

    return read_program(source, search, given)

"""The Python front end: an abstract interpreter over a program's syntax tree."""

from __future__ import annotations

from shapecalc.graph.program import Program
from shapecalc.project import Search
from shapecalc.source import SourceFile


def read(source: SourceFile, search: Search | None = None) -> Program:
    """What a Python program builds; see `reader.read`."""
    from shapecalc.frontends.python.reader import read as read_program

    return read_program(source, search)

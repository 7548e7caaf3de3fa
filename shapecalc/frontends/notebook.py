"""Notebooks: the code cells of an .ipynb file, in order, as one program."""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import Any

from shapecalc.source import SourceFile, Span, UnreadableSource

_CELL_MAGICS_THAT_RUN_PYTHON = frozenset({"time", "timeit", "capture", "prun"})


class NotebookFile(SourceFile):
    """A notebook as one program whose spans count lines within their cell.

    Attributes:
        starts: the first line of each code cell in the joined text.
        cells: the number (from 1, all cells counted) of each code cell.
    """

    __slots__ = ("_files", "cells", "starts")

    in_cells = True

    def __init__(self, path: str, cells: list[tuple[int, str]]) -> None:
        self.starts: list[int] = []
        self.cells: list[int] = []
        self._files: dict[int, SourceFile] = {}
        parts: list[str] = []
        line = 1
        for number, text in cells:
            self.starts.append(line)
            self.cells.append(number)
            self._files[number] = SourceFile(path, text, number)
            parts.append(text)
            line += text.count("\n") + 1
        super().__init__(path, "\n".join(parts))

    def span(self, node: ast.AST) -> Span:
        """The span of a syntax node, within its cell."""
        return self.within_cell(super().span(node))

    def by_cell(self) -> list[tuple[int, SourceFile]]:
        """Each cell, with the line of the joined text that it begins on."""
        return list(zip(self.starts, self._files.values(), strict=True))

    def within_cell(self, span: Span) -> Span:
        """A span of the joined text as one of its cell."""
        place = bisect_right(self.starts, span.line) - 1
        if place < 0:
            return span
        before = self.starts[place] - 1
        return Span(
            span.line - before, span.column, span.end_line - before, span.end_column,
            self.cells[place],
        )  # fmt: skip

    def line_of(self, span: Span) -> str:
        """The text of the line of a cell that a span begins on."""
        file = self._files.get(span.cell or 0)
        return "" if file is None else file.line_of(span)

    def excerpt(self, span: Span, width: int = 100) -> str:
        """The lines of a cell with carets under a span of it."""
        file = self._files.get(span.cell or 0)
        return "" if file is None else file.excerpt(span, width)


def read_notebook(path: str, text: str) -> NotebookFile:
    """The code cells of a notebook.

    Args:
        path: the file, as it was named.
        text: its JSON.

    Raises:
        UnreadableSource: it is no notebook.
    """
    import json

    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(path, f"it is no notebook: {error}") from None
    cells = document.get("cells") if isinstance(document, dict) else None
    if cells is None and isinstance(document, dict):
        # nbformat 3 keeps its cells in worksheets.
        sheets = document.get("worksheets")
        if isinstance(sheets, list):
            cells = [c for s in sheets if isinstance(s, dict) for c in s.get("cells", ())]
    if not isinstance(cells, list):
        raise UnreadableSource(path, "it is no notebook: it has no cells")
    code = [
        (number, _code_of(cell))
        for number, cell in enumerate(cells, start=1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    return NotebookFile(path, code)


def _code_of(cell: dict[str, Any]) -> str:
    """A cell's Python; a cell that is handed to another program is blank."""
    source = cell.get("source", cell.get("input", ""))
    text = "".join(s for s in source if isinstance(s, str)) if isinstance(source, list) else source
    if not isinstance(text, str):
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.lstrip()
    if first.startswith("%%"):
        words = first[2:].split(None, 1)
        if not words or words[0] not in _CELL_MAGICS_THAT_RUN_PYTHON:
            return "\n" * text.count("\n")
    return _without_indentation(text)


def _without_indentation(text: str) -> str:
    """A cell without the indentation of its first line, which a notebook passes over."""
    first = text.lstrip("\n")
    indentation = first[: len(first) - len(first.lstrip(" \t"))]
    if not indentation:
        return text
    return "\n".join(line.removeprefix(indentation) for line in text.split("\n"))

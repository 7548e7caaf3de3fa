"""Where a finding is, for formats that know files and lines but no notebook cells.

A line of a cell is no line of the notebook's file. Those formats place such a finding at the
beginning of the file, and its message begins with the cell and the line.
"""

from __future__ import annotations

import os

from shapecalc.diagnostics import Diagnostic
from shapecalc.reports.report import FileReport
from shapecalc.source import Span


def file_span(diagnostic: Diagnostic) -> Span:
    """The place of a finding in its file."""
    return Span(1, 1, 1, 1) if diagnostic.span.cell is not None else diagnostic.span


def cell_of(diagnostic: Diagnostic) -> str:
    """`cell 3, line 5: ` for a finding in a notebook, else nothing."""
    span = diagnostic.span
    return "" if span.cell is None else f"cell {span.cell}, line {span.line}: "


def relative_path(path: str, folder: str | None = None) -> str | None:
    """A path from a folder (the working folder) on with `/` between its parts.

    Returns:
        None where the path does not lie in the folder.
    """
    folder = folder or os.getcwd()
    try:
        relative = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return None
    return None if relative == ".." or relative.startswith("../") else relative


def fingerprints(file: FileReport, folder: str | None = None) -> list[str]:
    """What tells each finding of a file from all others, also when lines above it come and go.

    It is made of the code, the file, the text of the line without its spacing, and how many
    findings of the same kind stand on lines of the same text before it.

    Args:
        file: the report of a file.
        folder: what the file's path is relative to; the working folder if it is None.
    """
    from hashlib import blake2b

    path = relative_path(file.path, folder) or os.path.abspath(file.path)
    seen: dict[str, int] = {}
    told: list[str] = []
    for diagnostic in file.diagnostics:
        line = file.source.line_of(diagnostic.span) if file.source is not None else ""
        key = "\0".join((diagnostic.code.id, path, " ".join(line.split())))
        seen[key] = seen.get(key, 0) + 1
        text = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
        told.append(blake2b(text, digest_size=16).hexdigest())
    return told

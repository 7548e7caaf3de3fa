"""A plugin of flake8, which finds it by its entry point: findings under their own codes.

flake8 has no severities: what it is told makes it fail. So it is told what `shapecalc check` fails
on, which is errors, or from what `fail-on` in the project's settings says.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import shapecalc
from shapecalc.configuration import ConfigurationError
from shapecalc.diagnostics import Severity
from shapecalc.plugins.findings import findings_in
from shapecalc.source import sanitize


class Plugin:
    """Checks one file.

    Args:
        tree: its syntax tree, for which flake8 calls the plugin once a file; we make our own.
        filename: its path.
        lines: its lines.
    """

    name = "shapecalc"
    version = shapecalc.__version__

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:  # noqa: ARG002
        self._path = filename
        self._text = "".join(lines)

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        """Each finding: its line from 1, its column from 0, and code and message.

        Raises:
            ExecutionError: the settings of the project cannot be understood.
        """
        from flake8.exceptions import ExecutionError

        try:
            settings, found = findings_in(self._path, self._text)
        except ConfigurationError as error:
            raise ExecutionError(f"shapecalc: {error}") from None
        least = Severity(settings.fail_on or "error")
        for finding in found:
            if finding.severity >= least:
                text = f"{finding.code.id} {sanitize(finding.message)}"
                yield finding.span.line, finding.span.column - 1, text, type(self)

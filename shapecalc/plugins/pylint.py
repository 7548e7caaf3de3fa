"""A plugin of pylint: `load-plugins=shapecalc.plugins.pylint`.

pylint's ids are a letter and four digits, the first two of which a checker has alike. SHC201 is
E9201 there: E, W or I for the severity, a 9, and our digits. The letter is that of the usual
severity, whatever the project's settings make of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pylint.checkers import BaseRawFileChecker

from shapecalc.checks.catalogue import all_codes
from shapecalc.configuration import ConfigurationError
from shapecalc.diagnostics import Code, Diagnostic, Severity
from shapecalc.plugins.findings import findings_in
from shapecalc.source import UnreadableSource, decode_source, sanitize

if TYPE_CHECKING:
    from astroid import nodes
    from pylint.lint import PyLinter

_LETTERS = {"error": "E", "warning": "W", "info": "I"}
_WRONG_SETTINGS = "E9000"


def message_id(code: Code) -> str:
    """What a code is called in pylint: E9201 for SHC201."""
    return f"{_LETTERS[code.severity.value]}9{code.id.removeprefix('SHC')}"


class Findings:
    """The findings of the module that pylint is at, for one checker after the other."""

    def __init__(self) -> None:
        self._module: tuple[str, bytes] | None = None
        self._found: list[Diagnostic] = []
        self._wrong: str | None = None

    def of(self, node: nodes.Module) -> list[Diagnostic]:
        """What is found in a module."""
        with node.stream() as stream:
            module = (node.file, stream.read())
        if module != self._module:
            self._module, self._found, self._wrong = module, [], None
            try:
                source = decode_source(*module)
                _, self._found = findings_in(source.path, source.text)
            except UnreadableSource:
                # pylint has read it and says itself what is wrong.
                pass
            except ConfigurationError as error:
                self._wrong = str(error)
        return self._found

    def wrong_settings(self, node: nodes.Module) -> str | None:
        """Why the settings that a module has cannot be followed, or None."""
        self.of(node)
        return self._wrong


class Checker(BaseRawFileChecker):
    """Tells the findings whose codes begin with one digit.

    Args:
        linter: pylint.
        findings: what all of these checkers share.
        codes: the codes.
    """

    def __init__(self, linter: PyLinter, findings: Findings, codes: list[Code]) -> None:
        self.name = f"shapecalc-{codes[0].id[3]}xx"
        self.msgs = {
            message_id(code): (
                "%s",
                f"shapecalc-{code.name}",
                f"{code.summary}.",
                {"default_enabled": code.severity is not Severity.INFO},
            )
            for code in codes
        }
        super().__init__(linter)
        self._findings = findings
        self._ids = {code.id: message_id(code) for code in codes}

    def process_module(self, node: nodes.Module) -> None:
        """Tell what is found in a module."""
        for finding in self._findings.of(node):
            if finding.code.id in self._ids:
                span = finding.span
                self.add_message(
                    self._ids[finding.code.id],
                    line=span.line,
                    col_offset=span.column - 1,
                    end_lineno=span.end_line,
                    end_col_offset=span.end_column - 1,
                    args=(sanitize(finding.message),),
                )


class SettingsChecker(BaseRawFileChecker):
    """Tells of settings of ours that cannot be followed.

    Args:
        linter: pylint.
        findings: what all of these checkers share.
    """

    name = "shapecalc"
    msgs = {  # noqa: RUF012 - pylint's form
        _WRONG_SETTINGS: (
            "%s",
            "shapecalc-wrong-settings",
            "The settings in pyproject.toml cannot be understood, so nothing was checked.",
        )
    }

    def __init__(self, linter: PyLinter, findings: Findings) -> None:
        super().__init__(linter)
        self._findings = findings

    def process_module(self, node: nodes.Module) -> None:
        """Tell what is wrong with the settings for a module."""
        reason = self._findings.wrong_settings(node)
        if reason is not None:
            self.add_message(_WRONG_SETTINGS, line=1, args=(sanitize(reason),))


def register(linter: PyLinter) -> None:
    """Add the checkers to pylint."""
    findings = Findings()
    linter.register_checker(SettingsChecker(linter, findings))
    hundreds: dict[str, list[Code]] = {}
    for code in all_codes():
        hundreds.setdefault(code.id[3], []).append(code)
    for codes in hundreds.values():
        linter.register_checker(Checker(linter, findings, codes))

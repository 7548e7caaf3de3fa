"""SHC902: a comment names a code that there is not."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.comments import UnknownEntry
from shapecalc.diagnostics import Severity


@check(
    "SHC902",
    "unknown-code-in-suppression",
    Severity.WARNING,
    examines=UnknownEntry,
    bad=[
        """
        import keras

        dense = keras.layers.Dense(0)  # shapecalc: ignore[SHC213, SHC999]  # SHC902
        """
    ],
    good=[
        """
        import keras

        dense = keras.layers.Dense(0)  # shapecalc: ignore[SHC213]
        """
    ],
)
def unknown_code_in_suppression(unknown: UnknownEntry) -> Iterator[Finding]:
    """A suppression comment names a code that there is not, so it silences nothing by it.

    Usually it is misspelt, or it is a code of another tool, whose comments are its own. A comment
    of ours names whole codes, or checks by their names; the beginning of a code (`SHC2`) stands for
    all of its family in a `noqa` only, as flake8 has it.

    It is a warning, as an unused suppression is (SHC901), and for the same reason; ruff tells of
    it likewise (RUF102). `--fix` takes the code out.
    """
    helps = "`shapecalc rule` lists all codes"
    if unknown.is_family:
        helps = "a comment names whole codes, such as SHC201"
    elif unknown.suggestion is not None:
        helps = f"did you mean {unknown.suggestion}?"
    yield Finding(f"there is no code {unknown.entry.text!r}", help=helps, fix=unknown.fix)

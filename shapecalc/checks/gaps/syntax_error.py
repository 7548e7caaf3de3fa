"""SHC101: the file is no Python."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check(
    "SHC101",
    "syntax-error",
    Severity.ERROR,
    explains="syntax",
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC101
            keras.layers.Dense(10),
        """
    ],
    good=[
        """
        import keras

        model = keras.Sequential([
            keras.layers.Dense(10),
        ])
        """
    ],
)
def syntax_error(gap: Gap) -> Finding:
    """The file is not valid Python.

    Nothing of it could be analysed; of a notebook, nothing of the cell. The message is that of the
    Python that runs shapecalc; a program for another version of Python may be valid there.
    """
    return Finding(gap.reason)

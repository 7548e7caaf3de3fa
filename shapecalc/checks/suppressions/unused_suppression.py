"""SHC901: a comment silences what is not found."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.comments import IdleEntry
from shapecalc.diagnostics import Severity


@check(
    "SHC901",
    "unused-suppression",
    Severity.WARNING,
    examines=IdleEntry,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 5),  # shapecalc: ignore[SHC201]  # SHC901
        ])
        """,
        """
        import keras

        dense = keras.layers.Dense(0)  # shapecalc: ignore[SHC213, SHC201]  # SHC901
        """,
        """
        import keras

        dense = keras.layers.Dense(4)  # shapecalc: disable=SHC213  # SHC901
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((4, 4, 1)),
            layers.Conv2D(8, 5),  # shapecalc: ignore[SHC201]
        ])
        """,
        """
        import keras

        dense = keras.layers.Dense(0)  # shapecalc: ignore[SHC213]
        """,
        """
        import keras

        dense = keras.layers.Dense(0)  # shapecalc: ignore[SHC213]
        """,
    ],
)
def unused_suppression(idle: IdleEntry) -> Iterator[Finding]:
    """A suppression comment silences nothing, or one of its codes does not.

    It is left from a fault that has been mended, or stands on the wrong line, and would hide the
    next fault there. One finding is told for each code, and `--fix` takes the code out, or the
    comment if nothing is left of it. A comment for us that cannot be understood is told as well.

    It is a warning, so that by itself it makes no check fail: a program without faults does not
    become one with faults because shapecalc has learned to see that. ruff (RUF100) and mypy
    (`--warn-unused-ignores`) have users ask before they tell; here `--fail-on warning` makes it
    count.

    It is told only where it is sure. Not if a file could not be followed to its end, as findings
    may be missing then (SHC101 to SHC106); not behind another fault of the same program, which
    hides what follows from it; not for codes that the settings leave out, for budgets (SHC5xx),
    which depend on options, and for a `noqa` without codes of ours. What a file that imports this
    one finds here counts. So in a function with arguments, and for codes that depend on what
    becomes of a model (SHC3xx, SHC4xx), it is told only if no file beyond those that are checked
    speaks of the module: check the whole project to see them all.
    """
    if not idle.understood:
        yield Finding(
            "this silences nothing: it cannot be understood",
            help="write `# shapecalc: ignore[SHC201]`, with the codes that are meant",
        )
        return
    what = "nothing"
    if idle.entry.text:
        code = idle.codes[0] if len(idle.codes) == 1 else None
        what = f"no {code.id} ({code.name})" if code is not None else f"no {idle.entry.text}"
    yield Finding(f"this silences nothing: {what} is found here", fix=idle.fix)

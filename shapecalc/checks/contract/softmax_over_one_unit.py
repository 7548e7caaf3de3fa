"""SHC301: a softmax over one unit."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import ending_of
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.training import Compilation


@check(
    "SHC301",
    "softmax-over-one-unit",
    Severity.WARNING,
    examines=Compilation,
    bad=[
        """
        import keras

        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1, activation="softmax"),  # SHC301
        ])
        model.compile("adam", "binary_crossentropy")
        """
    ],
    good=[
        """
        import keras

        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        """
    ],
)
def softmax_over_one_unit(use: Compilation) -> Iterator[Finding]:
    """A softmax is taken over one unit, and is always 1.

    A softmax makes its units add up to 1, so a single one is 1 whatever the input. Its gradient is
    zero: nothing before it is trained.
    """
    for output in use.outputs:
        ending = ending_of(output)
        if ending is not None and ending.activation == "softmax" and ending.units == 1:
            yield Finding(
                f"{named(ending.layer)} takes a softmax over one unit, which is always 1",
                help="use activation='sigmoid' for one probability, or one unit a class",
                span=ending.span,
            )

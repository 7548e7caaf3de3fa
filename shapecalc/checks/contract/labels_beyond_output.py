"""SHC318: labels that the last activation cannot give."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.checks.labelling import labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels, Outputs
from shapecalc.graph.training import DataUse

# What the largest number is that an activation gives.
_MOST = {"sigmoid": 1, "hard_sigmoid": 1, "softmax": 1, "tanh": 1, "softsign": 1, "relu6": 6}


@check(
    "SHC318",
    "labels-beyond-output",
    Severity.WARNING,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 13)), np.random.randint(10, 51, (64, 1))
        model = keras.Sequential([
            keras.Input((13,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),  # SHC318
        ])
        model.compile("adam", "mse")
        model.fit(x, y)
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 13)), np.random.randint(10, 51, (64, 1))
        model = keras.Sequential([
            keras.Input((13,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "mse")
        model.fit(x, y / 50)
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 13)), np.random.randint(10, 51, (64, 1))
        model = keras.Sequential([
            keras.Input((13,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ])
        model.compile("adam", "mse")
        model.fit(x, y)
        """,
    ],
)
def labels_beyond_output(use: DataUse) -> Iterator[Finding]:
    """The labels go beyond what the last activation can give.

    A sigmoid or a tanh gives no number above 1, so that a network which ends with one never
    meets larger labels: its output goes to 1 and stays there. It is said where the program itself
    tells how far the labels go.
    """
    for found in labelled(use):
        end, known, loss = found.pair.ending, found.labels.contents, found.pair.loss
        if end is None or end.activation not in _MOST or known is None or known.high is None:
            continue
        of_numbers = loss.labels is Labels.REAL and loss.outputs is Outputs.ANY
        most = _MOST[end.activation]
        if found.mismatch is None and of_numbers and known.reached and known.high > most:
            place = use.arguments.get(found.argument, use.span)
            yield Finding(
                f"the labels go up to {known.high:g}, but the {end.activation} of "
                f"{named(end.layer)} gives at most {most}",
                notes=(Note("the labels are given here", place),),
                help="leave out the activation, or scale the labels to what it gives",
                span=end.span,
                cause=("labels beyond the output", id(found.pair.output)),
            )

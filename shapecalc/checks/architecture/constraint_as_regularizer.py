"""SHC416: a constraint is given for a regularizer, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord

_KINDS = {"_regularizer": "keras.constraints.", "_constraint": "keras.regularizers."}


@check(
    "SHC416",
    "constraint-as-regularizer",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers
        from keras.constraints import MaxNorm

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu", kernel_regularizer=MaxNorm(3)),  # SHC416
            layers.Dense(1, activation="sigmoid"),
        ])
        """,
        """
        import keras
        from keras import layers, regularizers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu", kernel_constraint=regularizers.L2(0.01)),  # SHC416
            layers.Dense(1, activation="sigmoid"),
        ])
        """,
    ],
    good=[
        """
        import keras
        from keras import layers, regularizers
        from keras.constraints import MaxNorm

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(
                64,
                activation="relu",
                kernel_constraint=MaxNorm(3),
                kernel_regularizer=regularizers.L2(0.01),
            ),
            layers.Dense(1, activation="sigmoid"),
        ])
        """
    ],
)
def constraint_as_regularizer(record: ModelRecord) -> Iterator[Finding]:
    """A constraint stands where a regularizer belongs, or a regularizer where a constraint does.

    Both are functions of the weights, so Keras takes either. But a regularizer yields a penalty,
    which is added to the loss, and a constraint the weights as they shall be after each step: a
    constraint's weights are then added to the loss, or the weights replaced by a penalty, which
    stops the first step of the training.
    """
    for step in record.steps:
        for name in step.layer.arguments:
            suffix = name[name.rfind("_") :]
            wrong = _KINDS.get(suffix)
            path = getattr(getattr(step.layer, name), "path", "") if wrong is not None else ""
            if wrong is None or not isinstance(path, str) or not path.startswith(wrong):
                continue
            other = next(s for s in _KINDS if s != suffix)
            what = wrong.split(".")[1].removesuffix("s")
            yield Finding(
                f"{named(step.layer)} is given the {what} {path.rpartition('.')[2]} for `{name}`",
                help=f"give it as `{name.removesuffix(suffix) + other}`",
                span=step.span(name),
            )

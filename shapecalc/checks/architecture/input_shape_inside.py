"""SHC415: a layer inside a model declares another input shape than it gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named, shown
from shapecalc.diagnostics import Severity
from shapecalc.dims import Comparison, Shape, Symbolic, compare
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.rules.unknown import Unknown, Unranked

_WORDS = ("input_shape", "input_dim", "batch_input_shape", "input_length")


@check(
    "SHC415",
    "input-shape-inside",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(64, activation="relu", input_dim=20),  # SHC415
            layers.Dense(1, activation="sigmoid"),
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            layers.Dense(64, activation="relu", input_dim=20),
            layers.Dense(64, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ])
        """
    ],
)
def input_shape_inside(record: ModelRecord) -> Iterator[Finding]:
    """A layer that is not the first declares another input shape than it gets.

    Keras looks at `input_shape` and `input_dim` only where a stack of layers begins. Anywhere
    else they are passed over without a word, so the layer takes what comes, whatever they say.
    """
    for step in record.steps:
        declared = step.layer.__dict__.get("input_shape_argument")
        got = _input_shape(step)
        if got is None or not isinstance(declared, (tuple, list)):
            continue
        if _differ(declared, got):
            yield Finding(
                f"{named(step.layer)} declares inputs of shape {_text(declared)}, "
                f"but gets {shown(got)}",
                help="leave it out: only the first layer of a model may declare its input",
                span=step.span(*_WORDS),
            )


def _input_shape(step: Step) -> Shape | None:
    if step.call is None or len(step.call.inputs) != 1:
        return None
    shape = step.call.inputs[0].shape
    return None if isinstance(shape, Unranked) else shape


def _differ(declared: Sequence[Any], got: Shape) -> bool:
    if len(declared) != len(got):
        return True
    return any(
        isinstance(a, (int, Symbolic)) and compare(a, b) is Comparison.DIFFERENT
        for a, b in zip(declared[1:], got[1:], strict=True)
    )


def _text(declared: Sequence[Any]) -> str:
    dims = ["?" if isinstance(dim, Unknown) else str(dim) for dim in declared]
    return f"({', '.join(dims)}{',' if len(dims) == 1 else ''})"

"""SHC314: metrics or loss weights that do not go with the outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.pairing import has_known_outputs, listed, output_names
from shapecalc.diagnostics import Severity
from shapecalc.graph.training import Compilation, Objective
from shapecalc.wording import counted


@check(
    "SHC314",
    "metrics-against-outputs",
    Severity.ERROR,
    examines=Compilation,
    bad=[
        """
        import keras

        x = keras.Input((8,))
        outputs = [keras.layers.Dense(1, name="age")(x), keras.layers.Dense(1, name="size")(x)]
        model = keras.Model(x, outputs)
        model.compile("adam", "mse", metrics={"age": ["mae"], "weight": ["mae"]})  # SHC314
        """,
        """
        import keras

        x = keras.Input((8,))
        model = keras.Model(x, [keras.layers.Dense(1)(x), keras.layers.Dense(1)(x)])
        model.compile("adam", ["mse", "mae"], loss_weights=[1.0, 0.5, 0.5])  # SHC314
        """,
    ],
    good=[
        """
        import keras

        x = keras.Input((8,))
        outputs = [keras.layers.Dense(1, name="age")(x), keras.layers.Dense(1, name="size")(x)]
        model = keras.Model(x, outputs)
        model.compile(
            "adam", ["mse", "mae"], loss_weights=[1.0, 0.5], metrics={"age": ["mae"]}
        )
        """
    ],
)
def metrics_against_outputs(use: Compilation) -> Iterator[Finding]:
    """Metrics do not go with the outputs, or weights with the losses, one by one.

    Of several outputs each has its own metrics: a list has one entry an output, a dict some of
    their names. The weights are as many as the losses are. Keras raises an error when it sees the
    first batch. What only Keras 2 took is a warning: a list of metrics that are meant for every
    output, weights for outputs that share one loss, and weights by name that leave one out.
    """
    if use.overridden or not use.outputs or not has_known_outputs(use.model):
        return
    for argument in ("metrics", "weighted_metrics"):
        if len(use.outputs) > 1:
            yield from _of_metrics(use, argument)
    yield from _of_weights(use)


def _of_metrics(use: Compilation, argument: str) -> Iterator[Finding]:
    given, count = use.argument(argument), len(use.outputs)
    names = output_names(use.model, use.outputs)
    model = f'"{use.model.name}"'
    if isinstance(given, dict) and names is not None:
        if all(isinstance(key, str) for key in given) and not given.keys() <= set(names):
            yield Finding(
                f"the metrics are named {listed(given)}, the outputs of {model} {listed(names)}",
                help="name metrics of outputs, by the names that these have",
                argument=argument,
            )
    elif isinstance(given, list) and given and len(given) != count:
        if not all(m is None or isinstance(m, (Objective, list)) for m in given):
            return
        nested = any(isinstance(m, list) for m in given)
        yield Finding(
            f"{model} has {counted(count, 'output')}, but is compiled with "
            f"{counted(len(given), 'list' if nested else 'metric')}"
            f"{' of metrics' if nested else ''}, where Keras 3 takes one for each output",
            help="give a list of metrics for each output, in a list or by its name",
            argument=argument,
            severity=None if nested else Severity.WARNING,
        )


def _of_weights(use: Compilation) -> Iterator[Finding]:
    weights, loss = use.argument("loss_weights"), use.argument("loss")
    losses = _count(loss)
    if not isinstance(weights, (list, tuple, dict)) or losses is None or not weights:
        return
    names = set(output_names(use.model, use.outputs) or ())
    by_name = isinstance(loss, dict) and not isinstance(use.model.output_structure, dict)
    if by_name and loss.keys() != names:
        return  # SHC307
    if isinstance(weights, dict) and by_name:
        fits = names <= weights.keys()
    else:
        fits = len(weights) == losses
    if fits:
        return
    of_each = not isinstance(weights, dict) and len(weights) == len(use.outputs)
    by_names = isinstance(weights, dict) and weights.keys() <= names
    older = by_names or (of_each and isinstance(loss, Objective))
    yield Finding(
        f"there are {counted(losses, 'loss', 'losses')}, but weights for {len(weights)}",
        help="give one loss and one weight for each output, as lists or by name",
        argument="loss_weights",
        severity=Severity.WARNING if older else None,
    )


def _count(loss: Any) -> int | None:
    """How many losses there are; None where that is not known."""
    if isinstance(loss, Objective):
        return 1
    each = list(loss.values()) if isinstance(loss, dict) else loss
    if isinstance(each, list) and all(x is None or isinstance(x, Objective) for x in each):
        return len(each)
    return None

"""What the `weights` argument allows; no weights are ever read."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Symbolic, equal, show
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require
from shapecalc.rules.unknown import Unknown

IMAGENET = "imagenet"


def check_weights(weights: Any) -> None:
    """Hold `weights` to None, "imagenet" or a file; whether the file is there, we do not ask.

    Raises:
        InvalidArgument: it is another word, or no text at all.
    """
    if weights is None or isinstance(weights, Unknown):
        return
    if isinstance(weights, str):
        if weights == IMAGENET or any(mark in weights for mark in "./\\"):
            return
    elif not isinstance(weights, (bool, int, float, tuple, list, dict)):
        # Some path object.
        return
    raise InvalidArgument(
        f'`weights` must be None, "{IMAGENET}" or the path of a file, got {weights!r:.100}',
        argument="weights",
    )


def check_classes(classes: Any) -> None:
    """Hold the number of classes to that of the published weights.

    Raises:
        InvalidArgument: it is another.
    """
    refusal = InvalidArgument(
        f'with `weights="{IMAGENET}"` and a top, `classes` must be 1000, '
        f"got {show(classes) if isinstance(classes, Symbolic) else classes!r:.100}",
        argument="classes",
    )
    if isinstance(classes, (int, Symbolic)):
        require(equal(classes, 1000), refusal)
    elif classes != 1000:
        raise refusal


def check_activation(activation: Any, weights: Any) -> None:
    """Hold the classifier's activation to what weights were trained with.

    Raises:
        InvalidArgument: it is none of those.
    """
    if weights is None or isinstance(weights, Unknown):
        return
    if isinstance(activation, str) and activation not in ("softmax", "linear"):
        raise InvalidArgument(
            "with weights and a top, `classifier_activation` must be None or 'softmax', "
            f"got {activation!r:.100}",
            argument="classifier_activation",
        )

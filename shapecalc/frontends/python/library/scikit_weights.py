"""Weights of classes, as scikit-learn computes them."""

from __future__ import annotations

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.label_encodings import as_array
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unranked, unknown_dim

LIBRARIES = ("sklearn.utils",)


@models("sklearn.utils.class_weight.compute_class_weight",
        "sklearn.utils.compute_class_weight", unknowns=True)  # fmt: skip
def compute_class_weight(
    run: Interpreter, class_weight: Value, *, classes: Value, y: Value
) -> Value:
    """A weight for each class, in a row."""
    return _row(run, classes, "the number of classes")


@models("sklearn.utils.class_weight.compute_sample_weight",
        "sklearn.utils.compute_sample_weight", unknowns=True)  # fmt: skip
def compute_sample_weight(run: Interpreter, class_weight: Value, y: Value) -> Value:
    """A weight for each sample, in a row."""
    return _row(run, y, "the number of samples")


def _row(run: Interpreter, things: Value, what: str) -> Tensor:
    made = as_array(run, things)
    known = isinstance(made, Tensor) and not isinstance(made.shape, Unranked) and made.shape
    length: Dim = made.shape[0] if known else unknown_dim(what)
    return Tensor((length,), "float64")

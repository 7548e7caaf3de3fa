"""A drawn call of a layer, and what one side (a rule, or the live Keras) says of it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shapecalc.layers
from shapecalc.dims import BATCH, Dim, Variable, variables
from shapecalc.layers.layer import REGISTRY, Layer, is_shape
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import new_session

for _module in pkgutil.iter_modules(shapecalc.layers.__path__):
    importlib.import_module(f"shapecalc.layers.{_module.name}")

# Layers of Keras 1 and 2 that Keras 3 has no more, and so cannot tell about.
GONE = {
    f"keras.layers.{name}"
    for name in (
        "AtrousConvolution1D", "AtrousConvolution2D", "CuDNNGRU", "CuDNNLSTM", "Highway",
        "LocallyConnected1D", "LocallyConnected2D", "MaxoutDense", "Merge", "RandomHeight",
        "RandomWidth", "ThresholdedReLU",
    )
}  # fmt: skip

# Rules that are called on nothing, or of which nothing is known but the name; and why.
NOT_CALLED = {
    "InputLayer": "it is called on nothing",
    "TFSMLayer": "it runs a saved model of TensorFlow",
    "JaxLayer": "it runs a function of JAX",
    "FlaxLayer": "it runs a module of Flax",
    "TorchModuleWrapper": "it runs a module of PyTorch",
}

# Every other distinct rule, under its canonical name without the module: {"Conv2D": …}.
RULES = {
    cls.keras_names[0].removeprefix("keras.layers."): cls
    for cls in REGISTRY.values()
    if cls.keras_names[0] not in GONE
}


@dataclass(frozen=True)
class Inner:
    """A layer as an argument of another (a wrapper's); each side makes its own."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A call to compare: what the layer is made with and what it is called on.

    Attributes:
        name: the rule, as in `RULES`.
        arguments: of the constructor, by keyword; a layer among them is an `Inner`.
        inputs: the positional arguments of the call: each a shape, whose None axes are free
            (the first is the batch axis), or a list of shapes.
        options: the keyword arguments of the call; a shape among them is a tensor.
    """

    name: str
    arguments: dict[str, Any]
    inputs: tuple[Any, ...]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What one side says: output shapes and weights, or why it refuses.

    Attributes:
        output: a shape, or a list or dict of them; None for the batch and free axes.
        weights: name, shape and trainable of each, in order.
        refusal: None where the call is accepted.
    """

    output: Any = None
    weights: tuple[tuple[str, tuple[int, ...], bool], ...] = ()
    refusal: str | None = None


def resolve(value: Any, make: Callable[[Inner], Any]) -> Any:
    """Replace each `Inner` in a nested value by the layer that `make` makes of it."""
    if isinstance(value, Inner):
        return make(value)
    if isinstance(value, (list, tuple)):
        return type(value)([resolve(item, make) for item in value])
    if isinstance(value, dict):
        return {key: resolve(item, make) for key, item in value.items()}
    return value


def is_drawn_shape(value: Any) -> bool:
    """Whether a drawn value is a shape: a tuple of lengths, dim variables and None."""
    return isinstance(value, tuple) and all(d is None or isinstance(d, Dim) for d in value)


def map_drawn(function: Callable[[Any], Any], value: Any) -> Any:
    """Replace each drawn shape in the inputs or options of a call."""
    if is_drawn_shape(value):
        return function(value)
    if isinstance(value, (list, tuple)):
        return type(value)([map_drawn(function, item) for item in value])
    if isinstance(value, dict):
        return {key: map_drawn(function, item) for key, item in value.items()}
    return value


def make_rule(inner: Inner) -> Layer:
    """Make one of our layers; refusals pass through."""
    arguments = resolve(inner.arguments, make_rule)
    made: Layer = RULES[inner.name](**arguments)
    return made


def dims_of(shape: tuple[int | None, ...]) -> tuple[Dim, ...]:
    """A drawn shape as a rule takes it."""
    if not shape:
        return ()
    batch = BATCH if shape[0] is None else shape[0]
    # Two free axes of one length are two axes: a None says nothing of any other.
    return (batch, *(_free_axis() if d is None else d for d in shape[1:]))


_serial = iter(range(10**9))


def _free_axis() -> Variable:
    return Variable(f"N{next(_serial)}", "free")


def facts_of(case: Case) -> Facts:
    """Run the rule.

    Raises:
        Refusal: the rule refuses.
    """
    with new_session():
        rule = make_rule(Inner(case.name, case.arguments))
        inputs = map_drawn(dims_of, case.inputs)
        return rule.facts(*inputs, **map_drawn(dims_of, case.options))


def ask_rule(case: Case) -> Report:
    """What the rule says of a case."""
    try:
        return report(facts_of(case))
    except Refusal as refusal:
        return Report(refusal=refusal.message)


def report(facts: Facts) -> Report:
    """Facts, as Keras would show them."""
    # Of the path of an inner layer's weight, Keras's `name` has only the last part.
    weights = tuple(
        (w.name.rpartition("/")[2], _shown(w.shape), w.trainable) for w in facts.all_weights
    )
    return Report(_shown_all(facts.output), weights)


def _shown(shape: tuple[Dim, ...]) -> tuple[Any, ...]:
    return tuple(d if isinstance(d, int) else _shown_symbol(d) for d in shape)


def _shown_symbol(dim: Dim) -> Dim | None:
    free = any(v.kind in ("free", "batch") for v in variables(dim))
    return None if free else dim


def _shown_all(output: Any) -> Any:
    if is_shape(output):
        return _shown(output)
    if isinstance(output, (list, tuple)):
        return [_shown_all(item) for item in output]
    return {key: _shown_all(item) for key, item in output.items()}

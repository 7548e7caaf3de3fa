"""A drawn call of an operation, and what our rule says of it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

import shapecalc.ops
from shapecalc.dims import BATCH, Dim, Variable
from shapecalc.ops.op import REGISTRY
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import new_session
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError

for _module in pkgutil.iter_modules(shapecalc.ops.__path__):
    importlib.import_module(f"shapecalc.ops.{_module.name}")

_PREFIX = "keras.ops."

# Every rule of `keras.ops`, by its name there: {"add": …, "image.resize": …}.
RULES = {n.removeprefix(_PREFIX): r for n, r in REGISTRY.items() if n.startswith(_PREFIX)}


class T(NamedTuple):
    """A tensor of a drawn call; None in its shape is an axis that Keras shows so."""

    shape: tuple[Any, ...]
    dtype: str = "float32"


@dataclass(frozen=True)
class Case:
    """A call to compare: an operation, as in `RULES`, and its arguments, tensors as `T`."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)


def map_tensors(function: Callable[[T], Any], value: Any) -> Any:
    """Replace each tensor in the arguments of a call."""
    if isinstance(value, T):
        return function(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map_tensors(function, item) for item in value)
    if isinstance(value, dict):
        return {key: map_tensors(function, item) for key, item in value.items()}
    return value


_serial = count()


def _dim(axis: int, length: Any) -> Dim:
    if length is not None:
        dim: Dim = length
        return dim
    # Two free axes are two axes: a None says nothing of any other.
    return BATCH if axis == 0 else Variable(f"N{next(_serial)}", "free")


def spec_of(tensor: T) -> TensorSpec:
    """A drawn tensor as a rule takes it."""
    return TensorSpec(tuple(_dim(i, n) for i, n in enumerate(tensor.shape)), tensor.dtype)


def run(case: Case) -> Any:
    """What the rule gives.

    Raises:
        Refusal: the rule refuses.
    """
    with new_session():
        args, kwargs = map_tensors(spec_of, (case.args, case.kwargs))
        return RULES[case.name](*args, **kwargs)


def attempt(case: Case) -> Any:
    """What the rule gives, or its refusal, or that it does not know."""
    try:
        return run(case)
    except (Refusal, UndecidedError) as stopped:
        return stopped

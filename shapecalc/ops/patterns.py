"""Axes rearranged as a pattern says: `b (h k) c -> b h (k c)`."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, at_least, divides, equal, product, show
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import require_seen, shape_of
from shapecalc.rules.refusal import DoesNotFit, InvalidArgument, WrongRank, show_shape
from shapecalc.rules.requirement import require
from shapecalc.rules.spec import TensorSpec

Groups = list[list[str]]


@op("keras.ops.rearrange", "einops.rearrange")
def rearrange(tensor: Any, pattern: Any, **axes_lengths: Any) -> TensorSpec:
    """Split, merge and reorder axes as a pattern says."""
    sides = [_groups(side) for side in pattern.split("->")] if isinstance(pattern, str) else []
    if len(sides) != 2:
        raise InvalidArgument(f"{pattern!r:.100} is no pattern", argument="pattern")
    before, after = sides
    names = [name for group in before for name in group]
    if sorted(names) != sorted(name for group in after for name in group):
        raise InvalidArgument(
            f"both sides of {pattern!r} must have the same axes", argument="pattern"
        )
    shape = shape_of(tensor)
    lengths = _lengths(before, shape, axes_lengths)
    output = tuple(product(lengths[name] for name in group) for group in after)
    return TensorSpec(output, dtypes.named(tensor))


def _groups(side: str) -> Groups:
    """The axes of one side of a pattern: those in brackets are one axis of the tensor."""
    groups: Groups = []
    for i, part in enumerate(side.replace(")", "(").split("(")):
        groups += [part.split()] if i % 2 else [[name] for name in part.split()]
    return groups


def _lengths(groups: Groups, shape: Shape, given: dict[str, Any]) -> dict[str, Dim]:
    """The length of each axis of a pattern.

    Raises:
        WrongRank: the tensor has more axes, or fewer.
        DoesNotFit: an axis cannot be split as the pattern has it.
    """
    if len(groups) != len(shape):
        raise WrongRank(shape, f"{len(groups)} axes, as the pattern has")
    lengths: dict[str, Dim] = {}
    for group, length in zip(groups, shape, strict=True):
        open_names = [name for name in group if name not in given]
        known = product(_given(name, given) for name in group if name in given)
        refusal = DoesNotFit(
            f"an axis of {show(length)} of {show_shape(shape)} cannot be split into "
            f"{' × '.join(group)} with {show(known)} of it given"
        )
        if len(open_names) > 1:
            raise refusal
        condition = divides(known, length) if open_names else equal(known, length)
        require_seen(condition, refusal, length)
        lengths.update({name: _given(name, given) for name in group if name in given})
        lengths.update(dict.fromkeys(open_names, length // known))
    return lengths


def _given(name: str, given: dict[str, Any]) -> Dim:
    refusal = InvalidArgument(f"`{name}` must be a positive integer, got {given[name]!r:.100}")
    if not isinstance(given[name], (int, Symbolic)):
        raise refusal
    length: Dim = given[name]
    require(at_least(length, 1), refusal)
    return length

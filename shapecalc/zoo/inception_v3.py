"""Inception v3 (Szegedy et al., 2015): large windows made of small ones."""

from __future__ import annotations

from shapecalc.graph.tensor import Tensor
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.inception import STEM, Link, Step, branch, chain, halve, smooth

_Module = tuple[tuple[Link, ...], ...]


def _small(pooled: int) -> _Module:
    """Windows of 1, 5 and twice 3."""
    return (
        (Step(64, 1),),
        (Step(48, 1), Step(64, 5)),
        (Step(64, 1), Step(96, 3), Step(96, 3)),
        (smooth, Step(pooled, 1)),
    )


def _long(width: int) -> _Module:
    """Windows of 7 along one axis, then the other."""
    row, column = Step(width, (1, 7)), Step(width, (7, 1))
    return (
        (Step(192, 1),),
        (Step(width, 1), row, Step(192, (7, 1))),
        (Step(width, 1), column, row, column, Step(192, (1, 7))),
        (smooth, Step(192, 1)),
    )


_MIXED: tuple[_Module, ...] = (
    _small(32),
    _small(64),
    _small(64),
    (
        (Step(384, 3, 2, "valid"),),
        (Step(64, 1), Step(96, 3), Step(96, 3, 2, "valid")),
        (halve,),
    ),
    _long(128),
    _long(160),
    _long(160),
    _long(192),
    (
        (Step(192, 1), Step(320, 3, 2, "valid")),
        (Step(192, 1), Step(192, (1, 7)), Step(192, (7, 1)), Step(192, 3, 2, "valid")),
        (halve,),
    ),
)
_SPLIT = ((Step(384, (1, 3)),), (Step(384, (3, 1)),))


def _split_module(x: Tensor, i: int) -> Tensor:
    """A module whose two inner branches fan out again."""
    branches = [
        chain(x, (Step(320, 1),)),
        branch(chain(x, (Step(384, 1),)), _SPLIT, f"mixed9_{i}"),
        branch(chain(x, (Step(448, 1), Step(384, 3))), _SPLIT),
        chain(x, (smooth, Step(192, 1))),
    ]
    return blocks.concatenate(branches, f"mixed{9 + i}")


@application("keras.applications.InceptionV3", "keras.applications.inception_v3.InceptionV3")
class InceptionV3(Application):
    """Inception v3."""

    name = "inception_v3"
    default_size = 299
    least_size = 75

    def body(self, x: Tensor) -> Tensor:
        x = chain(x, STEM)
        for i, module in enumerate(_MIXED):
            x = branch(x, module, f"mixed{i}")
        for i in range(2):
            x = _split_module(x, i)
        return x

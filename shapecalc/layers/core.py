"""Layers that pass their input on as it is."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts


class SameShape(Layer):
    """A layer whose output has its input's shape, and which has no weights.

    Such a layer is its docstring and its arguments.
    """

    takes = "B ..."

    def infer(self, x: Shape) -> Facts:
        return Facts(x)


@layer("keras.layers.Identity")
class Identity(Layer):
    """Hand on what it is called on, be it a tensor or a structure of them."""

    keeps_dtype = True
    relabels = True

    def infer(self, x: Any) -> Facts:
        return Facts(x)


@layer("keras.layers.Masking")
class Masking(SameShape):
    """Mark the time steps at which every feature has the mask value, to be skipped."""

    mask_value: object = argument.inert(0.0)

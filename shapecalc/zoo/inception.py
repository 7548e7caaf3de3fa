"""What the Inceptions share: modules of branches, each a chain of steps, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from shapecalc.graph.tensor import Tensor
from shapecalc.zoo import blocks


class Step(NamedTuple):
    """A convolution with its normalization and activation.

    Attributes:
        filters: its width.
        kernel: its window.
        strides: its stride.
        padding: its padding.
    """

    filters: int
    kernel: int | tuple[int, int]
    strides: int = 1
    padding: str = "same"


def step(x: Tensor, made: Step) -> Tensor:
    """Apply a step; Keras names its layers itself."""
    filters, kernel, strides, padding = made
    x = blocks.conv(x, filters, kernel, strides=strides, padding=padding, use_bias=False)
    return blocks.activate(blocks.normalize(x, scale=False), "relu")


# A link of a branch: a step, or a pooling.
Link = Step | Callable[[Tensor], Tensor]


def chain(x: Tensor, links: Iterable[Link]) -> Tensor:
    """Apply links one after the other."""
    for link in links:
        x = step(x, link) if isinstance(link, Step) else link(x)
    return x


def branch(x: Tensor, links: Iterable[Iterable[Link]], name: str | None = None) -> Tensor:
    """Several chains on one tensor, and their results side by side."""
    return blocks.concatenate([chain(x, each) for each in links], name)


def smooth(x: Tensor) -> Tensor:
    """A pooling by averages that keeps the image's size."""
    return blocks.average_pool(x, 3, strides=1, padding="same")


def halve(x: Tensor) -> Tensor:
    """A pooling that halves the image."""
    return blocks.max_pool(x, 3, strides=2)


# Both begin in the same way.
STEM: tuple[Link, ...] = (
    Step(32, 3, 2, "valid"),
    Step(32, 3, 1, "valid"),
    Step(64, 3),
    halve,
    Step(80, 1, 1, "valid"),
    Step(192, 3, 1, "valid"),
    halve,
)

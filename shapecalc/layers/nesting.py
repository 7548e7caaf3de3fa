"""Layers within layers: a wrapper's, a model's, each met once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shapecalc.rules.facts import Weight

if TYPE_CHECKING:
    from shapecalc.layers.layer import Layer


def layers_within(root: Layer) -> Iterator[tuple[str, Layer]]:
    """A layer and all layers that it holds, each once, with its path within the first."""
    seen: set[int] = set()
    stack = [("", root)]
    while stack:
        path, current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield path, current
        held = [(f"{path}{inner.name}/", inner) for inner in current.sublayers()]
        stack.extend(reversed(held))


def weights_within(root: Layer) -> Iterator[tuple[Weight, bool]]:
    """The weights of a layer and of all that it holds, and whether each is trained."""
    for path, current in layers_within(root):
        for weight, trained in current.own_weights():
            yield weight._replace(name=path + weight.name) if path else weight, trained

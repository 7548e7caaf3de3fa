"""Layer rules: one class a layer, one file a family; `layers.Conv2D` finds the class.

A file of this folder that decorates a class with `@layer("keras.layers.…")` has registered it;
there is no list to keep. Looking up one layer costs one file.
"""

from __future__ import annotations

import sys

from shapecalc.rules.registry import Families

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.layers.layer import Layer

_PREFIX = "keras.layers."


def _registry() -> dict[str, type[Layer]]:
    from shapecalc.layers.layer import REGISTRY

    return REGISTRY


_families = Families(__name__, __path__, "layer", _registry)


def rule_for(name: str) -> type[Layer] | None:
    """The rule of a layer, by a public name such as `keras.layers.Conv2D`, or None."""
    rule: type[Layer] | None = _families.find(name)
    return rule


def rule_names() -> list[str]:
    """The public names of all layers that have a rule, aliases included, sorted."""
    return _families.names()


def __getattr__(name: str) -> type[Layer]:
    rule = None if name.startswith("_") else rule_for(_PREFIX + name)
    if rule is None:
        module = sys.modules[__name__]
        raise AttributeError(f"module {__name__!r} has no layer {name!r}", name=name, obj=module)
    globals()[name] = rule
    return rule


def __dir__() -> list[str]:
    own = [name.removeprefix(_PREFIX) for name in rule_names() if name.startswith(_PREFIX)]
    return sorted({*own, "rule_for", "rule_names"})

"""Layer rules: one class a layer, one file a family; `layers.Conv2D` finds the class.

A file of this folder that decorates a class with `@layer("keras.layers.…")` has registered it;
there is no list to keep. So that looking up one layer costs one file, the names are read off
the text of the files and only the file that holds a name is imported.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.layers.layer import Layer

_PREFIX = "keras.layers."

# By full Keras name, the module that holds the rule; None before the first look-up.
_modules: dict[str, str] | None = None


def rule_for(name: str) -> type[Layer] | None:
    """The rule of a layer, by a public name such as `keras.layers.Conv2D`, or None."""
    module = _index().get(name)
    if module is None:
        return None
    __import__(module)
    from shapecalc.layers.layer import REGISTRY

    return REGISTRY.get(name)


def rule_names() -> list[str]:
    """The public names of all layers that have a rule, aliases included, sorted."""
    return sorted(_index())


def __getattr__(name: str) -> type[Layer]:
    rule = None if name.startswith("_") else rule_for(_PREFIX + name)
    if rule is None:
        module = sys.modules[__name__]
        raise AttributeError(f"module {__name__!r} has no layer {name!r}", name=name, obj=module)
    globals()[name] = rule
    return rule


def __dir__() -> list[str]:
    own = [name.removeprefix(_PREFIX) for name in _index() if name.startswith(_PREFIX)]
    return sorted({*own, "rule_for", "rule_names"})


def _index() -> dict[str, str]:
    global _modules
    if _modules is None:
        _modules = {}
        for folder in __path__:
            try:
                _modules.update(_scan(folder))
            except (OSError, UnicodeDecodeError):
                _modules.update(_import_all())
    return _modules


def _scan(folder: str) -> dict[str, str]:
    """Read the registered names off the decorators in a folder's files.

    Raises:
        OSError: the sources are not there to be read (in a zip archive, say).
    """
    found: dict[str, str] = {}
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".py") or file == "__init__.py":
            continue
        with open(os.path.join(folder, file), encoding="utf-8") as opened:
            parts = opened.read().split("\n@layer(")
        for part in parts[1:]:
            # The words between quotes, up to the parenthesis that closes the decorator.
            for word in part.partition(")")[0].split('"')[1::2]:
                found[word] = f"{__name__}.{file.removesuffix('.py')}"
    return found


def _import_all() -> dict[str, str]:
    """Import every family; the slow way to the same index."""
    import pkgutil

    for module in pkgutil.iter_modules(__path__):
        __import__(f"{__name__}.{module.name}")
    from shapecalc.layers.layer import REGISTRY

    return {name: rule.__module__ for name, rule in REGISTRY.items()}

"""The networks of `keras.applications`, in our own layers: `zoo.ResNet50(weights=None)`.

One family a file. A class that is decorated with `@application("keras.applications.…")` is
registered; there is no list to keep, and looking up one network imports one family.
"""

from __future__ import annotations

from shapecalc.rules.registry import Families

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.zoo.application import Constructor

_PREFIX = "keras.applications."


def _registry() -> dict[str, Constructor]:
    from shapecalc.zoo.application import REGISTRY

    return REGISTRY


_families = Families(__name__, __path__, "application", _registry)


def application_for(name: str) -> Constructor | None:
    """The constructor of that public name, such as `keras.applications.ResNet50`, or None."""
    constructor: Constructor | None = _families.find(name)
    return constructor


def application_names() -> list[str]:
    """The public names of all constructors, the spellings with a module included, sorted."""
    return _families.names()


def __getattr__(name: str) -> Constructor:
    constructor = None if name.startswith("_") else application_for(_PREFIX + name)
    if constructor is None:
        raise AttributeError(f"module {__name__!r} has no application {name!r}")
    globals()[name] = constructor
    return constructor


def __dir__() -> list[str]:
    short = (name.removeprefix(_PREFIX) for name in application_names())
    return sorted({"application_for", "application_names", *(n for n in short if "." not in n)})

"""Finding rules by name without importing the families that do not hold them.

A package whose files register rules with a decorator, `@layer("keras.layers.…")` say, keeps no
list of them: the names are read off the text of its files, and only the file that holds a name
is imported.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any


def texts_of(package: str, folder: str) -> Iterator[tuple[str, str]]:
    """The modules of a package and the texts of their files, without importing any.

    Args:
        package: the package's name.
        folder: where its files are.

    Raises:
        OSError: the sources are not there to be read (in a zip archive, say).
    """
    for file in sorted(os.listdir(folder)):
        if file.endswith(".py") and file != "__init__.py":
            with open(os.path.join(folder, file), encoding="utf-8") as opened:
                yield f"{package}.{file.removesuffix('.py')}", opened.read()


class Families:
    """The files of a package that hold registered rules.

    Args:
        package: the package's name.
        paths: its folders.
        decorator: the name of the decorator that registers a rule.
        registry: gives the rules that are registered so far; what it maps names to has a
            `__module__`.
    """

    __slots__ = ("_decorator", "_modules", "_package", "_paths", "_registry")

    def __init__(
        self,
        package: str,
        paths: Iterable[str],
        decorator: str,
        registry: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._package = package
        self._paths = paths
        self._decorator = decorator
        self._registry = registry
        # By name, the module that holds the rule; None before the first look-up.
        self._modules: dict[str, str] | None = None

    def find(self, name: str) -> Any:
        """The rule of that name, or None; imports the one file that holds it."""
        module = self.modules().get(name)
        if module is None:
            return None
        __import__(module)
        return self._registry().get(name)

    def names(self) -> list[str]:
        """The names of all rules, sorted."""
        return sorted(self.modules())

    def modules(self) -> dict[str, str]:
        """By name, the module that holds the rule."""
        if self._modules is None:
            self._modules = {}
            for folder in self._paths:
                try:
                    self._modules.update(self.scan(folder))
                except (OSError, UnicodeDecodeError):
                    self._modules.update(self.import_all())
        return self._modules

    def scan(self, folder: str) -> dict[str, str]:
        """Read the registered names off the decorators in a folder's files.

        Raises:
            OSError: the sources are not there to be read (in a zip archive, say).
        """
        found: dict[str, str] = {}
        for module, text in texts_of(self._package, folder):
            for part in text.split(f"\n@{self._decorator}(")[1:]:
                # The words between quotes, up to the parenthesis that closes the decorator.
                for word in part.partition(")")[0].split('"')[1::2]:
                    if "." in word:
                        found[word] = module
        return found

    def import_all(self) -> dict[str, str]:
        """Import every family; the slow way to the same index."""
        import pkgutil

        for module in pkgutil.iter_modules(self._paths):
            __import__(f"{self._package}.{module.name}")
        return {name: rule.__module__ for name, rule in self._registry().items()}

"""Which files a command line names: folders are searched, `file.py::name` is taken apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from types import MappingProxyType

SKIPPED = frozenset(
    {"__pycache__", "node_modules", "venv", "env", "build", "dist", "site-packages"}
)
"""Folders that hold no program of the user's; hidden ones are skipped as well."""

MAX_SEEN = 20_000
MAX_READ = 32 * 2**20
"""So many folders and programs are asked whether they speak of a module, and so many bytes."""


class Target:
    """A file to analyse.

    Attributes:
        path: the file, as it is to be named.
        name: the one model or function that is wanted, or None for all.
        values: what is given to the parameters of that function, or else to names of the file.
    """

    __slots__ = ("name", "path", "values")

    def __init__(
        self,
        path: str,
        name: str | None = None,
        values: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self.path = path
        self.name = name
        self.values = values


def find_targets(
    paths: Iterable[str], excludes: Callable[[str], bool] | None = None
) -> list[Target]:
    """The files that `paths` name, each once, in order; folders are searched for Python files.

    A path that does not exist is returned like a file: reading it says what is wrong.

    Args:
        paths: files, folders, `file.py::name`.
        excludes: says which files and folders are not to be searched; what `paths` name
            themselves is taken all the same.
    """
    found: dict[tuple[str, str | None], Target] = {}
    for path in paths:
        for target in _expand(path, excludes):
            found.setdefault((os.path.normpath(target.path), target.name), target)
    return list(found.values())


def _expand(path: str, excludes: Callable[[str], bool] | None) -> Iterator[Target]:
    if os.path.isdir(path):
        for file in _search(path, excludes):
            yield Target(file)
    elif "::" in path and not os.path.exists(path):
        file, _, name = path.rpartition("::")
        yield Target(file, name)
    else:
        yield Target(path)


def is_spoken_of(path: str, root: str, known: Container[str]) -> bool:
    """Whether a program of a project names a module, as one that imports it must.

    Args:
        path: the module's file.
        root: where its project begins.
        known: programs that are not asked, by their paths without links; so is the module.

    Returns:
        True as well where there are too many programs to ask them all.
    """
    import re

    name = os.path.splitext(os.path.basename(path))[0]
    if name == "__init__":
        name = os.path.basename(os.path.dirname(os.path.abspath(path)))
    word = re.compile(rb"\b%s\b" % re.escape(os.fsencode(name)))
    own = os.path.realpath(path)
    seen = read = 0

    def is_beyond(_: str) -> bool:
        nonlocal seen
        seen += 1
        return seen > MAX_SEEN

    for file in _search(root, is_beyond, (".py", ".ipynb")):
        real = os.path.realpath(file)
        if real == own or real in known or not os.path.isfile(real):
            continue
        try:
            with open(real, "rb") as program:
                text = program.read(MAX_READ - read + 1)
        except OSError:
            continue
        read += len(text)
        if read > MAX_READ or word.search(text):
            return True
    return seen > MAX_SEEN


def _search(
    folder: str, excludes: Callable[[str], bool] | None, endings: tuple[str, ...] = (".py",)
) -> Iterator[str]:
    def wanted(path: str) -> bool:
        return excludes is None or not excludes(path)

    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not _is_skipped(root, name) and wanted(os.path.join(root, name))
        )
        for file in sorted(files):
            path = os.path.normpath(os.path.join(root, file))
            if file.endswith(endings) and not file.startswith(".") and wanted(path):
                yield path


def _is_skipped(root: str, name: str) -> bool:
    if name.startswith(".") or name in SKIPPED:
        return True
    # A virtual environment under another name.
    return os.path.exists(os.path.join(root, name, "pyvenv.cfg"))

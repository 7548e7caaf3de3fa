"""A project's own modules: its root, and which file an import means.

Nothing here is ever executed. Only files under the root are found, wherever links lead; the
standard library and installed packages are not looked at.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from shapecalc.source import SourceFile, UnreadableSource, read_source

MARKERS = ("pyproject.toml", "setup.py", ".git")
"""What lies in the root of a project."""

MAX_FILES = 200
MAX_CHARACTERS = 4_000_000
MAX_PARTS = 32
"""What one analysis follows: so many files, so much text, names of so many parts."""

# Libraries that are modelled, or whose name is often that of a folder beside the program that
# uses them (`keras/`, `torch/`): they are meant, as they are where they are installed.
_LIBRARIES = frozenset(
    (
        "jax",
        "keras",
        "matplotlib",
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "tensorflow",
        "tf_keras",
        "torch",
    )
)

_KEPT_TEXT = 2_000_000


class Module(NamedTuple):
    """A module of the project.

    Attributes:
        name: its dotted name.
        folder: where the modules of its package lie.
        path: its file as reports name it; None for a package without `__init__.py`.
        key: its file without links, by which it is known.
    """

    name: str
    folder: str
    path: str | None
    key: str


class Project:
    """What is known of the files under a root; good for many analyses in one process.

    Attributes:
        root: the folder, absolute and without links.
        trees: the syntax trees of texts, for whoever makes them.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self._within = self.root.rstrip(os.sep) + os.sep
        self._listings: dict[str, frozenset[str]] = {}
        self._reals: dict[str, str] = {}
        self._kinds: dict[tuple[str, str], str] = {}
        self._texts: dict[str, SourceFile | UnreadableSource] = {}
        self._kept = 0
        self.trees: dict[SourceFile, Any] = {}
        self._mentions: dict[str, tuple[bool, tuple[tuple[int, str, tuple[str, ...]], ...]]] = {}

    def search(self, path: str) -> Search:
        """The search for what the file at `path` imports."""
        return Search(self, path)

    def holds(self, path: str) -> bool:
        """Whether a path leads to somewhere under the root, links followed."""
        return (self.real(path) + os.sep).startswith(self._within)

    def real(self, path: str) -> str:
        """A path without links."""
        found = self._reals.get(path)
        if found is None:
            found = self._reals[path] = os.path.realpath(path)
        return found

    def kind(self, folder: str, name: str) -> str:
        """What `name` is in a folder: `package`, `module`, `folder` or nothing."""
        found = self._kinds.get((folder, name))
        if found is None:
            found = self._kinds[folder, name] = self._look(folder, name)
        return found

    def _look(self, folder: str, name: str) -> str:
        listing = self._listings.get(folder)
        if listing is None:
            try:
                # Listed once, which is cheaper than asking for each name, and tells `Net` from
                # `net` everywhere.
                listing = frozenset(os.listdir(folder))
            except (OSError, ValueError):
                listing = frozenset()
            self._listings[folder] = listing
        inner = os.path.join(folder, name)
        if name in listing and os.path.isfile(os.path.join(inner, "__init__.py")):
            return "package" if self.holds(os.path.join(inner, "__init__.py")) else ""
        if f"{name}.py" in listing and os.path.isfile(inner + ".py"):
            return "module" if self.holds(inner + ".py") else ""
        if name in listing and os.path.isdir(inner) and self.holds(inner):
            return "folder"
        return ""

    def text(self, module: Module) -> SourceFile:
        """The text of a module.

        Raises:
            UnreadableSource: it cannot be read.
        """
        assert module.path is not None
        found = self._texts.get(module.path)
        if found is None:
            try:
                plain = read_source(module.path)
                found = SourceFile(plain.path, plain.text, imported=True)
                self._kept += len(plain.text)
            except UnreadableSource as error:
                found = error
            if self._kept > _KEPT_TEXT:
                self._texts.clear()
                self.trees.clear()
                self._kept = 0
            self._texts[module.path] = found
        if isinstance(found, UnreadableSource):
            raise found
        return found

    def glance(
        self, key: str, text: str
    ) -> tuple[bool, tuple[tuple[int, str, tuple[str, ...]], ...]]:
        """Whether a text speaks of Keras, and what it imports, without parsing it."""
        found = self._mentions.get(key)
        if found is None:
            found = self._mentions[key] = (speaks_of_keras(text), tuple(_imports_in(text)))
        return found


class Search:
    """What one analysis looks for and finds.

    Attributes:
        project: where.
        entry: the file that is analysed, as a module.
        read: the text of each project file that was looked into, by its key.
        asked: what the names that were looked for are in each folder.
    """

    def __init__(self, project: Project, path: str) -> None:
        self.project = project
        self._absolute = os.path.isabs(path)
        absolute = os.path.abspath(path)
        folder = os.path.dirname(absolute)
        name = os.path.splitext(os.path.basename(path))[0]
        self.entry = Module(name, folder, path, project.real(absolute))
        self.read: dict[str, SourceFile] = {}
        self.asked: dict[tuple[str, str], str] = {}
        self.bases = tuple(self._bases(folder))

    def _bases(self, folder: str) -> Iterator[str]:
        """Where absolute imports begin: the file's folder and those around it, then `src`."""
        root = self.project.root
        current = folder
        while self.project.holds(current):
            yield current
            if self.project.real(current) == root:
                yield os.path.join(current, "src")
                return
            current = os.path.dirname(current)

    def _kind(self, folder: str, name: str) -> str:
        kind = self.asked[folder, name] = self.project.kind(folder, name)
        return kind

    def find(self, name: str) -> Module | None:
        """The module of the project that an absolute import means, or None."""
        parts = name.split(".")
        if len(parts) > MAX_PARTS or not all(map(str.isidentifier, parts)):
            return None
        if self._is_foreign(parts[0]):
            return None
        spaces: list[str] = []
        for base in self.bases:
            kind = self._kind(base, parts[0])
            if kind in ("package", "module"):
                # As in Python, what is found first hides what comes later.
                return self._walk(base, parts)
            if kind == "folder":
                spaces.append(base)
        found = (self._walk(base, parts) for base in spaces)
        return next((module for module in found if module is not None), None)

    def _is_foreign(self, name: str) -> bool:
        """Whether a name is a library's, even if something here is called so."""
        if name in _LIBRARIES or name in sys.builtin_module_names:
            return True
        if name not in sys.stdlib_module_names:
            return False
        # Only beside a script does a file hide the standard library's module.
        folder = self.entry.folder
        beside = self._kind(folder, name) in ("package", "module")
        return not beside or self._kind(folder, "__init__") == "module"

    def _walk(self, base: str, parts: list[str]) -> Module | None:
        folder = base
        for part in parts[:-1]:
            if self._kind(folder, part) not in ("package", "folder"):
                return None
            folder = os.path.join(folder, part)
        return self.within(folder, parts[-1], ".".join(parts))

    def within(self, folder: str, part: str, name: str) -> Module | None:
        """The module `part` in a package's folder."""
        kind = self._kind(folder, part)
        inner = os.path.join(folder, part)
        if kind == "package":
            return self._module(name, inner, os.path.join(inner, "__init__.py"))
        if kind == "module":
            return self._module(name, folder, inner + ".py")
        return Module(name, inner, None, inner) if kind == "folder" else None

    def _module(self, name: str, folder: str, path: str) -> Module:
        shown = path if self._absolute else os.path.relpath(path)
        return Module(name, folder, shown, self.project.real(path))

    def package(self, folder: str) -> Module:
        """A folder as a package."""
        name = os.path.basename(folder)
        if self._kind(folder, "__init__") == "module":
            return self._module(name, folder, os.path.join(folder, "__init__.py"))
        return Module(name, folder, None, folder)

    def above(self, module: Module, level: int) -> str | None:
        """The folder that so many leading dots mean in a module; None beyond the root."""
        folder = module.folder
        for _ in range(min(level - 1, MAX_PARTS)):
            folder = os.path.dirname(folder)
        return folder if level <= MAX_PARTS and self.project.holds(folder) else None

    def below(self, folder: str, name: str, prefix: str) -> Module | None:
        """The module of a dotted name under a folder."""
        parts = name.split(".")
        if len(parts) > MAX_PARTS:
            return None
        for part in parts[:-1]:
            if self._kind(folder, part) not in ("package", "folder"):
                return None
            folder = os.path.join(folder, part)
        return self.within(folder, parts[-1], f"{prefix}.{name}" if prefix else name)

    def text(self, module: Module) -> SourceFile:
        """The text of a module, which is noted down.

        Raises:
            UnreadableSource: it cannot be read, or there is too much of it all.
        """
        if module.key not in self.read:
            source = self.project.text(module)
            characters = sum(len(s.text) for s in self.read.values()) + len(source.text)
            if len(self.read) >= MAX_FILES:
                raise UnreadableSource(source.path, f"more than {MAX_FILES} files are imported")
            if characters > MAX_CHARACTERS:
                reason = f"more than {MAX_CHARACTERS:,} characters are imported"
                raise UnreadableSource(source.path, reason)
            self.read[module.key] = source
        return self.read[module.key]

    def leads_to_keras(self, text: str) -> bool:
        """Whether a program comes by Keras itself or through what it imports."""
        seen = {self.entry.key}
        pending = [(self.entry, text)]
        while pending:
            module, text = pending.pop()
            speaks, imports = self.project.glance(module.key, text)
            if speaks:
                return True
            for level, name, names in imports:
                for found in self._meant(module, level, name, names):
                    if found.path is None or found.key in seen:
                        continue
                    seen.add(found.key)
                    try:
                        pending.append((found, self.text(found).text))
                    except UnreadableSource:
                        continue
        return False

    def _meant(
        self, module: Module, level: int, name: str, names: tuple[str, ...]
    ) -> Iterator[Module]:
        folder = self.above(module, level) if level else None
        if level and folder is None:
            return
        for whole in (name, *(f"{name}.{n}" if name else n for n in names)):
            if folder is None:
                found = self.find(whole) if whole else None
            else:
                found = self.below(folder, whole, "") if whole else self.package(folder)
            if found is not None:
                yield found


def within(folder: str, path: str) -> bool:
    """Whether an absolute path is a folder or lies in it."""
    return (path + os.sep).startswith(folder.rstrip(os.sep) + os.sep)


def find_root(path: str, fallback: str | None = None) -> str:
    """The root of the project that a file belongs to.

    Args:
        path: the file.
        fallback: the folder to take where nothing marks a root; else the one above the
            outermost package that the file is in.
    """
    folder = os.path.dirname(os.path.abspath(path))
    current = folder
    while True:
        if any(os.path.exists(os.path.join(current, marker)) for marker in MARKERS):
            return current
        above = os.path.dirname(current)
        if above == current:
            break
        current = above
    if fallback is not None and within(os.path.abspath(fallback), folder):
        return os.path.abspath(fallback)
    while os.path.exists(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def speaks_of_keras(text: str) -> bool:
    """Whether a text names the libraries that layers come from: most files of a project don't."""
    return "keras" in text or "tensorflow" in text


_IMPORT = (
    r"^[ \t]*(?:from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]{0,9999}\)|[^\n#;]*)"
    r"|import[ \t]+([^\n#;]*))"
)


def _imports_in(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """What looks like an import: level, module and the names taken from it."""
    for count, match in enumerate(re.finditer(_IMPORT, text, re.MULTILINE)):
        if count >= MAX_FILES:
            return
        dots, module, names, plain = match.groups()
        if plain is not None:
            for part in plain.split(","):
                yield 0, part.split(" as ")[0].strip(), ()
        else:
            words = (w.split(" as ")[0].strip(" ()\n\t\\") for w in names.split(","))
            yield len(dots), module, tuple(w for w in words if w.isidentifier())


def imports_own_modules(text: str) -> bool:
    """Whether a program seems to import what is neither Python's nor a library that is known."""
    known = _LIBRARIES | sys.stdlib_module_names
    return any(level or name.partition(".")[0] not in known for level, name, _ in _imports_in(text))

"""Results of earlier runs, found by the content that they rest on.

A result holds as long as its file, the project's files that it imports, and what it looked for
and did not find are as they were, under the same shapecalc, root and working folder. The cache
is JSON, in `.shapecalc_cache` in the root. Whoever can write to a project can write that folder,
so nothing in it is trusted: what is no result is passed over, only files under the root are
looked at, and the fingerprint of this installation, which no project can know, is part of a
result's address.
"""

from __future__ import annotations

import functools
import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import shapecalc
from shapecalc.project import Project
from shapecalc.repository.portable import Data, WrongData, report_of
from shapecalc.repository.work import Result, digest
from shapecalc.source import UnreadableSource, read_source

FOLDER = ".shapecalc_cache"
FORMAT = 3
MAX_BYTES = 128 * 2**20
MAX_GENERATIONS = 6
"""So many files of results are kept: of other working folders and versions."""


class Cache:
    """The results of one project, as seen from one working folder.

    Args:
        root: the project's root.
        settings: what else its results depend on, as a text.
    """

    def __init__(self, root: str, settings: str = "") -> None:
        self._project = Project(root)
        self._folder = os.path.join(self._project.root, FOLDER)
        self._file = os.path.join(self._folder, f"{fingerprint(self._project.root, settings)}.json")
        self._results: dict[str, Any] = {}
        self._digests: dict[str, str | None] = {}

    def load(self) -> None:
        """Read what earlier runs found; whatever is wrong with it, the cache is then empty."""
        self._results = {}
        try:
            # A link may lead anywhere, and a pipe would never end.
            if os.path.islink(self._folder):
                return
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with open(os.open(self._file, flags), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return
                data = file.read(MAX_BYTES + 1)
            document = json.loads(data) if len(data) <= MAX_BYTES else None
        except (OSError, ValueError, RecursionError, MemoryError):
            return
        if isinstance(document, dict) and isinstance(document.get("results"), dict):
            self._results = document["results"]

    def find(self, path: str) -> Data | None:
        """The result of an earlier run that still holds, or None."""
        entry = self._results.get(path)
        try:
            if entry is not None and self._holds(path, entry):
                data: Data = entry["data"]
                report = report_of(data)
                told = {d.path for d in (*report.diagnostics, *report.unconfirmed)} | {report.path}
                if report.path == path and told <= set(entry["digests"]):
                    return data
        except (KeyError, TypeError, ValueError, WrongData):
            pass
        self._results.pop(path, None)
        return None

    def _holds(self, path: str, entry: Any) -> bool:
        digests = entry["digests"]
        if path not in digests:
            return False
        for name, old in digests.items():
            if self._digest(name, own=name == path) != old or old is None:
                return False
        for folder, name, kind in entry["asked"]:
            if not self._project.holds(folder) or self._project.kind(folder, name) != kind:
                return False
        return True

    def _digest(self, path: str, *, own: bool) -> str | None:
        if path not in self._digests:
            self._digests[path] = None
            if own or self._project.holds(path):
                with suppress(UnreadableSource):
                    self._digests[path] = digest(read_source(path))
        return self._digests[path]

    def add(self, result: Result) -> None:
        """Remember a result; one of a file that could not be read is not worth it."""
        if result.digests is not None:
            self._results[result.path] = {
                "data": result.data,
                "digests": result.digests,
                "asked": result.asked,
            }

    def save(self, kept: Iterable[str]) -> None:
        """Write all results whose files are there; a cache that cannot be written is none."""
        named = set(kept)
        results = {p: r for p, r in self._results.items() if p in named or os.path.exists(p)}
        document = json.dumps({"results": results}, separators=(",", ":"))
        try:
            self._prepare()
            # Under a name of its own first: another run may read meanwhile.
            draft = f"{self._file}.{os.getpid()}"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            with open(os.open(draft, flags, 0o644), "w", encoding="utf-8") as file:
                file.write(document)
            os.replace(draft, self._file)
            self._forget_old()
        except (OSError, UnicodeError):
            return

    def _prepare(self) -> None:
        """Make the folder, which tells version control to leave it alone.

        Raises:
            OSError: it cannot be made, or leads elsewhere.
        """
        if os.path.islink(self._folder):
            raise OSError("the cache is a link")
        os.makedirs(self._folder, exist_ok=True)
        for name, text in (
            (".gitignore", "# Made by shapecalc.\n*\n"),
            ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
        ):
            path = os.path.join(self._folder, name)
            if not os.path.lexists(path):
                with open(path, "x", encoding="utf-8") as file:
                    file.write(text)

    def _forget_old(self) -> None:
        with os.scandir(self._folder) as entries:
            files = [e for e in entries if ".json" in e.name and e.is_file(follow_symlinks=False)]
        files.sort(key=lambda e: e.stat(follow_symlinks=False).st_mtime, reverse=True)
        for entry in files[MAX_GENERATIONS:]:
            os.unlink(entry.path)


def fingerprint(root: str, settings: str = "") -> str:
    """What results depend on besides the analysed files."""
    import sys
    from hashlib import blake2b

    parts = [
        str(FORMAT),
        shapecalc.__version__,
        sys.version,
        root,
        os.getcwd(),
        settings,
        *_installation(),
    ]
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=16).hexdigest()


@functools.cache
def _installation() -> tuple[str, ...]:
    """This installation of shapecalc to the file, so that a change of its source counts.

    It is looked at once: what a process has loaded stays as it is.
    """
    package = os.path.dirname(os.path.abspath(shapecalc.__file__))
    parts = [package]
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(files):
            if name.endswith(".py"):
                found = os.stat(os.path.join(folder, name))
                parts.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return tuple(parts)

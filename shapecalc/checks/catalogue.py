"""All checks: found by their files, so that a new file needs no second place."""

from __future__ import annotations

import os
from collections.abc import Iterable

from shapecalc.checks.check import REGISTRY, Check
from shapecalc.diagnostics import Code, UnknownCode, find_code
from shapecalc.rules.refusal import Refusal

GROUPS = ("gaps", "refusals", "contract", "architecture", "budgets", "suppressions")
"""The folders of checks. One is loaded when there is something for it to look at."""

_loaded: set[str] = set()


def load(group: str) -> None:
    """Import every check of one folder."""
    if group in _loaded:
        return
    _loaded.add(group)
    package = f"shapecalc.checks.{group}"
    for name in _module_names(package):
        __import__(f"{package}.{name}")


def _module_names(package: str) -> list[str]:
    folders = __import__(package, fromlist=["__path__"]).__path__
    try:
        files = [file for folder in folders for file in os.listdir(folder)]
    except OSError:  # in a zip archive
        import pkgutil

        return sorted(module.name for module in pkgutil.iter_modules(folders))
    return sorted(f.removesuffix(".py") for f in files if f.endswith(".py") and f[0] != "_")


def all_checks() -> list[Check]:
    """Every check, by its code."""
    for group in GROUPS:
        load(group)
    return [REGISTRY[id] for id in sorted(REGISTRY)]


def all_codes() -> list[Code]:
    """Every code, in order."""
    return [check.code for check in all_checks()]


def check_for_refusal(kind: type[Refusal]) -> Check:
    """The check that explains a class of refusals, or else the nearest class above it."""
    load("refusals")
    explained = {c.explains: c for c in REGISTRY.values() if isinstance(c.explains, type)}
    return next(explained[base] for base in kind.__mro__ if base in explained)


def checks_examining(group: str, thing: object) -> list[Check]:
    """The checks of a folder that look at things of this kind, by their code."""
    load(group)
    found = (c for c in REGISTRY.values() if c.examines and isinstance(thing, c.examines))
    return sorted(found, key=lambda check: check.code.id)


def check_for_gap(kind: str) -> Check:
    """The check that reports a kind of gap; an unknown kind is `unsupported`."""
    load("gaps")
    kinds = {c.explains: c for c in REGISTRY.values() if isinstance(c.explains, str)}
    return kinds.get(kind) or kinds["unsupported"]


def find_check(text: str) -> Check:
    """The check with this code or name.

    Raises:
        UnknownCode: there is none.
    """
    all_checks()
    return REGISTRY[find_code(text, all_codes()).id]


def matching_codes(entries: Iterable[str]) -> frozenset[str]:
    """The ids that a list of codes, names and beginnings of codes (`SHC2`, `ALL`) stands for.

    Raises:
        UnknownCode: an entry stands for none.
    """
    codes = all_codes()
    found: set[str] = set()
    for entry in entries:
        word = entry.strip()
        upper = word.upper()
        if upper == "ALL":
            found.update(code.id for code in codes)
            continue
        begins = {code.id for code in codes if upper.startswith("S") and code.id.startswith(upper)}
        found |= begins or {find_code(word, codes).id}
    return frozenset(found)


__all__ = [
    "GROUPS",
    "UnknownCode",
    "all_checks",
    "all_codes",
    "check_for_gap",
    "check_for_refusal",
    "checks_examining",
    "find_check",
    "load",
    "matching_codes",
]

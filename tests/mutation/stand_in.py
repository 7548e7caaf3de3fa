"""A pytest plugin: one module of shapecalc is loaded from another text.

The environment says which: `SHAPECALC_MUTANT` is the file of the text, `SHAPECALC_MUTATED` the
module's name.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from types import ModuleType


class StandIn(importlib.abc.MetaPathFinder):
    """Finds one module elsewhere than where it is."""

    def __init__(self, name: str, file: str) -> None:
        self._name = name
        self._file = file

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        real = importlib.machinery.PathFinder.find_spec(name, path)
        folders = real.submodule_search_locations if real is not None else None
        return importlib.util.spec_from_file_location(
            name, self._file, submodule_search_locations=folders
        )


if "SHAPECALC_MUTANT" in os.environ:
    sys.meta_path.insert(
        0, StandIn(os.environ["SHAPECALC_MUTATED"], os.environ["SHAPECALC_MUTANT"])
    )

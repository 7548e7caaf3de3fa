"""Probes in modules: what each test runs through, statement by statement.

A probed module calls `__hit__` before each statement of its functions. That costs little elsewhere,
other than a trace function, under which all of Keras would run.
"""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

from tests.mutation.mutants import ROOT

Line = tuple[str, int]
"""A file, relative to the root, and the line on which a statement begins."""

hits: set[Line] = set()
"""The statements run since it was last cleared."""


class _Probing(ast.NodeTransformer):
    def __init__(self, path: str) -> None:
        self._path = path

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, (ast.Module, ast.ClassDef)):
            return node
        for field, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                # A docstring has to stay the first.
                first = 1 if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) else 0
                probed = [s for old in value[first:] for s in (self._probe(old), old)]
                setattr(node, field, value[:first] + probed)
        return node

    def _probe(self, statement: ast.stmt) -> ast.stmt:
        line = ast.Constant((self._path, statement.lineno))
        call = ast.Expr(ast.Call(ast.Name("__hit__", ast.Load()), [line], []))
        return ast.fix_missing_locations(ast.copy_location(call, statement))


class _Functions(ast.NodeTransformer):
    """Probes the functions of a module, and not what runs when it is imported."""

    def __init__(self, path: str) -> None:
        self._path = path

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return _Probing(self._path).visit(node)  # type: ignore[no-any-return]


def probed(tree: ast.Module, path: str) -> ast.Module:
    """A module with a probe before each statement of its functions."""
    return _Functions(path).visit(tree)  # type: ignore[no-any-return]


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        # No cache of code: it would keep the probes.
        path = self.get_filename(fullname)
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))
        return compile(probed(tree, str(Path(path).relative_to(ROOT))), path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._package and not name.startswith(self._package + "."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin)
        return spec


def probe(package: str) -> None:
    """Put probes into every module of a package that is imported from now on."""
    builtins.__hit__ = hits.add  # type: ignore[attr-defined]
    sys.meta_path.insert(0, _Finder(package))

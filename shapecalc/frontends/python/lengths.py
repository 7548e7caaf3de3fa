"""Lengths that only the data knows: dim variables, by the names that the program has for them."""

from __future__ import annotations

import ast
from collections.abc import Hashable

from shapecalc.dims import Variable
from shapecalc.frontends.python.conditions import identity
from shapecalc.frontends.python.values import Value
from shapecalc.rules.unknown import Unknown


class DataLengths:
    """The dim variables of one run: the same length of the same data has one."""

    def __init__(self) -> None:
        # By the data, or by its name where it is a library's.
        self._lengths: dict[tuple[Hashable, object], Variable] = {}
        # By the name of a dim of data that is unknown, what stands for it.
        self._unknown: dict[str, Unknown] = {}
        # How often each name was wanted.
        self._named: dict[str, int] = {}
        # Kept alive, so that an id stands for one unknown.
        self._owners: list[Unknown] = []

    def named(self, length: Value, node: ast.AST) -> Value:
        """A length of data that is not known, by the name that the program has for it.

        Args:
            length: the length.
            node: the expression that names it.
        """
        if isinstance(length, Variable) and length.kind == "unknown":
            owner = self._unknown.get(length.name)
            if owner is None:
                owner = Unknown(length.reason or "a length that only the data knows")
                self._unknown[length.name] = owner
            return self.of(owner, "length", node)
        return length

    def of(self, owner: Unknown, axis: object, node: ast.AST) -> Variable:
        """The dim variable for a length that only the data knows, the same for the same data.

        Args:
            owner: the data, which is unknown.
            axis: which of its lengths.
            node: the expression that names it: `x_train.shape[1]`, `len(vocab)`.
        """
        key = (identity(owner), axis)
        found = self._lengths.get(key)
        if found is None:
            name = " ".join(ast.unparse(node).split())[:60]
            count = self._named[name] = self._named.get(name, 0) + 1
            name = name if count == 1 else f"{name}#{count}"
            found = self._lengths[key] = Variable(name, "data", owner.reason)
            self._owners.append(owner)
        return found

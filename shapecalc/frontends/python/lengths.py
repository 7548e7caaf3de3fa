"""Lengths that only the data knows: dim variables, by the names that the program has for them."""

from __future__ import annotations

import ast

from shapecalc.dims import Variable
from shapecalc.frontends.python.values import Value
from shapecalc.rules.unknown import Unknown


class DataLengths:
    """The dim variables of one run: the same length of the same data has one."""

    def __init__(self) -> None:
        self._lengths: dict[tuple[int, object], Variable] = {}
        # By the name of a dim of data that is unknown, what stands for it.
        self._unknown: dict[str, Unknown] = {}
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
        found = self._lengths.get((id(owner), axis))
        if found is None:
            name = base = " ".join(ast.unparse(node).split())[:60]
            taken = {v.name for v in self._lengths.values()}
            count = 1
            while name in taken:
                count += 1
                name = f"{base}#{count}"
            found = self._lengths[id(owner), axis] = Variable(name, "data", owner.reason)
            self._owners.append(owner)
        return found

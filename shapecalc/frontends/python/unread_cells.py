"""Cells of a notebook that are no Python: the others are run all the same.

Whatever such a cell speaks of may be another thing behind it.
"""

from __future__ import annotations

from shapecalc.frontends.python.certainty import add_unfollowed
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.parsing import UnreadCell
from shapecalc.frontends.python.program_values import Class, Function, Module
from shapecalc.frontends.python.values import LibraryName
from shapecalc.graph.model import Network

# What a program rarely gives another value; without these nothing behind the cell is known.
_STEADY = (LibraryName, Module, Function, Class)


@statement(UnreadCell)
def unread_cell(run: Interpreter, node: UnreadCell) -> None:
    """Tell of the cell, and take what it names for unknown."""
    run.gap(node.gap.kind, node.gap.reason, node.gap.span)
    scope = run.module
    # It may have bound any name.
    scope.certain = False
    reason = "a cell that is no Python may change it"
    for name in node.names:
        value = scope.names.get(name)
        if name not in scope.names or isinstance(value, _STEADY):
            continue
        if isinstance(value, Network):
            add_unfollowed(value, reason)
        run.bind(name, run.unknown(reason))


__all__ = ["unread_cell"]

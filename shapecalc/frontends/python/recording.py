"""What a run lists of the program: its models, what it does with them, and outdated spellings."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from shapecalc.graph.model import Network
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.spelling import Spelling
from shapecalc.graph.training import Usage
from shapecalc.source import Span

if TYPE_CHECKING:
    from shapecalc.frontends.python.interpreter import Interpreter

# So far back a call is looked for that is the same as one of another round.
MAX_ALIKE = 20
MAX_USES = 2_000
MAX_SPELLINGS = 200


def record_model(run: Interpreter, model: Network, node: ast.AST | None) -> None:
    """List a model that the program makes."""
    span = run.span(node) or run.here() or Span(1, 1, 1, 1)
    condition = " and ".join(run.conditions) or None
    function = run.frame.function
    record = ModelRecord(model, span, function=function, condition=condition, origin=run.origin)
    run.records[id(model)] = record
    run.program.models.append(record)


def record_use(run: Interpreter, use: Usage) -> None:
    """List what the program does with a model; the rounds of a loop once where they agree."""
    if len(run.program.uses) >= MAX_USES:
        return
    for known in reversed(run.program.uses[-MAX_ALIKE:]):
        if known.is_like(use):
            return
    use.function = run.frame.function
    use.tried = tuple(run.trying)
    use.condition = " and ".join([*run.conditions, *run.trying]) or None
    run.program.uses.append(use)


def record_spelling(run: Interpreter, spelling: Spelling) -> None:
    """List what the program writes as an earlier Keras had it, once a place."""
    known = run.program.spellings
    if len(known) < MAX_SPELLINGS and all(spelling.span != other.span for other in known):
        spelling.function = run.frame.function
        spelling.condition = " and ".join([*run.conditions, *run.trying]) or None
        known.append(spelling)


def forget_model(run: Interpreter, model: Network) -> None:
    """Take back a model whose making failed."""
    record = run.records.pop(id(model), None)
    if record is not None:
        run.program.models.remove(record)


def name_model(run: Interpreter, model: Network, name: str) -> None:
    """Remember what the program calls a model; a module-level name is preferred."""
    record = run.records.get(id(model))
    if record is not None and (record.variable is None or run.frame.function is None):
        record.variable = name

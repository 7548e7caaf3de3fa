"""Reading a Python program: parse it, run it abstractly, merge what the ways of it yield."""

from __future__ import annotations

import ast
import sys
import time

from shapecalc.frontends.python import (
    calls,
    context_managers,
    definitions,
    expressions,
    imports,
    interpreter,
    matching,
    statements,
)
from shapecalc.frontends.python.construction import list_lone_layers
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.cut_short import defined_in, doubt_models
from shapecalc.frontends.python.entry_points import run_uncalled
from shapecalc.frontends.python.frames import LimitReached, Place, Reconsider
from shapecalc.frontends.python.idle_layers import list_idle_layers
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.parsing import parse
from shapecalc.frontends.python.program_values import Module
from shapecalc.frontends.python.unimported import may_be_a_piece
from shapecalc.frontends.python.values import Raised
from shapecalc.frontends.python.ways import MAX_WAYS, merge
from shapecalc.graph.program import Gap, Program
from shapecalc.project import Search, speaks_of_keras
from shapecalc.rules.session import new_session
from shapecalc.source import SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.frontends.python.given import Given

RECURSION_LIMIT = 12_000

# The modules register how nodes are evaluated.
_HANDLERS = (calls, context_managers, definitions, expressions, imports, matching, statements)


def read(source: SourceFile, search: Search | None = None, given: Given | None = None) -> Program:
    """What a Python program builds.

    Args:
        source: its text; magics and shell lines of notebooks are passed over.
        search: finds the project's modules that it imports; without it none is followed.
        given: values for the parameters of one of its functions, or for its own names.

    Returns:
        The models, what Keras would refuse, and what could not be followed. Never raises for
        what is in the text.

    Raises:
        CannotGive: nothing in the program takes what is given.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    try:
        return _read(source, search, given)
    finally:
        sys.setrecursionlimit(limit)


def _read(source: SourceFile, search: Search | None, given: Given | None) -> Program:
    tree = parse(source)
    if isinstance(tree, Gap):
        program = Program(source)
        program.gaps.append(tree)
        return program
    if source.in_cells:
        # Registers how a cell is taken that could not be read.
        from shapecalc.frontends.python import unread_cells  # noqa: F401
    leads = search is not None and search.leads_to_keras
    call = False
    if given is not None:
        from shapecalc.frontends.python.given import assign, call_given, is_called

        call = is_called(tree, given.name)
        if not call:
            assign(tree, given.values)
    elif not may_use_keras(source.text) and not (leads and leads(source.text)):
        return Program(source)
    pending: list[tuple[bool, ...]] = [()]
    ways: list[Interpreter] = []
    to_decide: set[Place] = set()
    deadline = time.thread_time() + interpreter.MAX_SECONDS
    while pending and len(ways) < MAX_WAYS and (not ways or time.thread_time() < deadline):
        try:
            run = _run(source, tree, search, pending.pop(0), deadline, to_decide)
        except Reconsider as request:
            to_decide.add(request.place)
            pending, ways = [()], []
            continue
        taken = len(run.decisions)
        decided = run.decided
        pending.extend((*decided[:i], not decided[i]) for i in range(taken, len(decided)))
        ways.append(run)

    def again() -> Interpreter:
        return _run(source, tree, search, tuple(ways[0].decided), deadline, to_decide)

    if given is not None and call:
        return call_given(ways[0], given, again)
    program = merge(source, ways, are_all=not pending)
    run_uncalled(ways[0], program, again)
    if pending:
        program.gaps.append(
            Gap("limit", f"more than {MAX_WAYS} ways through the program; not all are followed",
                None)
        )  # fmt: skip
    return program


def may_use_keras(text: str) -> bool:
    """Whether a program can come by a layer by itself: most files of a project can't."""
    return speaks_of_keras(text) or may_be_a_piece(text)


def _run(
    source: SourceFile,
    tree: ast.Module,
    search: Search | None,
    decisions: tuple[bool, ...],
    deadline: float,
    to_decide: set[Place],
) -> Interpreter:
    with new_session() as session:
        run = Interpreter(source, decisions, deadline)
        run.session = session
        session.made = []
        run.tree = tree
        run.to_decide = to_decide
        if search is not None:
            run.search = search
            run.module.file = search.entry
            run.modules[search.entry.key] = Module(search.entry.name, run.module)
        run.module.names["__file__"] = source.path
        if source.in_cells:
            from shapecalc.frontends.python.rebinding import Rebindings

            run.module.rebindings = Rebindings()
        done = 0
        try:
            for statement in tree.body:
                if not _run_statement(run, statement):
                    break
                done += 1
        except (LimitReached, RecursionError) as error:
            reason = "the program is nested too deeply to be followed"
            if isinstance(error, LimitReached):
                reason = str(error)
            run.gap("limit", reason)
            left = [*defined_in(tree.body[:done]), *tree.body[done:]]
            doubt_models(run, left, reason)
        list_lone_layers(run)
        list_idle_layers(run, session.made)
        return run


def _run_statement(run: Interpreter, statement: ast.stmt) -> bool:
    """Run a statement of the module; after an exception the next one still tells something.

    Returns:
        Whether the program goes on.
    """
    try:
        run.execute([statement])
    except Raised as raised:
        if str(raised.kind) == "SystemExit":
            return False
        run.stopped(statement, raised)
    except RecursionError:
        reason = "this is nested too deeply to be followed"
        run.gap("limit", reason)
        run.forget_targets(statement, reason)
        doubt_models(run, [*defined_in(run.tree.body), statement], reason)
    except Signal:
        run.gap("unknown", "`return`, `break` or `continue` outside a block")
    return True

"""Functions that the file never calls: each is run with its parameters as variables."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.dims import Variable
from shapecalc.frontends.python.calls import call_function
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.expressions import MISSING
from shapecalc.frontends.python.interpreter import Interpreter, LimitReached
from shapecalc.frontends.python.values import Function, Parameter, Raised, Rest, Value
from shapecalc.frontends.python.ways import Way, merge
from shapecalc.graph.program import Program
from shapecalc.rules.session import Session, resumed_session
from shapecalc.rules.unknown import UndecidedError

MAX_FUNCTIONS = 60
MAX_WAYS = 6


def run_uncalled(run: Interpreter, session: Session, program: Program) -> None:
    """Add to a program what its uncalled functions would build.

    Args:
        run: a run through the module, which has come to its end.
        session: the session as the module left it; each function starts from it.
        program: where the findings go.
    """
    for function in uncalled_functions(run)[:MAX_FUNCTIONS]:
        found = _explore(run, function, session)
        program.extend(found)
        program.gaps.extend(g for g in found.gaps if not g.reason.startswith(Parameter.PREFIX))


def uncalled_functions(run: Interpreter) -> list[Function]:
    """The module's own functions that nothing has called, in order."""
    return [
        value
        for value in run.module.names.values()
        if isinstance(value, Function)
        and isinstance(value.node, ast.FunctionDef)
        and value.scope is run.module
        and id(value.node) not in run.called
    ]


def _explore(run: Interpreter, function: Function, session: Session) -> Program:
    """Run one function every way that its unknown conditions allow, within a bound."""
    kept = run.program, run.decisions, run.decided, run.conditions, run.known_conditions
    ways: list[Way] = []
    pending: list[tuple[bool, ...]] = [()]
    try:
        while pending and len(ways) < MAX_WAYS:
            run.program = Program(run.source)
            run.decisions, run.decided, run.conditions = pending.pop(), [], []
            run.known_conditions, run.decided_at = {}, {}
            with resumed_session(session):
                _run_function(run, function)
            decided = run.decided
            pending.extend(
                (*decided[:i], not decided[i]) for i in range(len(run.decisions), len(decided))
            )
            ways.append(Way(run.program, run.conditions))
        return merge(run.source, ways)
    finally:
        run.program, run.decisions, run.decided, run.conditions, run.known_conditions = kept


def _run_function(run: Interpreter, function: Function) -> None:
    args, kwargs = parameters_of(function)
    try:
        run.check_limits()
        call_function(run, function, args, kwargs)
    except (Raised, Signal, UndecidedError):
        # Variables for parameters may lead where no caller leads.
        return
    except LimitReached as limit:
        run.gap("limit", str(limit))
    except RecursionError:
        run.gap("limit", f"`{function.name}` is nested too deeply to be followed")


def parameters_of(function: Function) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """Arguments for a function that nobody calls: its defaults, and variables for the rest."""
    spec = function.node.args
    positional = [*spec.posonlyargs, *spec.args]
    required = positional[: len(positional) - len(function.defaults)]
    args = tuple(_variable(function, parameter) for parameter in required)
    if spec.vararg is not None and len(required) == len(positional):
        # A caller gives more, or else it would not take them.
        args = (*args, Rest(Parameter(spec.vararg.arg, function.name).reason))
    kwargs = {
        parameter.arg: _variable(function, parameter)
        for parameter, default in zip(spec.kwonlyargs, function.kw_defaults, strict=True)
        if default is MISSING
    }
    return args, kwargs


def _variable(function: Function, parameter: ast.arg) -> Value:
    annotation: Any = parameter.annotation
    if isinstance(annotation, ast.Name) and annotation.id == "int":
        return Variable(parameter.arg, "data", f"the parameter `{parameter.arg}`")
    return Parameter(parameter.arg, function.name)

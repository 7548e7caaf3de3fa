"""Functions that the file never calls: each is run with its parameters as variables.

So are the methods that make models, of classes that the file makes no object of.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from shapecalc.dims import Variable
from shapecalc.frontends.python.calls import call_function
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.cut_short import doubt_models
from shapecalc.frontends.python.expressions import MISSING
from shapecalc.frontends.python.frames import LimitReached, Reconsider
from shapecalc.frontends.python.guarding import Guard
from shapecalc.frontends.python.idle_layers import list_idle_layers
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import Class, Function
from shapecalc.frontends.python.values import OTHERS, Parameter, Raised, Rest, Value
from shapecalc.frontends.python.ways import MAX_WAYS, Way, merge
from shapecalc.graph.program import Gap, Program
from shapecalc.rules.session import resumed_session
from shapecalc.rules.unknown import UndecidedError
from shapecalc.source import Span

MAX_FUNCTIONS = 60


class Arguments(NamedTuple):
    """The arguments of a call."""

    args: tuple[Value, ...]
    kwargs: dict[str, Value]


Start = Callable[[], Value]


def run_uncalled(run: Interpreter, program: Program, again: Callable[[], Interpreter]) -> None:
    """Add to a program what its uncalled functions would build.

    Args:
        run: a run through the module, which has come to its end.
        program: where the findings go.
        again: makes another such run.
    """
    from shapecalc.frontends.python.unused_classes import unused_classes, use

    found: list[tuple[Function | Class, Callable[..., Start]]] = [
        *(
            (function, partial(_start_of_function, node=function.node))
            for function in uncalled_functions(run)[:MAX_FUNCTIONS]
        ),
        *((cls, partial(use, node=cls.node)) for cls in unused_classes(run)[:MAX_FUNCTIONS]),
    ]
    for entry, start in found:
        made = _explore(run, start, entry.name, again)
        if made.refused:
            made = _whoever_calls(made, _explore(run, partial(start, told=True), entry.name, again))
        tell_of_ways(made, entry.name, run.span(entry.node))
        _add(program, made)


def _whoever_calls(by_default: Program, told: Program) -> Program:
    """What a function makes, as far as Keras refuses it.

    What is None by default a caller is often meant to tell: of what Keras refuses, only that
    counts which it refuses then, too.

    Args:
        by_default: what it makes with its defaults.
        told: what it makes where that which is None by default is not known.
    """
    before = {(call.span, str(call.refusal)) for call in by_default.refused}
    lasting = [call for call in told.refused if (call.span, str(call.refusal)) in before]
    if {(call.span, str(call.refusal)) for call in lasting} == before:
        return by_default
    told.refused = lasting
    return told


def _explore(
    run: Interpreter,
    start: Callable[[Interpreter], Start],
    name: str,
    again: Callable[[], Interpreter],
) -> Program:
    """Make a call of a function or class that nothing else calls."""
    if run.module.rebindings is None:
        return explore(run, start, f"`{name}`", again)
    from shapecalc.frontends.python.rebinding import unsettle, unsettled

    with unsettled(run, name):
        return explore(run, start, f"`{name}`", lambda: unsettle(again(), name))


def _start_of_function(run: Interpreter, node: ast.AST, *, told: bool = False) -> Start:
    function = defined_by(run, node)
    return lambda: call_function(run, function, *arguments_for(function, told=told))


def defined_by(run: Interpreter, node: ast.AST) -> Any:
    """The function or class of a module that a statement has made in this run.

    Raises:
        LimitReached: the run has not come so far.
    """
    for value in run.module.names.values():
        if getattr(value, "node", None) is node:
            return value
    raise LimitReached("the program is not followed again to the end")


def _add(program: Program, found: Program) -> None:
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


def explore(
    run: Interpreter,
    start: Callable[[Interpreter], Start],
    name: str,
    again: Callable[[], Interpreter],
    *,
    report: Span | None = None,
) -> Program:
    """Make a call every way that its unknown conditions allow, within a bound.

    Args:
        run: a run through the module, which has come to its end, and is left as it is.
        start: gives, for a run, what makes the call.
        name: what is called.
        again: makes another such run, where the call changes what the module has made.
        report: where to tell that the call raises; None for nowhere, as variables for parameters
            may lead where no caller leads.
    """
    guard = Guard(run)
    with run.watching() as watch:
        found = _every_way(lambda: run, start, name, report)
    return _every_way(again, start, name, report) if guard.restore(watch) else found


def tell_of_ways(program: Program, name: str, place: Span | None) -> None:
    """Say that there are more ways through a function than were followed, if there are."""
    if program.unexplored:
        reason = f"more than {MAX_WAYS} ways through `{name}`; not all are followed"
        program.gaps.append(Gap("unknown", reason, place))


def _every_way(
    world: Callable[[], Interpreter],
    start: Callable[[Interpreter], Start],
    name: str,
    report: Span | None,
) -> Program:
    """Make a call every way, each in a run that `world` gives."""
    ways: list[Way] = []
    pending: list[tuple[bool, ...]] = [()]
    source: Any = None
    while pending and len(ways) < MAX_WAYS:
        run = world()
        source = run.source
        kept = run.program, run.decisions, run.decided, run.conditions, run.assumptions
        run.program = Program(source)
        run.decisions, run.decided, run.conditions = pending.pop(0), [], []
        # What the module's own way supposes holds in its functions too.
        run.assumptions, run.decided_at = run.assumptions.copy(), {}
        try:
            with resumed_session(run.session) as session:
                session.made = []
                _make_call(run, start, name, report)
                list_idle_layers(run, session.made)
        except Reconsider as request:
            run.to_decide.add(request.place)
            pending, ways = [()], []
            continue
        else:
            decided = run.decided
            pending.extend(
                (*decided[:i], not decided[i]) for i in range(len(run.decisions), len(decided))
            )
            ways.append(Way(run.program, run.conditions))
        finally:
            run.program, run.decisions, run.decided, run.conditions, run.assumptions = kept
    program = merge(source, ways, are_all=not pending)
    program.unexplored = bool(pending)
    return program


def _make_call(
    run: Interpreter, start: Callable[[Interpreter], Start], name: str, report: Span | None
) -> None:
    try:
        run.check_limits()
        start(run)()
    except Raised as raised:
        if report is not None:
            run.gap("unknown", f"{name} stops with {raised.words}", report)
    except (Signal, UndecidedError):
        if report is not None:
            run.gap("unknown", f"{name} cannot be followed to its end", report)
    except (LimitReached, RecursionError) as error:
        reason = f"{name} is nested too deeply to be followed"
        if isinstance(error, LimitReached):
            reason = str(error)
        run.gap("limit", reason)
        doubt_models(run, [run.tree], reason)


def arguments_for(
    function: Function,
    values: Mapping[str, Value] = MappingProxyType({}),
    *,
    skipped: bool = False,
    told: bool = False,
) -> Arguments:
    """Arguments for a function that nobody calls: its defaults, and variables for the rest.

    Args:
        function: the function.
        values: what is known, by the name of the parameter; what has none goes to `**`.
        skipped: whether the first parameter has its argument already.
        told: whether a caller tells what is None by default.
    """
    spec = function.node.args
    rest = dict(values)
    positional = [*spec.posonlyargs, *spec.args]
    first_default = len(positional) - len(function.defaults)
    args: list[Value] = []
    for place, parameter in enumerate(positional):
        if place == 0 and skipped:
            continue
        if parameter.arg in rest:
            args.append(rest.pop(parameter.arg))
        elif place >= first_default and not (
            told and function.defaults[place - first_default] is None
        ):
            args.append(function.defaults[place - first_default])
        else:
            args.append(_variable(function, parameter))
    if spec.vararg is not None:
        if not values and not function.defaults:
            # A caller gives more, or else it would not take them.
            args.append(Rest(Parameter(spec.vararg.arg, function.name).reason))
        args.extend(rest.pop(spec.vararg.arg, ()))
    kwargs: dict[Any, Value] = {
        parameter.arg: _variable(function, parameter)
        for parameter, default in zip(spec.kwonlyargs, function.kw_defaults, strict=True)
        if (default is MISSING or (told and default is None)) and parameter.arg not in rest
    }
    if spec.kwarg is not None and not values and not function.defaults:
        # Likewise by name.
        kwargs[OTHERS] = Rest(Parameter(spec.kwarg.arg, function.name).reason)
    return Arguments(tuple(args), kwargs | rest)


def _variable(function: Function, parameter: ast.arg) -> Value:
    annotation: Any = parameter.annotation
    whole = isinstance(annotation, ast.Name) and annotation.id == "int"
    if whole and not _is_taken_apart(function, parameter.arg):
        return Variable(parameter.arg, "data", f"the parameter `{parameter.arg}`")
    return Parameter(parameter.arg, function.name)


def _is_taken_apart(function: Function, name: str) -> bool:
    """Whether a function takes a parameter for a sequence, whatever its annotation says."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            whole: ast.expr | None = node.value
        elif isinstance(node, (ast.Subscript, ast.Starred)):
            whole = node.value
        else:
            continue
        if isinstance(whole, ast.Name) and whole.id == name:
            return True
    return False

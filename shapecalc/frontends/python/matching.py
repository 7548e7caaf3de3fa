"""The `match` statement."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.branching import run_either
from shapecalc.frontends.python.comparisons import apply_compare
from shapecalc.frontends.python.derived import is_nothing_else
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.dispatch import call_library
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import LibraryName, Raised, Value, rest_of
from shapecalc.rules.unknown import UndecidedError, Unknown


@statement(ast.Match)
def match_(run: Interpreter, node: ast.Match) -> None:
    """Take the first case that matches; where that is unknown, it and those after it."""
    subject = run.evaluate(node.subject)
    match_cases(run, node, subject, node.cases)


def match_cases(
    run: Interpreter, node: ast.Match, subject: Value, cases: list[ast.match_case]
) -> None:
    """Go through the cases in order."""
    for place, case in enumerate(cases):
        names: dict[str, Value] = {}
        found = matches(run, case.pattern, subject, names)
        if found is False:
            continue
        for name, value in names.items():
            run.bind(name, value)
        if found and case.guard is not None:
            found = run.truth(run.evaluate(case.guard))
            if found is False:
                continue
        if found:
            run.execute(case.body)
        else:
            others = ast.copy_location(ast.Match(node.subject, cases[place + 1 :]), node)
            test = run.unknown("which case matches is not known", node.subject)
            run_either(run, node.subject, test, case.body, [others])
        return


def matches(
    run: Interpreter, pattern: ast.pattern, subject: Value, names: dict[str, Value]
) -> bool | None:
    """Whether a pattern matches, or None where that is unknown; fills in the names it binds."""
    if isinstance(pattern, ast.MatchAs):
        inner = True if pattern.pattern is None else matches(run, pattern.pattern, subject, names)
        if pattern.name is not None:
            names[pattern.name] = subject
        return inner
    if isinstance(pattern, ast.MatchOr):
        found = [matches(run, p, subject, names) for p in pattern.patterns]
        return True if True in found else None if None in found else False
    if isinstance(subject, Unknown):
        _bind_unknown(pattern, subject, names)
        return None
    if isinstance(pattern, (ast.MatchValue, ast.MatchSingleton)):
        return _equals(run, pattern, subject)
    if isinstance(pattern, ast.MatchSequence):
        return _matches_sequence(run, pattern, subject, names)
    if isinstance(pattern, ast.MatchMapping):
        return _matches_mapping(run, pattern, subject, names)
    if isinstance(pattern, ast.MatchClass):
        return _matches_class(run, pattern, subject, names)
    return None


def _bind_unknown(pattern: ast.pattern, subject: Unknown, names: dict[str, Value]) -> None:
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            names[name] = subject


def _equals(run: Interpreter, pattern: Any, subject: Value) -> bool | None:
    singleton = isinstance(pattern, ast.MatchSingleton)
    value = pattern.value if singleton else run.evaluate(pattern.value)
    op: ast.cmpop = ast.Is() if singleton else ast.Eq()
    try:
        return run.truth(apply_compare(run, op, subject, value, pattern))
    except (Raised, UndecidedError):
        return None


def _all(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def _is_plain(subject: Value) -> bool:
    """Whether a value is neither a sequence nor a mapping, as a pattern sees it."""
    plain = isinstance(subject, (str, bytes, set, int, float, type(None)))
    return plain or (isinstance(subject, Instance) and is_nothing_else(subject))


def _matches_sequence(
    run: Interpreter, pattern: ast.MatchSequence, subject: Value, names: dict[str, Value]
) -> bool | None:
    if not isinstance(subject, (list, tuple, range)):
        return False if _is_plain(subject) or isinstance(subject, dict) else None
    items = run.iterate(subject)
    if isinstance(items, Unknown):
        _bind_unknown(pattern, items, names)
        return None
    parts = pattern.patterns
    star = next((i for i, p in enumerate(parts) if isinstance(p, ast.MatchStar)), None)
    if len(items) < len(parts) - 1 or (star is None and len(items) != len(parts)):
        return False
    if star is not None:
        end = len(items) - (len(parts) - star - 1)
        if end < star:
            return False
        name = getattr(parts[star], "name", None)
        if name is not None:
            names[name] = items[star:end]
        items = [*items[:star], *items[end:]]
        parts = [*parts[:star], *parts[star + 1 :]]
    found = [matches(run, p, i, names) for p, i in zip(parts, items, strict=True)]
    return _all(found)


def _matches_mapping(
    run: Interpreter, pattern: ast.MatchMapping, subject: Value, names: dict[str, Value]
) -> bool | None:
    if not isinstance(subject, dict):
        return False if _is_plain(subject) or isinstance(subject, (list, tuple)) else None
    left = dict(subject)
    found: list[bool | None] = []
    for key_node, part in zip(pattern.keys, pattern.patterns, strict=True):
        key = run.evaluate(key_node)
        if isinstance(key, Unknown) or not isinstance(key, (str, int, type(None))):
            _bind_unknown(pattern, run.unknown("a key", key_node), names)
            return None
        if key not in left:
            return False if rest_of(subject) is None else None
        found.append(matches(run, part, left.pop(key), names))
    if pattern.rest is not None:
        names[pattern.rest] = left
    return _all(found)


# Classes whose instances a positional pattern takes as they are.
_WHOLE = {"bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple"}


def _matches_class(
    run: Interpreter, pattern: ast.MatchClass, subject: Value, names: dict[str, Value]
) -> bool | None:
    cls = run.evaluate(pattern.cls)
    truth = run.truth(call_library(run, "isinstance", (subject, cls), {}, None))
    if truth is not True:
        _bind_unknown(pattern, run.unknown("a part of what is matched", pattern), names)
        return truth
    found: list[bool | None] = [True]
    for place, part in enumerate(pattern.patterns):
        whole = place == 0 and isinstance(cls, LibraryName) and cls.path in _WHOLE
        value = subject if whole else run.unknown("a part of what is matched", part)
        found.append(matches(run, part, value, names))
    for name, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        try:
            value = run.attribute(subject, name)
        except Raised:
            return False
        found.append(matches(run, part, value, names))
    return _all(found)

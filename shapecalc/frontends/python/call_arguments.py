"""The arguments of a call as the program writes them, and of layers by their names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer
from shapecalc.source import Span


def map_arguments(
    rule: type[Layer],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    change: Callable[[str, Value], Value],
) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """The arguments of a layer, each as `change` makes it of its name and value.

    Positional ones beyond those that the layer has are left as they are.
    """
    names = list(rule.arguments)
    known = tuple(change(name, value) for name, value in zip(names, args, strict=False))
    return (*known, *args[len(names) :]), {k: change(k, value) for k, value in kwargs.items()}


def argument_spans(
    run: Interpreter,
    rule: type[Layer] | None,
    node: ast.expr | None,
    positional: Sequence[str] = (),
) -> dict[str, Span]:
    """Where each argument of a call stands, by the name it is written with and today's.

    Args:
        run: the run.
        rule: the layer that the call makes, or None.
        node: the call.
        positional: the names of the callee's parameters, where it makes no layer.
    """
    spans: dict[str, Span] = {}
    if not isinstance(node, ast.Call):
        return spans
    names = list(rule.arguments) if rule is not None else list(positional)
    for name, argument in zip(names, node.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        spans[name] = _span(run, argument)
    for keyword in node.keywords:
        if keyword.arg is not None:
            span = _span(run, keyword)
            spans[keyword.arg] = span
            if rule is not None and keyword.arg in rule.older:
                spans[rule.older[keyword.arg]] = span
    return spans


def _span(run: Interpreter, node: ast.AST) -> Span:
    span = run.span(node)
    assert span is not None
    return span


def keyword_of(node: ast.expr | None, name: str) -> ast.expr:
    """The expression that a call gives for a keyword."""
    given = (k.value for k in getattr(node, "keywords", ()) if k.arg == name)
    return next(given, ast.Name(name))


def written_arguments(names: list[str], node: ast.expr | None) -> dict[str, ast.expr]:
    """What a call gives for each parameter, as far as it is written out.

    Args:
        names: the parameters in order.
        node: the call.
    """
    if not isinstance(node, ast.Call):
        return {}
    written: dict[str, ast.expr] = {}
    for name, argument in zip(names, node.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        written[name] = argument
    written.update({k.arg: k.value for k in node.keywords if k.arg is not None})
    return written

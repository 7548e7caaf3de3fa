"""Sizes that are unknown but have a name in the program: a dim variable stands for each.

`Dense(n_classes)`, `Input((max_length, 3))`: what is computed with them is a formula then.
"""

from __future__ import annotations

import ast

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import Value, rest_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.argument_kinds import Size
from shapecalc.rules.unknown import Unknown

# Arguments of layers that are lengths, or hold them, if they are no `Size`.
_LENGTHS = frozenset({"input_dim", "input_length"})
_SHAPES = frozenset({"input_shape", "batch_input_shape", "batch_shape", "target_shape"})
_NAMED = (ast.Name, ast.Attribute)


def name_sizes(
    run: Interpreter,
    rule: type[Layer],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """The arguments of a layer with dim variables for the sizes that have names."""
    names = list(rule.arguments)
    written = written_arguments(names, node)

    def named(name: str, value: Value) -> Value:
        kind = rule.arguments.get(rule.older.get(name, name))
        if isinstance(value, Unknown):
            is_length = isinstance(kind, Size) or name in _LENGTHS
            return _named(run, value, written.get(name)) if is_length else value
        return named_lengths(run, value, written.get(name)) if name in _SHAPES else value

    args = (
        tuple(named(name, value) for name, value in zip(names, args, strict=False))
        + args[len(names) :]
    )
    return args, {name: named(name, value) for name, value in kwargs.items()}


def _named(run: Interpreter, value: Unknown, expression: ast.expr | None) -> Value:
    named = expression if isinstance(expression, _NAMED) else None
    return value if named is None else run.lengths.of(value, "value", named)


def named_lengths(run: Interpreter, value: Value, expression: ast.expr | None) -> Value:
    """The lengths of a shape, each under its name where it is unknown.

    Args:
        run: the run.
        value: the shape.
        expression: what the program writes for it; lengths of `shape` are called `shape[0]`.
    """
    unknown = type(value) in (tuple, list) and any(isinstance(v, Unknown) for v in value)
    if not unknown or rest_of(value) is not None:
        return value
    parts: list[ast.expr] = []
    if isinstance(expression, (ast.Tuple, ast.List)):
        parts = expression.elts
    elif isinstance(expression, _NAMED):
        parts = [ast.Subscript(expression, ast.Constant(place)) for place in range(len(value))]
    if len(parts) != len(value) or any(isinstance(part, ast.Starred) for part in parts):
        return value
    return type(value)(
        run.lengths.of(length, "value", part)
        if isinstance(length, Unknown) and isinstance(part, (*_NAMED, ast.Subscript))
        else length
        for length, part in zip(value, parts, strict=True)
    )


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


__all__ = ["name_sizes", "named_lengths", "written_arguments"]

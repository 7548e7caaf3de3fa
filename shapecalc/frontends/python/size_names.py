"""Sizes that are unknown but have a name in the program: a dim variable stands for each.

`Dense(n_classes)`, `Input((max_length, 3))`: what is computed with them is a formula then.
"""

from __future__ import annotations

import ast

from shapecalc.frontends.python.call_arguments import map_arguments, written_arguments
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
    written = written_arguments(list(rule.arguments), node)

    def named(name: str, value: Value) -> Value:
        kind = rule.arguments.get(rule.older.get(name, name))
        if isinstance(value, Unknown):
            is_length = isinstance(kind, Size) or name in _LENGTHS
            return _named(run, value, written.get(name)) if is_length else value
        return named_lengths(run, value, written.get(name)) if name in _SHAPES else value

    return map_arguments(rule, args, kwargs, named)


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


__all__ = ["name_sizes", "named_lengths"]

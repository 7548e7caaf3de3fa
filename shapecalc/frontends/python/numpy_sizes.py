"""Sizes of layers that NumPy computes, where today's Keras takes Python's own integers only."""

from __future__ import annotations

import ast

from shapecalc.diagnostics import Edit
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.recording import record_spelling
from shapecalc.frontends.python.values import LibraryName
from shapecalc.graph.spelling import Spelling
from shapecalc.layers.layer import Layer

# The arguments that Keras asks to be of the type `int`; filters and shapes may be NumPy's.
_PLAIN = {
    "Dense": ("units",),
    "Embedding": ("input_dim", "output_dim"),
    "LSTM": ("units",),
    "GRU": ("units",),
    "SimpleRNN": ("units",),
    "MultiHeadAttention": ("num_heads", "key_dim", "value_dim"),
    "RepeatVector": ("n",),
}
# What returns a number of NumPy's, whatever it is given.
_NUMBERS = frozenset(
    f"numpy.{name}" for name in ("prod", "product", "sum", "max", "amax", "min", "amin", "argmax")
)


def note_numpy_sizes(run: Interpreter, rule: type[Layer], node: ast.Call) -> None:
    """Record a size that a call of NumPy gives, where the layer takes none.

    Only a call that stands there itself is told of: what became of a number on its way is not
    known.

    Args:
        run: the run.
        rule: the layer that is made.
        node: the call that makes it.
    """
    plain = _PLAIN.get(rule.__name__)
    if plain is None:
        return
    if any(isinstance(value, ast.Starred) for value in node.args):
        return
    given = dict(zip(rule.arguments, node.args, strict=False))
    given.update((k.arg, k.value) for k in node.keywords if k.arg is not None)
    for name in plain:
        value = given.get(name)
        if isinstance(value, ast.Call) and _is_numpy(run, value):
            span = run.span(value)
            if span is not None:
                start = span._replace(end_line=span.line, end_column=span.column)
                end = span._replace(line=span.end_line, column=span.end_column)
                edits = (Edit(start, "int("), Edit(end, ")"))
                words = ((name, "always a plain int"),)
                record_spelling(run, Spelling(rule.__name__, words, span, edits))


def _is_numpy(run: Interpreter, call: ast.Call) -> bool:
    """Whether a call is of a function of NumPy that gives a number."""
    function = call.func
    named = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    if not named and not isinstance(function, ast.Name):
        return False
    if any(k.arg in ("axis", "keepdims", None) for k in call.keywords) or len(call.args) != 1:
        return False
    path = run.evaluate(function)
    return isinstance(path, LibraryName) and path.path in _NUMBERS


__all__ = ["note_numpy_sizes"]

"""What a program writes as Keras 1 and 2 had it: noticed where it is read as what it meant."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from shapecalc.diagnostics import Edit
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.numpy_sizes import note_numpy_sizes
from shapecalc.frontends.python.recording import record_spelling
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.spelling import Spelling
from shapecalc.layers.layer import Layer
from shapecalc.source import Span

# Words whose value has to be another one today, where it is one of these.
_VALUES = {"dim_ordering": {"tf": "channels_last", "th": "channels_first"}}
# Words that say the same of something else today: steps of samples, parts of a kernel.
_UNLIKE = frozenset({"samples_per_epoch", "forget_bias_init"})
_KERNEL_PARTS = dict.fromkeys(
    ("nb_row", "nb_col", "kernel_dim1", "kernel_dim2", "kernel_dim3"), "kernel_size"
)
# Keras 3 still takes these.
_TAKEN = frozenset({("LeakyReLU", "alpha")})


def note_layer(run: Interpreter, rule: type[Layer], node: ast.expr | None) -> None:
    """Record the making of a layer, if it is written in older words."""
    if not isinstance(node, ast.Call):
        return
    note_numpy_sizes(run, rule, node)
    if not node.keywords or not rule.older:
        return
    older = {
        old: new
        for old, new in {**rule.older, **_kernel_parts(rule)}.items()
        if old not in rule.arguments and (rule.__name__, old) not in _TAKEN
    }
    note_keywords(run, rule.__name__, node, older, rule)


def _kernel_parts(rule: type[Layer]) -> dict[str, str]:
    return _KERNEL_PARTS if "kernel_size" in rule.arguments else {}


def note_keywords(
    run: Interpreter,
    subject: str,
    node: ast.expr | None,
    older: Mapping[str, str],
    rule: type[Layer] | None = None,
) -> None:
    """Record a call with keywords that are called otherwise today.

    Args:
        run: the run.
        subject: what is called.
        node: the call.
        older: the old words, and today's; "" for those that are gone.
        rule: the layer that it makes, or None.
    """
    if not isinstance(node, ast.Call):
        return
    used = [k for k in node.keywords if k.arg in older]
    if not used:
        return
    words = tuple((str(k.arg), older[str(k.arg)]) for k in used)
    span = run.span(used[0])
    if span is not None:
        name = span._replace(end_line=span.line, end_column=span.column + len(words[0][0]))
        record_spelling(run, Spelling(subject, words, name, _edits(run, node, used, older, rule)))


def note_method(
    run: Interpreter, node: ast.expr | None, old: str, new: str, *, alike: bool
) -> None:
    """Record the call of a method that has another name today, or none.

    Args:
        run: the run.
        node: the call.
        old: the method.
        new: today's method, or in words what does the same.
        alike: whether that takes the same arguments and returns the same.
    """
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    whole = run.span(node.func)
    if whole is None or node.func.attr != old:
        return
    span = whole._replace(line=whole.end_line, column=whole.end_column - len(old))
    edits = (Edit(span, new),) if alike else None
    record_spelling(run, Spelling("a method", ((old, new),), span, edits))


def note_end_of_stack(run: Interpreter, value: object, node: ast.Attribute) -> None:
    """Record `input` or `output` of a stack that is called on nothing: Keras 3 has neither then.

    Args:
        run: the run.
        value: what has the attribute.
        node: where it is asked for.
    """
    if not isinstance(value, Sequential) or not value.built or value.__dict__["inbound"]:
        return
    whole, old = run.span(node), node.attr
    if whole is None or value.incomplete is not None:
        return
    span = whole._replace(line=whole.end_line, column=whole.end_column - len(old))
    new = f"{old}s[0]"
    record_spelling(run, Spelling("Sequential", ((old, new),), span, (Edit(span, new),)))


def note_bare(run: Interpreter, node: ast.expr | None, name: str, place: int) -> None:
    """Record an argument that is one of something, where Keras 3 takes a list of them only.

    Args:
        run: the run.
        node: the call.
        name: the argument.
        place: where it stands in the call, unless it is given by its name.
    """
    if not isinstance(node, ast.Call):
        return
    named = [k.value for k in node.keywords if k.arg == name]
    value = next(iter(named or node.args[place : place + 1]), None)
    span = run.span(value) if value is not None else None
    if span is None or isinstance(value, ast.Starred):
        return
    edits = (Edit(_start(span), "["), Edit(_end(span), "]"))
    function = node.func.attr if isinstance(node.func, ast.Attribute) else "a call"
    record_spelling(run, Spelling(function, ((name, "always a list"),), span, edits))


def _start(span: Span) -> Span:
    return span._replace(end_line=span.line, end_column=span.column)


def _end(span: Span) -> Span:
    return span._replace(line=span.end_line, column=span.end_column)


def _edits(
    run: Interpreter,
    node: ast.Call,
    used: list[ast.keyword],
    older: Mapping[str, str],
    rule: type[Layer] | None,
) -> tuple[Edit, ...] | None:
    """What to write instead of the old words; None where that is no matter of words alone."""
    wrapped = _kernel_edits(run, node, rule) if rule is not None else []
    today = [older[str(k.arg)] for k in used]
    given = [k.arg for k in node.keywords]
    unclear = (
        not all(today)
        or len({*today, *given}) < len(today) + len(given)
        or any(word in _UNLIKE or word in _KERNEL_PARTS or word is None for word in given)
        or any(isinstance(argument, ast.Starred) for argument in node.args)
    )
    if unclear or wrapped is None:
        return None
    edits = wrapped
    for keyword in used:
        span = run.span(keyword)
        value = _value_edit(run, keyword)
        if span is None or value is None:
            return None
        word = str(keyword.arg)
        end = span._replace(end_line=span.line, end_column=span.column + len(word))
        edits += [Edit(end, older[word]), *value]
    return tuple(edits)


def _value_edit(run: Interpreter, keyword: ast.keyword) -> list[Edit] | None:
    """The change of a keyword's value, where it needs one; None where that is not clear."""
    meanings = _VALUES.get(str(keyword.arg))
    if meanings is None:
        return []
    value, span = keyword.value, run.span(keyword.value)
    word = meanings.get(str(value.value)) if isinstance(value, ast.Constant) else None
    return [Edit(span, f'"{word}"')] if word is not None and span is not None else None


def _kernel_edits(run: Interpreter, node: ast.Call, rule: type[Layer]) -> list[Edit] | None:
    """Parentheses around a kernel's sizes; None where arguments stand in the order of Keras 1."""
    count = len(node.args)
    if "kernel_size" not in rule.arguments or count <= 1:
        return [] if count <= 1 or "pool_size" in rule.arguments else None
    if count == 2:
        return []  # one size for all axes, as today
    last = run.span(node.args[-1])
    first = run.span(node.args[1])
    if count != 1 + rule.rank or first is None or last is None:
        return None
    if rule.rank == 1:
        return []
    return [Edit(_start(first), "("), Edit(_end(last), ")")]

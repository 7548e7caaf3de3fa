"""What of Keras is covered: every public name with its state, from the registries."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from shapecalc.dims import is_unknown, unknown_reason
from shapecalc.documentation.examples import short_name
from shapecalc.documentation.formulas import NotRun, Undecided, formulas
from shapecalc.documentation.keras_names import LAYERS, OPS
from shapecalc.documentation.markdown import WRITTEN
from shapecalc.layers import rule_for
from shapecalc.layers.layer import Layer
from shapecalc.layers.merging import FUNCTIONS
from shapecalc.ops import op_for

# Names of `keras.layers` that are no layers, or none that a rule could tell about.
NO_LAYERS = {
    "Input": "makes the tensor that a network starts with; followed",
    "InputSpec": "says what a layer takes; not a layer",
    "Lambda": "exact: the program's function is interpreted; "
    "unknown where it calls what has no model",
    "Layer": "the base class: a layer that the program derives from it is interpreted",
    "Wrapper": "a base class: a layer that the program derives from it is interpreted",
    "deserialize": "unknown by nature, because it makes whatever a configuration says",
    "serialize": "gives a configuration; no shape depends on it",
}

_INTRODUCTION = f"""\
# What of Keras is covered

{WRITTEN}

Every public name of `keras.layers` and `keras.ops` in Keras 3.15, and what shapecalc makes of it:

- **exact**: output shape and dtype are what Keras gives, refusals included; for a layer also the
  weights, params, connections and MACs.
- **the same as** another name: an alias.
- **exact, but for what values decide**: shapecalc never computes the values of tensors. What hangs
  on them is marked as unknown, with the reason, and only where it occurs.
- **unknown by nature**: what it computes stands neither in the program nor in Keras.

An operation holds no weights. Those that multiply or pool (`matmul`, `conv`, `max_pool`) have their
connections and MACs; those that only move, rescale or combine units one by one have none.
"""

MISSING = "missing"


def page() -> str:
    """The page of coverage."""
    parts = [_INTRODUCTION]
    for title, names, state in (
        ("keras.layers", LAYERS, layer_state),
        ("keras.ops", OPS, op_state),
    ):
        parts.append(f"\n## {title}\n\n{_tally(names, state)}\n\n| name | state |\n| --- | --- |\n")
        parts += [f"| `{name}` | {state(name)} |\n" for name in names]
    return "".join(parts)


def _tally(names: list[str], state: Callable[[str], str]) -> str:
    states = [state(name) for name in names]
    kinds = {
        "exact": sum(text == "exact" or text.startswith("[exact]") for text in states),
        "the same as another": sum("the same as" in text for text in states),
    }
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    rest = len(states) - sum(kinds.values())
    return f"{len(names)} names: {told}, {rest} with a remark."


# --- layers --------------------------------------------------------------------------------


def layer_state(name: str) -> str:
    """The state of a name of `keras.layers`."""
    full = f"keras.layers.{name}"
    rule = rule_for(full)
    if rule is None:
        form = FUNCTIONS.get(full)
        if form is not None:
            return f"the same as {_link(form)} of its list of tensors"
        return NO_LAYERS.get(name, MISSING)
    if rule.keras_names[0] != full:
        return f"the same as {_link(rule)}"
    return _rule_state(rule)


def _link(rule: type[Layer], text: str = "") -> str:
    name = short_name(rule)
    return f"[{text or f'`{name}`'}](layers/{name}.md)"


def _rule_state(rule: type[Layer]) -> str:
    try:
        found = formulas(rule)
    except Undecided as why:
        return f"unknown by nature, because {why}"
    except NotRun:
        return _link(rule, "exact")
    unknown: dict[str, list[str]] = {}
    for row in found.plain.rows:
        if not isinstance(row.value, (int, str)) and is_unknown(row.value):
            unknown.setdefault(str(unknown_reason(row.value)), []).append(row.label.strip())
    link = _link(rule, "exact")
    texts = [f"{', '.join(labels)} ({reason})" for reason, labels in unknown.items()]
    return f"{link}, but on symbols not known: {'; '.join(texts)}" if texts else link


# --- operations ----------------------------------------------------------------------------


def op_state(name: str) -> str:
    """The state of a name of `keras.ops`."""
    full = f"keras.ops.{name}"
    rule = op_for(full)
    if rule is None:
        return MISSING
    if rule.name != full:
        return f"the same as `{rule.name.removeprefix('keras.ops.')}`"
    reasons = list(dict.fromkeys(_reasons(rule.function)))
    return f"exact, but for what values decide: {'; '.join(reasons)}" if reasons else "exact"


# What a rule calls where the values of tensors decide.
_GIVE_UP = ("give_up", "unknown_dim")


def _reasons(function: Callable[..., Any], depth: int = 1) -> Iterator[str]:
    """Why a rule may not know something: what it and its file's helpers give as reasons."""
    module = sys.modules[function.__module__]
    own = f"`{function.__name__.strip('_')}`"
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in _GIVE_UP:
            yield _reason_text(node.args[0])
            continue
        helper = getattr(module, node.func.id, None)
        if depth and inspect.isfunction(helper) and helper.__module__ == module.__name__:
            for reason in _reasons(helper, depth - 1):
                yield reason.replace("{what}", own)


def _reason_text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        # A helper's own parameter `what` is filled in by who calls it.
        parts = (
            str(part.value) if isinstance(part, ast.Constant) else _placeholder(part)
            for part in node.values
        )
        return "".join(parts).removesuffix(": …")
    return "a length"


def _placeholder(part: ast.expr) -> str:
    name = part.value if isinstance(part, ast.FormattedValue) else None
    return "{what}" if isinstance(name, ast.Name) and name.id == "what" else "…"

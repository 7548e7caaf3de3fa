"""What a program calls of `keras.layers`: layers that have rules, and names that are none."""

from __future__ import annotations

import ast

from shapecalc.frontends.python.construction import make_layer
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import Value
from shapecalc.layers import rule_for, rule_names
from shapecalc.rules.refusal import NoSuchLayer
from shapecalc.wording import closest


def make_keras_layer(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Make a layer, or call a function of `keras.layers`, by its canonical name."""
    rule = rule_for(path)
    if rule is not None:
        return make_layer(run, rule, args, kwargs, node)
    name = path.rpartition(".")[2]
    if name[:1].islower():
        from shapecalc.frontends.python.library.merging_functions import call_merging

        merged = call_merging(run, path, args, kwargs, node)
        if merged is not None:
            return merged
    meant = _meant(name) if path == f"keras.layers.{name}" else None
    if meant is not None and not run.handlers:
        run.effect()
        refusal = NoSuchLayer(f"keras.layers has no {name}", help=f"did you mean `{meant}`?")
        run.refuse(refusal, run.span(node), subject=path)
        return run.unknown(f"{name} is refused", node)
    if name[:1].islower():
        return run.unknown(f"there is no model for {path}", node)
    if path.startswith("keras.layers."):
        run.effect()
        run.gap("unsupported", f"there is no rule for the layer {name}", run.span(node))
    return run.unknown(f"there is no rule for the layer {name}", node)


def _meant(name: str) -> str | None:
    """The layer whose name differs in its capitals only, or in a letter or two."""
    known = [path.rpartition(".")[2] for path in rule_names() if path.startswith("keras.layers.")]
    same = next((other for other in known if other.lower() == name.lower()), None)
    if same is not None or name[:1].islower():
        return same
    near = closest(name, known, least=_LIKENESS)
    return near if near is not None and abs(len(near) - len(name)) <= 2 else None


# Names less alike may be of layers of another Keras.
_LIKENESS = 0.85

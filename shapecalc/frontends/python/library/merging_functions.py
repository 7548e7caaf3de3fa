"""The functional forms of the merging layers: `add([a, b])`, and Keras 1's `merge([a, b])`."""

from __future__ import annotations

import ast

from shapecalc.frontends.python.construction import call_layer_value, make_layer
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import Function
from shapecalc.frontends.python.values import LibraryName, Value, describe
from shapecalc.layers import merging
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import MissingArgument

_KERAS_1_MODES = {
    "sum": merging.Add,
    "mul": merging.Multiply,
    "concat": merging.Concatenate,
    "ave": merging.Average,
    "dot": merging.Dot,
    "max": merging.Maximum,
}


def call_merging(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Make the layer behind a functional form and call it; None for another function."""
    kwargs = dict(kwargs)
    if path == "keras.layers.merge":
        # merge(inputs, mode='sum', concat_axis=-1, dot_axes=-1, output_shape, …, name)
        words = ("inputs", "mode", "concat_axis", "dot_axes")
        kwargs = {**dict(zip(words, args, strict=False)), **kwargs}
        args = ()
        mode = kwargs.pop("mode", "sum")
        rule = _KERAS_1_MODES.get(mode) if isinstance(mode, str) else None
        if rule is None:
            return _merged_by(run, mode, kwargs, node)
        kwargs = {k: v for k, v in kwargs.items() if k in _used_by(rule)}
    else:
        rule = merging.FUNCTIONS.get(path)
        if rule is None:
            return None
    if not args and "inputs" not in kwargs:
        name = path.rpartition(".")[2]
        needed = f"{name} needs the tensors to join, as its first argument"
        run.refuse(MissingArgument(needed, argument="inputs"), run.span(node), subject=path)
        return run.unknown(f"{name} is refused", node)
    inputs, rest = (args[0], args[1:]) if args else (kwargs.pop("inputs"), ())
    made = make_layer(run, rule, rest, kwargs, node)
    if not isinstance(made, Layer):
        return made
    return call_layer_value(run, made, (inputs,), {}, node)


def _merged_by(
    run: Interpreter, mode: Value, given: dict[str, Value], node: ast.expr | None
) -> Value:
    """What `merge` makes by a function of the program's own, which is what a Lambda does."""
    if not isinstance(mode, Function) or "inputs" not in given:
        return run.unknown(f"merge in the mode {describe(mode)}", node)
    name = {"name": given["name"]} if "name" in given else {}
    made = run.call(LibraryName("keras.layers.Lambda"), (mode,), name, node)
    return run.call(made, (given["inputs"],), {}, node)


def _used_by(rule: type[Layer]) -> set[str]:
    own = {"concat_axis"} if rule is merging.Concatenate else set()
    own |= {"dot_axes"} if rule is merging.Dot else set()
    return {"inputs", "name"} | own

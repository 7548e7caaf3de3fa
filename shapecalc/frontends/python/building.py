"""Building a layer of the program when it is first called: its `build`, and what Keras gives it."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.calls import bind_arguments, call_function
from shapecalc.frontends.python.inheriting import build_kept
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import Class, Function
from shapecalc.frontends.python.values import Raised, Value
from shapecalc.graph.tensor import Tensor, map_tensors, tensors_of
from shapecalc.rules.unknown import Unknown

# Arguments of `call` whose shapes Keras keeps to itself.
_UNTOLD = frozenset(("self", "mask", "args", "kwargs"))


def build_for_call(
    run: Interpreter, layer: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    """Run a layer's `build` as Keras does before its first call.

    Args:
        run: the run.
        layer: a layer of a class of the program.
        args: what it is called on, by position.
        options: what it is called on, by name.
    """
    cls: Class = layer.__dict__["cls"]
    method = cls.lookup("build")
    if method is None and args and isinstance(args[0], Tensor):
        build_kept(layer, args[0].shape)
    if method is None or not isinstance(method[0], Function):
        return
    shapes = _shapes_by_name(run, layer, args, options)
    if not shapes:
        return
    parameters = [parameter.arg for parameter in method[0].node.args.args[1:]]
    if len(parameters) > 1 and all(name in shapes for name in parameters):
        given = tuple(shapes[name] for name in parameters)
    else:
        # One parameter takes the first shape, whatever it is called.
        given = tuple(shapes.values())[: max(len(parameters), 1)]
    call_function(run, method[0], (layer, *given), {}, receiver=layer)


def _shapes_by_name(
    run: Interpreter, layer: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Value]:
    """The shape of each argument that is made of tensors, by the name that `build` may ask for.

    They stand in the order of the parameters of `call`, however the layer is called.
    """
    from shapecalc.frontends.python.library.keras_properties import shape_value

    named = _arguments_by_name(run, layer, args, options)
    return {
        f"{name}_shape": map_tensors(lambda t: shape_value(t.shape), value)
        for name, value in named.items()
        if name not in _UNTOLD and (isinstance(value, Unknown) or any(tensors_of(value)))
    }


def _arguments_by_name(
    run: Interpreter, layer: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Any]:
    found = layer.__dict__["cls"].lookup("call")
    if found is not None and isinstance(found[0], Function):
        names: dict[str, Value] = {}
        try:
            bind_arguments(run, found[0], (layer, *args), options, names)
        except Raised:
            # The call itself will tell.
            pass
        else:
            return {name: value for name, value in names.items() if value is not layer}
    return {f"argument {place}": value for place, value in enumerate(args)} | options


__all__ = ["build_for_call"]

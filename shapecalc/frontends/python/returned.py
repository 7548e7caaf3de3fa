"""What the `call` of a layer of the program returns beside tensors."""

from __future__ import annotations

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer
from shapecalc.rules.session import current_session


def with_numbers(output: Value, layer: Layer) -> Value:
    """A layer's output with the numbers that its `call` returned.

    Within a layer's own code Keras hands them on as they are; in a functional model, as tensors.
    """
    returned = layer.__dict__.get("returned")
    if returned is None or current_session().tracer is None:
        return output
    return _merged(output, returned)


def _merged(output: Value, returned: Value) -> Value:
    if isinstance(output, (list, tuple)) and isinstance(returned, (list, tuple)):
        if len(output) != len(returned):
            return output
        return type(output)([_merged(o, r) for o, r in zip(output, returned, strict=True)])
    return returned if isinstance(returned, (int, float, Symbolic)) else output

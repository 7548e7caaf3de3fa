"""What the `call` of a layer of the program returns: its form, and what of it is no tensor."""

from __future__ import annotations

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer
from shapecalc.rules.session import current_session


def as_returned(output: Value, layer: Layer) -> Value:
    """A layer's output in the form in which its `call` returned it.

    A tuple stays one, and None is None. Numbers Keras hands on as they are within a layer's own
    code; in a functional model, as tensors.
    """
    returned = layer.__dict__.get("returned")
    if returned is None:
        return output
    return _merged(output, returned, within=current_session().tracer is not None)


def _merged(output: Value, returned: Value, *, within: bool) -> Value:
    if isinstance(output, (list, tuple)) and isinstance(returned, (list, tuple)):
        if len(output) != len(returned):
            return output
        items = [_merged(o, r, within=within) for o, r in zip(output, returned, strict=True)]
        return tuple(items) if isinstance(returned, tuple) else items
    if returned is None or (within and isinstance(returned, (int, float, Symbolic))):
        return returned
    return output

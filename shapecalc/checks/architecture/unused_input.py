"""SHC409: an input that no output depends on."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord


@check(
    "SHC409",
    "unused-input",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        text = keras.Input((100,))
        image = keras.Input((64,))  # SHC409
        a = layers.Dense(32, activation="relu")(text)
        b = layers.Dense(32, activation="relu")(text)
        model = keras.Model([text, image], layers.Dense(1)(layers.concatenate([a, b])))
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        text = keras.Input((100,))
        image = keras.Input((64,))
        a = layers.Dense(32, activation="relu")(text)
        b = layers.Dense(32, activation="relu")(image)
        model = keras.Model([text, image], layers.Dense(1)(layers.concatenate([a, b])))
        """
    ],
)
def unused_input(record: ModelRecord) -> Iterator[Finding]:
    """A model is given an input that none of its outputs depends on.

    Keras says nothing: whatever is passed for that input, the outputs are the same. Mostly a
    layer was called on the wrong tensor.
    """
    model = record.model
    if model.kind != "functional" or model.incomplete or any(c.unknown for c in model.calls):
        return
    taken = [tensor for call in model.calls for tensor in call.inputs]
    if any(tensor.call is None for tensor in taken):
        return  # What makes it may take the input.
    used = {id(tensor) for tensor in taken}
    used.update(id(tensor) for tensor in model.outputs)
    for tensor in model.inputs:
        if id(tensor) not in used and tensor.call is not None:
            yield Finding(
                f"no output of the model depends on {named(tensor.call.layer)}",
                help="call a layer on it, or leave it out of the model's inputs",
                span=tensor.call.layer.span,
            )

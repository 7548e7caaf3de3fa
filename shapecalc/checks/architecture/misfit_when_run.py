"""SHC419: inputs that Keras takes while it builds a model, and refuses when that runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named, place_of, rank_of, shown, size_at
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.graph.tensor import Tensor
from shapecalc.wording import counted


@check(
    "SHC419",
    "misfit-when-run",
    Severity.ERROR,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        source, target = keras.Input((20, 8)), keras.Input((10, 8))
        _, h, c = layers.LSTM(64, return_state=True)(source)
        x = layers.LSTM(32)(target, initial_state=[h, c])  # SHC419
        model = keras.Model([source, target], layers.Dense(1)(x))
        """,
        """
        import keras
        from keras import layers

        steps = keras.Input((20, 8))
        query, key = layers.Dense(16)(steps), layers.Dense(24)(steps)
        x = layers.Attention()([query, key])  # SHC419
        model = keras.Model(steps, x)
        """,
        """
        import keras
        from keras import layers

        features = keras.Input((64,))
        x = layers.MultiHeadAttention(num_heads=4, key_dim=16)(features, features)  # SHC419
        model = keras.Model(features, x)
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        source, target = keras.Input((20, 8)), keras.Input((10, 8))
        _, h, c = layers.LSTM(64, return_state=True)(source)
        x = layers.LSTM(64)(target, initial_state=[h, c])
        model = keras.Model([source, target], layers.Dense(1)(x))
        """,
        """
        import keras
        from keras import layers

        steps = keras.Input((20, 8))
        query, key = layers.Dense(16)(steps), layers.Dense(16)(steps)
        x = layers.Attention()([query, layers.Dense(24)(steps), key])
        model = keras.Model(steps, x)
        """,
    ],
)
def misfit_when_run(record: ModelRecord) -> Iterator[Finding]:
    """A layer gets states or keys that do not fit, which Keras sees only when the model runs.

    The first states of a recurrent layer have as many units as itself: behind a `Bidirectional`
    encoder, whose states are joined, the decoder has twice as many. Attention multiplies queries
    with keys, which takes the same number of features, and goes along an axis of steps.
    """
    for step in record.steps:
        if step.call is None:
            continue
        states = getattr(step.layer, "states", None)
        if isinstance(states, int) and "return_state" in step.layer.arguments:
            yield from _of_states(step, states)
        elif step.kind == "Attention" and step.argument("score_mode") == "dot":
            yield from _of_keys(step)
        elif step.kind == "MultiHeadAttention":
            yield from _of_vectors(step)


def _of_states(step: Step, wanted: int) -> Iterator[Finding]:
    """The first states of a recurrent layer."""
    assert step.call is not None
    positional, named_ones = step.call.arguments
    given = named_ones.get("initial_state", positional[1] if len(positional) > 1 else None)
    states = [given] if isinstance(given, Tensor) else given
    units = step.argument("units")
    if not isinstance(states, (list, tuple)) or not all(isinstance(s, Tensor) for s in states):
        return
    if states and len(states) < wanted:
        yield Finding(
            f"{named(step.layer)} keeps {counted(wanted, 'state')}, but is given {len(states)}",
            help=f"give it {counted(wanted, 'state')}",
            span=place_of(step.call),
        )
        return
    for state in states[:wanted]:
        size = size_at(state, -1)
        if isinstance(size, int) and isinstance(units, int) and size != units:
            yield Finding(
                f"{named(step.layer)} has {units} units, but its first states are "
                f"{shown(state.shape)}",
                notes=_made(states),
                help=f"give it {size} units, or states of {units}",
                span=place_of(step.call),
            )
            return


def _of_keys(step: Step) -> Iterator[Finding]:
    """The queries and keys of an attention."""
    assert step.call is not None
    inputs = step.call.arguments[0][0] if step.call.arguments[0] else None
    if not isinstance(inputs, (list, tuple)) or not all(isinstance(t, Tensor) for t in inputs):
        return
    if len(inputs) not in (2, 3):
        return
    query, key = inputs[0], inputs[-1]
    sizes = size_at(query, -1), size_at(key, -1)
    if all(isinstance(size, int) for size in sizes) and sizes[0] != sizes[1]:
        yield Finding(
            f"{named(step.layer)} multiplies queries of {sizes[0]} features with keys of "
            f"{sizes[1]}: {shown(query.shape)} and {shown(key.shape)}",
            notes=_made((query, key)),
            help="bring both to one size, with a Dense layer before it",
            span=place_of(step.call),
        )


def _of_vectors(step: Step) -> Iterator[Finding]:
    """The inputs of an attention, which have no axis for it to go along."""
    assert step.call is not None
    query = step.call.inputs[0] if step.call.inputs else None
    if query is not None and rank_of(query) == 2:
        yield Finding(
            f"{named(step.layer)} goes along the steps of a sequence, but its input is "
            f"{shown(query.shape)}",
            notes=_made((query,)),
            help="give it a sequence: (batch, steps, features)",
            span=place_of(step.call),
        )


def _made(tensors: Sequence[Any]) -> tuple[Note, ...]:
    """Where tensors come from."""
    return tuple(
        Note(f"{shown(t.shape)} comes from {maker(t)}", place_of(t.call))
        for t in tensors
        if t.call is not None
    )

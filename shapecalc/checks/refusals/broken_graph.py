"""SHC223: a model whose layers do not make a graph."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Note, Severity
from shapecalc.rules.refusal import GraphFault


@check(
    "SHC223",
    "broken-graph",
    Severity.ERROR,
    explains=GraphFault,
    bad=[
        """
        import keras
        from keras import layers

        a = keras.Input((4,))
        b = keras.Input((4,))
        x = layers.Add()([a, b])
        model = keras.Model(inputs=a, outputs=x)  # SHC223
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((4,)),
            layers.Dense(8, name="hidden"),
            layers.Dense(8, name="hidden"),  # SHC223
        ])
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        a = keras.Input((4,))
        b = keras.Input((4,))
        x = layers.Add()([a, b])
        model = keras.Model(inputs=[a, b], outputs=x)
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((4,)),
            layers.Dense(8, name="hidden"),
            layers.Dense(8, name="hidden_2"),
        ])
        """,
    ],
)
def broken_graph(fault: Fault) -> Finding:
    """The layers of a model do not make a graph from its inputs to its outputs.

    Every output must follow from the inputs that the model is given, and the names of the layers
    must be unique.
    """
    advice = fault.refusal.help
    message: str = fault.refusal.message
    if advice is None and "name" in message:
        advice = "give one of them another name, or none: Keras numbers names by itself"
    elif advice is None and "not among" in message:
        advice = (
            "add that input to the model's inputs, or call its first layer on one that is there"
        )
    made = fault.refusal.made
    notes = (Note("that input is made here", made),) if made is not None else ()
    return Finding(message, notes, advice)

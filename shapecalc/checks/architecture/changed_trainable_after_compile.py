"""SHC411: `trainable` is changed after `compile`, and not as it seems."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.training import Compilation, DataUse
from shapecalc.layers.layer import Layer, layers_within

_TRAIN = frozenset({"fit", "train_on_batch", "fit_generator"})


@check(
    "SHC411",
    "changed-trainable-after-compile",
    Severity.WARNING,
    examines=Compilation,
    bad=[
        """
        import keras
        import numpy as np

        real, noise = np.ones((64, 8)), np.ones((64, 4))
        generator = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
        judge = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        judge.compile("adam", "binary_crossentropy")
        judge.trainable = False
        both = keras.Sequential([keras.Input((4,)), generator, judge])
        both.compile("adam", "binary_crossentropy")
        judge.train_on_batch(real, np.ones((64, 1)))  # SHC411
        both.train_on_batch(noise, np.ones((64, 1)))
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.ones((64, 1))
        base = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4, activation="relu")])
        base.trainable = False
        model = keras.Sequential([keras.Input((8,)), base, keras.layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(x, y)
        base.trainable = True
        model.fit(x, y)  # SHC411
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        real, noise = np.ones((64, 8)), np.ones((64, 4))
        generator = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
        judge = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        judge.compile("adam", "binary_crossentropy")
        both = keras.Sequential([keras.Input((4,)), generator, judge])
        both.compile("adam", "binary_crossentropy")
        judge.trainable = True
        judge.train_on_batch(real, np.ones((64, 1)))
        judge.trainable = False
        both.train_on_batch(noise, np.ones((64, 1)))
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.ones((64, 1))
        base = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4, activation="relu")])
        base.trainable = False
        model = keras.Sequential([keras.Input((8,)), base, keras.layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(x, y)
        base.trainable = True
        model.compile(keras.optimizers.Adam(1e-5), "mse")
        model.fit(x, y)
        """,
    ],
)
def changed_trainable_after_compile(use: Compilation) -> Iterator[Finding]:
    """Layers are frozen or unfrozen between `compile` and the training that is to go by it.

    Keras 2 trained what was trainable when the model was compiled. Keras 3 looks when it trains:
    a model that is frozen by then, as adversarial networks were written, learns nothing, and no
    word is said. From the first batch on the optimizer keeps to the weights that it began with:
    one that is unfrozen later is an error until the model is compiled anew, and one that is frozen
    later an error with some backends.
    """
    first: DataUse | None = None
    for data in use.uses:
        if data.method not in _TRAIN or use.overridden:
            continue
        owners = [layer for _, layer in layers_within(data.model) if _has_own(layer)]
        finding = _finding(use, first, data, owners)
        if finding is not None:
            yield finding
        first = first or data


def _has_own(layer: Layer) -> bool:
    return any(weight.trainable for weight, _ in layer.own_weights())


def _finding(
    use: Compilation, first: DataUse | None, data: DataUse, owners: list[Layer]
) -> Finding | None:
    """What is wrong with one training, after the first that went by the same `compile`."""
    then, now = _ids(first.frozen if first is not None else use.frozen), _ids(data.frozen)
    changed = [layer for layer in owners if (id(layer) in then) is not (id(layer) in now)]
    if not changed:
        return None
    thawed = [layer for layer in changed if id(layer) not in now]
    name, cause = f'"{data.model.name}"', ("trainable", id(use))
    compiled = Note("it is compiled here", use.span)
    if first is None:
        if len(owners) > sum(id(layer) in now for layer in owners):
            return None
        return Finding(
            f"nothing of {name} is trained: it was frozen after it was compiled",
            notes=(compiled,),
            help="set trainable = True before each training, or keep a second, frozen model",
            span=data.span,
            cause=cause,
        )
    what = f"{named((thawed or changed)[0])} was {'unfrozen' if thawed else 'frozen'}"
    return Finding(
        f"{what} after {name} was first trained, without compiling it anew",
        notes=(compiled, Note("it is first trained here", first.span)),
        help="compile the model again, with a new optimizer, whenever trainable is changed",
        span=data.span,
        severity=Severity.ERROR if thawed else None,
        cause=cause,
    )


def _ids(layers: tuple[Layer, ...]) -> set[int]:
    return {id(layer) for layer in layers}

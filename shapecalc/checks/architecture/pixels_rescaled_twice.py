"""SHC418: pixels that are divided before a model that divides them itself."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.model import Network
from shapecalc.graph.steps import Step, first_step
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse

# They give pixels of the range that they are given.
_KEEP_THE_RANGE = (
    "CenterCrop", "RandomCrop", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom",
    "Resizing", "ZeroPadding",
)  # fmt: skip
_MOST_STEPS = 50
# A factor as small as this is for pixels from 0 to 255.
_FOR_PIXELS = 1 / 100


@check(
    "SHC418",
    "pixels-rescaled-twice",
    Severity.WARNING,
    examines=DataUse,
    bad=[
        """
        import keras

        (x, y), _ = keras.datasets.cifar10.load_data()
        base = keras.applications.EfficientNetB0(
            include_top=False, weights=None, input_shape=(32, 32, 3), pooling="avg"
        )
        model = keras.Sequential([base, keras.layers.Dense(10, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x / 255, y)  # SHC418
        """
    ],
    good=[
        """
        import keras

        (x, y), _ = keras.datasets.cifar10.load_data()
        base = keras.applications.EfficientNetB0(
            include_top=False, weights=None, input_shape=(32, 32, 3), pooling="avg"
        )
        model = keras.Sequential([base, keras.layers.Dense(10, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
        """
        import keras

        (x, y), _ = keras.datasets.cifar10.load_data()
        base = keras.applications.ResNet50(
            include_top=False, weights=None, input_shape=(32, 32, 3), pooling="avg"
        )
        model = keras.Sequential([base, keras.layers.Dense(10, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x / 255, y)
        """,
    ],
)
def pixels_rescaled_twice(use: DataUse) -> Iterator[Finding]:
    """Pixels are divided twice: by the program, and by a layer of the model.

    Some models of `keras.applications` begin with a `Rescaling` of their own: EfficientNet,
    MobileNetV3. They take pixels from 0 to 255. Of pixels that are divided before, next to nothing
    is left, all images look alike to weights that were trained on others, and the accuracy stays
    at a guess.
    """
    data = use.argument("x")
    each = list(data) if isinstance(data, (list, tuple)) else [data]
    if use.model.incomplete is not None or len(each) != len(use.model.inputs):
        return
    for own, array in zip(use.model.inputs, each, strict=True):
        step = _rescaling(use.model, own) if _are_small_pixels(array) else None
        if step is not None:
            yield Finding(
                f"{named(step.layer)} divides pixels from 0 to 255, but is given what is divided "
                "already",
                notes=()
                if step.layer.span is None
                else (Note(f"{named(step.layer)} is made here", step.layer.span),),
                help="leave out the division of the data: the model does it itself",
                argument="x",
                cause=("pixels rescaled twice", id(use.model)),
            )
            return


def _are_small_pixels(array: object) -> bool:
    known = array.contents if isinstance(array, Tensor) else None
    if known is None or not known.reached or known.low is None or known.high is None:
        return False
    small = known.low >= -1.01 and 0 < known.high <= 1.01
    return small and isinstance(array, Tensor) and array.dtype.startswith("float")


def _rescaling(model: Network, own: Tensor) -> Step | None:
    """The layer by which a model divides the pixels of an input."""
    step = first_step(model, own)
    for _ in range(_MOST_STEPS):
        if step is None or (step.call is not None and len(step.call.inputs) != 1):
            return None
        inner = step.layer
        if isinstance(inner, Network):
            step = first_step(inner, inner.inputs[0]) if len(inner.inputs) == 1 else None
            continue
        if step.kind == "Rescaling":
            scale = step.argument("scale")
            number = isinstance(scale, (int, float)) and 0 < scale <= _FOR_PIXELS
            return step if number else None
        keeps = inner.relabels or step.kind.startswith(_KEEP_THE_RANGE)
        step = step.after[0] if keeps and len(step.after) == 1 else None
    return None

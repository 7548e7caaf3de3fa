"""What a built application is: its layers and totals, from our model."""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc import zoo
from shapecalc.dims import Symbolic
from shapecalc.frontends.python import read
from shapecalc.graph.model import Input, Network
from shapecalc.graph.summary import class_name, weights_of
from shapecalc.layers.convolution import Conv2D
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.requirement import shown_as_none
from shapecalc.rules.session import new_session
from shapecalc.source import SourceFile


class LayerRecord(NamedTuple):
    """One layer: its class, name, output shape (None for an axis of any length) and params."""

    class_name: str
    name: str
    shape: Any
    params: int


class Record(NamedTuple):
    """A model, or that it is refused."""

    name: str
    total: int
    trainable: int
    layers: tuple[LayerRecord, ...]
    refused: str | None = None


REFUSED = Record("", 0, 0, ())


def record_of(model: Network) -> Record:
    """Our model as a record."""
    weights = list(weights_of(model, model.trainable))
    return Record(
        model.name,
        sum(w.size for w, _ in weights),
        sum(w.size for w, trained in weights if trained),
        tuple(_layer_record(layer) for layer in model.layers),
    )


def _layer_record(layer: Layer) -> LayerRecord:
    shape = layer.__dict__["inbound"][0].outputs[0].shape
    params = sum(w.size for w, _ in weights_of(layer))
    return LayerRecord(class_name(layer), layer.name, tuple(_axis(d) for d in shape), params)


def _axis(dim: int | Symbolic) -> int | str | None:
    if isinstance(dim, int):
        return dim
    return None if shown_as_none(dim) else repr(dim)


def build_from_script(
    application: str, /, *, tensor: tuple[Any, ...] | None = None, **kwargs: Any
) -> Record:
    """Read a program that builds an application; the program is not run.

    Args:
        application: its short name.
        tensor: the shape of an input to call it on, after a convolution.
        kwargs: its arguments, as literals.
    """
    given = [f"{word}={value!r}" for word, value in kwargs.items()]
    text = "import keras\n"
    if tensor is not None:
        text += f"image = keras.Input({tensor!r})\n"
        text += "before = keras.layers.Conv2D(3, 1, name='before')(image)\n"
        given.append("input_tensor=before")
    text += f"model = keras.applications.{application}({', '.join(given)})\n"
    program = read(SourceFile("script.py", text))
    if program.refused:
        return REFUSED._replace(refused=str(program.refused[0].refusal))
    (model,) = (record.model for record in program.models)
    return record_of(model)


def differences(ours: Record, theirs: Record, limit: int = 5) -> list[str]:
    """Where two records differ, the first few."""
    if ours.refused or theirs.refused:
        if bool(ours.refused) == bool(theirs.refused):
            return []
        return [f"ours: {ours.refused or 'accepted'}; Keras: {theirs.refused or 'accepted'}"]
    found = [
        f"{field}: ours {mine}, Keras {its}"
        for field, mine, its in zip(("name", "total", "trainable"), ours, theirs, strict=False)
        if mine != its
    ]
    if len(ours.layers) != len(theirs.layers):
        found.append(f"layers: ours {len(ours.layers)}, Keras {len(theirs.layers)}")
    for i, (mine, its) in enumerate(zip(ours.layers, theirs.layers, strict=False)):
        if mine != its:
            found.append(f"layer {i}: ours {tuple(mine)}, Keras {tuple(its)}")
    return found[:limit]


def build(
    application: str, /, *args: Any, tensor: tuple[Any, ...] | None = None, **kwargs: Any
) -> Record:
    """Build one of our applications in a fresh session.

    Args:
        application: its short name.
        args: its arguments.
        tensor: the shape of an input to call it on, after a convolution.
        kwargs: its arguments, by keyword.
    """
    with new_session():
        try:
            if tensor is not None:
                kwargs["input_tensor"] = Conv2D(3, 1, name="before")(Input(tensor))
            return record_of(getattr(zoo, application)(*args, **kwargs))
        except Refusal as refusal:
            return REFUSED._replace(refused=f"{type(refusal).__name__}: {refusal}")

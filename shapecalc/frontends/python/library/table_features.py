"""The features of a `keras.utils.FeatureSpace`: how each of them, and each cross, is prepared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from shapecalc.frontends.python.call_arguments import argument_spans
from shapecalc.frontends.python.construction import make_layer
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.keras_models import refuse_unknown_keywords
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.layers.core import Identity
from shapecalc.layers.encoding import Discretization, Hashing
from shapecalc.layers.layer import Layer
from shapecalc.layers.lookup import IntegerLookup, StringLookup
from shapecalc.layers.scaling import Normalization, Rescaling
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras.utils.FeatureSpace",)

SPACE = "keras.utils.FeatureSpace"


class TFDIdentity(Identity):
    """What prepares a feature of the kind `float`: it hands it on."""


class Feature(LibraryObject):
    """How a feature is prepared.

    Attributes:
        dtype: of the values as they come.
        preprocessor: the layer that prepares them, or an unknown.
        output_mode: "float" and "int" leave as it is what it makes; "one_hot" encodes it.
    """

    __slots__ = ("dtype", "output_mode", "preprocessor")

    def __init__(self, dtype: Value, preprocessor: Value, output_mode: Value) -> None:
        super().__init__(f"{SPACE}.feature")
        self.dtype = dtype
        self.preprocessor = preprocessor
        self.output_mode = output_mode


class Cross(LibraryObject):
    """Features whose values are hashed together.

    Attributes:
        names: the features'.
        dim: how many places their hashes have.
        output_mode: "int" or "one_hot".
    """

    __slots__ = ("dim", "names", "output_mode")

    def __init__(self, names: tuple[str, ...], dim: Value, output_mode: Value = "one_hot") -> None:
        super().__init__(f"{SPACE}.cross")
        self.names = names
        self.dim = dim
        self.output_mode = output_mode

    @property
    def name(self) -> str:
        """What Keras calls the pair, and the layer that hashes it."""
        return "_X_".join(self.names)


# --- the kinds of features ---------------------------------------------------------------------


class _Kind(NamedTuple):
    """A kind of features: the layer that prepares it, from what, and what it is told."""

    rule: type[Layer]
    dtype: str
    takes: tuple[str, ...] = ()
    output_mode: str | None = None


_LOOKED_UP = ("max_tokens", "num_oov_indices", "output_mode")
_HASHED = ("num_bins", "output_mode")
_BINNED = ("num_bins", "bin_boundaries", "output_mode")
KINDS = {
    "float": _Kind(TFDIdentity, "float32"),
    "float_rescaled": _Kind(Rescaling, "float32", ("scale", "offset")),
    "float_normalized": _Kind(Normalization, "float32"),
    "float_discretized": _Kind(Discretization, "float32", _BINNED, "one_hot"),
    "integer_categorical": _Kind(IntegerLookup, "int32", _LOOKED_UP, "one_hot"),
    "string_categorical": _Kind(StringLookup, "string", _LOOKED_UP, "one_hot"),
    "integer_hashed": _Kind(Hashing, "int32", _HASHED, "one_hot"),
    "string_hashed": _Kind(Hashing, "string", _HASHED, "one_hot"),
}


def feature_of(
    run: Interpreter, word: str, given: dict[str, Value], node: Any, name: Value = None
) -> Feature:
    """A feature of a kind.

    Args:
        run: the run.
        word: the kind.
        given: what it is told.
        node: the call that makes it.
        name: what its layer is named after; the kind, if it has none.
    """
    kind = KINDS[word]
    told = dict(given)
    output_mode = told.pop("output_mode", kind.output_mode or "float")
    if kind.rule is Rescaling:
        told.setdefault("scale", 1.0)
    base = name if isinstance(name, str) and name else current_session().unique_name(word)
    told["name"] = f"{base}_preprocessor"
    return Feature(kind.dtype, made_layer(run, kind.rule, told, node), output_mode)


def made_layer(run: Interpreter, rule: type[Layer], given: dict[str, Value], node: Any) -> Value:
    """A layer that Keras makes for the program, placed at a call of the program's."""
    layer = make_layer(run, rule, (), given, None)
    if isinstance(layer, Layer):
        layer.__dict__["span"] = run.span(node) or run.here()
    return layer


def _maker(word: str) -> Callable[..., Value]:
    """The model of `FeatureSpace.float` and the like."""
    takes = (*KINDS[word].takes, "name")

    def model(run: Interpreter, *args: Value, node: Any = None, **kwargs: Value) -> Value:
        if len(args) > len(takes):
            return run.unknown(f"a feature of too many arguments, {word}", node)
        given = {**dict(zip(takes, args, strict=False)), **kwargs}
        spans = argument_spans(run, None, node, takes)
        refuse_unknown_keywords(run, given, takes, spans, node, f"FeatureSpace.{word}")
        name = given.pop("name", None)
        return name if isinstance(name, Unknown) else feature_of(run, word, given, node, name)

    return model


for _word in KINDS:
    models(f"{SPACE}.{_word}", unknowns=True)(_maker(_word))


@models(f"{SPACE}.feature", unknowns=True)
def feature(run: Interpreter, dtype: Value, preprocessor: Value, output_mode: Value) -> Value:
    return Feature(dtype, preprocessor, output_mode)


@models(f"{SPACE}.cross", unknowns=True)
def cross(
    run: Interpreter, feature_names: Value, crossing_dim: Value, output_mode: Value = "one_hot"
) -> Value:
    names = names_in(run, feature_names)
    return names if isinstance(names, Unknown) else Cross(names, crossing_dim, output_mode)


def names_in(run: Interpreter, value: Value) -> tuple[str, ...] | Unknown:
    names = run.iterate(value)
    if isinstance(names, Unknown):
        return names
    if not all(isinstance(name, str) for name in names):
        return run.unknown("the features that are crossed")
    return tuple(names)

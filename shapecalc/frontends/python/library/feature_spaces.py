"""`keras.utils.FeatureSpace`: the columns of a table as tensors, each encoded as its kind asks.

What a feature space makes are layers: one that prepares each feature, one for each cross, one that
encodes integers, one that joins. The graph that they make begins with an input for each feature.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.dims import Dim
from shapecalc.frontends.python.call_arguments import argument_spans
from shapecalc.frontends.python.construction import call_layer_value
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.label_encodings import as_array
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.library.table_features import (
    KINDS,
    SPACE,
    Cross,
    Feature,
    feature_of,
    made_layer,
    names_in,
)
from shapecalc.frontends.python.values import LibraryObject, Value, first_unknown, rest_of
from shapecalc.graph.model import Input
from shapecalc.graph.tensor import Tensor, map_tensors
from shapecalc.layers.encoding import CategoryEncoding, Discretization, HashedCrossing, Hashing
from shapecalc.layers.layer import Layer
from shapecalc.layers.lookup import IndexLookup, Vocabulary
from shapecalc.layers.merging import Concatenate
from shapecalc.rules.refusal import InvalidArgument, Refusal
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, Unranked
from shapecalc.source import Span

LIBRARIES = ("keras.utils.FeatureSpace",)


class TFDConcat(Concatenate):
    """What joins the encoded features to one vector."""


class FeatureSpace(LibraryObject):
    """The features of a table and what is made of them.

    Attributes:
        features: by their names.
        crosses: by theirs.
        crossers: the layer of each cross, by the cross's name.
        output_mode: "concat" joins all to one vector, "dict" keeps them apart.
        inputs: an input for each feature.
        span: where the program makes it.
    """

    __slots__ = ("crossers", "crosses", "features", "inputs", "output_mode", "span")

    def __init__(
        self,
        features: dict[str, Feature],
        crosses: dict[str, Cross],
        crossers: dict[str, Value],
        output_mode: Value,
        span: Span | None,
    ) -> None:
        super().__init__(SPACE)
        self.features = features
        self.crosses = crosses
        self.crossers = crossers
        self.output_mode = output_mode
        self.span = span
        self.inputs = {name: _input(name, made.dtype, span) for name, made in features.items()}
        preprocessors = {name: made.preprocessor for name, made in features.items()}
        self.attributes.update(
            features=features,
            preprocessors=preprocessors,
            crossers=crossers,
            output_mode=output_mode,
            inputs=self.inputs,
            encoded_features=None,
        )


def _input(name: str, dtype: Value, span: Span | None) -> Tensor:
    tensor = Input(shape=(1,), dtype=dtype_value(dtype), name=name)
    assert tensor.call is not None
    tensor.call.layer.__dict__["span"] = span
    return tensor


@models(SPACE, unknowns=True)
def feature_space(
    run: Interpreter,
    features: Value,
    output_mode: Value = "concat",
    crosses: Value = None,
    crossing_dim: Value = 32,
    hashing_dim: Value = 32,
    num_discretization_bins: Value = 32,
    name: Value = None,
    *,
    node: Any = None,
) -> Value:
    run.effect()
    sizes = {"integer_hashed": hashing_dim, "string_hashed": hashing_dim}
    sizes["float_discretized"] = num_discretization_bins
    current_session().unique_name("feature_space")
    try:
        known = _features(run, features, sizes, node)
        crossed = known if isinstance(known, Unknown) else _crosses(
            run, crosses, known, crossing_dim)  # fmt: skip
        if isinstance(output_mode, str) and output_mode not in ("concat", "dict"):
            raise InvalidArgument(
                f"`output_mode` is 'concat' or 'dict', not {output_mode!r}", argument="output_mode"
            )
    except Refusal as refusal:
        spans = argument_spans(run, None, node, ("features", "output_mode", "crosses"))
        run.refuse(refusal, run.span(node), arguments=spans, subject="FeatureSpace")
        return run.unknown("FeatureSpace is refused", node)
    if isinstance(known, Unknown) or isinstance(crossed, Unknown):
        return known if isinstance(known, Unknown) else crossed
    crossers = {
        word: made_layer(run, HashedCrossing, {"num_bins": one.dim, "name": word}, node)
        for word, one in crossed.items()
    }
    return FeatureSpace(known, crossed, crossers, output_mode, run.span(node))


def _features(
    run: Interpreter, features: Value, sizes: dict[str, Value], node: Any
) -> dict[str, Feature] | Unknown:
    """The features of a space, those that are kinds in words made to features.

    Raises:
        InvalidArgument: there are none, or one is no kind of features.
    """
    if not isinstance(features, dict):
        return features if isinstance(features, Unknown) else run.unknown("the features of a space")
    unknown = first_unknown(features.values())
    if unknown is not None:
        return Unknown(unknown.reason, unknown.span)
    if not features:
        raise InvalidArgument("there are no features", argument="features")
    made: dict[str, Feature] = {}
    for name, value in features.items():
        run.check_limits()
        if isinstance(value, Feature):
            made[name] = value
        elif isinstance(value, str) and value in KINDS:
            told = {"num_bins": sizes[value]} if value in sizes else {}
            made[name] = feature_of(run, value, told, node, name)
        elif isinstance(value, str):
            raise InvalidArgument(f"there are no features of the kind {value!r}",
                                  argument="features")  # fmt: skip
        else:
            return run.unknown(f"the kind of the feature {name!r:.40}", node)
        layer = made[name].preprocessor
        if isinstance(layer, Vocabulary) and layer.size_name is None:
            layer.__dict__["size_name"] = current_session().unique_name(f"{name}_size")
    return made


def _crosses(
    run: Interpreter, crosses: Value, features: dict[str, Feature], dim: Value
) -> dict[str, Cross] | Unknown:
    """The crosses of a space by their names.

    Raises:
        InvalidArgument: a cross is of a feature that there is none of.
    """
    items = [] if crosses is None else run.iterate(crosses)
    if isinstance(items, Unknown):
        return items
    found: dict[str, Cross] = {}
    for item in items:
        if isinstance(item, Cross):
            found[item.name] = item
            continue
        names = names_in(run, item)
        if isinstance(names, Unknown):
            return names
        lost = [name for name in names if name not in features]
        if lost:
            raise InvalidArgument(f"`crosses` names {lost[0]!r}, which is no feature",
                                  argument="crosses")  # fmt: skip
        made = Cross(names, dim)
        found[made.name] = made
    return found


@object_methods(f"{SPACE}.adapt", unknowns=True)
def adapt(run: Interpreter, space: FeatureSpace, dataset: Value, *, node: Any = None) -> None:
    _encoded(run, space, node)


@object_methods(f"{SPACE}.get_inputs")
def get_inputs(run: Interpreter, space: FeatureSpace, *, node: Any = None) -> Value:
    _encoded(run, space, node)
    return dict(space.inputs)


@object_methods(f"{SPACE}.get_encoded_features")
def get_encoded_features(run: Interpreter, space: FeatureSpace, *, node: Any = None) -> Value:
    return _encoded(run, space, node)


@object_methods(f"{SPACE}.save", unknowns=True)
def save(run: Interpreter, space: FeatureSpace, *args: Value) -> None:
    return None


# --- what it makes of the features -------------------------------------------------------------


def _encoded(run: Interpreter, space: FeatureSpace, node: Any) -> Value:
    """The encoded features, joined or by name, computed once."""
    state = space.attributes
    if state["encoded_features"] is None:
        run.effect()
        run.touch(state)
        state["encoded_features"] = _joined(run, space, node)
    return state["encoded_features"]


def _joined(run: Interpreter, space: FeatureSpace, node: Any) -> Value:
    prepared = {
        name: _applied(run, made.preprocessor, space.inputs[name])
        for name, made in space.features.items()
    }
    hashed = {
        name: _applied(run, space.crossers[name], [prepared.get(one) for one in made.names])
        for name, made in space.crosses.items()
    }
    encoded: dict[str, Value] = {}
    for name, made, layer, tensor in _in_order(space, prepared, hashed):
        encoded[name] = _one_hot(run, layer, tensor, made.output_mode, name, node)
    if space.output_mode == "dict":
        return encoded
    if space.output_mode != "concat":
        return run.unknown("how the features are joined", node)
    for name, tensor in encoded.items():
        if isinstance(tensor, Tensor) and tensor.dtype.startswith(("int", "string")):
            refusal = InvalidArgument(
                f"the feature {name!r} is of dtype {tensor.dtype} and cannot be joined to others",
                help="use `output_mode='dict'`, or encode it with 'one_hot'",
            )
            run.refuse(refusal, run.span(node), subject="FeatureSpace")
            return run.unknown("FeatureSpace is refused", node)
    return _applied(run, made_layer(run, TFDConcat, {}, node), list(encoded.values()))


def _in_order(
    space: FeatureSpace, prepared: dict[str, Value], hashed: dict[str, Value]
) -> Iterator[tuple[str, Feature | Cross, Value, Value]]:
    """The features in the order of their names, then the crosses in theirs."""
    for name in sorted(prepared):
        yield name, space.features[name], space.features[name].preprocessor, prepared[name]
    for name in sorted(hashed):
        yield name, space.crosses[name], space.crossers[name], hashed[name]


def _applied(run: Interpreter, layer: Value, given: Value) -> Value:
    run.check_limits()
    if not isinstance(layer, Layer):
        return layer if isinstance(layer, Unknown) else run.unknown("what prepares a feature")
    return call_layer_value(run, layer, (given,), {}, None)


def _one_hot(
    run: Interpreter, layer: Value, tensor: Value, output_mode: Value, name: str, node: Any
) -> Value:
    """What becomes of integers: a place for each that the layer may give, if that is asked for."""
    if isinstance(output_mode, Unknown):
        return output_mode
    if output_mode != "one_hot" or not isinstance(tensor, Tensor):
        return tensor
    places = _places(layer)
    if places is None:
        return run.unknown(f"how many values the feature {name!r:.40} takes", node)
    encoder = made_layer(run, CategoryEncoding, {"num_tokens": places}, node)
    return _applied(run, encoder, tensor)


def _places(layer: Layer) -> Dim | None:
    """How many integers a layer may give, or None where Keras does not ask it."""
    if isinstance(layer, IndexLookup):
        return layer.count_words()
    if isinstance(layer, CategoryEncoding):
        return layer.num_tokens
    if isinstance(layer, (Discretization, Hashing, HashedCrossing)):
        return layer.num_bins
    return None


# --- calling it --------------------------------------------------------------------------------


@object_methods(f"{SPACE}.__call__", unknowns=True)
def call_space(run: Interpreter, space: FeatureSpace, data: Value, *, node: Any = None) -> Value:
    """What it makes of data: a row for each row, and one alone of a single item."""
    encoded = _encoded(run, space, node)
    if not isinstance(data, dict):
        return data if isinstance(data, Unknown) else run.unknown("features that are no dict", node)
    rows = _rows(run, data)
    if isinstance(rows, Unknown):
        return rows

    def computed(tensor: Tensor) -> Tensor:
        if isinstance(tensor.shape, Unranked):
            return Tensor(tensor.shape, tensor.dtype)
        return Tensor((*rows, *tensor.shape[1:]), tensor.dtype)

    return map_tensors(computed, encoded)


def _rows(run: Interpreter, data: dict[str, Value]) -> tuple[Dim, ...] | Unknown:
    """The axis of the rows of data, or none where it is a single item."""
    rest = rest_of(data)
    if rest is not None:
        return Unknown(rest.reason, rest.span)
    rows: tuple[Dim, ...] = ()
    for value in data.values():
        column = as_array(run, value)
        if isinstance(column, (int, float, str)):
            return ()
        if not isinstance(column, Tensor) or isinstance(column.shape, Unranked) or column.symbolic:
            return run.unknown("a feature that is not known")
        if not column.shape:
            return ()
        rows = column.shape[:1]
    return rows


__all__: list[str] = []

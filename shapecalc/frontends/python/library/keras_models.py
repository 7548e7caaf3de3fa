"""Models of Keras's own functions and of the methods of models, layers and tensors."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.branching import settle
from shapecalc.frontends.python.call_arguments import argument_spans, keyword_of, written_arguments
from shapecalc.frontends.python.certainty import (
    Unfollowed,
    add_unfollowed,
    certain,
    surely_no_layer,
    surely_no_tensor,
)
from shapecalc.frontends.python.construction import (
    guarded,
)
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import REFUSED, Interpreter

# Its factory goes before: `keras.activations.relu` is an operation as well as an object's name.
from shapecalc.frontends.python.library import tensor_operations  # noqa: F401
from shapecalc.frontends.python.library.registry import (
    CONSTANTS,
    FACTORIES,
    methods,
    models,
)
from shapecalc.frontends.python.recording import forget_model, record_model
from shapecalc.frontends.python.size_names import named_lengths
from shapecalc.frontends.python.spellings import note_bare, note_keywords
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Parameter,
    Raised,
    Value,
    describe,
    first_unknown,
)
from shapecalc.graph.model import Functional, Input, Network
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import InvalidArgument, Refusal, UnknownArgument
from shapecalc.rules.unknown import Unknown, Unranked
from shapecalc.source import Span
from shapecalc.wording import closest

LIBRARIES = ("keras", "numpy", "tensorflow")

_OBJECT_ROOTS = (
    "keras.activations", "keras.callbacks", "keras.constraints", "keras.initializers",
    "keras.losses", "keras.metrics", "keras.optimizers", "keras.regularizers",
    "keras.random", "keras.mixed_precision",
)  # fmt: skip


_INPUT_ARGUMENTS = (
    "shape", "batch_size", "dtype", "sparse", "ragged", "batch_shape", "name", "tensor", "optional",
)  # fmt: skip
_MODEL_ARGUMENTS = ("inputs", "outputs", "name", "trainable")


def refuse_unknown_keywords(
    run: Interpreter,
    given: dict[str, Value],
    known: tuple[str, ...],
    spans: dict[str, Span],
    node: Any,
    what: str,
) -> None:
    """Report the keywords that a function does not take, and drop them."""
    for word in [w for w in given if w not in known]:
        near = closest(word, known)
        refusal = UnknownArgument(
            f"{what} has no argument `{word}`",
            argument=word,
            help=f"did you mean `{near}`?" if near else None,
        )
        del given[word]
        run.refuse(refusal, run.span(node), arguments=spans, subject=what)


@models("keras.layers.Input", unknowns=True)
def input_(run: Interpreter, *args: Value, node: Any = None, **kwargs: Value) -> Value:
    run.effect()
    kwargs = {("batch_shape" if k == "batch_input_shape" else k): v for k, v in kwargs.items()}
    given = {**dict(zip(_INPUT_ARGUMENTS, args, strict=False)), **kwargs}
    spans = argument_spans(run, None, node, _INPUT_ARGUMENTS)
    if len(args) > len(_INPUT_ARGUMENTS):
        most = f"Input takes at most {len(_INPUT_ARGUMENTS)} arguments by position, got {len(args)}"
        run.refuse(InvalidArgument(most), run.span(node), subject="Input")
    for word in ("shape", "batch_shape", "batch_size", "name", "tensor"):
        if word in given:
            given[word] = certain(run, given[word], spans.get(word))
    written = written_arguments(list(_INPUT_ARGUMENTS), node)
    for word in ("shape", "batch_shape"):
        if word in given:
            given[word] = named_lengths(run, given[word], written.get(word))
    refuse_unknown_keywords(run, given, (*_INPUT_ARGUMENTS, "type_spec"), spans, node, "Input")
    if "type_spec" in given and not {"shape", "batch_shape", "tensor"} & set(given):
        given["shape"] = run.unknown("the shape that a type specification tells", node)
    unknown = first_unknown([given.get("shape"), given.get("batch_shape")])
    if unknown is not None:
        run.gap("unknown", unknown.reason, unknown.span)
    for ignored in ("ragged", "type_spec"):
        given.pop(ignored, None)
    given["dtype"] = dtype_value(given.get("dtype"))
    if isinstance(given.get("shape"), int):
        # Keras 2 took a bare number for a shape of one axis.
        note_bare(run, node, "shape", 0)
        given["shape"] = (given["shape"],)
    try:
        tensor = Input(**given)
    except Refusal as refusal:
        run.refuse(refusal, run.span(node), arguments=spans, subject="Input")
        return Tensor(Unranked("the input is refused"))
    assert tensor.call is not None
    tensor.call.layer.__dict__["span"] = run.span(node) or run.here()
    tensor.call.layer.__dict__["argument_spans"] = spans
    return tensor


@models("keras.models.Sequential", unknowns=True)
def sequential(
    run: Interpreter,
    layers: Value = None,
    trainable: Value = True,
    name: Value = None,
    *,
    node: Any = None,
) -> Value:
    run.effect()
    items = [] if layers is None else run.iterate(layers)
    if isinstance(trainable, str):
        # Keras 2: Sequential(layers, name).
        trainable, name = True, trainable
    if isinstance(trainable, Unknown):
        trainable = settle(run, trainable, keyword_of(node, "trainable"))
    model = Sequential(trainable=trainable, name=name)
    model.__dict__["span"] = run.span(node)
    record_model(run, model, node)
    if isinstance(items, Unknown):
        run.gap("unknown", items.reason, items.span)
        add_unfollowed(model, items.reason, items.span or run.span(node))
        return model
    try:
        for item in items:
            add_layer(run, model, item, node, rebuild=False)
        model.rebuild()
    except Raised:
        # The program catches it, and has no model then.
        forget_model(run, model)
        raise
    return model


def add_layer(
    run: Interpreter, model: Sequential, item: Value, node: Any, rebuild: bool = True
) -> None:
    """Put a layer on a stack; one that is unknown leaves the stack incomplete."""
    if not isinstance(item, (Layer, Tensor, Unknown)) and not surely_no_layer(item):
        item = run.unknown(f"whether {describe(item)} is a layer", node)
    if isinstance(item, Tensor) and item.call is None and isinstance(item.shape, Unranked):
        item = Unknown(item.shape.reason)
    if isinstance(item, Unknown):
        run.gap("unknown", item.reason, item.span)
        add_unfollowed(model, item.reason, item.span or run.span(node))
        return
    layer = item.call.layer if isinstance(item, Tensor) and item.call is not None else item
    span = layer.span if isinstance(layer, Layer) else None
    whole = run.span(node)
    # Of a list, the layer at fault; one that is made elsewhere is refused where it is put on.
    place = span if span is not None and whole is not None and whole.covers(span) else whole
    # Of a model, too, what is amiss is where it is put and not where it is made.
    at = place if isinstance(layer, Network) else span or whole
    guarded(
        run,
        lambda: model.add(item, span=at, rebuild=rebuild),
        node,
        "Sequential.add",
        place=place,
        layer=layer if isinstance(layer, Layer) else None,
    )
    if not isinstance(item, (Layer, Tensor)):
        # It is refused; what the layer that is meant would make of its input is not known.
        add_unfollowed(model, f"{describe(item)}{REFUSED}", whole)


@methods(Sequential, "add", unknowns=True)
def sequential_add(
    run: Interpreter,
    model: Sequential,
    layer: Value,
    rebuild: Value = True,
    *,
    node: Any = None,
    **others: Value,
) -> None:
    run.effect()
    # Such as the arguments of a layer whose parenthesis was closed too early.
    refuse_unknown_keywords(run, others, (), argument_spans(run, None, node), node, "add")
    add_layer(run, model, layer, node, rebuild=run.truth(rebuild) is not False)


@methods(Sequential, "pop")
def sequential_pop(
    run: Interpreter, model: Sequential, rebuild: Value = True, *, node: Any = None
) -> Value:
    run.effect()
    if model.layers and isinstance(model.layers[-1], Unfollowed):
        return run.unknown("the last layer of a stack that could not be followed")
    return model.pop(run.truth(rebuild) is not False) if model.layers else None


@methods(Sequential, "build", unknowns=True)
def sequential_build(
    run: Interpreter, model: Sequential, input_shape: Value = None, *, node: Any = None
) -> None:
    shape = _shape_of_value(run, input_shape)
    if shape is not None:
        guarded(run, lambda: model.build(shape), node, "build")


def _shape_of_value(run: Interpreter, value: Value) -> Any:
    value = certain(run, value)
    if isinstance(value, (list, tuple)) and first_unknown([value]) is None:
        return tuple(value)
    return None


@models("keras.models.Model", unknowns=True)
def functional(run: Interpreter, *args: Value, node: Any = None, **kwargs: Value) -> Value:
    run.effect()
    # Keras 1 and 2: Model(input=…, output=…).
    older = {"input": "inputs", "output": "outputs"}
    note_keywords(run, "Model", node, older)
    kwargs = {older.get(k, k): v for k, v in kwargs.items()}
    given = {**dict(zip(_MODEL_ARGUMENTS, args, strict=False)), **kwargs}
    spans = argument_spans(run, None, node, _MODEL_ARGUMENTS)
    inputs, outputs = (certain(run, given.get(w), spans.get(w)) for w in ("inputs", "outputs"))
    for value in (inputs, outputs):
        if not list(tensors_of(value)) and not surely_no_tensor(value):
            lost = first_unknown([value])
            reason = f"the tensors in {describe(value)}" if lost is None else _lost(lost)
            span = run.span(node) if lost is None else lost.span
            run.gap("unknown", reason, span)
            return Unknown(reason, span)
    unknown = first_unknown([inputs, outputs])
    if unknown is not None:
        run.gap("unknown", _lost(unknown), unknown.span)
        if not list(tensors_of(outputs)) or not list(tensors_of(inputs)):
            return Unknown(unknown.reason, unknown.span)
        outputs = _known_tensors(outputs)
        inputs = _known_tensors(inputs)
    trainable = given.get("trainable")
    if isinstance(trainable, Unknown):
        trainable = settle(run, trainable, keyword_of(node, "trainable"))
    try:
        model = Functional(inputs, outputs, name=given.get("name"), trainable=trainable)
    except Refusal as refusal:
        run.refuse(refusal, run.span(node), arguments=spans, subject="Model")
        return Unknown("the model is refused", run.span(node))
    if unknown is not None:
        model.incomplete = unknown.reason
    model.__dict__["span"] = run.span(node)
    record_model(run, model, node)
    return model


def _lost(unknown: Unknown) -> str:
    """Why a model is not known, also where its tensors are parameters of nobody's call."""
    of_nobody = unknown.reason.startswith(Parameter.PREFIX)
    return f"the tensors of a model are {unknown.reason}" if of_nobody else unknown.reason


def _known_tensors(value: Value) -> Value:
    if isinstance(value, (list, tuple)):
        return [v for v in value if not isinstance(v, Unknown)]
    if isinstance(value, dict):
        return {key: v for key, v in value.items() if not isinstance(v, Unknown)}
    return value


@models("keras.models.clone_model", unknowns=True)
def clone(run: Interpreter, model: Value, *args: Value, node: Any = None, **kw: Value) -> Value:
    if not isinstance(model, Network) or args or kw:
        return run.unknown("a copy of a model that is not known", node)
    from shapecalc.graph.cloning import clone_model

    copy = guarded(run, lambda: clone_model(model), node, "clone_model", run.unknown("no copy"))
    if isinstance(copy, Network) and copy is not model:
        copy.__dict__["span"] = run.span(node)
        record_model(run, copy, node)
    return copy


@methods(Network, "save", unknowns=True)
def save(run: Interpreter, model: Network, path: Value = None, *rest: Value, **kw: Value) -> None:
    if isinstance(path, str):
        run.touch(run.saved_models)
        run.saved_models[path] = model


@models("keras.models.save_model", "keras.saving.save_model", unknowns=True)
def save_model(run: Interpreter, model: Value, path: Value = None, **kwargs: Value) -> None:
    if isinstance(model, Network):
        save(run, model, path)


@models("keras.models.load_model", "keras.saving.load_model", unknowns=True)
def load_model(
    run: Interpreter, path: Value = None, *args: Value, node: Any = None, **kwargs: Value
) -> Value:
    """A model that the program saved before is known; another file's is not."""
    saved = run.saved_models.get(path) if isinstance(path, str) else None
    if saved is None:
        return run.unknown("a model that is read from a file", node)
    loaded = clone(run, saved, node=node)
    run.touch(run.compiled)
    run.compiled[id(loaded)] = run.unknown("what the file says of its compilation")
    return loaded


@models("keras.models.model_from_json", "keras.models.model_from_yaml", unknowns=True)
def model_from_text(run: Interpreter, *args: Value, node: Any = None, **kwargs: Value) -> Value:
    return run.unknown("a model that is read from a text", node)


CONSTANTS["keras.backend.tensorflow_backend"] = LibraryName("keras.backend")
CONSTANTS["keras.__version__"] = "3.15.1"
CONSTANTS["tensorflow.__version__"] = "2.21.0"


def library_object(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Objects that bear on training only, such as optimizers, losses and initializers."""
    root = ".".join(path.split(".")[:2])
    if path[len(root) + 1 :][:1].islower() and next(tensors_of((args, kwargs)), None) is not None:
        # A function such as `keras.losses.binary_crossentropy` computes with them.
        return None
    if root in _OBJECT_ROOTS:
        if root == "keras.optimizers":
            note_keywords(run, path.rpartition(".")[2], node, {"lr": "learning_rate"})
        return LibraryObject(path, args, kwargs)
    return None


FACTORIES.append(library_object)

"""How models are compiled and run: recorded for the checks of the training contract."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import BATCH
from shapecalc.frontends.python.call_arguments import argument_spans
from shapecalc.frontends.python.construction import call_layer_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.recording import record_use
from shapecalc.frontends.python.spellings import note_bare, note_keywords, note_method
from shapecalc.frontends.python.values import DataStream, LibraryName, LibraryObject, Value
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor, map_tensors
from shapecalc.graph.training import (
    Compilation,
    DataUse,
    Objective,
    holds_lists,
    holds_texts,
    takes_numbers,
)
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim
from shapecalc.source import Span

LIBRARIES = ("keras",)

# The parameters of Keras's methods, in order.
_COMPILE = (
    "optimizer", "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly",
    "steps_per_execution", "jit_compile", "auto_scale_loss",
)  # fmt: skip
_DATA_METHODS = {
    "fit": (
        "x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split",
        "validation_data", "shuffle", "class_weight", "sample_weight", "initial_epoch",
        "steps_per_epoch", "validation_steps", "validation_batch_size", "validation_freq",
    ),
    "evaluate": ("x", "y", "batch_size", "verbose", "sample_weight", "steps", "callbacks"),
    "predict": ("x", "batch_size", "verbose", "steps", "callbacks"),
    "train_on_batch": ("x", "y", "sample_weight", "class_weight", "return_dict"),
    "test_on_batch": ("x", "y", "sample_weight", "return_dict"),
    "predict_on_batch": ("x",),
    # Keras 1 and 2:
    "fit_generator": ("x", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data"),
    "evaluate_generator": ("x", "steps"),
    "predict_generator": ("x", "steps"),
    "predict_classes": ("x", "batch_size", "verbose"),
    "predict_proba": ("x", "batch_size", "verbose"),
}  # fmt: skip
_OBJECTIVES = ("keras.losses.", "keras.metrics.", "keras.optimizers.")
# Old keywords of theirs, and today's.
_OLDER = {"nb_epoch": "epochs", "generator": "x", "samples_per_epoch": "steps_per_epoch"}
# Methods that are gone, what does the same today, and whether on the same arguments.
_GONE = {
    "fit_generator": ("fit", True),
    "evaluate_generator": ("evaluate", True),
    "predict_generator": ("predict", True),
    "predict_proba": ("predict", True),
    "predict_classes": ("the place of the largest number of `predict`", False),
}

# What a model's class may replace, so that its loss is not used as Keras uses it.
_STEPS = ("compile", "train_step", "test_step", "compute_loss", "fit", "train_on_batch")


def _given(
    run: Interpreter,
    names: tuple[str, ...],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: Any,
) -> tuple[dict[str, Value], dict[str, Span]]:
    """The arguments of a call and where they stand, by today's names."""
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    spans = argument_spans(run, None, node, names)
    return (
        {_OLDER.get(name, name): value for name, value in given.items()},
        {_OLDER.get(name, name): span for name, span in spans.items()},
    )


# --- compile -----------------------------------------------------------------------------------


@methods(Network, "compile", unknowns=True)
def compile_model(
    run: Interpreter, model: Network, *args: Value, node: Any = None, **kwargs: Value
) -> None:
    given, spans = _given(run, _COMPILE, args, kwargs, node)
    if _names_objectives(given.get("loss_weights")):
        # Keras 1 and 2: compile(optimizer, loss, metrics).
        given["metrics"] = given.pop("loss_weights")
        spans["metrics"] = spans.pop("loss_weights", run.span(node) or _nowhere())
    for name in ("optimizer", "loss", "metrics", "weighted_metrics"):
        if name in given:
            given[name] = objective_of(given[name])
    for name in ("metrics", "weighted_metrics"):
        bare = given.get(name)
        if isinstance(bare, Objective) and not bare.own:
            note_bare(run, node, name, _COMPILE.index(name))
            given[name] = [bare]
    span = run.span(node) or run.here() or _nowhere()
    use = Compilation(model, given, span, spans, _overridden(model))
    run.touch(run.compiled)
    run.compiled[id(model)] = use
    record_use(run, use)


def _nowhere() -> Span:
    return Span(1, 1, 1, 1)


def _names_objectives(value: Value) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return isinstance(items, (list, tuple, type({}.values()))) and any(
        isinstance(item, (str, LibraryName, LibraryObject)) for item in items
    )


def objective_of(value: Value) -> Any:
    """A loss, metric or optimizer as checks see it; within lists and dicts likewise."""
    if value is None or isinstance(value, Unknown):
        return value
    if isinstance(value, (list, tuple)):
        return [objective_of(item) for item in value]
    if isinstance(value, dict):
        return {key: objective_of(item) for key, item in value.items()}
    if isinstance(value, str):
        return Objective(value, text=True)
    path = getattr(value, "path", "")
    if not path.startswith(_OBJECTIVES):
        return Objective(None)
    name = path.rpartition(".")[2]
    if isinstance(value, LibraryObject):
        if name in ("get", "deserialize"):
            return objective_of(value.args[0]) if value.args else Objective(None)
        return Objective(name, True, value.args, value.kwargs)
    return Objective(name)


def _overridden(model: Network) -> frozenset[str]:
    cls = model.__dict__.get("cls")
    if cls is None:
        return frozenset()
    return frozenset(name for name in _STEPS if cls.lookup(name) is not None)


# --- what takes data ---------------------------------------------------------------------------


def _data_method(name: str, names: tuple[str, ...]) -> Any:
    def method(
        run: Interpreter, model: Network, *args: Value, node: Any = None, **kwargs: Value
    ) -> Value:
        given, spans = _given(run, names, args, kwargs, node)
        _note_spelling(run, name, names, node)
        batched = name.endswith("_on_batch")
        _prepare(run, given)
        if isinstance(given.get("x"), DataStream):
            batched = True
            if "train_step" not in _overridden(model):
                _refuse_beside_stream(run, name, given, spans, node)
            _open(given)
        held_out = given.get("validation_data")
        if isinstance(held_out, DataStream):
            given["validation_data"] = _parts(held_out)
        # What a training step of the program's own makes of several streams is its own matter.
        apart = batched and given.get("y") is not None and "train_step" in _overridden(model)
        if not model.built and not apart:
            build_from_data(run, model, given.get("x"))
        if "cls" in model.__dict__ and name in ("fit", "fit_generator", "train_on_batch"):
            from shapecalc.frontends.python.training_steps import train

            train(run, model, given)
        span = run.span(node) or run.here() or _nowhere()
        compilation = run.compiled.get(id(model))
        record_use(
            run, DataUse(model, name, given, span, spans, compilation=compilation, batched=batched)
        )
        escape(run, given.get("callbacks"))
        if name in ("predict", "predict_on_batch"):
            return _prediction(run, model, given.get("x"))
        return run.unknown("what is known only when the network runs")

    return method


# What a program gives beside a stream for sure.
_DATA = (Tensor, DataStream)


def _note_spelling(run: Interpreter, method: str, names: tuple[str, ...], node: Any) -> None:
    note_keywords(run, method, node, _OLDER)
    if method in _GONE:
        todays, alike = _GONE[method]
        known = {*_DATA_METHODS.get(todays, ()), *_OLDER}
        alike = alike and all(keyword.arg in known for keyword in getattr(node, "keywords", ()))
        note_method(run, node, method, todays, alike=alike)


def _prepare(run: Interpreter, given: dict[str, Value]) -> None:
    """Take tables for arrays, and what hands out batches for a stream."""
    if all(isinstance(given.get(part), (Tensor, type(None))) for part in ("x", "y")):
        return
    from shapecalc.frontends.python.library.arrays import without_labels
    from shapecalc.frontends.python.library.data_streams import stream_of

    for part in ("x", "y"):
        if part in given:
            given[part] = without_labels(run, given[part])
    if not isinstance(given.get("x"), (Tensor, type(None))):
        given["x"] = stream_of(run, given["x"])


def _refuse_beside_stream(
    run: Interpreter, method: str, given: dict[str, Value], spans: dict[str, Span], node: Any
) -> None:
    """Report arguments that Keras takes of arrays only."""
    held_out = given.get("validation_split") if given.get("validation_data") is None else None
    found = [
        (part, "has to be in them", "let it yield inputs, labels and weights together")
        for part in ("y", "sample_weight")
        if isinstance(given.get(part), _DATA)
    ]
    if isinstance(held_out, (int, float)) and held_out > 0:
        way = "give a second stream as validation_data"
        found.append(("validation_split", "parts arrays only", way))
    for argument, what, way in found:
        message = f"`x` hands out batches by itself, and `{argument}` {what}"
        refusal = InvalidArgument(message, argument=argument, help=way)
        run.refuse(refusal, run.span(node), arguments=spans, subject=method)


def _open(given: dict[str, Value]) -> None:
    """Put what a stream hands out in the place of the stream."""
    given.update(zip(("x", "y", "sample_weight"), _parts(given["x"]), strict=False))


def _parts(stream: DataStream) -> tuple[Value, ...]:
    """What a stream hands out: inputs, and labels and weights where it has some."""
    element = stream.element
    return element if isinstance(element, tuple) else (element,)


def _prediction(run: Interpreter, model: Network, x: Value) -> Value:
    first = x if isinstance(x, Tensor) else None
    known = first is not None and isinstance(first.shape, tuple) and first.shape
    if not model.built or model.incomplete or not known:
        return run.unknown("what is known only when the network runs")
    assert first is not None
    rows = first.shape[0] if isinstance(first.shape, tuple) else unknown_dim("the samples")

    def predicted(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        if isinstance(shape, Unranked) or not shape:
            return Tensor(shape, tensor.dtype)
        return Tensor((rows, *shape[1:]), tensor.dtype)

    return map_tensors(predicted, model.output_structure)


for _name, _names in _DATA_METHODS.items():
    methods(Network, _name, unknowns=True)(_data_method(_name, _names))


def build_from_data(run: Interpreter, model: Network, x: Value) -> None:
    """Build a model that has no input shape yet from the data that it is given."""
    data = [v for v in (x if isinstance(x, (list, tuple)) else [x]) if isinstance(v, Tensor)]
    nested = isinstance(x, (list, tuple))
    if any(map(holds_texts, data)) and takes_numbers(model):
        return  # Keras refuses them, and builds nothing.
    if not data or (nested and len(data) != len(x)):
        return
    tensors = [
        Tensor((BATCH, *t.shape[1:]), t.dtype, symbolic=True)
        for t in data
        if isinstance(t.shape, tuple) and t.shape and not holds_lists(t)
    ]
    if len(tensors) == len(data):
        run.effect()
        call_layer_value(run, model, (tensors if nested else tensors[0],), {}, None)


def escape(run: Interpreter, value: Value) -> None:
    """What a library keeps and runs later may change: forget what such objects hold."""
    items = value if isinstance(value, (list, tuple)) else [value]
    for item in items:
        if isinstance(item, Instance):
            run.touch(item.attributes)
            for name, held in item.attributes.items():
                if isinstance(held, (list, dict, set, int, float)):
                    item.attributes[name] = run.unknown("what a callback collects")


@methods(Layer, "add_loss", "add_metric", unknowns=True)
def add_loss(run: Interpreter, layer: Layer, *args: Value, **kwargs: Value) -> None:
    return None

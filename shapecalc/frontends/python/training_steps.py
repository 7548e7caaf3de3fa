"""What a model's own training step makes: Keras runs it in `fit`, and builds what it calls."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import BATCH
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_layers import ProgramLayer
from shapecalc.frontends.python.values import Raised, Value, first_unknown
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor, map_tensors
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer
from shapecalc.layers.nesting import layers_within
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unranked


def train(run: Interpreter, model: Network, given: dict[str, Value]) -> None:
    """Run the step of a model whose class has one of its own, where that may build a layer.

    Args:
        run: the run.
        model: the model.
        given: the arguments of `fit` by name; streams opened into `x` and `y`.
    """
    if not isinstance(model, ProgramLayer):
        return
    lookup = model.__dict__["cls"].lookup
    own_step = lookup("train_step") is not None
    if not own_step and not (model.built and lookup("compute_loss") is not None):
        return
    if any(map(_is_open, _inner_layers(model))):
        data = _batch_of(given)
        followed = data is not None and _run_step(run, model, data, own_step=own_step)
        if not followed and any(map(_is_open, _inner_layers(model))):
            model.incomplete = "a layer that only its training step may build"
    model.__dict__["_trained"] = own_step


def _inner_layers(model: Network) -> list[Layer]:
    return [inner for _, inner in layers_within(model) if inner is not model]


def _is_open(layer: Layer) -> bool:
    """Whether a layer may get weights yet."""
    if isinstance(layer, Network):
        return not layer.built and not layer.says_built
    return layer.weights is None and not is_input(layer)


def _batch_of(given: dict[str, Value]) -> Value:
    """What the step is given: inputs, or inputs and labels; None where it is not known."""
    parts = [given[part] for part in ("x", "y", "sample_weight") if given.get(part) is not None]
    if not parts or first_unknown(parts) is not None:
        return None
    batch: list[Value] = [map_tensors(_sample_of, part) for part in parts]
    return batch[0] if len(batch) == 1 else tuple(batch)


def _sample_of(tensor: Tensor) -> Tensor:
    # As data: what a step computes with it is no part of a network.
    shape = tensor.shape
    if isinstance(shape, Unranked) or not shape:
        return Tensor(shape, tensor.dtype)
    return Tensor((BATCH, *shape[1:]), tensor.dtype)


def _run_step(run: Interpreter, model: ProgramLayer, data: Value, *, own_step: bool) -> bool:
    """Run a step for the layers that it builds; what it computes is not asked for.

    Returns:
        Whether it came to its end.
    """
    run.effect()
    session = current_session()
    outer, session.tracer = session.tracer, []
    gaps = run.program.gaps
    known = len(gaps)
    try:
        if own_step:
            run.call(run.attribute(model, "train_step"), (data,))
        else:
            run.call(run.attribute(model, "compute_loss"), (), _loss_arguments(model, data))
    except (Raised, UndecidedError):
        return False
    finally:
        session.tracer = outer
        # Losses and gradients that are not followed leave the layers as they are.
        del gaps[known:]
    return True


def _loss_arguments(model: ProgramLayer, data: Value) -> dict[str, Any]:
    x, y = (*data, None)[:2] if isinstance(data, tuple) else (data, None)
    outputs = model.output_structure
    return {"x": x, "y": y, "y_pred": outputs, "sample_weight": None, "training": True}

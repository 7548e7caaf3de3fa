"""How `keras.applications` scales images: `preprocess_input`, by the model that they are for."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.library.tensor_operations import apply_rule
from shapecalc.frontends.python.operators import get_item
from shapecalc.frontends.python.values import Value
from shapecalc.graph.tensor import Tensor
from shapecalc.ops import op_for
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unranked

LIBRARIES = ("keras.applications",)

_MODES = {
    "caffe": ("imagenet_utils", "resnet", "resnet50", "vgg16", "vgg19"),
    "tf": (
        "inception_resnet_v2", "inception_v3", "mobilenet", "mobilenet_v2", "nasnet", "resnet_v2",
        "xception",
    ),
    "torch": ("densenet",),
    # Their models scale the images themselves.
    "": ("convnext", "efficientnet", "efficientnet_v2", "mobilenet_v3"),
}  # fmt: skip


def _scaling(default: str) -> Any:
    def preprocess_input(
        run: Interpreter, x: Value, data_format: Value = None, mode: Value = default
    ) -> Value:
        if not mode:
            return x
        if not isinstance(x, Tensor) or isinstance(x.shape, Unranked):
            return x
        if not x.symbolic:
            return Tensor(x.shape, "float32")
        return _scaled(run, x, data_format or current_session().data_format, mode)

    return preprocess_input


def _scaled(run: Interpreter, x: Tensor, data_format: str, mode: str) -> Value:
    """The operations that Keras puts into the network."""
    if mode == "tf":
        return _apply(run, "subtract", _apply(run, "true_divide", x, 127.5), 1.0)
    rank = len(x.shape)  # type: ignore[arg-type]
    axis = rank - 1 if data_format == "channels_last" else rank - 3
    spread = [1] * rank
    spread[axis] = 3
    if mode == "torch":
        scaled = _apply(run, "true_divide", x, 255.0)
        centred = _apply(run, "add", scaled, Tensor(tuple(spread), x.dtype))
        return _apply(run, "true_divide", centred, Tensor(tuple(spread), x.dtype))
    whole = slice(None)
    channels = [
        get_item(run, x, (*(whole for _ in range(axis)), place), run.node) for place in (2, 1, 0)
    ]
    turned = apply_rule(run, op_for("keras.ops.stack"), (channels,), {"axis": axis}, run.node)
    return _apply(run, "add", turned, Tensor(tuple(spread), x.dtype))


def _apply(run: Interpreter, name: str, *operands: Value) -> Value:
    return apply_rule(run, op_for(f"keras.ops.{name}"), operands, {}, run.node)


for _mode, _families in _MODES.items():
    for _family in _families:
        models(f"keras.applications.{_family}.preprocess_input")(_scaling(_mode))

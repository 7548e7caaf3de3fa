"""The step of a convolution that a class of the program may call on its own, or replace."""

from __future__ import annotations

from collections.abc import Callable

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import LibraryName, Native, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer

# What Keras calls the step.
CONVOLUTION = "convolution_op"

_CONVOLUTIONS = frozenset({"Conv1D", "Conv2D", "Conv3D"})
_OPTIONS = ("strides", "padding", "data_format", "dilation_rate")


def is_convolution(kept: Layer) -> bool:
    """Whether a layer of Keras's own has such a step."""
    return type(kept).__name__ in _CONVOLUTIONS


def replaces_convolution(layer: Layer, kept: Layer) -> bool:
    """Whether a layer of the program has a step of its own for that of the layer it keeps."""
    return is_convolution(kept) and layer.__dict__["cls"].lookup(CONVOLUTION) is not None


def convolution_of(run: Interpreter, kept: Layer) -> Native:
    """The step of Keras's own: the inputs and a kernel, convolved as the layer's arguments say."""

    def step(inputs: Value, kernel: Value) -> Value:
        options = {name: getattr(kept, name) for name in _OPTIONS}
        return run.call(LibraryName("keras.ops.conv"), (inputs, kernel), options)

    return Native(CONVOLUTION, step)


def convolve(
    run: Interpreter, layer: Layer, kept: Layer, inputs: Value, weight: Callable[[str], Value]
) -> Value:
    """What a convolution does with the step that the program has put in the place of its own.

    Args:
        run: the run.
        layer: the layer of the program.
        kept: the layer of Keras's own.
        inputs: what the layer is called on.
        weight: a weight of the layer's by its name.
    """
    outputs = run.call(run.attribute(layer, CONVOLUTION), (inputs, weight("kernel")))
    if getattr(kept, "use_bias", False) and isinstance(outputs, Tensor):
        outputs = run.call(LibraryName("keras.ops.add"), (outputs, weight("bias")))
    return outputs

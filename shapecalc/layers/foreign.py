"""Layers around what other frameworks compute, which no rule of ours can know.

They are known by name, so that the network around them is still followed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.unknown import UndecidedError, Unknown


class _Foreign(Layer):
    """A layer of which neither shapes nor weights are known."""

    holds: ClassVar[str]

    def infer(self, inputs: Any) -> Facts:
        raise UndecidedError(Unknown(f"{type(self).__name__} runs {self.holds}"))

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        # It takes any inputs and options.
        return self.infer(inputs)


@layer("keras.layers.TFSMLayer")
class TFSMLayer(_Foreign):
    """Run a saved model of TensorFlow; its shapes and weights are unknown."""

    holds = "a saved model of TensorFlow"
    last = ("trainable", "name", "dtype")

    filepath: object = argument.inert(argument.REQUIRED)
    call_endpoint: object = argument.inert("serve")
    call_training_endpoint: object = argument.inert()


@layer("keras.layers.JaxLayer")
class JaxLayer(_Foreign):
    """Run a function of JAX; its shapes and weights are unknown."""

    holds = "a function of JAX"

    call_fn: object = argument.inert(argument.REQUIRED)
    init_fn: object = argument.inert()
    params: object = argument.inert()
    state: object = argument.inert()
    seed: object = argument.inert()
    native_serialization_platforms: object = argument.inert()


@layer("keras.layers.FlaxLayer")
class FlaxLayer(_Foreign):
    """Run a module of Flax; its shapes and weights are unknown."""

    holds = "a module of Flax"

    module: object = argument.inert(argument.REQUIRED)
    method: object = argument.inert()
    variables: object = argument.inert()


@layer("keras.layers.TorchModuleWrapper")
class TorchModuleWrapper(_Foreign):
    """Run a module of PyTorch; its shapes and weights are unknown."""

    holds = "a module of PyTorch"

    module: object = argument.inert(argument.REQUIRED)
    name: Any = argument.inert()  # type: ignore[misc]
    output_shape: object = argument.inert()

"""Layers around other layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.dims import Shape
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.layers.recurrent import Recurrent
from shapecalc.rules import argument
from shapecalc.rules.facts import STATE, Facts, Inner, Weight
from shapecalc.rules.refusal import InvalidArgument, WindowTooLarge, WrongInputs
from shapecalc.rules.unknown import UndecidedError, Unknown


def accept_layer(value: Any, _owner: Any = None) -> Layer:
    """A layer.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, Layer):
        raise ValueError("a layer")
    return value


def known_layer(value: Any) -> Layer:
    """A layer that a rule needs to know.

    Raises:
        UndecidedError: it could not be followed.
    """
    if isinstance(value, Unknown):
        raise UndecidedError(value)
    assert isinstance(value, Layer)
    return value


class Wrapper(Layer):
    """Do something with the layer inside."""

    layer: Any

    def sublayers(self) -> Iterator[Layer]:
        return iter(() if isinstance(self.layer, Unknown) else (self.layer,))


@layer("keras.layers.TimeDistributed")
class TimeDistributed(Wrapper):
    """Apply one layer to each time step by itself."""

    takes = "B T ... C"

    layer: Any = argument.checked(accept_layer)

    def rank_help(self, shape: Shape) -> str | None:
        """A plain layer does for an input without time steps."""
        return f"without an axis of time steps, use the inner layer alone (rank {len(shape)})"

    def infer(self, inputs: Shape) -> Facts:
        inner = known_layer(self.layer)
        try:
            facts = inner.facts((inputs[0], *inputs[2:]))
        except WindowTooLarge as of_step:
            # A step has one axis less than the input, which is what the refusal is told of.
            raise of_step.moved(1) from None
        one_step = facts.output
        if not is_shape(one_step):
            raise WrongInputs(
                f"TimeDistributed takes a layer of one output; {inner.name} has several",
                argument="layer",
            )
        output = (one_step[0], inputs[1], *one_step[1:])
        return Facts(output, inner=(Inner(inner, facts, inputs[1]),))


def _accept_reader(value: Any, owner: Any) -> Layer | Unknown:
    inner = accept_layer(value, owner)
    if hasattr(inner, "trace"):
        # Keras makes two more of it from its `get_config`, which is the program's own code.
        return Unknown(f"what `get_config` of {inner.name} says")
    if "go_backwards" not in inner.arguments:
        raise ValueError("a recurrent layer")
    return inner


def _accept_other_reader(value: Any, owner: Any) -> Layer | Unknown | None:
    return None if value is None else _accept_reader(value, owner)


def _twin(original: Layer, **changes: Any) -> Layer:
    """A layer made with the same arguments, with weights of its own to come."""
    twin = object.__new__(type(original))
    state = twin.__dict__
    state.update(original.__dict__)
    state.update(_weights=None, inbound=[], **changes)
    state["_weights_train"] = original.hides_owners or state["_trainable"]
    for name in original.arguments:
        if isinstance(state[name], Layer):
            state[name] = _twin(state[name])
        elif isinstance(state[name], list):
            state[name] = [_twin(v) if isinstance(v, Layer) else v for v in state[name]]
    return twin


@layer("keras.layers.Bidirectional")
class Bidirectional(Layer):
    """Read a sequence forwards and backwards, and merge what the two layers say.

    Attributes:
        forward_layer: a twin of the layer given.
        backward_layer: the layer given for it, or a twin of the other that goes backwards.
    """

    takes = "B T ..."

    layer: Any = argument.checked(_accept_reader)
    merge_mode: str | None = argument.choice(
        "sum", "mul", "ave", "concat", None, default="concat", fold_case=False
    )
    weights: Any = argument.inert()
    backward_layer: Any = argument.checked(_accept_other_reader, None)

    def validate(self) -> None:
        given, backward = self.layer, self.backward_layer
        if isinstance(given, Unknown) or isinstance(backward, Unknown):
            return
        forward: Any = _twin(given, name=f"forward_{given.name.removeprefix('forward_')}")
        if backward is None:
            name = f"backward_{given.name.removeprefix('backward_')}"
            backward = _twin(given, name=name, go_backwards=True)
        if forward.go_backwards == backward.go_backwards:
            raise InvalidArgument(
                f"one layer must go backwards, the other not; both have "
                f"go_backwards={forward.go_backwards}",
                argument="layer" if self.backward_layer is None else "backward_layer",
            )
        for name in ("stateful", "return_sequences", "return_state"):
            ours, other = getattr(forward, name), getattr(backward, name)
            if ours != other:
                raise InvalidArgument(
                    f"`{name}` must be the same forwards and backwards, got {ours} and {other}",
                    argument="backward_layer",
                )
        self.__dict__.update(forward_layer=forward, backward_layer=backward)

    def sublayers(self) -> Iterator[Layer]:
        state = self.__dict__
        if "forward_layer" in state:
            yield state["forward_layer"]
            yield state["backward_layer"]

    # Keras checks an `initial_state` only when it runs.
    def infer(self, sequences: Shape, initial_state: Any = None) -> Facts:
        known_layer(self.layer)
        if isinstance(self.backward_layer, Unknown):
            raise UndecidedError(self.backward_layer)
        pair = list(self.sublayers())
        calls = [Inner(inner, inner.facts(sequences)) for inner in pair]
        made = calls[0].facts.output
        output, *states = made if isinstance(made, list) else [made]
        # Keras goes by the forward layer alone, here and for the states.
        if self.merge_mode == "concat":
            output = (*output[:-1], output[-1] * 2)
        merged = [output, output] if self.merge_mode is None else [output]
        every = [*merged, *states, *states]
        return Facts(every[0] if len(every) == 1 else every, inner=tuple(calls))


def _accept_iterations(value: Any, _owner: Any) -> Any:
    if not value > 0:
        raise ValueError("greater than zero")
    return value


@layer("keras.layers.SpectralNormalization")
class SpectralNormalization(Wrapper):
    """Hold the greatest singular value of the inner layer's kernel to one while training."""

    layer: Any = argument.checked(accept_layer)
    power_iterations: Any = argument.checked(_accept_iterations, 1)

    def infer(self, inputs: Shape) -> Facts:
        inner = known_layer(self.layer)
        facts = inner.facts(inputs)
        found = [w for w in facts.weights if w.name in ("kernel", "embeddings")]
        # The kernel of a recurrent layer belongs to its cell.
        if not found or isinstance(inner, Recurrent):
            raise InvalidArgument(
                f"{inner.name} has neither a `kernel` nor `embeddings` to normalize",
                argument="layer",
            )
        shape, dtype = (1, found[0].shape[-1]), found[0].dtype
        vector = Weight("vector_u", shape, role=STATE, trainable=False, dtype=dtype)
        return Facts(facts.output, (vector,), inner=(Inner(inner, facts),))

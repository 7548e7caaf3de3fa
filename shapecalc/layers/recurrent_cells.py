"""Recurrent cells: what a recurrent layer does at one time step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from shapecalc.dims import Dim, Shape, Symbolic, equal, show
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Inner, Weight
from shapecalc.rules.refusal import MismatchedShapes, WrongInputs, WrongRank, show_shape
from shapecalc.rules.requirement import require, require_defined

# What Keras 1 called the arguments of its recurrent layers.
KERAS_1 = {
    "output_dim": "units",
    "init": "kernel_initializer",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "b_regularizer": "bias_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
}


class Gated(Layer):
    """Join the input and the state before to every unit of every gate.

    Attributes:
        gates: how many times `units` numbers a step computes from input and state.
        states: how many states it hands to the next step.
    """

    older = KERAS_1
    gates: ClassVar[int]
    states: ClassVar[int] = 1

    units: Dim
    use_bias: bool

    def bias_shape(self) -> Shape:
        """The shape of the bias."""
        return (self.units * self.gates,)

    def step_weights(self, features: Dim, steps: Dim) -> tuple[Weight, ...]:
        """The weights, each used once a step."""
        width = self.units * self.gates
        weights = [
            Weight("kernel", (features, width), steps),
            Weight("recurrent_kernel", (self.units, width), steps),
        ]
        if self.use_bias:
            weights.append(Weight("bias", self.bias_shape(), steps, BIAS))
        return tuple(weights)


class GruBias(Gated):
    """The bias of a gated recurrent unit."""

    reset_after: bool

    def bias_shape(self) -> Shape:
        """One bias for the input, and one for the state where it is reset after the product."""
        width = self.units * self.gates
        return (2, width) if self.reset_after else (width,)


class Cell(Gated):
    """One step of a recurrent layer.

    Attributes:
        wants_list: whether its states must come as a list.
    """

    wants_list: ClassVar[bool] = False

    @property
    def state_size(self) -> Any:
        """The length of its state, or a list of several."""
        return self.units if self.states == 1 else [self.units] * self.states

    @property
    def output_size(self) -> Dim:
        """The length of its output."""
        return self.units

    def infer(self, inputs: Shape, states: Any) -> Facts:
        if not is_shape(inputs):
            raise WrongInputs(f"{type(self).__name__} takes one input tensor and its states")
        if len(inputs) != 2:
            raise WrongRank(inputs, "2 axes (B, C): one time step")
        require_defined(inputs, -1)
        given = [states] if is_shape(states) else list(states)
        if len(given) < self.states or (is_shape(states) and self.wants_list):
            raise WrongInputs(
                f"{type(self).__name__} takes a list of {self.states} states, got {len(given)}"
            )
        state = (inputs[0], self.units)
        for shape in given[: self.states]:
            refusal = MismatchedShapes(
                f"a state of shape {show_shape(shape)} does not fit {show(self.units)} units",
                [inputs, shape],
            )
            if len(shape) != 2:
                raise refusal
            require(equal(shape[1], self.units), refusal)
        new = state if is_shape(states) else [state] * self.states
        return Facts([state, new], self.step_weights(inputs[-1], 1))


@layer("keras.layers.SimpleRNNCell")
class SimpleRNNCell(Cell):
    """Compute the next state from the input and the state before."""

    gates = 1

    units: Dim = argument.size(symbol="u")
    activation: object = argument.activation("tanh")
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    recurrent_initializer: object = argument.initializer("orthogonal")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    recurrent_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    seed: object = argument.inert()


@layer("keras.layers.LSTMCell")
class LSTMCell(Cell):
    """Compute the next output and memory, with gates for input, forgetting and output."""

    gates = 4
    states = 2
    wants_list = True

    units: Dim = argument.size(symbol="u")
    activation: object = argument.activation("tanh")
    recurrent_activation: object = argument.activation("sigmoid")
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    recurrent_initializer: object = argument.initializer("orthogonal")
    bias_initializer: object = argument.initializer("zeros")
    unit_forget_bias: object = argument.flag(True)
    kernel_regularizer: object = argument.regularizer()
    recurrent_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    seed: object = argument.inert()
    implementation: object = argument.inert(2)


@layer("keras.layers.GRUCell")
class GRUCell(GruBias, Cell):
    """Compute the next state, with gates for update and reset."""

    gates = 3

    units: Dim = argument.size(symbol="u")
    activation: object = argument.activation("tanh")
    recurrent_activation: object = argument.activation("sigmoid")
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    recurrent_initializer: object = argument.initializer("orthogonal")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    recurrent_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    reset_after: bool = argument.flag(True)
    seed: object = argument.inert()
    implementation: object = argument.inert(2)


def accept_cell(value: Any, _owner: Any = None) -> Any:
    """A recurrent cell.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, Layer) or not hasattr(value, "state_size"):
        raise ValueError("a recurrent cell, a layer with a `state_size`")
    return value


def _accept_cells(value: Any, owner: Any) -> list[Any]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError("a list of recurrent cells")
    return [accept_cell(cell, owner) for cell in value]


@layer("keras.layers.StackedRNNCells")
class StackedRNNCells(Layer):
    """Hand the output of each cell to the next, within one time step."""

    cells: list[Any] = argument.checked(_accept_cells)

    def sublayers(self) -> Iterator[Layer]:
        return iter(self.cells)

    @property
    def state_size(self) -> list[Any]:
        """The state size of each cell."""
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self) -> Dim:
        """The length of its output."""
        size: Dim = self.cells[-1].output_size
        return size

    def infer(self, inputs: Shape, states: Any) -> Facts:
        if is_shape(states) or len(states) < len(self.cells):
            raise WrongInputs(
                f"{self.name} takes a list of the states of its {len(self.cells)} cells"
            )
        new: list[Any] = []
        inner: list[Inner] = []
        for cell, state in zip(self.cells, states, strict=False):
            facts = cell.facts(inputs, [state] if is_shape(state) else state)
            inputs, made = facts.output
            new.append(made[0] if is_shape(state) else made)
            inner.append(Inner(cell, facts))
        kept = [c.compute_dtype for c in self.cells for _ in range(getattr(c, "states", 1))]
        return Facts(
            [inputs, new[0] if len(new) == 1 else new],
            dtype=[self.cells[-1].compute_dtype, *kept],
            inner=tuple(inner),
        )


def state_shapes(batch: Dim, size: Any) -> Any:
    """The shapes of states of a (nested) size."""
    if isinstance(size, (int, Symbolic)):
        return (batch, size)
    return [state_shapes(batch, part) for part in size]

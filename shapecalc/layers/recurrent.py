"""Recurrent layers: a cell applied at each time step of a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.dims import Dim, Shape
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.layers.recurrent_cells import (
    Gated,
    GruBias,
    StackedRNNCells,
    accept_cell,
    state_shapes,
)
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts, Inner
from shapecalc.rules.refusal import InvalidArgument, WrongRank
from shapecalc.rules.requirement import require_defined, shown_as_none
from shapecalc.rules.unknown import UndecidedError, Unknown


class Recurrent(Layer):
    """Read a sequence step by step."""

    takes = "B T C"

    return_sequences: bool
    return_state: bool
    stateful: bool

    def rank_help(self, shape: Shape) -> str | None:
        """An input without time steps mostly comes from a layer that returned but its last."""
        if len(shape) != 2:
            return "a recurrent layer reads a sequence: (batch, time steps, features)"
        return (
            "a recurrent layer reads a sequence: (batch, time steps, features); a recurrent "
            "layer before it hands one on with return_sequences=True"
        )

    def _check_stateful(self, batch: Dim) -> None:
        """Hold a layer that keeps its state from batch to batch to a batch size."""
        if self.stateful and shown_as_none(batch):
            raise InvalidArgument(
                "`stateful=True` needs a fixed batch size, but the input's is None",
                argument="stateful",
                help="give the input a `batch_size` or a `batch_shape`",
            )

    def _outputs(self, sequences: Shape, size: Dim, states: list[Any]) -> Any:
        """All steps or the last one, with the final states if they are asked for."""
        batch, steps = sequences[:2]
        output = (batch, steps, size) if self.return_sequences else (batch, size)
        return [output, *states] if self.return_state else output


class GatedRecurrent(Recurrent, Gated):
    """Read a sequence step by step with the gates of one cell."""

    # Keras checks an `initial_state` only when it runs, and so the shapes do not hang on it.
    def infer(self, sequences: Shape, initial_state: Any = None) -> Facts:
        batch, steps, features = sequences
        require_defined(sequences, -1)
        self._check_stateful(batch)
        states = [(batch, self.units)] * self.states
        output = self._outputs(sequences, self.units, states)
        return Facts(output, self.step_weights(features, steps))


@layer("keras.layers.SimpleRNN")
class SimpleRNN(GatedRecurrent):
    """Feed the output of each time step back into the next."""

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
    activity_regularizer: object = argument.inert()  # Keras drops it unseen
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    return_sequences: bool = argument.flag(False)
    return_state: bool = argument.flag(False)
    go_backwards: bool = argument.flag(False)
    stateful: bool = argument.flag(False)
    unroll: object = argument.flag(False)
    seed: object = argument.inert()
    zero_output_for_mask: object = argument.inert(False)


def _accept_cudnn(value: Any, _owner: Any) -> Any:
    if value not in ("auto", True, False):
        raise ValueError("'auto', True or False")
    return value


@layer("keras.layers.LSTM")
class LSTM(GatedRecurrent):
    """Carry a memory from step to step, with gates for input, forgetting and output."""

    gates = 4
    states = 2

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
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    seed: object = argument.inert()
    return_sequences: bool = argument.flag(False)
    return_state: bool = argument.flag(False)
    go_backwards: bool = argument.flag(False)
    stateful: bool = argument.flag(False)
    unroll: object = argument.flag(False)
    use_cudnn: object = argument.checked(_accept_cudnn, "auto")
    implementation: object = argument.inert(2)
    zero_output_for_mask: object = argument.inert(False)


@layer("keras.layers.GRU")
class GRU(GruBias, GatedRecurrent):
    """Carry a state from step to step, with gates for update and reset."""

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
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    dropout: float = argument.number(0.0)
    recurrent_dropout: float = argument.number(0.0)
    seed: object = argument.inert()
    return_sequences: bool = argument.flag(False)
    return_state: bool = argument.flag(False)
    go_backwards: bool = argument.flag(False)
    stateful: bool = argument.flag(False)
    unroll: object = argument.flag(False)
    reset_after: bool = argument.flag(True)
    use_cudnn: object = argument.checked(_accept_cudnn, "auto")
    implementation: object = argument.inert(2)
    zero_output_for_mask: object = argument.inert(False)


def _accept_cells(value: Any, owner: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return StackedRNNCells(list(value))
    return accept_cell(value, owner)


@layer("keras.layers.RNN")
class RNN(Recurrent):
    """Apply a cell, or a stack of cells, at each time step."""

    takes = "B T ..."

    cell: Any = argument.checked(_accept_cells)
    return_sequences: bool = argument.flag(False)
    return_state: bool = argument.flag(False)
    go_backwards: bool = argument.flag(False)
    stateful: bool = argument.flag(False)
    unroll: object = argument.flag(False)
    zero_output_for_mask: object = argument.inert(False)

    def sublayers(self) -> Iterator[Layer]:
        return iter(() if isinstance(self.cell, Unknown) else (self.cell,))

    def infer(self, sequences: Shape, initial_state: Any = None) -> Facts:
        if isinstance(self.cell, Unknown):
            raise UndecidedError(self.cell)
        batch, steps = sequences[:2]
        one_step = (batch, *sequences[2:])
        if len(sequences) == 2 and shown_as_none(batch):
            # Keras takes the batch axis for the features, and finds None.
            raise WrongRank(sequences, "3 axes (B, T, C)", help=self.rank_help(sequences))
        self._check_stateful(batch)
        size = self.cell.state_size
        states = state_shapes(batch, size)
        if isinstance(self.cell.output_size, (list, tuple)):
            raise InvalidArgument(
                f"the cell's `output_size` must be an integer, got {self.cell.output_size!r:.100}",
                argument="cell",
            )
        single = is_shape(states)
        facts = self.cell.facts(one_step, [states] if single else states)
        output = self._outputs(sequences, self.cell.output_size, [states] if single else states)
        return Facts(output, inner=(Inner(self.cell, facts, steps),))


class CuDNN(GatedRecurrent):
    """A recurrent layer of Keras 2 that only a GPU could run, with two biases for each unit."""

    use_bias = True

    units: Dim = argument.size(symbol="u")
    kernel_initializer: object = argument.initializer("glorot_uniform")
    recurrent_initializer: object = argument.initializer("orthogonal")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    recurrent_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    recurrent_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    return_sequences: bool = argument.flag(False)
    return_state: bool = argument.flag(False)
    go_backwards: bool = argument.flag(False)
    stateful: bool = argument.flag(False)

    def bias_shape(self) -> Shape:
        """One bias for the input and one for the state."""
        return (self.units * self.gates * 2,)


@layer("keras.layers.CuDNNLSTM")
class CuDNNLSTM(CuDNN):
    """Carry a memory from step to step, with gates for input, forgetting and output."""

    gates = 4
    states = 2

    unit_forget_bias: object = argument.flag(True)

    first = (
        "units", "kernel_initializer", "recurrent_initializer", "bias_initializer",
        "unit_forget_bias",
    )  # fmt: skip


@layer("keras.layers.CuDNNGRU")
class CuDNNGRU(CuDNN):
    """Carry a state from step to step, with gates for update and reset."""

    gates = 3

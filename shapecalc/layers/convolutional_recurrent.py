"""Convolutional LSTMs: one body for one, two and three spatial axes."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, product, taps
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.convolution import refuse_dilated_strides
from shapecalc.layers.layer import layer
from shapecalc.layers.recurrent import Recurrent
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.requirement import require_defined


class ConvLSTM(Recurrent):
    """Read a sequence of grids with an LSTM whose products are convolutions."""

    hides_owners = True

    filters: Dim = argument.size(symbol="f", least=0)
    kernel_size: Shape = argument.window(symbol="k")
    strides: Shape = argument.window(1, symbol="s")
    padding: str = argument.padding("valid")
    data_format: str = argument.data_format()
    dilation_rate: Shape = argument.window(1, symbol="d")
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
    zero_output_for_mask: object = argument.inert(False)

    def validate(self) -> None:
        refuse_dilated_strides(self.strides, self.dilation_rate)

    # Keras checks an `initial_state` only when it runs.
    def infer(self, sequences: Shape, initial_state: Any = None) -> Facts:
        batch, steps = sequences[:2]
        for axis in range(2, len(sequences)):
            require_defined(sequences, axis)
        self._check_stateful(batch)
        _, space, channels = split_axes((batch, *sequences[2:]), self.data_format)
        windows = (space, self.kernel_size, self.strides, self.dilation_rate)
        first_axis = first_spatial_axis(self.data_format) + 1
        places = slide_all(*windows, self.padding, argument="kernel_size", first_axis=first_axis)
        state = join_axes(batch, places, self.filters, self.data_format)
        output = (batch, steps, *state[1:]) if self.return_sequences else state
        reading = product(taps(*axis, self.padding) for axis in zip(*windows, strict=True))
        # The state is convolved step by step on its own grid, whatever the input's strides.
        grid = zip(places, self.kernel_size, strict=True)
        keeping = product(taps(n, k, 1, 1, "same") for n, k in grid)
        uses = product(places) * steps
        weights = self._gate_weights(channels, uses, reading * steps, keeping * steps)
        return Facts([output, state, state] if self.return_state else output, weights)

    def _gate_weights(
        self, channels: Dim, uses: Dim, reading: Dim, keeping: Dim
    ) -> tuple[Weight, ...]:
        """The weights of the four gates; `reading` and `keeping` are taps on real units."""
        width = self.filters * 4
        shapes = [(*self.kernel_size, fan_in, width) for fan_in in (channels, self.filters)]
        drawn = [reading * channels * width, keeping * self.filters * width]
        weights = [
            Weight("kernel", shapes[0], uses, edges=drawn[0]),
            Weight("recurrent_kernel", shapes[1], uses, edges=drawn[1]),
        ]
        if self.use_bias:
            weights.append(Weight("bias", (width,), uses, BIAS))
        return tuple(weights)


@layer("keras.layers.ConvLSTM1D")
class ConvLSTM1D(ConvLSTM):
    """Read a sequence of rows with an LSTM whose products are convolutions."""

    rank = 1
    takes = "B T L C"


@layer("keras.layers.ConvLSTM2D")
class ConvLSTM2D(ConvLSTM):
    """Read a sequence of images with an LSTM whose products are convolutions."""

    rank = 2
    takes = "B T H W C"


@layer("keras.layers.ConvLSTM3D")
class ConvLSTM3D(ConvLSTM):
    """Read a sequence of volumes with an LSTM whose products are convolutions."""

    rank = 3
    takes = "B T D H W C"

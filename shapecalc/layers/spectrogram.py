"""Layers that turn signals into spectrograms."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, at_least, taps
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.convolution import channel_axis
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require, require_defined
from shapecalc.rules.unknown import UndecidedError, Unknown


@layer("keras.layers.STFTSpectrogram")
class STFTSpectrogram(Layer):
    """Split each channel of a signal into frames, and each frame into its frequencies.

    Two convolutions do it, whose kernels start as cosines and sines and can be trained.
    """

    takes = "B T C"

    mode: Any = argument.choice(
        "log", "magnitude", "psd", "real", "imag", "angle", "stft", default="log", fold_case=False
    )
    frame_length: Dim = argument.size(256, symbol="l", least=2)
    frame_step: Dim | None = argument.size(None, symbol="s", optional=True)
    fft_length: Dim | None = argument.size(None, symbol="n", optional=True)
    window: object = argument.inert("hann")
    periodic: object = argument.flag(False)
    scaling: object = argument.choice(
        None, "density", "spectrum", default="density", fold_case=False
    )
    padding: str = argument.padding("valid", fold_case=False)
    expand_dims: Any = argument.flag(False)
    data_format: str = argument.data_format()

    def validate(self) -> None:
        if self.frame_step is not None:
            refusal = InvalidArgument(
                f"`frame_step` ({self.frame_step}) must not exceed `frame_length` "
                f"({self.frame_length})",
                argument="frame_step",
            )
            require(at_least(self.frame_length, self.frame_step), refusal)
        if self.fft_length is not None:
            refusal = InvalidArgument(
                f"`fft_length` ({self.fft_length}) must be at least `frame_length` "
                f"({self.frame_length})",
                argument="fft_length",
            )
            require(at_least(self.fft_length, self.frame_length), refusal)

    @property
    def _frequencies(self) -> Dim:
        """How many frequencies a frame is split into.

        Raises:
            UndecidedError: the length of a frame is symbolic.
        """
        if self.fft_length is not None:
            return self.fft_length // 2 + 1
        if isinstance(self.frame_length, int):
            return (1 << (self.frame_length - 1).bit_length()) // 2 + 1
        raise UndecidedError(Unknown("the next power of two of `frame_length`"))

    def infer(self, x: Shape) -> Facts:
        batch, (steps,), channels = split_axes(x, self.data_format)
        require_defined(x, channel_axis(self.data_format))
        stride = self.frame_length // 2 if self.frame_step is None else self.frame_step
        (places,) = slide_all((steps,), (self.frame_length,), (stride,), (1,), self.padding,
                              argument="frame_length",
                              first_axis=first_spatial_axis(self.data_format))  # fmt: skip
        found = self._frequencies
        drawn = taps(steps, self.frame_length, stride, 1, self.padding) * channels * found
        shape = (self.frame_length, 1, found)
        names = {"imag": ("imag_kernel",), "real": ("real_kernel",)}
        weights = tuple(
            Weight(name, shape, places * channels, edges=drawn)
            for name in names.get(self.mode, ("real_kernel", "imag_kernel"))
        )
        kept = found * 2 if self.mode == "stft" else found
        if not self.expand_dims:
            return Facts(join_axes(batch, (places,), kept * channels, self.data_format), weights)
        return Facts(join_axes(batch, (places, kept), channels, self.data_format), weights)


@layer("keras.layers.MelSpectrogram")
class MelSpectrogram(Layer):
    """Turn a signal into the strength of each of some bands of frequencies over time.

    It has no weights and no connections: it prepares the data.
    """

    takes = "..."

    fft_length: Dim = argument.size(2048)
    sequence_stride: Dim = argument.size(512, symbol="s")
    sequence_length: Dim | None = argument.size(None, least=0, optional=True)
    window: object = argument.inert("hann")
    sampling_rate: object = argument.inert(16000)
    num_mel_bins: Dim = argument.size(128, symbol="m")
    min_freq: object = argument.inert(20.0)
    max_freq: object = argument.inert()
    power_to_db: object = argument.inert(True)
    top_db: object = argument.inert(80.0)
    mag_exp: object = argument.inert(2.0)
    min_power: object = argument.inert(1e-10)
    ref_power: object = argument.inert(1.0)

    def validate(self) -> None:
        if self.sequence_length is not None:
            refusal = InvalidArgument(
                f"`fft_length` ({self.fft_length}) must be at least `sequence_length` "
                f"({self.sequence_length})",
                argument="fft_length",
            )
            require(at_least(self.fft_length, self.sequence_length), refusal)

    def infer(self, inputs: Shape) -> Facts:
        stride = self.sequence_stride
        steps = inputs[-1] if len(inputs) < 2 else inputs[1]
        return Facts((*inputs[:-1][:1], self.num_mel_bins, (steps + stride + 1) // stride))

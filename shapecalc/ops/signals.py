"""Signals as TensorFlow cuts them into frames, and their frequencies."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, ceil_divide, maximum
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import axis_index, check_rank, integer, length, replaced, tensor
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import unknown_dim


def _frames(samples: Dim, frame_length: Dim, frame_step: Dim, pad_end: Any) -> Dim:
    """How many frames there are; with `pad_end` one begins at each step."""
    if not isinstance(pad_end, bool):
        return unknown_dim("whether the end of a signal is padded")
    if pad_end:
        return ceil_divide(samples, frame_step)
    return maximum(0, 1 + (samples - frame_length) // frame_step)


def _positive(value: Any, argument: str) -> Dim:
    found = length(value, argument)
    if isinstance(found, int) and found < 1:
        raise InvalidArgument(f"`{argument}` must be positive, got {found}", argument=argument)
    return found


@op("tensorflow.signal.frame", node="Frame")
def frame(
    signal: Any,
    frame_length: Any,
    frame_step: Any,
    pad_end: Any = False,
    pad_value: Any = 0,
    axis: Any = -1,
) -> TensorSpec:
    """The windows along an axis, one under the other."""
    signal = tensor(signal)
    place = axis_index(axis, len(signal.shape))
    size, step = _positive(frame_length, "frame_length"), _positive(frame_step, "frame_step")
    count = _frames(signal.shape[place], size, step, pad_end)
    return TensorSpec(replaced(signal.shape, place, count, size), signal.dtype)


@op("tensorflow.signal.stft", node="STFT", counted=False)
def stft(
    signals: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Any = None,
    pad_end: Any = False,
) -> TensorSpec:
    """The frequencies of each of the windows along the last axis."""
    signals = tensor(signals)
    check_rank(signals.shape, least=1)
    size, step = _positive(frame_length, "frame_length"), _positive(frame_step, "frame_step")
    points = _enclosing_power(size) if fft_length is None else _positive(fft_length, "fft_length")
    count = _frames(signals.shape[-1], size, step, pad_end)
    dtype = "complex128" if signals.dtype == "float64" else "complex64"
    return TensorSpec((*signals.shape[:-1], count, points // 2 + 1), dtype)


def _enclosing_power(size: Dim) -> Dim:
    """The least power of two that is no less than a length."""
    if isinstance(size, int):
        return 1 << (size - 1).bit_length()
    return unknown_dim("the power of two that encloses a length")


@op("tensorflow.signal.hann_window", node=None)
@op("tensorflow.signal.hamming_window", node=None)
def window(window_length: Any, periodic: Any = True, dtype: Any = None) -> TensorSpec:
    """Weights that fall off to both sides."""
    return TensorSpec((length(window_length, "window_length"),), dtypes.standardize(dtype))


@op("tensorflow.signal.linear_to_mel_weight_matrix", node=None)
def mel_matrix(
    num_mel_bins: Any = 20,
    num_spectrogram_bins: Any = 129,
    sample_rate: Any = 8000,
    lower_edge_hertz: Any = 125.0,
    upper_edge_hertz: Any = 3800.0,
    dtype: Any = None,
) -> TensorSpec:
    """What each frequency counts for each of the bins that the ear tells apart."""
    rows = length(num_spectrogram_bins, "num_spectrogram_bins")
    columns = length(num_mel_bins, "num_mel_bins")
    return TensorSpec((rows, columns), dtypes.standardize(dtype))


@op("tensorflow.signal.mfccs_from_log_mel_spectrograms", node="Mfccs")
def mfccs(log_mel_spectrograms: Any) -> TensorSpec:
    """As many coefficients as there were bins."""
    spectrograms = tensor(log_mel_spectrograms)
    check_rank(spectrograms.shape, least=1)
    return TensorSpec(spectrograms.shape, spectrograms.dtype)


@op("tensorflow.sequence_mask", node="SequenceMask")
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = "bool") -> TensorSpec:
    """For each length, which places come before it."""
    lengths = tensor(lengths)
    longest = unknown_dim("the longest sequence") if maxlen is None else length(maxlen, "maxlen")
    return TensorSpec((*lengths.shape, longest), dtypes.standardize(dtype))


@op("tensorflow.reverse_sequence", node="ReverseSequence")
def reverse_sequence(
    x: Any,
    seq_lengths: Any,
    seq_axis: Any = None,
    batch_axis: Any = None,
) -> TensorSpec:
    """The first so many items along an axis, back to front."""
    x = tensor(x)
    if seq_axis is not None:
        axis_index(integer(seq_axis, "seq_axis"), len(x.shape), argument="seq_axis")
    return TensorSpec(x.shape, x.dtype)

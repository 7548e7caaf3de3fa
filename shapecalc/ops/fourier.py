"""Fourier transforms and what goes with them: complex numbers as two real tensors."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, at_least, equal
from shapecalc.ops import dtypes
from shapecalc.ops.normalizing import require_alike_shapes
from shapecalc.ops.op import op
from shapecalc.ops.operands import check_rank, dims_given, length, require_seen, shape_of, tensor
from shapecalc.rules.refusal import InvalidArgument, Undefined, WindowTooLarge, WrongInputs
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.spec import TensorSpec


def _parts(x: Any, least: int) -> tuple[TensorSpec, TensorSpec]:
    """The real and the imaginary part of an operand.

    Raises:
        WrongInputs: it is no pair.
        MismatchedShapes: they differ in shape.
    """
    if isinstance(x, TensorSpec) or not isinstance(x, (tuple, list)) or len(x) != 2:
        raise WrongInputs("expected a pair of tensors, the real and the imaginary part")
    real, imaginary = tensor(x[0]), tensor(x[1])
    require_alike_shapes(real.shape, imaginary.shape, "the real and the imaginary part")
    check_rank(real.shape, least=least)
    return real, imaginary


def _transform(x: Any, axes: int) -> tuple[TensorSpec, TensorSpec]:
    """A transform along the last axes, whose lengths must be known."""
    real, imaginary = _parts(x, axes)
    for axis in range(-axes, 0):
        if shown_as_none(real.shape[axis]):
            raise Undefined(real.shape, axis)
    return real, imaginary


@op("keras.ops.fft", node="FFT", counted=False)
def fft(x: Any) -> tuple[TensorSpec, TensorSpec]:
    """The frequencies along the last axis."""
    return _transform(x, 1)


@op("keras.ops.fft2", node="FFT2", counted=False)
@op("keras.ops.ifft2", node="IFFT2", counted=False)
def fft2(x: Any) -> tuple[TensorSpec, TensorSpec]:
    """The frequencies along the last two axes, or back."""
    return _transform(x, 2)


@op("tensorflow.signal.fft", "tensorflow.signal.ifft", "numpy.fft.fft", "numpy.fft.ifft",
    node="FFT", counted=False)  # fmt: skip
@op("tensorflow.signal.fft2d", "tensorflow.signal.ifft2d", node="FFT2", counted=False)
def fft_complex(x: Any) -> TensorSpec:
    """The frequencies of complex numbers."""
    return TensorSpec(shape_of(x), "complex64")


@op("keras.ops.rfft", node="RFFT", counted=False)
def rfft(x: Any, fft_length: Any = None) -> tuple[TensorSpec, TensorSpec]:
    """The frequencies of real numbers along the last axis."""
    x = tensor(x)
    check_rank(x.shape, least=1)
    count = x.shape[-1] if fft_length is None else length(fft_length, "fft_length")
    part = TensorSpec((*x.shape[:-1], count // 2 + 1), x.dtype)
    return part, part


@op("keras.ops.irfft", node="IRFFT", counted=False)
def irfft(x: Any, fft_length: Any = None) -> TensorSpec:
    """The real numbers that have these frequencies."""
    real, _ = _parts(x, 1)
    count = real.shape[-1]
    points = 2 * (count - 1) if fft_length is None else length(fft_length, "fft_length")
    refusal = WrongInputs("there are no frequencies along the last axis")
    require_seen(at_least(points, 0), refusal, count)
    return TensorSpec((*real.shape[:-1], points), real.dtype)


def _check_stride(stride: Any) -> None:
    if not isinstance(stride, int) or stride < 1:
        raise InvalidArgument(
            f"`sequence_stride` must be a positive integer, got {stride!r:.100}",
            argument="sequence_stride",
        )


@op("keras.ops.stft", node="STFT", counted=False)
def stft(
    x: Any,
    sequence_length: Any,
    sequence_stride: Any,
    fft_length: Any,
    window: Any = "hann",
    center: bool = True,
) -> tuple[TensorSpec, TensorSpec]:
    """The frequencies of each of the windows along the last axis."""
    _check_stride(sequence_stride)
    x = tensor(x)
    check_rank(x.shape, least=1)
    points = length(fft_length, "fft_length")
    padded = x.shape[-1] + (points // 2 * 2 if center else 0)
    count = 1 + (padded - points) // sequence_stride
    part = TensorSpec((*x.shape[:-1], count, points // 2 + 1), x.dtype)
    return part, part


@op("keras.ops.istft", node="ISTFT", counted=False)
def istft(
    x: Any,
    sequence_length: Any,
    sequence_stride: Any,
    fft_length: Any,
    length: Any = None,
    window: Any = "hann",
    center: bool = True,
) -> TensorSpec:
    """The numbers whose windows have these frequencies."""
    _check_stride(sequence_stride)
    real, _ = _parts(x, 2)
    (points,) = dims_given([fft_length], argument="fft_length")
    covered = (real.shape[-2] - 1) * sequence_stride + points
    if length is not None:
        (covered,) = dims_given([length], argument="length")
    elif center:
        covered = covered - points // 2 * 2
    return TensorSpec((*real.shape[:-2], covered), real.dtype)


def _windows(n: Dim, length: Dim, stride: Dim) -> Dim:
    """How many windows there are; Keras takes none at all, but not fewer."""
    count = 1 + (n - length) // stride
    refusal = WindowTooLarge(n, length, axis=-1, argument="sequence_length")
    require_seen(at_least(count, 0), refusal, n)
    return count


@op("keras.ops.extract_sequences")
def extract_sequences(x: Any, sequence_length: Any, sequence_stride: Any) -> TensorSpec:
    """The windows along the last axis, one under the other."""
    x = tensor(x)
    check_rank(x.shape, least=1)
    size = length(sequence_length, "sequence_length")
    stride = length(sequence_stride, "sequence_stride")
    refusal = InvalidArgument(f"`sequence_stride` is {stride}", argument="sequence_stride")
    require(at_least(stride, 1), refusal)
    count = _windows(x.shape[-1], size, stride)
    return TensorSpec((*x.shape[:-1], count, size), x.dtype)


@op("keras.ops.view_as_complex")
def view_as_complex(x: Any) -> TensorSpec:
    """The pairs along the last axis as complex numbers."""
    shape = shape_of(x)
    check_rank(shape, least=1)
    return TensorSpec(_pairs_gone(shape), "complex64")


def _pairs_gone(shape: Shape) -> Shape:
    refusal = WrongInputs(f"the last axis must hold pairs, its length is {shape[-1]}")
    require_seen(equal(shape[-1], 2), refusal, shape[-1])
    return shape[:-1]


@op("keras.ops.view_as_real")
def view_as_real(x: Any) -> TensorSpec:
    """Complex numbers as pairs along a new last axis."""
    return TensorSpec((*shape_of(x), 2), dtypes.floatx())

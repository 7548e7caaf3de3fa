"""What calls to draw: the optional arguments that the entries of the table leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.ops.strategies import Draw, T, axes_of, axis_of, dtypes, options

booleans = st.booleans()
numbers = st.sampled_from([0.5, 1, -1.0, 3])
small = st.integers(-2, 2)


def _rank(drawn: Mapping[str, Any]) -> int:
    return len(next(value for value in drawn.values() if isinstance(value, T)).shape)


def an_axis(drawn: Mapping[str, Any]) -> SearchStrategy[Any]:
    """An axis of the first tensor."""
    return axis_of(_rank(drawn))


def an_axis_there(drawn: Mapping[str, Any]) -> SearchStrategy[Any]:
    """An axis that the first tensor has, for where Keras does not look; None if it has none."""
    rank = _rank(drawn)
    return st.integers(-rank, rank - 1) if rank else st.none()


def _length(drawn: Mapping[str, Any]) -> SearchStrategy[Any]:
    """How many slices there are along an axis, or some number where that is open."""
    shape, axis = drawn["x"].shape, drawn["axis"]
    known = shape[axis] if -len(shape) <= axis < len(shape) else 1
    return st.sampled_from([None, known]) if known is not None else st.integers(1, 3)


# --- elements ------------------------------------------------------------------------------

options("allclose", "isclose", rtol=numbers, atol=numbers, equal_nan=booleans)
options("celu", "elu", alpha=numbers)
options("leaky_relu", negative_slope=numbers)
options("gelu", approximate=booleans)
options("hard_shrink", "soft_shrink", threshold=numbers)
options("squareplus", b=numbers)
options("nan_to_num", nan=numbers, posinf=numbers, neginf=numbers)
options("round", decimals=st.integers(-1, 3))
options("isin", assume_unique=booleans, invert=booleans)
options("empty_like", "ones_like", "zeros_like", dtype=st.none() | dtypes)

# --- reductions ----------------------------------------------------------------------------

options("max", "min", initial=st.none() | numbers)
options("prod", dtype=st.none() | dtypes)
options("norm", ord=st.sampled_from([None, 1, 2, -1, "fro", "nuc", "euclid", 3, float("inf")]))
options("normalize", order=st.integers(1, 3), epsilon=st.none() | numbers)
options("cumsum", "cumprod", axis=an_axis)
options("nancumsum", "nancumprod", axis=an_axis_there)
options("nanquantile", "quantile", "percentile", "nanpercentile",
        method=st.sampled_from(["linear", "lower", "nearest"]))  # fmt: skip

# --- shapes --------------------------------------------------------------------------------


options("pad", mode=st.sampled_from(["constant", "reflect", "symmetric", "mirror"]),
        constant_values=st.none() | numbers)  # fmt: skip
options("rot90", k=st.integers(-1, 5))
options("diagflat", k=small)
options("tril", "triu", k=small)
options("diff", n=st.integers(0, 3))
options("unstack", num=_length)
options("vander", increasing=booleans)
options("cross", axisa=small, axisb=small, axisc=small, axis=st.none() | small)
options("trapezoid", dx=numbers)
options("select", default=numbers)
options("searchsorted", side=st.sampled_from(["left", "right", "middle"]))
options("top_k", sorted=booleans)
options("unique", sorted=booleans, fill_value=st.none() | numbers)
options("histogram", range=st.sampled_from([None, (0, 1), (0.0, 5.0)]))
options("multi_hot", dtype=st.none() | dtypes)
options("segment_sum", "segment_max", "segment_min", "segment_prod", sorted=booleans)
options("scatter_update",
        reduction=st.sampled_from([None, "add", "max", "min", "mul", "mean"]))  # fmt: skip

# --- matrices ------------------------------------------------------------------------------

options("cholesky", "cholesky_inverse", upper=booleans)
options("qr", mode=st.sampled_from(["reduced", "complete", "complete", "raw"]))
options("svd", full_matrices=booleans, compute_uv=booleans)
options("lstsq", "pinv", rcond=st.none() | numbers)
options("matrix_rank", tol=st.none() | numbers)
options("solve_triangular", lower=booleans)

# --- networks ------------------------------------------------------------------------------

options("batch_normalization", "layer_normalization", "rms_normalization", epsilon=numbers)
options("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
        from_logits=booleans)  # fmt: skip
options("ctc_loss", "ctc_decode", mask_index=st.integers(-1, 2))
options("ctc_decode", beam_width=st.integers(1, 5), merge_repeated=booleans)
options("separable_conv", dilation_rate=st.sampled_from([1, 2]))


@st.composite
def _normalized(draw: Draw, drawn: Mapping[str, Any]) -> Any:
    """One axis, or several."""
    return draw(axes_of(len(drawn["x"].shape)).filter(lambda axes: axes is not None))


def _scales(drawn: Mapping[str, Any]) -> SearchStrategy[Any]:
    """A weight for each element that is normalized together."""
    shape, axes = drawn["x"].shape, drawn.get("axis", -1)
    rank = len(shape)
    axes = sorted(a % max(rank, 1) for a in (axes if isinstance(axes, list) else [axes]))
    whole = tuple(shape[a] for a in axes if a < rank)
    return st.sampled_from([T(whole), T(whole), T(whole), T((5,))])


options("layer_normalization", "rms_normalization", axis=_normalized)
options("layer_normalization", gamma=_scales, beta=_scales)
options("rms_normalization", scale=_scales)


@st.composite
def _scores(draw: Draw, drawn: Mapping[str, Any], dtype: str = "float32") -> Any:
    """A number for each head, query and key, or a shape that is stretched to that."""
    batch, queries, heads, _ = drawn["query"].shape
    whole = (batch, heads, queries, drawn["key"].shape[1])
    stretched = tuple(draw(st.sampled_from([n, n, n, 1])) for n in whole)
    return T(draw(st.sampled_from([whole, whole, stretched, whole[1:]])), dtype)


options(
    "dot_product_attention",
    bias=_scores,
    mask=lambda drawn: _scores(drawn, "bool"),
    scale=st.none() | numbers,
    is_causal=booleans,
)

# --- images and signals ----------------------------------------------------------------------

interpolations = st.sampled_from(["nearest", "bilinear", "bicubic"])
fills = st.sampled_from(["constant", "nearest", "wrap", "mirror", "reflect"])
formats = st.sampled_from([None, "channels_last", "channels_first"])

options("image.resize", interpolation=interpolations, antialias=booleans, fill_value=numbers,
        crop_to_aspect_ratio=booleans, pad_to_aspect_ratio=booleans)  # fmt: skip
options("image.affine_transform", interpolation=interpolations, fill_mode=fills,
        fill_value=numbers, data_format=formats)  # fmt: skip
options("image.perspective_transform", interpolation=interpolations, fill_value=numbers,
        data_format=formats)  # fmt: skip
options("image.gaussian_blur", kernel_size=st.sampled_from([(3, 3), (5, 3), [3, 3]]),
        sigma=st.sampled_from([(1.0, 1.0), (0.5, 2.0)]))  # fmt: skip
options("image.elastic_transform", alpha=numbers, sigma=numbers, interpolation=interpolations,
        fill_mode=fills, fill_value=numbers, seed=st.none() | st.integers(0, 9))  # fmt: skip
options("image.ssim", max_val=numbers, filter_size=st.integers(1, 11), filter_sigma=numbers,
        k1=numbers, k2=numbers)  # fmt: skip
options("image.map_coordinates", fill_mode=fills, fill_value=numbers)
options("image.scale_and_translate", antialias=booleans)
options("image.extract_patches", "image.extract_patches_3d",
        dilation_rate=st.sampled_from([1, 2]))  # fmt: skip
options("image.extract_patches_3d", strides=st.sampled_from([None, 1, 2, (1, 2, 1)]))
options("irfft", fft_length=st.sampled_from([None, 4, 5, 1]))
options("stft", "istft", window=st.sampled_from(["hann", "hamming", None]))
options("while_loop", maximum_iterations=st.none() | st.integers(0, 3))

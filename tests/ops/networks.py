"""What calls to draw: products, windows, networks, images, signals, matrices; joins the table."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.ops.strategies import (
    LENGTHS,
    Draw,
    T,
    dtypes,
    entry,
    lengths,
    other_shape,
    shapes,
    tensors,
)

floats = st.sampled_from(["float32", "float16", "bfloat16"])
formats = st.sampled_from([None, "channels_last", "channels_first"])


def _mostly(draw: Draw, length: Any) -> Any:
    """A length, or rarely another or None."""
    return draw(st.sampled_from([length] * 8 + [None, 5]))


@entry("matmul")
def _matmul(draw: Draw) -> Any:
    x = draw(tensors(1))
    batch = draw(other_shape(x.shape[:-2]))
    y = (*batch, _mostly(draw, x.shape[-1]), draw(lengths()))
    if draw(st.integers(0, 3)) == 0:
        y = (_mostly(draw, x.shape[-1]),)
    return (x, T(y, draw(dtypes))), {}


@entry("dot")
def _dot(draw: Draw) -> Any:
    x = draw(tensors(0, none=False))
    inner = x.shape[-1] if x.shape else 2
    kinds = [(), (inner,), (inner, 3), (2, inner, 3), (5, 3)]
    if len(x.shape) == 1:
        kinds.remove((5, 3))
    return (x, T(draw(st.sampled_from(kinds)), draw(dtypes))), {}


@entry("tensordot")
def _tensordot(draw: Draw) -> Any:
    x = draw(tensors(2, 3, none=False))
    kind = draw(st.sampled_from(["int", "lists", "lists", "wrong"]))
    if kind == "int":
        count = draw(st.integers(0, 2))
        return (x, T((*x.shape[len(x.shape) - count :], 2))), {"axes": count}
    y = (draw(LENGTHS), 5 if kind == "wrong" else x.shape[1], x.shape[0])
    return (x, T(y, draw(dtypes))), {"axes": [[1, 0], [1, 2]]}


EQUATIONS = [
    ("ij,jk->ik", ["ij", "jk"]), ("bqd,bkd->bqk", ["bqd", "bkd"]), ("ij->ji", ["ij"]),
    ("ij,jk", ["ij", "jk"]), ("...ij,jk->...ik", ["abij", "jk"]), ("ii", ["ii"]), ("ij->", ["ij"]),
    ("i,j->ij", ["i", "j"]), ("bhqd,bhkd->bhqk", ["bhqd", "bhkd"]), ("ij,ij->i", ["ij", "ij"]),
    ("...a,...a->...", ["bca", "bca"]), ("ij,jk->ik->i", ["ij", "jk"]), ("ij,jk->ik", ["ij"]),
    ("ijk->ij", ["ij"]),
]  # fmt: skip


@entry("einsum")
def _einsum(draw: Draw) -> Any:
    equation, terms = draw(st.sampled_from(EQUATIONS))
    sizes: dict[str, Any] = {letter: draw(LENGTHS) for letter in "abcdhijkq"}
    open_letter = draw(st.sampled_from("abhiq.."))
    sizes[open_letter] = None
    operands = [T(tuple(sizes[s] for s in term), draw(dtypes)) for term in terms]
    return (equation, *operands), {}


@entry("cross")
def _cross(draw: Draw) -> Any:
    batch = draw(shapes(1, 2))
    n, m = draw(st.sampled_from([(3, 3), (2, 2), (3, 2), (2, 3), (4, 3), (None, 3)]))
    return (T((*batch, n), draw(dtypes)), T((*batch, m), draw(dtypes))), {}


@entry("correlate")
def _correlate(draw: Draw) -> Any:
    mode = draw(st.sampled_from(["valid", "same", "full", "half"]))
    one = draw(st.sampled_from([1, 1, 1, 2]))
    return (T(draw(shapes(one, one, none=False))), T((draw(LENGTHS),), draw(dtypes)), mode), {}


@entry("corrcoef")
def _corrcoef(draw: Draw) -> Any:
    return (draw(tensors(2, 2, dtype=floats)),), {}


@entry("vander")
def _vander(draw: Draw) -> Any:
    x = draw(st.one_of(tensors(1, 1), tensors(1, 1), tensors(1, 2)))
    return (x,), {"N": draw(st.sampled_from([None, 3, 3, 0, -1]))}


@entry("cdist")
def _cdist(draw: Draw) -> Any:
    x = draw(tensors(1))
    y = (*draw(other_shape(x.shape[:-2])), draw(lengths()), _mostly(draw, x.shape[-1]))
    return (x, T(y, draw(dtypes))), {}


@entry("diag")
def _diag(draw: Draw) -> Any:
    x = draw(st.one_of(tensors(1, 2), tensors(1, 2), tensors(0, 3)))
    return (x, draw(st.integers(-3, 3))), {}


@entry("diagonal", "trace")
def _diagonal(draw: Draw) -> Any:
    x = draw(st.one_of(tensors(2), tensors(2), tensors(0)))
    axes = draw(st.sampled_from([(0, 1), (0, 1), (1, 0), (0, -1), (-1, -2), (1, 1), (3, 0)]))
    return (x, draw(st.integers(-1, 1)), *axes), {}


@entry("solve", "solve_triangular")
def _solve(draw: Draw) -> Any:
    n = draw(lengths())
    batch = draw(shapes(0, 1))
    b = draw(st.sampled_from([(*batch, n, 2), (*batch, n), (n,), (5,), (*batch, 5, 2), ()]))
    return (T((*batch, n, _mostly(draw, n)), draw(floats)), T(b, draw(floats))), {}


@entry("lstsq")
def _lstsq(draw: Draw) -> Any:
    a = draw(tensors(2, 2, dtype=floats))
    m = _mostly(draw, a.shape[0])
    return (a, T(draw(st.sampled_from([(m,), (m, 3), (m, 2, 2)])))), {}


def _image_shape(draw: Draw, rank: int, channels: Any, data_format: Any) -> tuple[Any, ...]:
    space = [draw(st.sampled_from([4, 5, 7, 8, None])) for _ in range(rank)]
    batch = draw(st.sampled_from([None, 2]))
    if data_format == "channels_first":
        return (batch, channels, *space)
    return (batch, *space, channels)


def _each(draw: Draw, rank: int, values: list[int]) -> Any:
    """One number, or one for each spatial axis."""
    one = draw(st.sampled_from(values))
    several = tuple(draw(st.sampled_from(values)) for _ in range(rank))
    return draw(st.sampled_from([one, several]))


def _options(draw: Draw, rank: int, *words: str) -> dict[str, Any]:
    return {
        "strides": _each(draw, rank, [1, 1, 2, 3]),
        "padding": draw(st.sampled_from([*words, "SAME", "full"])),
        "data_format": draw(formats),
    }


@entry("conv", "depthwise_conv")
def _conv(draw: Draw) -> Any:
    rank, channels = draw(st.integers(1, 3)), draw(LENGTHS)
    options = _options(draw, rank, "valid", "valid", "same", "same", "valid", "causal")
    x = T(_image_shape(draw, rank, _mostly(draw, channels), options["data_format"]), draw(floats))
    window = [draw(st.sampled_from([1, 2, 3, 3, 9])) for _ in range(rank)]
    kernel = T((*window, channels, draw(LENGTHS)), "float32")
    return (x, kernel), {**options, "dilation_rate": _each(draw, rank, [1, 1, 1, 2])}


@entry("separable_conv")
def _separable_conv(draw: Draw) -> Any:
    rank, channels, depth = draw(st.integers(1, 2)), draw(LENGTHS), draw(st.integers(1, 2))
    options = _options(draw, rank, "valid", "same", "valid", "same")
    x = T(_image_shape(draw, rank, _mostly(draw, channels), options["data_format"]), draw(floats))
    kernel = T((*(3,) * rank, channels, depth))
    return (x, kernel, T((*(1,) * rank, channels * depth, draw(LENGTHS)))), options


@entry("conv_transpose")
def _conv_transpose(draw: Draw) -> Any:
    rank, channels = draw(st.integers(1, 3)), draw(LENGTHS)
    options = _options(draw, rank, "valid", "valid", "same", "same")
    x = T(_image_shape(draw, rank, _mostly(draw, channels), options["data_format"]), draw(floats))
    if options["padding"] == "full":
        # Of an axis that is None, Keras does not look at the padding.
        x = T(tuple(n or 7 for n in x.shape), x.dtype)
    window = [draw(st.integers(1, 4)) for _ in range(rank)]
    extra = draw(st.sampled_from([None, None, 0, (0,) * rank, (0,) * 2]))
    kernel = T((*window, draw(LENGTHS), channels))
    dilation = 1 if options["strides"] != 1 else draw(st.sampled_from([1, 1, 2]))
    return (x, kernel), {**options, "output_padding": extra, "dilation_rate": dilation}


@entry("max_pool", "average_pool")
def _pool(draw: Draw) -> Any:
    rank = draw(st.integers(1, 3))
    options = _options(draw, rank, "valid", "valid", "same", "same")
    options["strides"] = draw(st.sampled_from([None, options["strides"]]))
    x = T(_image_shape(draw, rank, draw(LENGTHS), options["data_format"]), draw(floats))
    return (x, _each(draw, rank, [1, 2, 2, 3, 6])), options


@entry("adaptive_max_pool", "adaptive_average_pool")
def _adaptive_pool(draw: Draw) -> Any:
    rank, data_format = draw(st.integers(1, 3)), draw(formats)
    x = T(_image_shape(draw, rank, draw(LENGTHS), data_format), draw(floats))
    return (x, tuple(draw(st.integers(1, 3)) for _ in range(rank)), data_format), {}


@entry("unfold")
def _unfold(draw: Draw) -> Any:
    shape = tuple(n or 6 for n in _image_shape(draw, 2, 3, "channels_first"))
    options = {key: _each(draw, 2, [1, 1, 2]) for key in ("dilation", "stride")}
    rank = draw(st.sampled_from([4, 4, 4, 3]))
    kernel = _each(draw, 2, [1, 2])
    margins = draw(st.sampled_from([0, 1, (0, 1), (1, 1), [1, 0], (1,), (1, 1, 0)]))
    return (T(shape[:rank]), kernel), {**options, "padding": margins}


@entry("fold")
def _fold(draw: Draw) -> Any:
    stacked = draw(st.sampled_from([12, 8, 12, 8, 6, None]))
    shape = (draw(st.sampled_from([None, 2])), stacked, 4)
    x = T(shape[: draw(st.sampled_from([3, 3, 3, 2]))])
    kwargs = {key: _each(draw, 2, [1, 2]) for key in ("dilation", "stride")}
    size, kernel = _each(draw, 2, [4, 5, 6]), _each(draw, 2, [1, 2])
    return (x, size, kernel), {**kwargs, "padding": _each(draw, 2, [0, 1])}


@entry("depth_to_space", "space_to_depth")
def _blocks(draw: Draw) -> Any:
    data_format = draw(st.sampled_from(["channels_last", "channels_first"]))
    shape = [draw(st.sampled_from([4, 8, 8, 16, None, 6])) for _ in range(4)]
    rank = draw(st.sampled_from([4, 4, 4, 4, 3]))
    return (T(tuple(shape[:rank])), draw(st.sampled_from([2, 2, 4, 1])), data_format), {}


@entry("batch_normalization")
def _batch_normalization(draw: Draw) -> Any:
    x = draw(tensors(1, dtype=floats))
    axis = draw(st.integers(-len(x.shape), len(x.shape) - 1))
    vectors = [T((_mostly(draw, x.shape[axis]),)) for _ in range(4)]
    return (x, vectors[0], vectors[1], axis, vectors[2], vectors[3]), {}


@entry("layer_normalization", "rms_normalization")
def _layer_normalization(draw: Draw) -> Any:
    return (draw(tensors(1, dtype=floats)),), {}


@entry("dot_product_attention")
def _dot_product_attention(draw: Draw) -> Any:
    b, h = draw(lengths()), draw(LENGTHS)
    t, s, d = (draw(LENGTHS) for _ in range(3))
    return tuple(T((b, n, h, d), draw(floats)) for n in (t, s, s)), {}


@entry("binary_crossentropy", "categorical_crossentropy")
def _crossentropy(draw: Draw) -> Any:
    x = draw(tensors(dtype=floats))
    return (T(tuple(_mostly(draw, n) for n in x.shape)), x), {}


@entry("sparse_categorical_crossentropy")
def _sparse_crossentropy(draw: Draw) -> Any:
    x = draw(tensors(0, dtype=floats))
    labels = draw(st.sampled_from([x.shape[:-1], x.shape[:-1], (*x.shape[:-1], 1), x.shape]))
    return (T(labels, "int32"), x), {"axis": draw(st.sampled_from([-1, -1, -1, 0, 4]))}


@entry("ctc_loss")
def _ctc_loss(draw: Draw) -> Any:
    b = draw(lengths())
    own = [_mostly(draw, b) for _ in range(3)]
    vectors = [T((n,), "int32") for n in own[1:]]
    return (T((own[0], 4), "int32"), T((b, 7, 5), draw(floats)), *vectors), {}


@entry("ctc_decode")
def _ctc_decode(draw: Draw) -> Any:
    b = draw(lengths())
    strategy = draw(st.sampled_from(["greedy", "beam_search"]))
    kwargs = {"strategy": strategy, "top_paths": draw(st.integers(1, 3))}
    return (T((b, 7, 5), draw(floats)), T((b,), "int32")), kwargs


@entry("psnr")
def _psnr(draw: Draw) -> Any:
    x, most = draw(tensors(3, 4, dtype=floats)), draw(st.sampled_from([1.0, 255]))
    same = T(tuple(_mostly(draw, n) for n in x.shape), draw(floats))
    return (x, draw(st.one_of(st.just(same), tensors(3, 4, dtype=floats))), most), {}


@entry("polar")
def _polar(draw: Draw) -> Any:
    shape = draw(shapes())
    return (T(shape), T(shape)), {}


@entry("segment_sum", "segment_max", "segment_min", "segment_prod")
def _segment(draw: Draw) -> Any:
    x = draw(tensors(1, dtype=floats))
    ids = (_mostly(draw, x.shape[0]),) if draw(st.integers(0, 5)) else (2, 2)
    return (x, T(ids, "int32")), {"num_segments": draw(st.sampled_from([None, 3, 1]))}


@entry("fft", "fft2", "ifft2", "irfft")
def _complex(draw: Draw) -> Any:
    x = draw(st.one_of(tensors(2, none=False, dtype=floats), tensors(dtype=floats)))
    other = T(tuple(_mostly(draw, n) for n in x.shape), x.dtype)
    return (draw(st.sampled_from([(x, x), (x, x), (x, other), x])),), {}


@entry("rfft")
def _rfft(draw: Draw) -> Any:
    return (draw(tensors(dtype=floats)),), {"fft_length": draw(st.sampled_from([None, 4, 5]))}


@entry("stft")
def _stft(draw: Draw) -> Any:
    x = T((*draw(shapes(0, 2)), draw(st.sampled_from([16, 20, None]))))
    window, fft = draw(st.sampled_from([(4, 8), (4, 4), (3, 8), (4, 7)]))
    return (x, window, draw(st.sampled_from([2, 3, 1, 0])), fft), {"center": draw(st.booleans())}


@entry("istft")
def _istft(draw: Draw) -> Any:
    x = T((*draw(shapes(0, 2)), draw(st.sampled_from([5, 9, None])), 5))
    kwargs = {"length": draw(st.sampled_from([None, 20])), "center": draw(st.booleans())}
    return ((x, x), 4, draw(st.sampled_from([2, 3, 0])), 8), kwargs


@entry("extract_sequences")
def _extract_sequences(draw: Draw) -> Any:
    x = T((*draw(shapes(0, 2)), draw(st.sampled_from([6, 9, None]))))
    return (x, draw(st.integers(1, 6)), draw(st.integers(1, 3))), {}


@entry("view_as_complex")
def _view_as_complex(draw: Draw) -> Any:
    return (T((*draw(shapes(0, 2)), 2)),), {}


@entry("rearrange")
def _rearrange(draw: Draw) -> Any:
    patterns = [
        ("b h w c -> b c h w", {}), ("b h w c -> (b h) w c", {}), ("b h w c -> b (c h w)", {}),
        ("b (h1 h) (w1 w) c -> (b h1 w1) h w c", {"h1": 2, "w1": 2}),
    ]  # fmt: skip
    pattern, sizes = draw(st.sampled_from(patterns))
    shape = (draw(LENGTHS), *(draw(st.sampled_from([4, 8])) for _ in range(2)), draw(LENGTHS))
    return (T(shape, draw(dtypes)), pattern), dict(sizes)


@entry("while_loop")
def _while_loop(draw: Draw) -> Any:
    return (None, None, (draw(tensors()), draw(tensors()))), {}


@entry("fori_loop")
def _fori_loop(draw: Draw) -> Any:
    return (draw(st.integers(0, 1)), draw(st.integers(2, 3)), None, draw(tensors())), {}


# --- images --------------------------------------------------------------------------------


def _picture(draw: Draw, dtype: Any = floats, channels: Any = 3) -> tuple[T, Any]:
    data_format = draw(formats)
    shape = _image_shape(draw, 2, channels, data_format)
    rank = draw(st.sampled_from([4, 4, 4, 3, 3, 3, 2]))
    return T(shape[4 - rank :], draw(dtype)), data_format


@entry("image.rgb_to_grayscale", "image.rgb_to_hsv", "image.hsv_to_rgb")
def _recolor(draw: Draw) -> Any:
    channels = draw(st.sampled_from([3, 3, 3, 1, 2, None]))
    kinds = draw(st.sampled_from([floats, floats, dtypes]))
    image, data_format = _picture(draw, kinds, channels)
    return (image,), {"data_format": data_format}


@entry("image.resize")
def _resize(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    size = draw(st.sampled_from([(3, 5), (8, 8), [2, 9], (0, 2), (3, 3, 3)]))
    return (image, size), {"data_format": data_format}


@entry("image.affine_transform")
def _affine(draw: Draw) -> Any:
    image, _ = _picture(draw)
    return (image, T(draw(st.sampled_from([(8,), (2, 8), (1, 2, 8)])))), {}


@entry("image.perspective_transform")
def _perspective(draw: Draw) -> Any:
    image, _ = _picture(draw)
    start = draw(st.sampled_from([(4, 2)] * 4 + [(2, 4, 2)] * 3 + [(4, 3), (8,)]))
    return (image, T(start), T(draw(st.sampled_from([start] * 5 + [(4, 2)])))), {}


@entry("image.gaussian_blur", "image.elastic_transform")
def _blur(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    return (image,), {"data_format": data_format}


@entry("image.sobel_edges")
def _sobel(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    return (image,), {"data_format": data_format}


@entry("image.scale_and_translate")
def _scale(draw: Draw) -> Any:
    image, _ = _picture(draw)
    size = draw(st.sampled_from([(2, 5, 5, 3), (1, 7, 3, 3), [2, 4, 4, 3]]))
    method = draw(st.sampled_from(["linear", "cubic", "lanczos3"]))
    axes = draw(st.sampled_from([(1, 2), (2, 3), (1,)]))
    return (image, size, T((len(axes),)), T((len(axes),)), axes, method), {}


@entry("image.ssim")
def _ssim(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    return (image, image), {"data_format": data_format}


@entry("image.map_coordinates")
def _map_coordinates(draw: Draw) -> Any:
    x = draw(tensors(1, 3))
    count = _mostly(draw, len(x.shape))
    return (x, T((count, *draw(shapes(1, 2)))), draw(st.integers(0, 1))), {}


@entry("image.extract_patches")
def _patches(draw: Draw) -> Any:
    rank, data_format = draw(st.sampled_from([2, 2, 3])), draw(formats)
    shape = _image_shape(draw, rank, 3, data_format)
    shape = shape[draw(st.sampled_from([0, 0, 1])) :]
    size = draw(st.sampled_from([2, (2, 3)])) if rank == 2 else (2, 3, 2)
    strides = draw(st.sampled_from([None, 1, 2]))
    kwargs = {"padding": draw(st.sampled_from(["valid", "same"])), "data_format": data_format}
    return (T(shape, draw(floats)), size, strides), kwargs


@entry("image.extract_patches_3d")
def _patches_3d(draw: Draw) -> Any:
    data_format = draw(formats)
    shape = _image_shape(draw, 3, 3, data_format)[draw(st.sampled_from([0, 0, 1])) :]
    kwargs = {"padding": draw(st.sampled_from(["valid", "same"])), "data_format": data_format}
    return (T(shape), draw(st.sampled_from([2, (2, 3, 2)]))), kwargs


def _margins(draw: Draw, names: tuple[str, str, str], targets: list[int]) -> dict[str, Any]:
    values = [draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.sampled_from(targets))]
    left_out = draw(st.sampled_from([0, 1, 2, 2]))
    kwargs = dict(zip(names, values, strict=True))
    if draw(st.integers(0, 14)):
        del kwargs[names[left_out]]
    return kwargs


@entry("image.pad_images")
def _pad_images(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    down = _margins(draw, ("top_padding", "bottom_padding", "target_height"), [10, 9, 11, 4])
    across = _margins(draw, ("left_padding", "right_padding", "target_width"), [10, 9, 11, 4])
    return (image,), {**down, **across, "data_format": data_format}


@entry("image.crop_images")
def _crop_images(draw: Draw) -> Any:
    image, data_format = _picture(draw)
    down = _margins(draw, ("top_cropping", "bottom_cropping", "target_height"), [2, 1, 3, 6])
    across = _margins(draw, ("left_cropping", "right_cropping", "target_width"), [2, 1, 3, 6])
    return (image,), {**down, **across, "data_format": data_format}

"""Networks that Keras accepts, drawn by their kind."""

from __future__ import annotations

import random
from math import prod

from tests.checks.drawn.drawing import ACTIVATIONS, MERGES, RECURRENT, Drawing, Written
from tests.checks.drawn.plan import Plan, Shape


def draw_plan(rng: random.Random, family: str | None = None) -> Plan:
    """Draw a network of a family, or of any."""
    family = family or rng.choice(sorted(FAMILIES))
    drawing = Drawing(rng)
    FAMILIES[family](drawing)
    return Plan(family, tuple(drawing.steps), drawing.channels_first)


# --- dense ---------------------------------------------------------------------------------------


def _dense(d: Drawing) -> None:
    d.start((d.rng.choice([4, 8, 12, 30]),))
    for _ in range(d.rng.randint(1, 3)):
        _put_dense(d)
        if d.coin():
            _put_elementwise(d)
    if d.coin(3):
        _two_branches_of_units(d)
    if d.coin(4):
        _through_a_reshape(d)
    _head(d)


def _put_dense(d: Drawing) -> None:
    units = d.rng.choice([3, 8, 16, 24])
    options: dict[str, object] = {"activation": d.rng.choice(ACTIVATIONS)} if d.coin() else {}
    if d.coin(5):
        options["use_bias"] = False
    d.put("Dense", (*d.shape[:-1], units), ("units", units), **options)


def _put_elementwise(d: Drawing) -> None:
    kind = d.rng.randrange(7)
    if kind == 0:
        d.put("Dropout", d.shape, ("rate", d.rng.choice([0.1, 0.5])))
    elif kind == 1:
        d.put("Activation", d.shape, ("activation", d.rng.choice(ACTIVATIONS[:-1])))
    elif kind == 2:
        d.put("BatchNormalization", d.shape, **({"axis": 1} if d.channels_first else {}))
    elif kind == 3:
        d.put("LayerNormalization", d.shape)
    elif kind == 4:
        d.put(d.rng.choice(["ReLU", "PReLU", "LeakyReLU", "ELU"]), d.shape)
    elif kind == 5:
        d.put("GaussianNoise", d.shape, ("stddev", 0.1))
    else:
        d.put("Softmax", d.shape)


def _two_branches_of_units(d: Drawing) -> None:
    start, ends = d.at, []
    units = d.rng.choice([8, 16])
    for _ in range(d.rng.randint(2, 3)):
        d.at = start
        ends.append(d.put("Dense", (units,), ("units", units)))
    _merge(d, ends, -1)


def _merge(d: Drawing, ends: list[int], axis: int) -> None:
    """Join steps of equal shapes."""
    shape = d.steps[ends[0]].shape
    if d.coin(3):
        joined = list(shape)
        joined[axis if axis < 0 else axis - 1] *= len(ends)
        d.put("Concatenate", tuple(joined), inputs=tuple(ends), axis=axis)
    else:
        kinds = MERGES if len(ends) > 2 else (*MERGES, "Subtract")
        d.put(d.rng.choice(kinds), shape, inputs=tuple(ends))


def _through_a_reshape(d: Drawing) -> None:
    size = d.shape[-1]
    factor = d.rng.choice([n for n in (1, 2, 3, 4) if size % n == 0])
    target = (factor, size // factor)
    written = d.rng.choice([target, (factor, -1)])
    d.put("Reshape", target, ("target_shape", written))
    if d.coin():
        d.put("Permute", target[::-1], ("dims", (2, 1)))
    d.put("Flatten", (size,))


def _head(d: Drawing) -> None:
    if d.coin():
        _put_dense(d)
    classes = d.rng.choice([1, 3, 10])
    last = "sigmoid" if classes == 1 else "softmax"
    d.put("Dense", (*d.shape[:-1], classes), ("units", classes), activation=last)


# --- images, series and volumes ------------------------------------------------------------------


def _image(d: Drawing) -> None:
    _spatial(d, 2, d.rng.choice([16, 20, 28, 32]))


def _series(d: Drawing) -> None:
    _spatial(d, 1, d.rng.choice([20, 32, 50]))


def _volume(d: Drawing) -> None:
    _spatial(d, 3, d.rng.choice([8, 10, 12]))


def _spatial(d: Drawing, rank: int, size: int) -> None:
    d.channels_first = d.coin(4)
    channels = d.rng.choice([1, 2, 3])
    d.start(_spatial_shape(d, (size,) * rank, channels))
    for _ in range(d.rng.randint(2, 5)):
        d.rng.choice(SPATIAL_PARTS)(d, rank)
    space, channels = _parts(d)
    kind = d.rng.choice(["Flatten", "Flatten", "GlobalAveragePooling", "GlobalMaxPooling"])
    if kind == "Flatten":
        d.put("Flatten", (prod(space) * channels,))
    else:
        d.put(f"{kind}{rank}D", (channels,), **_format(d))
    _head(d)


def _spatial_shape(d: Drawing, space: tuple[int, ...], channels: int) -> Shape:
    return (channels, *space) if d.channels_first else (*space, channels)


def _parts(d: Drawing) -> tuple[tuple[int, ...], int]:
    shape = d.shape
    return (shape[1:], shape[0]) if d.channels_first else (shape[:-1], shape[-1])


def _format(d: Drawing) -> dict[str, object]:
    return {"data_format": "channels_first"} if d.channels_first else {}


def _slid(size: int, window: int, stride: int, padding: str) -> int:
    return (size - 1) // stride + 1 if padding == "same" else (size - window) // stride + 1


def _put_convolution(d: Drawing, rank: int) -> None:
    space, channels = _parts(d)
    kernel = d.rng.choice([1, 2, 3, 3])
    stride, dilation = d.rng.choice([(1, 1), (1, 1), (2, 1), (1, 2)])
    extent = (kernel - 1) * dilation + 1
    padding = d.rng.choice(["valid", "same"]) if min(space) > extent else "same"
    kinds = ["Conv"] if rank == 3 else ["Conv", "Conv", "Conv", "SeparableConv", "DepthwiseConv"]
    kind = d.rng.choice(kinds)
    if kind == "DepthwiseConv":
        multiplier = d.rng.choice([1, 2])
        filters, leading = channels * multiplier, [("kernel_size", kernel)]
        options: dict[str, object] = {"depth_multiplier": multiplier}
    else:
        filters = d.rng.choice([4, 6, 8])
        leading, options = [("filters", filters), ("kernel_size", kernel)], {}
    if kind == "Conv" and channels % 2 == 0 and d.coin(3):
        options["groups"] = 2
    if stride > 1:
        options["strides"] = stride if d.coin() else (stride,) * rank
    if dilation > 1:
        options["dilation_rate"] = dilation
    if padding == "same" or d.coin(4):
        options["padding"] = padding
    if d.coin(3):
        options["activation"] = "relu"
    space = tuple(_slid(n, extent, stride, padding) for n in space)
    shape = _spatial_shape(d, space, filters)
    d.put(f"{kind}{rank}D", shape, *leading, **options, **_format(d))


def _put_transposed(d: Drawing, rank: int) -> None:
    space, _ = _parts(d)
    filters, stride = d.rng.choice([2, 4]), d.rng.choice([1, 2])
    space = tuple(min(n * stride, 10**6) for n in space)
    d.put(f"Conv{rank}DTranspose", _spatial_shape(d, space, filters), ("filters", filters),
          ("kernel_size", 3), strides=stride, padding="same", **_format(d))  # fmt: skip


def _put_pooling(d: Drawing, rank: int) -> None:
    space, channels = _parts(d)
    size = d.rng.choice([2, 2, 3])
    padding = d.rng.choice(["valid", "same"]) if min(space) > size else "same"
    options: dict[str, object] = {"padding": "same"} if padding == "same" else {}
    stride = size
    if d.coin(3):
        stride = options["strides"] = 1
    shape = _spatial_shape(d, tuple(_slid(n, size, stride, padding) for n in space), channels)
    kind = d.rng.choice(["MaxPooling", "AveragePooling"])
    d.put(f"{kind}{rank}D", shape, ("pool_size", size), **options, **_format(d))


def _put_margin(d: Drawing, rank: int) -> None:
    space, channels = _parts(d)
    kind = d.rng.choice(["ZeroPadding", "Cropping", "UpSampling"])
    written = {} if rank == 1 else _format(d)
    if rank == 1 and d.channels_first:
        return
    if kind == "UpSampling":
        shape, leading = tuple(n * 2 for n in space), ("size", 2)
        if max(shape) > 70:
            return
    elif kind == "Cropping":
        if min(space) < 4:
            return
        shape, leading = tuple(n - 2 for n in space), ("cropping", 1)
    else:
        shape, leading = tuple(n + 2 for n in space), ("padding", 1)
    d.put(f"{kind}{rank}D", _spatial_shape(d, shape, channels), leading, **written)


def _put_between(d: Drawing, rank: int) -> None:
    if d.coin(4):
        d.put(f"SpatialDropout{rank}D", d.shape, ("rate", 0.2), **({} if rank == 1 else _format(d)))
    else:
        _put_elementwise(d)


def _put_residual(d: Drawing, rank: int) -> None:
    start = d.at
    space, channels = _parts(d)
    options: dict[str, object] = {"padding": "same", **_format(d)}
    ends = [start]
    for _ in range(d.rng.randint(1, 2)):
        d.at = start
        for _ in range(d.rng.randint(1, 2)):
            d.put(f"Conv{rank}D", _spatial_shape(d, space, channels), ("filters", channels),
                  ("kernel_size", 3), **options)  # fmt: skip
        ends.append(d.at)
    _merge(d, ends, 1 if d.channels_first else -1)


SPATIAL_PARTS = [
    _put_convolution, _put_convolution, _put_convolution, _put_transposed, _put_pooling,
    _put_pooling, _put_margin, _put_between, _put_between, _put_residual,
]  # fmt: skip


# --- sequences -----------------------------------------------------------------------------------


def _sequence(d: Drawing) -> None:
    steps = d.rng.choice([10, 20, 40])
    if d.coin():
        d.start((steps,))
        width = d.rng.choice([8, 16])
        d.put("Embedding", (steps, width), ("input_dim", 1000), ("output_dim", width))
    else:
        d.start((steps, d.rng.choice([1, 4, 8])))
    for _ in range(d.rng.randint(1, 3)):
        d.rng.choice(SEQUENCE_PARTS)(d)
    if d.coin():
        d.put("GlobalAveragePooling1D", d.shape[1:])
    else:
        _put_recurrent(d, last=True)
        if d.coin(4):
            d.put("RepeatVector", (3, *d.shape), ("n", 3))
            d.put("LSTM", (4,), ("units", 4))
    _head(d)


def _put_recurrent(d: Drawing, last: bool = False) -> None:
    units = d.rng.choice([4, 8])
    options: dict[str, object] = {} if last else {"return_sequences": True}
    steps = () if last else d.shape[:1]
    kind = d.rng.choice(RECURRENT)
    if d.coin(4):
        more = "" if last else ", return_sequences=True"
        inner = Written(f"{kind}({units}{more})")
        d.put("Bidirectional", (*steps, 2 * units), ("layer", inner))
    else:
        d.put(kind, (*steps, units), ("units", units), **options)


def _put_step_by_step(d: Drawing) -> None:
    units = d.rng.choice([4, 8])
    if d.coin():
        shape = (*d.shape[:-1], units)
        d.put("TimeDistributed", shape, ("layer", Written(f"Dense({units})")))
    else:
        _put_dense(d)


def _put_attention(d: Drawing) -> None:
    x = d.at
    kind = d.rng.choice(["MultiHeadAttention", "Attention", "AdditiveAttention"])
    if kind == "MultiHeadAttention":
        d.put(kind, d.shape, ("num_heads", 2), ("key_dim", 4), inputs=(x, x), apart=True)
    else:
        d.put(kind, d.shape, inputs=(x, x))
    if d.coin():
        d.put("Add", d.shape, inputs=(x, d.at))


def _put_convolution_in_time(d: Drawing) -> None:
    filters = d.rng.choice([4, 8])
    d.put("Conv1D", (d.shape[0], filters), ("filters", filters), ("kernel_size", 3),
          padding=d.rng.choice(["same", "causal"]))  # fmt: skip


SEQUENCE_PARTS = [
    _put_recurrent, _put_recurrent, _put_step_by_step, _put_attention, _put_convolution_in_time,
    _put_elementwise,
]  # fmt: skip


# --- several inputs ------------------------------------------------------------------------------


def _several(d: Drawing) -> None:
    ends = []
    units = d.rng.choice([4, 8])
    for _ in range(2):
        d.start((d.rng.choice([4, 6, 10]),))
        if d.coin():
            _put_elementwise(d)
        ends.append(d.put("Dense", (units,), ("units", units)))
    kind = d.rng.randrange(3)
    if kind == 0:
        d.put("Dot", (1,), ("axes", d.rng.choice([1, -1, (1, 1)])), inputs=tuple(ends))
    else:
        _merge(d, ends, -1)
    _head(d)


def _two_sequences(d: Drawing) -> None:
    ends = []
    width, keys = 8, d.rng.choice([5, 12])
    for steps in (keys if d.coin() else 7, keys):
        d.start((steps, d.rng.choice([3, 8])))
        ends.append(d.put("Dense", (steps, width), ("units", width)))
    query = d.steps[ends[0]].shape
    kind = d.rng.choice(["MultiHeadAttention", "Attention", "Dot"])
    if kind == "MultiHeadAttention":
        d.put(kind, query, ("num_heads", 2), ("key_dim", 3), inputs=tuple(ends), apart=True)
    elif kind == "Attention":
        d.put(kind, query, inputs=tuple(ends))
    else:
        d.put("Dot", (query[0], keys), ("axes", d.rng.choice([2, -1, (2, 2)])), inputs=tuple(ends))
    d.put("GlobalMaxPooling1D", d.shape[1:])
    _head(d)


FAMILIES = {
    "dense": _dense,
    "image": _image,
    "series": _series,
    "volume": _volume,
    "sequence": _sequence,
    "several inputs": _several,
    "two sequences": _two_sequences,
}

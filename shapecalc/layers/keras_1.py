"""How Keras 1 wrote the arguments of layers that are still here."""

from __future__ import annotations

from typing import Any

from shapecalc.rules.refusal import InvalidArgument

# Old keyword → today's.
WEIGHTED = {
    "output_dim": "units",
    "init": "kernel_initializer",
    "bias": "use_bias",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
}

CONVOLUTION = {
    **{old: new for old, new in WEIGHTED.items() if old != "output_dim"},
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "subsample": "strides",
    "subsample_length": "strides",
    "border_mode": "padding",
    "dim_ordering": "data_format",
    "atrous_rate": "dilation_rate",
}

_WINDOW_NAMES = {
    2: ("nb_row", "nb_col"),
    3: ("kernel_dim1", "kernel_dim2", "kernel_dim3"),
}
# What followed the kernel by position. The dilation was an argument of layers of its own.
_BEHIND_THE_KERNEL = ("init", "activation", "weights", "border_mode", "subsample")
_AT_THE_END = (
    "W_regularizer", "b_regularizer", "activity_regularizer", "W_constraint", "b_constraint",
    "bias",
)  # fmt: skip
_DATA_FORMATS = {"th": "channels_first", "tf": "channels_last", "default": None}


def _behind_the_kernel(rank: int, values: tuple[Any, ...], *, dilated: bool) -> dict[str, Any]:
    """By name, what a call of Keras 1 gives by position behind the kernel."""
    dilation = ("atrous_rate",) if dilated else ()
    layout = ("dim_ordering",) if rank > 1 else ()
    names = (*_BEHIND_THE_KERNEL, *dilation, *layout, *_AT_THE_END)
    return {n: v for n, v in zip(names, values, strict=False) if n != "weights"}


def convolution_from_keras_1(
    rank: int, args: tuple[Any, ...], kwargs: dict[str, Any], *, dilated: bool = False
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """`Convolution2D(32, 3, 3, border_mode="same")` in the arguments of today.

    Keras 3 reads the third number as strides, so only a call with a keyword that Keras 1 alone
    has is taken for one of its time.

    Args:
        rank: the number of spatial axes.
        args: by position.
        kwargs: by keyword.
        dilated: whether it is a layer for kernels with holes, which Keras 1 alone had.

    Raises:
        InvalidArgument: the kernel's size is given twice.
    """
    names = _WINDOW_NAMES.get(rank, ())
    if not dilated and not any(word in kwargs for word in (*CONVOLUTION, *names)):
        return args, kwargs
    kwargs = dict(kwargs)
    window = tuple(kwargs.pop(name) for name in names if name in kwargs)
    if names and len(args) > rank:
        window = (*args[1 : 1 + rank], *window)
        kwargs = {**_behind_the_kernel(rank, args[1 + rank :], dilated=dilated), **kwargs}
        args = args[:1]
    elif names and len(args) == rank and window:
        # Some of the kernel's numbers by position, the rest by name.
        args, window = args[:1], (*args[1:], *window)
    elif not names and len(args) > 2 and not isinstance(args[2], int):
        kwargs = {**_behind_the_kernel(rank, args[2:], dilated=dilated), **kwargs}
        args = args[:2]
    if window:
        if "kernel_size" in kwargs or len(window) != rank:
            raise InvalidArgument(f"the kernel needs {rank} sizes", argument="kernel_size")
        kwargs["kernel_size"] = window
    if "dim_ordering" in kwargs:
        kwargs["dim_ordering"] = _DATA_FORMATS.get(kwargs["dim_ordering"], kwargs["dim_ordering"])
    return args, kwargs

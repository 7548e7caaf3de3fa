"""Layers that keep the shape: activations, normalization, dropout."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from tests.layers import counting
from tests.layers.strategies import Drawn, Extra, shapes


def _whole(least: int, most: int) -> Any:
    """Inputs of several ranks without free axes: a weight needs their lengths."""
    length = st.integers(1, 6)
    ranks = st.integers(least, most)
    return lambda drawn: ranks.flatmap(lambda r: shapes(r, length)).map(lambda s: (s,))


def _to_group(drawn: Drawn) -> Any:
    """Inputs whose every axis is a multiple of the groups, mostly."""
    groups = drawn.get("groups", 32)
    unit = groups if isinstance(groups, int) and groups > 0 else 1
    length = st.sampled_from((unit, unit, 2 * unit, unit, 2 * unit, 5))
    return st.integers(2, 4).flatmap(lambda r: shapes(r, length)).map(lambda s: (s,))


def _count_scaled(layer: Any, x: Any) -> Any:
    return counting.elementwise(layer, x, scale=bool(layer.scale), shift=bool(layer.center))


def _count_layer_norm(layer: Any, x: Any) -> Any:
    if layer.rms_scaling:
        return counting.elementwise(layer, x, scale=True, shift=False)
    return _count_scaled(layer, x)


_scaled = partial(counting.elementwise, scale=True, shift=False)

_AXIS = st.sampled_from((-1, -1, 1, 2, 3, -2))
_AXES = st.one_of(_AXIS, st.lists(_AXIS, max_size=3))

EXTRAS = {
    "Identity": Extra(inputs=_whole(0, 4)),
    "Activation": Extra(),
    # Keras looks at the axes when it computes.
    "Softmax": Extra(
        arguments={"axis": st.one_of(_AXES, st.none())}, traced=True, inputs=_whole(2, 4)
    ),
    "PReLU": Extra(
        arguments={"shared_axes": st.one_of(st.none(), _AXES)},
        inputs=_whole(2, 4),
        count=_scaled,
    ),
    "Dropout": Extra(
        arguments={"noise_shape": st.sampled_from((None, (None, 1), [2, 3], (2.0,), 3, "a", (0,)))}
    ),
    "BatchNormalization": Extra(
        arguments={
            "axis": _AXIS,
            # Refused on every backend but TensorFlow.
            "synchronized": None,
            "renorm_clipping": st.sampled_from(
                (None, {}, {"rmax": 3.0, "rmin": 0.3}, {"dmax": -1}, {"rmax": 0, "rmin": 1})
            ),
        },
        # Keras takes the int or float of anything, "1" too.
        odd={
            "axis": st.sampled_from((0, -9, 9, None)),
            "momentum": st.sampled_from((None, "x", -1)),
            "epsilon": st.sampled_from((None, "x", -1)),
        },
        inputs=_whole(2, 4),
        count=_count_scaled,
    ),
    "LayerNormalization": Extra(
        arguments={"axis": _AXES}, inputs=_whole(2, 4), count=_count_layer_norm
    ),
    "GroupNormalization": Extra(
        arguments={"axis": _AXIS, "groups": st.sampled_from((1, 2, 3, -1))},
        odd={"groups": st.sampled_from((0, -2, 7, None, "1"))},
        inputs=_to_group,
        count=_count_scaled,
    ),
    "RMSNormalization": Extra(arguments={"axis": _AXES}, inputs=_whole(2, 4), count=_scaled),
    "UnitNormalization": Extra(arguments={"axis": _AXES}, inputs=_whole(2, 4)),
}

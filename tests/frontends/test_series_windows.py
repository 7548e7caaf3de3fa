"""Windows of series that a generator hands out."""

from __future__ import annotations

import pytest

from shapecalc.graph.tensor import Tensor
from tests.frontends.test_data import given

HEAD = """
from keras.preprocessing.sequence import TimeseriesGenerator
series, prices = np.zeros((200, 3)), np.zeros(200)
"""


@pytest.mark.parametrize(
    ("windows", "x", "y"),
    [
        ("series, prices, length=10", (10, 3), ()),
        ("series, series, 10, batch_size=8", (10, 3), (3,)),
        ("series, prices, length=10, sampling_rate=3", (4, 3), ()),
        ("prices, prices, length=10", (10,), ()),
        ("series.tolist(), prices, 10", (10, 3), ()),
    ],
)
def test_a_window_has_its_steps_and_the_rows_their_shape(
    windows: str, x: tuple[int, ...], y: tuple[int, ...]
) -> None:
    parts = given(f"{HEAD}windows = TimeseriesGenerator({windows})", "windows")
    assert [part.shape[1:] for part in parts] == [x, y]


def test_of_a_series_that_is_not_known_nothing_is_said() -> None:
    text = HEAD + "windows = TimeseriesGenerator(np.load('x.npy'), prices, length=10)"
    x, y = given(text, "windows")
    assert not isinstance(x, Tensor)
    assert y.shape[1:] == ()

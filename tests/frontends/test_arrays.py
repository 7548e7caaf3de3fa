"""Arrays of a program: shapes, dtypes and contents are NumPy's."""

from __future__ import annotations

import pytest

from shapecalc.ops import op_for

pytest.importorskip("numpy")

from hypothesis import given

from tests.frontends.array_programs import array_programs, difference, ours

pytestmark = pytest.mark.oracle


@given(array_programs())
def test_arrays_are_those_of_numpy(text: str) -> None:
    assert difference(text) is None, text


@pytest.mark.parametrize(
    ("text", "shape", "contents"),
    [
        ("x = np.zeros((4, 2))", (4, 2), (0, 0, True, False)),
        ("x = np.eye(10)[np.array([1, 2, 2])]", (3, 10), (0, 1, True, True)),
        ("x = np.random.randint(10, size=(5,))", (5,), (0, 9, True, False)),
        ("x = np.arange(256).astype('float32') / 255", (256,), (0.0, 1.0, False, False)),
        ("x = (np.arange(256) - 127.5) / 127.5", (256,), (-1.0, 1.0, False, False)),
        ("x = np.arange(256).astype('float32')\nx /= 255", (256,), (0.0, 1.0, False, False)),
        ("x = np.zeros(3)\nx[1] = 7", (3,), (0, 7, True, False)),
    ],
)
def test_what_is_known_of_everyday_arrays(
    text: str, shape: tuple[int, ...], contents: tuple[object, ...]
) -> None:
    assert difference(text) is None
    found = ours(text)
    assert found.shape == shape
    assert tuple(found.contents)[:4] == contents


@pytest.mark.parametrize(
    ("op", "text"),
    [
        ("numpy.argmax", "x = np.argmax(np.full((2, 9), 7), axis=-1)"),
        ("numpy.sum", "x = np.ones((4, 3)).sum(axis=0)"),
    ],
)
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, op: str, text: str) -> None:
    assert difference(text) is None
    rule = op_for(op)
    assert rule is not None
    monkeypatch.setattr(rule.function, "moves", ("x",), raising=False)
    assert difference(text) is not None


def test_a_write_that_is_not_seen_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x = np.zeros((3, 2))\ny = x.reshape(-1)\ny[0] = 5"
    assert difference(text) is None
    monkeypatch.setattr("shapecalc.graph.tensor.Tensor.write", lambda self, contents: None)
    assert difference(text) is not None

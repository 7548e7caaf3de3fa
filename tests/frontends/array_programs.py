"""Programs that compute with arrays, drawn step by step, and what NumPy says of the result."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from shapecalc.dims import is_unknown
from shapecalc.frontends.python import read
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse
from shapecalc.rules.unknown import Unranked
from shapecalc.source import SourceFile

_HEAD = "import keras\nimport numpy as np\n"
_TAIL = "\nkeras.Sequential([keras.layers.Lambda(lambda t: t)]).predict_on_batch(x)\n"
_STARTS = (
    "np.array([[0, 3, 1], [2, 1, 0]])",
    "np.array([0, 1, 2, 2, 1])",
    "np.array([[0.5, -1.5], [2.0, 4.25], [1.0, 0.0]])",
    "np.arange(24).reshape(2, 3, 4)",
    "np.arange(3, 20, 2)",
    "np.arange(10, 0, -1)",
    "np.zeros((3, 1, 4))",
    "np.ones((2, 3), dtype='uint8')",
    "np.full((4, 2), 7)",
    "np.eye(4)",
    "np.linspace(-1, 1, 6)",
    "np.random.rand(3, 4)",
    "np.random.randint(0, 5, size=(6, 1))",
    "np.random.default_rng(0).integers(10, size=8)",
    "(np.arange(256).reshape(16, 16) % 256).astype('uint8')",
)
_STEPS = (
    "x.reshape(-1)",
    "x.reshape(-1, 2)",
    "np.reshape(x, (2, -1))",
    "np.expand_dims(x, -1)",
    "np.expand_dims(x, axis=0)",
    "x[np.newaxis]",
    "x[..., None]",
    "x[:, None]",
    "np.squeeze(x)",
    "x.T",
    "np.transpose(x)",
    "np.swapaxes(x, 0, -1)",
    "np.concatenate([x, x])",
    "np.concatenate((x, x * 2), axis=-1)",
    "np.stack([x, x + 1])",
    "np.vstack([x, x])",
    "np.hstack((x, x))",
    "x[1:]",
    "x[:2]",
    "x[::-1]",
    "x[..., ::2]",
    "x[-1]",
    "x[:, 0]",
    "x[[0, 1, 0]]",
    "x[x > 1]",
    "x[np.array([1, 0])]",
    "np.eye(5)[np.array([0, 4, 2])]",
    "x.astype('float32')",
    "x.astype(int)",
    "x.astype(np.uint8)",
    "x / 255",
    "(x - 127.5) / 127.5",
    "x + 1",
    "1 - x",
    "x * -2",
    "x * 0.1",
    "x // 2",
    "x % 3",
    "-x",
    "abs(x)",
    "x * x",
    "x - x[::-1]",
    "np.clip(x, 0, 1)",
    "np.where(x > 0, x, 0)",
    "np.argmax(x, axis=-1)",
    "np.max(x, axis=0)",
    "x.min(axis=-1)",
    "np.unique(x)",
    "np.tile(x, 2)",
    "np.repeat(x, 2, axis=0)",
    "np.flip(x)",
    "np.roll(x, 1)",
    "np.sort(x)",
    "x.sum(axis=0)",
    "x.mean(axis=-1)",
    "np.maximum(x, 1)",
    "np.zeros_like(x)",
    "np.ones_like(x, dtype='int8')",
    "np.negative(x)",
    "np.add(x, 1.5)",
    "x > 0",
    "x.copy()",
    "np.asarray(x)",
    "np.array([x, x])",
    "np.random.permutation(x)",
)
# Statements that change an array which may be held under another name, or be part of another.
_CHANGES = (
    "x[0] = 9",
    "x[:] = 0",
    "y = x\ny[-1] = -3",
    "y = x[1:]\ny[:] = 8",
    "x /= 2",
    "x += 1",
    "y = x.reshape(-1)\ny *= 3",
    "y = x\nx -= 1\nx = y",
    "np.random.shuffle(x)",
    "np.copyto(x, 5)",
)
_LARGEST = 4_000


@st.composite
def array_programs(draw: Any) -> str:
    """The statements of a program that runs, and leaves an array in `x`."""
    lines = ["x = " + draw(st.sampled_from(_STARTS))]
    names = _run(lines)
    for _ in range(draw(st.integers(1, 6))):
        steps = [f"x = {step}" for step in _STEPS] + list(_CHANGES)
        step = draw(st.sampled_from(steps))
        try:
            then = _run([*lines, step])
        except (ValueError, TypeError, IndexError, ArithmeticError):
            continue
        fits = isinstance(then["x"], np.ndarray) and 0 < then["x"].size <= _LARGEST
        if fits and (then["x"].dtype == bool or np.all(np.isfinite(then["x"]))):
            lines.append(step)
            names = then
    assert isinstance(names["x"], np.ndarray)
    return "\n".join(lines)


def _run(lines: list[str]) -> dict[str, Any]:
    """The names of a program that this file has made, run by Python."""
    names: dict[str, Any] = {"np": np}
    with np.errstate(all="ignore"):
        exec("\n".join(lines), names)  # noqa: S102 - of this file's own making
    return names


def ours(text: str) -> Any:
    """What the front end makes of `x`, as the checks of the training contract see it."""
    program = read(SourceFile("program.py", _HEAD + text + _TAIL))
    (use,) = [u for u in program.uses if isinstance(u, DataUse)]
    return use.given["x"]


def difference(text: str) -> str | None:
    """What the front end says of a program's array that is not so; None where all holds."""
    array = _run(text.splitlines())["x"]
    tensor = ours(text)
    if not isinstance(tensor, Tensor):
        return None
    if not isinstance(tensor.shape, Unranked):
        fits = len(tensor.shape) == array.ndim and all(
            is_unknown(dim) or dim == length
            for dim, length in zip(tensor.shape, array.shape, strict=True)
        )
        if not fits:
            return f"shape {tensor.shape}, of {array.shape}"
    if tensor.dtype not in ("unknown", array.dtype.name):
        return f"dtype {tensor.dtype}, of {array.dtype}"
    wrong = None if tensor.contents is None else _wrong_contents(tensor.contents, array)
    return wrong and f"{wrong}: {tensor.contents} of {array!r}"


def _wrong_contents(contents: Contents, array: Any) -> str | None:
    if contents.low is not None and array.min() < contents.low:
        return "low"
    if contents.high is not None and array.max() > contents.high:
        return "high"
    if contents.whole and not np.all(array == np.floor(array)):
        return "whole"
    if contents.one_hot:
        ones, zeros = (array == 1).sum(-1), (array == 0).sum(-1)
        if not (np.all(ones == 1) and np.all(zeros == array.shape[-1] - 1)):
            return "one_hot"
    if contents.all_occur:
        expected = set(range(math.floor(contents.low or 0), math.floor(contents.high or 0) + 1))
        if not expected <= set(array.ravel().tolist()):
            return "all_occur"
    return None

"""SciPy, as far as programs prepare data with it."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.tensor import Tensor

LIBRARIES = ("scipy",)

_ROTATION = "scipy.spatial.transform.Rotation"
_FILTERS = ("gaussian_filter", "uniform_filter", "median_filter", "maximum_filter")


@models(
    *(f"{_ROTATION}.{way}" for way in ("from_rotvec", "from_euler", "from_quat")), unknowns=True
)
def rotation(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return LibraryObject(_ROTATION)


@object_methods(f"{_ROTATION}.apply", unknowns=True)
def rotate(run: Interpreter, turned: LibraryObject, vectors: Value, *args: Value) -> Value:
    return _like(run, vectors)


@models(*(f"scipy.ndimage.{name}" for name in _FILTERS), unknowns=True)
@models(*(f"scipy.ndimage.filters.{name}" for name in _FILTERS), unknowns=True)
def filtered(run: Interpreter, x: Value, *args: Value, **kwargs: Value) -> Value:
    return _like(run, x)


def _like(run: Interpreter, x: Value) -> Value:
    if isinstance(x, Tensor):
        return Tensor(x.shape, "float64")
    return run.unknown("what is computed from data")

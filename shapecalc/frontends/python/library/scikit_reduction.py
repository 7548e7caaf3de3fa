"""scikit-learn: fewer columns for many, and the rows in another order."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_frames import DataFrame
from shapecalc.frontends.python.library.label_encodings import as_array
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.library.scikit_learn import has_rows, rows_of, transformer
from shapecalc.frontends.python.library.tensor_operations import is_length
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, unknown_dim

LIBRARIES = ("sklearn.decomposition", "sklearn.manifold", "sklearn.utils")

# How many columns are kept where the program does not say; None for what the data decide.
_KEPT: dict[str, int | None] = {
    "decomposition.PCA": None,
    "decomposition.IncrementalPCA": None,
    "decomposition.KernelPCA": None,
    "decomposition.FastICA": None,
    "decomposition.NMF": None,
    "decomposition.TruncatedSVD": 2,
    "manifold.TSNE": 2,
}


def _reducing(kept: int | None) -> Any:
    def reduced(run: Interpreter, made: LibraryObject, x: Value) -> Value:
        if not has_rows(x) or len(x.shape) != 2:
            return x if isinstance(x, Unknown) else run.unknown("data of fewer columns")
        asked = made.kwargs.get("n_components", made.args[0] if made.args else kept)
        kept_columns = _count(asked, "how many columns are kept")
        return Tensor((x.shape[0], kept_columns), "float32" if x.dtype == "float32" else "float64")

    return reduced


for _name, _kept in _KEPT.items():
    transformer(f"sklearn.{_name}", _reducing(_kept))


@models("sklearn.utils.shuffle", unknowns=True)
def shuffle(
    run: Interpreter, *arrays: Value, random_state: Value = None, n_samples: Value = None
) -> Value:
    """The rows of arrays in another order, or some of them; one array stays one."""
    made = [_drawn(run, value, n_samples, every=n_samples is None) for value in arrays]
    return made[0] if len(made) == 1 else made


@models("sklearn.utils.resample", unknowns=True)
def resample(run: Interpreter, *arrays: Value, n_samples: Value = None, **kwargs: Value) -> Value:
    """Rows of arrays that are drawn; one array stays one."""
    made = [_drawn(run, value, n_samples, every=False) for value in arrays]
    return made[0] if len(made) == 1 else made


def _drawn(run: Interpreter, value: Value, count: Value, *, every: bool) -> Value:
    """Rows of an array or a table.

    Args:
        run: the run.
        value: the array.
        count: how many rows, None for as many as there are.
        every: whether each row is among them.
    """
    array = as_array(run, value)
    if isinstance(value, DataFrame):
        rows = value.rows if count is None else _count(count, "how many rows are drawn")
        return DataFrame(rows, value.names, value.width, value.dtype)
    if not has_rows(array):
        return array if isinstance(array, Unknown) else run.unknown("data in another order")
    if every:
        return Tensor(array.shape, array.dtype, contents=array.contents)
    rows = array.shape[0] if count is None else _count(count, "how many rows are drawn")
    return rows_of(array, rows)


def _count(value: Value, reason: str) -> Dim:
    return value if is_length(value) else unknown_dim(reason)

"""The data sets that come with Keras: `keras.datasets.mnist.load_data()`."""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, unknown_dim

LIBRARIES = ("keras.datasets",)


class _Part(NamedTuple):
    """An array of a data set: the shape of a row, the dtype and what its numbers are."""

    row: tuple[Dim, ...]
    dtype: str
    contents: Contents | None


class _Dataset(NamedTuple):
    """A data set as `load_data()` returns it: as many rows for training, as many for testing."""

    rows: tuple[int, int]
    x: _Part
    y: _Part


def _labels(classes: int, dtype: str, row: tuple[Dim, ...] = ()) -> _Part:
    return _Part(row, dtype, Contents(0, classes - 1, whole=True, all_occur=True))


def _prices(low: float, high: float, dtype: str) -> _Part:
    return _Part((), dtype, Contents(low, high, reached=True))


_PIXELS = Contents(0, 255, whole=True, reached=True)
_GREY = _Part((28, 28), "uint8", _PIXELS)
_COLOUR = _Part((32, 32, 3), "uint8", _PIXELS)
# Lists of word indices, of a length of their own each.
_TEXTS = _Part((), "object", None)

_DATASETS = {
    "mnist": _Dataset((60000, 10000), _GREY, _labels(10, "uint8")),
    "fashion_mnist": _Dataset((60000, 10000), _GREY, _labels(10, "uint8")),
    "cifar10": _Dataset((50000, 10000), _COLOUR, _labels(10, "uint8", (1,))),
    "cifar100": _Dataset((50000, 10000), _COLOUR, _labels(100, "int64", (1,))),
    "boston_housing": _Dataset(
        (404, 102), _Part((13,), "float64", None), _prices(5.0, 50.0, "float64")
    ),
    "california_housing": _Dataset(
        (16512, 4128), _Part((8,), "float32", None), _prices(14999.0, 500001.0, "float32")
    ),
    "imdb": _Dataset((25000, 25000), _TEXTS, _labels(2, "int64")),
    "reuters": _Dataset((8982, 2246), _TEXTS, _labels(46, "int64")),
}
# Arguments that bear on how many rows there are, and on which of them.
_SPLITS = frozenset({"test_split", "maxlen", "version"})
_COARSE_CLASSES = 20


def _load_data(name: str) -> Any:
    def model(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
        data = _DATASETS[name]
        if name == "cifar100":
            mode = args[0] if args else kwargs.get("label_mode", "fine")
            if isinstance(mode, Unknown):
                data = data._replace(y=data.y._replace(contents=None))
            elif mode == "coarse":
                data = data._replace(y=_labels(_COARSE_CLASSES, "int64", (1,)))
        if name in ("imdb", "reuters"):
            data = data._replace(x=_TEXTS._replace(contents=_words(args, kwargs)))
        rows: list[Dim] = list(data.rows)
        # By position: path, num_words, skip_top, maxlen, …; path, test_split.
        further = len(args) > (3 if name in ("imdb", "reuters") else 1)
        subset = bool(_SPLITS & set(kwargs)) or further
        if subset:
            rows = [unknown_dim(f"the rows of {name} that are asked for") for _ in rows]
        return tuple(
            tuple(_array(part, count, whole=not subset) for part in (data.x, data.y))
            for count in rows
        )

    return model


def _words(args: tuple[Value, ...], kwargs: dict[str, Value]) -> Contents:
    """The word indices of texts; `num_words` limits them."""
    second = args[1] if len(args) > 1 else None
    limit = kwargs.get("num_words", second)
    others = {"start_char", "oov_char", "index_from"} & set(kwargs)
    if isinstance(limit, int) and len(args) < 3 and limit > 2 and not others:
        return Contents(0, limit - 1, whole=True, reached=True)
    return Contents(0, None, whole=True)


def _array(part: _Part, rows: Dim, *, whole: bool) -> Tensor:
    contents = part.contents
    if contents is not None and not whole:
        contents = contents._replace(all_occur=False)
    return Tensor((rows, *part.row), part.dtype, contents=contents)


for _name in _DATASETS:
    models(f"keras.datasets.{_name}.load_data", unknowns=True)(_load_data(_name))

"""scikit-learn: its data sets, splits, scalers and encoders."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_frames import DataFrame
from shapecalc.frontends.python.library.label_encodings import ONE_HOT, as_array
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("sklearn",)

# --- data sets ---------------------------------------------------------------------------------


class _Dataset(NamedTuple):
    rows: int
    columns: int
    classes: int | None = None
    images: tuple[int, int] | None = None
    targets: Contents | None = None


_DATASETS = {
    "load_iris": _Dataset(150, 4, 3),
    "load_wine": _Dataset(178, 13, 3),
    "load_breast_cancer": _Dataset(569, 30, 2),
    "load_digits": _Dataset(1797, 64, 10, (8, 8)),
    "load_diabetes": _Dataset(442, 10, targets=Contents(25.0, 346.0, reached=True)),
    "fetch_california_housing": _Dataset(
        20640, 8, targets=Contents(0.14999, 5.00001, reached=True)
    ),
    "load_boston": _Dataset(506, 13, targets=Contents(5.0, 50.0, reached=True)),
}
# Arguments that do not bear on what the arrays are.
_INERT = frozenset({"data_home", "download_if_missing", "scaled", "n_retries", "delay"})


def classes_of(count: int) -> Contents:
    """Labels of so many classes."""
    return Contents(0, count - 1, whole=True, all_occur=True)


def _loader(name: str, data: _Dataset) -> None:
    @models(f"sklearn.datasets.{name}", unknowns=True)
    def model(run: Interpreter, *, return_X_y: Value = False, **kwargs: Value) -> Value:  # noqa: N803
        if set(kwargs) - _INERT:
            return run.unknown(f"{name} with options that are not modelled")
        x = Tensor((data.rows, data.columns), "float64")
        labels = data.targets if data.classes is None else classes_of(data.classes)
        y = Tensor((data.rows,), "float64" if data.classes is None else "int64", contents=labels)
        if return_X_y is True:
            return (x, y)
        if return_X_y is not False:
            return run.unknown(f"whether {name} returns a pair")
        bunch = LibraryObject("sklearn.utils.Bunch")
        bunch.attributes.update(data=x, target=y)
        bunch.attributes["feature_names"] = [run.unknown("the name of a feature")] * data.columns
        if data.classes is not None:
            bunch.attributes["target_names"] = [run.unknown("the name of a class")] * data.classes
        if data.images is not None:
            bunch.attributes["images"] = Tensor((data.rows, *data.images), "float64")
        return bunch


for _name, _data in _DATASETS.items():
    _loader(_name, _data)


def _points(classes: int) -> Any:
    def model(run: Interpreter, n_samples: Value = 100, **kwargs: Value) -> Value:
        if not isinstance(n_samples, int):
            return run.unknown("points of a number that is not known")
        contents = classes_of(classes)._replace(all_occur=n_samples >= 2)
        x = Tensor((n_samples, 2), "float64")
        return (x, Tensor((n_samples,), "int64", contents=contents))

    return model


models("sklearn.datasets.make_moons", "sklearn.datasets.make_circles", unknowns=True)(_points(2))


@models("sklearn.datasets.make_classification", unknowns=True)
def make_classification(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 20,
    *,
    n_classes: Value = 2,
    **kwargs: Value,
) -> Value:
    return _made(run, n_samples, n_features, n_classes)


@models("sklearn.datasets.make_blobs", unknowns=True)
def make_blobs(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 2,
    *,
    centers: Value = None,
    return_centers: Value = False,
    **kwargs: Value,
) -> Value:
    if return_centers is not False or not isinstance(n_samples, int):
        return run.unknown("blobs with options that are not modelled")
    if isinstance(centers, (list, tuple)) and centers and isinstance(centers[0], (list, tuple)):
        return _made(run, n_samples, len(centers[0]), len(centers))
    return _made(run, n_samples, n_features, 3 if centers is None else centers)


def _made(run: Interpreter, rows: Value, columns: Value, classes: Value) -> Value:
    if not isinstance(rows, int) or not isinstance(columns, int):
        return run.unknown("data of a size that is not known")
    known = isinstance(classes, int) and classes > 0
    # A class may be left out where labels are drawn or samples are few.
    contents = classes_of(classes)._replace(all_occur=False) if known else None
    return (Tensor((rows, columns), "float64"), Tensor((rows,), "int64", contents=contents))


@models("sklearn.datasets.make_regression", unknowns=True)
def make_regression(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 100,
    *,
    n_targets: Value = 1,
    coef: Value = False,
    **kwargs: Value,
) -> Value:
    sizes = (n_samples, n_features, n_targets)
    if not all(isinstance(n, int) for n in sizes) or coef is not False:
        return run.unknown("data of a size that is not known")
    target = (n_samples,) if n_targets == 1 else (n_samples, n_targets)
    return (Tensor((n_samples, n_features), "float64"), Tensor(target, "float64"))


# --- splits ------------------------------------------------------------------------------------


@models("sklearn.model_selection.train_test_split",
        "sklearn.cross_validation.train_test_split", unknowns=True)  # fmt: skip
def train_test_split(
    run: Interpreter,
    *arrays: Value,
    test_size: Value = None,
    train_size: Value = None,
    **kwargs: Value,
) -> Value:
    made = [as_array(run, value) for value in arrays]
    counts = [v.shape[0] for v in made if has_rows(v)]
    sizes = _part_sizes(counts[0] if counts else None, test_size, train_size)
    parts: list[Value] = []
    for given, value in zip(arrays, made, strict=True):
        for size in sizes:
            if isinstance(given, DataFrame):
                parts.append(DataFrame(size, given.names, given.width, given.dtype))
            elif has_rows(value):
                parts.append(rows_of(value, size))
            else:
                reason = value.reason if isinstance(value, Unknown) else "a part of the data"
                parts.append(run.unknown(reason))
    return parts


def has_rows(value: Value) -> bool:
    """Whether a value is an array of which the number of axes is known."""
    return isinstance(value, Tensor) and isinstance(value.shape, tuple) and bool(value.shape)


def rows_of(array: Tensor, count: Dim) -> Tensor:
    """So many rows of an array: a class may be left out."""
    contents = array.contents
    if contents is not None:
        contents = contents._replace(
            all_occur=False,
            one_hot=contents.one_hot and len(array.shape) > 1,  # type: ignore[arg-type]
        )
    return Tensor((count, *array.shape[1:]), array.dtype, contents=contents)  # type: ignore[index]


def _part_sizes(count: Value, test: Value, train: Value) -> tuple[Dim, Dim]:
    """How many rows the training and the testing part get, as scikit-learn rounds them."""
    unknown = tuple(unknown_dim(f"the rows of the {part} part") for part in ("train", "test"))
    given = (test, train)
    if not isinstance(count, int) or not all(
        v is None or (isinstance(v, (int, float)) and not isinstance(v, bool)) for v in given
    ):
        return unknown  # type: ignore[return-value]
    if test is None and train is None:
        test = 0.25
    tested = None if test is None else test if isinstance(test, int) else math.ceil(test * count)
    trained = None if train is None else train if isinstance(train, int) else math.floor(
        train * count)  # fmt: skip
    tested = count - trained if tested is None else tested  # type: ignore[operator]
    trained = count - tested if trained is None else trained
    fits = trained > 0 and tested > 0 and trained + tested <= count
    return (trained, tested) if fits else unknown  # type: ignore[return-value]


MAX_FOLDS = 100
_FOLDS = ("KFold", "StratifiedKFold", "RepeatedKFold", "ShuffleSplit", "StratifiedShuffleSplit")


def _folds(name: str) -> None:
    path = f"sklearn.model_selection.{name}"
    models(path, unknowns=True)(lambda *args, **kwargs: LibraryObject(path, args, kwargs))


for _name in _FOLDS:
    _folds(_name)


@object_methods("sklearn.model_selection.KFold.split", unknowns=True)
def split_folds(
    run: Interpreter, folds: LibraryObject, data: Value, *rest: Value, **kwargs: Value
) -> Value:
    count = folds.kwargs.get("n_splits", folds.args[0] if folds.args else 5)
    data = as_array(run, data)
    rows = data.shape[0] if has_rows(data) else None
    if not isinstance(count, int) or not 2 <= count <= MAX_FOLDS or not isinstance(rows, int):
        return run.unknown("the folds of data of unknown length")
    places = Contents(0, rows - 1, whole=True)
    pairs = []
    for fold in range(count):
        tested = rows // count + (fold < rows % count)
        pairs.append(tuple(Tensor((n,), "int64", contents=places) for n in (rows - tested, tested)))
    return pairs


# --- scalers and encoders ----------------------------------------------------------------------

_SCALERS = (
    "StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "Normalizer",
    "QuantileTransformer", "PowerTransformer",
)  # fmt: skip


def transformer(path: str, transform: Any) -> None:
    """Register a class that is fitted to data and makes other data of it.

    Args:
        path: its canonical name.
        transform: what an object of it makes of an array.
    """
    models(path, unknowns=True)(lambda *args, **kwargs: LibraryObject(path, args, kwargs))

    @object_methods(f"{path}.fit", unknowns=True)
    def fit(run: Interpreter, made: LibraryObject, x: Value = None, *r: Value, **k: Value) -> Value:
        _see(run, made, x)
        return made

    @object_methods(f"{path}.fit_transform", unknowns=True)
    def both(run: Interpreter, made: LibraryObject, x: Value, *r: Value, **k: Value) -> Value:
        return transform(run, made, _see(run, made, x))

    @object_methods(f"{path}.transform", unknowns=True)
    def later(run: Interpreter, made: LibraryObject, x: Value, *r: Value, **k: Value) -> Value:
        return transform(run, made, as_array(run, x))


def _see(run: Interpreter, made: LibraryObject, data: Value) -> Value:
    """Note what an object is fitted to.

    Returns:
        The data as an array.
    """
    array = made.attributes["seen"] = as_array(run, data)
    made.attributes["texts"] = _different_texts(data)
    return array


def _different_texts(data: Value) -> int | None:
    """How many different texts a list holds; None of what is no list of known texts."""
    known = isinstance(data, (list, tuple)) and all(isinstance(item, str) for item in data)
    return len(set(data)) if known and data else None


def _scaled(run: Interpreter, scaler: LibraryObject, x: Value, *r: Value, **k: Value) -> Value:
    if isinstance(x, Tensor):
        return Tensor(x.shape, x.dtype if x.dtype == "float32" else "float64")
    return x if isinstance(x, Unknown) else run.unknown("scaled data")


for _name in _SCALERS:
    transformer(f"sklearn.preprocessing.{_name}", _scaled)
    object_methods(f"sklearn.preprocessing.{_name}.inverse_transform", unknowns=True)(_scaled)


def _seen_classes(encoder: LibraryObject) -> int | None:
    """How many classes the labels show that an encoder was fitted to."""
    seen, texts = encoder.attributes.get("seen"), encoder.attributes.get("texts")
    if isinstance(texts, int):
        return texts
    contents = seen.contents if isinstance(seen, Tensor) else None
    if contents is None or not contents.all_occur:
        return None
    low, high = contents.low, contents.high
    return high - low + 1 if isinstance(low, int) and isinstance(high, int) else None


def _encoded(run: Interpreter, encoder: LibraryObject, y: Value) -> Value:
    classes = _seen_classes(encoder)
    if isinstance(y, Unknown):
        return Tensor((unknown_dim("the number of labels"),), "int64", contents=Contents(
            0, None, whole=True))  # fmt: skip
    if not isinstance(y, Tensor) or isinstance(y.shape, Unranked):
        return run.unknown("encoded labels")
    shape = y.shape[:1]
    if classes is None:
        return Tensor(shape, "int64", contents=Contents(0, None, whole=True))
    every = y is encoder.attributes.get("seen")
    contents = classes_of(classes)._replace(all_occur=every)
    return Tensor(shape, "int64", contents=contents)


def _binarized(run: Interpreter, encoder: LibraryObject, y: Value) -> Value:
    if not isinstance(y, Tensor) or isinstance(y.shape, Unranked) or not y.shape:
        return y if isinstance(y, Unknown) else run.unknown("binarized labels")
    if encoder.args or encoder.kwargs or len(y.shape) != 1:
        return run.unknown("labels binarized with options that are not modelled")
    classes = _seen_classes(encoder)
    if classes is None:
        columns = unknown_dim("the number of classes that the labels show")
        return Tensor((y.shape[0], columns), "int64", contents=Contents(0, 1, whole=True))
    # Two classes are told by one column.
    width = 1 if classes <= 2 else classes
    contents = ONE_HOT if classes > 2 else ONE_HOT._replace(one_hot=False)
    return Tensor((y.shape[0], width), "int64", contents=contents)


def _one_hot(run: Interpreter, encoder: LibraryObject, x: Value) -> Value:
    if not isinstance(x, Tensor) or isinstance(x.shape, Unranked) or not x.shape:
        return x if isinstance(x, Unknown) else run.unknown("one-hot columns")
    if encoder.args or set(encoder.kwargs) - {"sparse", "sparse_output"}:
        return run.unknown("columns encoded with options that are not modelled")
    classes = _seen_classes(encoder) if len(x.shape) == 2 and x.shape[1] == 1 else None
    columns = classes or unknown_dim("the number of different values in the columns")
    contents = ONE_HOT if classes else ONE_HOT._replace(one_hot=False)
    return Tensor((x.shape[0], columns), "float64", contents=contents)


transformer("sklearn.preprocessing.LabelEncoder", _encoded)
transformer("sklearn.preprocessing.LabelBinarizer", _binarized)
transformer("sklearn.preprocessing.OneHotEncoder", _one_hot)

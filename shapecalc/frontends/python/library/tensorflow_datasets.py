"""TensorFlow Datasets: what the information on a widely used data set says."""

from __future__ import annotations

from typing import NamedTuple

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import LibraryObject, Value

LIBRARIES = ("tensorflow_datasets",)


class _Images(NamedTuple):
    """A data set of images: their shape, how many classes, and how many examples of a split."""

    shape: tuple[int | None, ...]
    classes: int
    splits: dict[str, int]


_ANY_SIZE = (None, None, 3)
_DATASETS = {
    "mnist": _Images((28, 28, 1), 10, {"train": 60000, "test": 10000}),
    "fashion_mnist": _Images((28, 28, 1), 10, {"train": 60000, "test": 10000}),
    "kmnist": _Images((28, 28, 1), 10, {"train": 60000, "test": 10000}),
    "cifar10": _Images((32, 32, 3), 10, {"train": 50000, "test": 10000}),
    "cifar100": _Images((32, 32, 3), 100, {"train": 50000, "test": 10000}),
    "svhn_cropped": _Images((32, 32, 3), 10, {"train": 73257, "test": 26032, "extra": 531131}),
    "tf_flowers": _Images(_ANY_SIZE, 5, {"train": 3670}),
    "cats_vs_dogs": _Images(_ANY_SIZE, 2, {"train": 23262}),
    "rock_paper_scissors": _Images((300, 300, 3), 3, {"train": 2520, "test": 372}),
    "horses_or_humans": _Images((300, 300, 3), 2, {"train": 1027, "test": 256}),
    "stanford_dogs": _Images(_ANY_SIZE, 120, {"train": 12000, "test": 8580}),
    "food101": _Images(_ANY_SIZE, 101, {"train": 75750, "validation": 25250}),
    "oxford_flowers102": _Images(_ANY_SIZE, 102, {"train": 1020, "test": 6149, "validation": 1020}),
    "beans": _Images((500, 500, 3), 3, {"train": 1034, "validation": 133, "test": 128}),
    "eurosat": _Images((64, 64, 3), 10, {"train": 27000}),
}


def _information(name: str, facts: _Images) -> LibraryObject:
    """The `DatasetInfo` that comes with a data set."""
    image, label = (
        LibraryObject(f"tensorflow_datasets.features.{f}") for f in ("Image", "ClassLabel")
    )
    image.attributes["shape"] = facts.shape
    label.attributes.update(num_classes=facts.classes, shape=())
    splits: dict[str, Value] = {}
    for split, count in facts.splits.items():
        splits[split] = LibraryObject("tensorflow_datasets.core.SplitInfo")
        splits[split].attributes["num_examples"] = count
    made = LibraryObject("tensorflow_datasets.core.DatasetInfo")
    made.attributes.update(name=name, features={"image": image, "label": label}, splits=splits)
    return made


def _facts_of(name: Value) -> tuple[str, _Images] | None:
    """The facts of a data set by the name it is loaded by: `cifar10:3.0.2`, say."""
    if not isinstance(name, str):
        return None
    base = name.partition(":")[0].partition("/")[0]
    return (base, _DATASETS[base]) if base in _DATASETS else None


@models("tensorflow_datasets.load", unknowns=True)
def load(
    run: Interpreter,
    name: Value,
    *args: Value,
    split: Value = None,
    with_info: Value = False,
    **kwargs: Value,
) -> Value:
    """The data set, or one for each split; with the information on it where that is asked for."""
    data: Value = run.unknown(f"the data of {name!r:.40}")
    if isinstance(split, (list, tuple)):
        data = [run.unknown(f"a split of {name!r:.40}") for _ in split]
    if run.truth(with_info) is not True:
        return data
    found = _facts_of(name)
    return data, run.unknown(f"what is told of {name!r:.40}") if found is None else _information(
        *found
    )


@models("tensorflow_datasets.builder", unknowns=True)
def builder(run: Interpreter, name: Value, *args: Value, **kwargs: Value) -> Value:
    found = _facts_of(name)
    made = LibraryObject("tensorflow_datasets.core.DatasetBuilder")
    made.attributes["info"] = (
        run.unknown(f"what is told of {name!r:.40}") if found is None else _information(*found)
    )
    return made

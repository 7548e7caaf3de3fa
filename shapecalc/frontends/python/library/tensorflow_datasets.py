"""TensorFlow Datasets: widely used data sets by what is published of them."""

from __future__ import annotations

from collections.abc import Callable

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_streams import DATASET, batch_of
from shapecalc.frontends.python.library.published_datasets import (
    DatasetFacts,
    FeatureFacts,
    facts_of,
)
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.values import OTHERS, DataStream, LibraryObject, Rest, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor, map_tensors
from shapecalc.rules.unknown import unknown_dim

LIBRARIES = ("tensorflow_datasets",)

_PIXELS = Contents(0, 255, whole=True)
_BUILDER = "tensorflow_datasets.core.DatasetBuilder"
# In these splits of some data sets the examples have no label: -1 stands for it.
_UNLABELLED = frozenset({"unsupervised", "unlabelled"})


# --- the information on a data set -------------------------------------------------------------


def _information(run: Interpreter, name: Value) -> Value:
    """The `DatasetInfo` that comes with a data set."""
    facts = _facts(name)
    if facts is None:
        return run.unknown(f"what is told of {name!r:.40}")
    made = LibraryObject("tensorflow_datasets.core.DatasetInfo")
    features: dict[str, Value] = {}
    for word, feature in facts.features.items():
        features[word] = run.unknown(f"the feature {word!r} of {name!r:.40}")
        if feature is not None:
            features[word] = _feature(run, word, feature)
    splits: dict[str, Value] = {}
    for split, count in facts.splits.items():
        splits[split] = LibraryObject("tensorflow_datasets.core.SplitInfo")
        splits[split].attributes["num_examples"] = count
    if not splits:
        splits[OTHERS] = Rest(f"the splits of {name!r:.40}")  # type: ignore[index]
    made.attributes.update(
        name=name, features=features, splits=splits, supervised_keys=facts.supervised
    )
    return made


def _feature(run: Interpreter, name: str, facts: FeatureFacts) -> LibraryObject:
    kind = "Tensor" if facts.classes is None else "ClassLabel"
    made = LibraryObject(f"tensorflow_datasets.features.{kind}")
    made.attributes.update(shape=facts.shape, dtype=facts.dtype)
    if facts.classes is not None:
        run.account(facts.classes)
        names = [run.unknown(f"the name of a {name}")] * facts.classes
        made.attributes.update(num_classes=facts.classes, names=names)
    return made


def _facts(name: Value) -> DatasetFacts | None:
    return facts_of(name) if isinstance(name, str) else None


# --- its data ----------------------------------------------------------------------------------


def _example(run: Interpreter, name: Value, supervised: bool, split: Value) -> Value:
    """An example as the data set hands it out.

    Args:
        run: the run.
        name: the data set's.
        supervised: whether it is a pair of input and label, or has all features by name.
        split: what it is of.
    """
    facts = _facts(name)
    reason = f"the data of {name!r:.40}"
    if facts is None:
        # Nearly all name two features; an example of more is none of what is unpacked as two.
        return (run.unknown(reason), run.unknown(reason)) if supervised else run.unknown(reason)
    made: dict[str, Value] = {
        word: run.unknown(reason) if feature is None else _tensor(feature, split, reason)
        for word, feature in facts.features.items()
    }
    if not supervised:
        return made
    if facts.supervised is None:
        return run.unknown(f"{name!r:.40}, which names no input and label")
    return tuple(made[word] for word in facts.supervised)


def _tensor(feature: FeatureFacts, split: Value, reason: str) -> Tensor:
    dims: list[Dim] = [unknown_dim(reason) if n is None else n for n in feature.shape]
    contents = _PIXELS if feature.pixels else None
    labelled = isinstance(split, str) and not any(word in split for word in _UNLABELLED)
    if feature.classes is not None and labelled:
        contents = Contents(0, feature.classes - 1, whole=True)
    return Tensor(tuple(dims), feature.dtype, contents=contents)


def _data(
    run: Interpreter, name: Value, split: Value, supervised: Value, batch_size: Value
) -> Value:
    """A stream for a split, one each for several, and all by their names for None."""
    if isinstance(split, (list, tuple)):
        parts = [_data(run, name, part, supervised, batch_size) for part in split]
        return type(split)(parts)
    if split is None:
        return _all_splits(run, name, supervised, batch_size)
    if not isinstance(supervised, bool):
        return run.unknown(f"the form of the data of {name!r:.40}")
    example = _example(run, name, supervised, split)
    if batch_size is None:
        return DataStream(DATASET, example)
    whole = isinstance(batch_size, int) and batch_size == -1
    size = unknown_dim(f"the examples of {name!r:.40}") if whole else BATCH
    batched: Callable[[Tensor], Tensor] = lambda tensor: batch_of(tensor, size)  # noqa: E731
    made = map_tensors(batched, example)
    return made if whole else DataStream(DATASET, made)


def _all_splits(run: Interpreter, name: Value, supervised: Value, batch_size: Value) -> Value:
    facts = _facts(name)
    if facts is None or not facts.splits:
        return run.unknown(f"the splits of {name!r:.40}")
    return {split: _data(run, name, split, supervised, batch_size) for split in facts.splits}


# --- what a program calls ----------------------------------------------------------------------


@models("tensorflow_datasets.load", unknowns=True)
def load(
    run: Interpreter,
    name: Value,
    *,
    split: Value = None,
    data_dir: Value = None,
    batch_size: Value = None,
    shuffle_files: Value = False,
    download: Value = True,
    as_supervised: Value = False,
    decoders: Value = None,
    read_config: Value = None,
    with_info: Value = False,
    builder_kwargs: Value = None,
    **kwargs: Value,
) -> Value:
    """The data, with the information on it where that is asked for."""
    data = _data(run, name, split, as_supervised, batch_size)
    if decoders is not None:
        data = run.unknown("data that a program decodes itself")
    asked = run.truth(with_info)
    if asked is None:
        return run.unknown("whether data comes with information on it")
    return (data, _information(run, name)) if asked else data


@models("tensorflow_datasets.builder", unknowns=True)
def builder(run: Interpreter, name: Value, *args: Value, **kwargs: Value) -> Value:
    made = LibraryObject(_BUILDER)
    made.attributes.update(info=_information(run, name), name=name)
    return made


@object_methods(f"{_BUILDER}.download_and_prepare", unknowns=True)
def download_and_prepare(run: Interpreter, made: LibraryObject, *args: Value, **kw: Value) -> None:
    return None


@object_methods(f"{_BUILDER}.as_dataset", unknowns=True)
def as_dataset(
    run: Interpreter,
    made: LibraryObject,
    split: Value = None,
    *,
    batch_size: Value = None,
    as_supervised: Value = False,
    decoders: Value = None,
    **kwargs: Value,
) -> Value:
    if decoders is not None:
        return run.unknown("data that a program decodes itself")
    return _data(run, made.attributes["name"], split, as_supervised, batch_size)


@models("tensorflow_datasets.as_numpy", unknowns=True)
def as_numpy(dataset: Value) -> Value:
    return dataset


__all__ = ["load"]

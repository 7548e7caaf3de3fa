"""What is published of widely used data sets of TensorFlow Datasets: features and examples.

A data set is known by its name, or by its name and its configuration where these differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class FeatureFacts(NamedTuple):
    """A feature of an example.

    Attributes:
        shape: its shape; None is a length that differs from one example to the next.
        dtype: its dtype.
        classes: how many classes it tells apart, or None where it is no label.
        pixels: whether its elements are those of a picture, 0 to 255.
    """

    shape: tuple[int | None, ...]
    dtype: str
    classes: int | None = None
    pixels: bool = False


class DatasetFacts(NamedTuple):
    """A data set.

    Attributes:
        features: of each example, by name; None for one that is not told here.
        supervised: which of them are input and label, or None where it names none.
        splits: how many examples each split has, as far as they are told here.
    """

    features: dict[str, FeatureFacts | None]
    supervised: tuple[str, str] | None
    splits: dict[str, int]


_TEXT = FeatureFacts((), "string")
_NUMBER = FeatureFacts((), "int64")
_ANY_SIZE = (None, None, 3)


def _picture(*shape: int | None) -> FeatureFacts:
    return FeatureFacts(shape, "uint8", pixels=True)


def _label(classes: int) -> FeatureFacts:
    return FeatureFacts((), "int64", classes)


def _images(
    shape: tuple[int | None, ...],
    classes: int,
    splits: dict[str, int] | None = None,
    others: Mapping[str, FeatureFacts | None] | None = None,
) -> DatasetFacts:
    """Pictures with a label each.

    Args:
        shape: of a picture.
        classes: how many there are.
        splits: how many examples each has.
        others: further features.
    """
    features: dict[str, FeatureFacts | None] = {"image": _picture(*shape)}
    features.update(label=_label(classes), **(others or {}))
    return DatasetFacts(features, ("image", "label"), splits or {})


def _texts(
    classes: int, splits: dict[str, int], name: str = "text", **others: FeatureFacts
) -> DatasetFacts:
    """Texts with a label each."""
    features: dict[str, FeatureFacts | None] = {name: _TEXT, "label": _label(classes), **others}
    return DatasetFacts(features, (name, "label"), splits)


def _vectors(size: int, label: str, classes: int, splits: dict[str, int]) -> DatasetFacts:
    """Rows of a table with a label each."""
    features: dict[str, FeatureFacts | None] = {"features": FeatureFacts((size,), "float32")}
    features[label] = _label(classes)
    return DatasetFacts(features, ("features", label), splits)


def _halves(train: int, test: int) -> dict[str, int]:
    return {"train": train, "test": test}


_GREY = (28, 28, 1)
_MASK = FeatureFacts((None, None, 1), "uint8")
_BOX = FeatureFacts((4,), "float32")
_FILE = {"file_name": _TEXT}
_FILENAME = {"filename": _TEXT}
_IMAGE_FILE = {"image/filename": _TEXT}
_BIRDS = {**_IMAGE_FILE, "label_name": _TEXT, "bbox": _BOX, "segmentation_mask": _MASK}
_PETS = {"species": _label(2), **_FILE, "segmentation_mask": _MASK, "head_bbox": _BOX}

DATASETS: dict[str, DatasetFacts] = {
    "mnist": _images(_GREY, 10, _halves(60000, 10000)),
    "fashion_mnist": _images(_GREY, 10, _halves(60000, 10000)),
    "kmnist": _images(_GREY, 10, _halves(60000, 10000)),
    "mnist_corrupted": _images(_GREY, 10, _halves(60000, 10000)),
    "emnist": _images(_GREY, 62, _halves(697932, 116323)),
    "emnist/byclass": _images(_GREY, 62, _halves(697932, 116323)),
    "emnist/letters": _images(_GREY, 37, _halves(88800, 14800)),
    "emnist/digits": _images(_GREY, 10, _halves(240000, 40000)),
    "quickdraw_bitmap": _images(_GREY, 345),
    "cifar10": _images((32, 32, 3), 10, _halves(50000, 10000), others={"id": _TEXT}),
    "cifar100": _images(
        (32, 32, 3), 100, _halves(50000, 10000), {"id": _TEXT, "coarse_label": _label(20)}
    ),
    "cifar10_corrupted": _images((32, 32, 3), 10, {"test": 10000}),
    "svhn_cropped": _images(
        (32, 32, 3), 10, {"train": 73257, "test": 26032, "extra": 531131}, others={"id": _TEXT}
    ),
    "cmaterdb": _images((32, 32, 3), 10, _halves(5000, 1000)),
    "stl10": _images((96, 96, 3), 10, {"train": 5000, "test": 8000, "unlabelled": 100000}),
    "tf_flowers": _images(_ANY_SIZE, 5, {"train": 3670}),
    "cats_vs_dogs": _images(_ANY_SIZE, 2, {"train": 23262}, others=_IMAGE_FILE),
    "rock_paper_scissors": _images((300, 300, 3), 3, _halves(2520, 372)),
    "horses_or_humans": _images((300, 300, 3), 2, _halves(1027, 256)),
    "stanford_dogs": _images(
        _ANY_SIZE, 120, _halves(12000, 8580), {"objects": None, **_IMAGE_FILE}
    ),
    "food101": _images(_ANY_SIZE, 101, {"train": 75750, "validation": 25250}),
    "oxford_flowers102": _images(
        _ANY_SIZE, 102, {"train": 1020, "test": 6149, "validation": 1020}, others=_FILE
    ),
    "oxford_iiit_pet": _images(_ANY_SIZE, 37, _halves(3680, 3669), others=_PETS),
    "beans": _images((500, 500, 3), 3, {"train": 1034, "validation": 133, "test": 128}),
    "eurosat": _images((64, 64, 3), 10, {"train": 27000}, others=_FILENAME),
    "eurosat/rgb": _images((64, 64, 3), 10, {"train": 27000}, others=_FILENAME),
    "malaria": _images(_ANY_SIZE, 2, {"train": 27558}),
    "uc_merced": _images(_ANY_SIZE, 21, {"train": 2100}, others=_FILENAME),
    "caltech101": _images(_ANY_SIZE, 102, others={"image/file_name": _TEXT}),
    "caltech_birds2010": _images(_ANY_SIZE, 200, _halves(3000, 3033), others=_BIRDS),
    "caltech_birds2011": _images(_ANY_SIZE, 200, _halves(5994, 5794), others=_BIRDS),
    "cars196": _images(_ANY_SIZE, 196, _halves(8144, 8041), {"bbox": _BOX, "id": _TEXT}),
    "colorectal_histology": _images((150, 150, 3), 8, {"train": 5000}, others=_FILENAME),
    "deep_weeds": _images((256, 256, 3), 9, {"train": 17509}),
    "patch_camelyon": _images(
        (96, 96, 3), 2, {"train": 262144, "validation": 32768, "test": 32768}, others={"id": _TEXT}
    ),
    "plant_village": _images(_ANY_SIZE, 38, {"train": 54303}, others=_IMAGE_FILE),
    "citrus_leaves": _images(_ANY_SIZE, 4, others=_IMAGE_FILE),
    "imagenette": _images(_ANY_SIZE, 10),
    "imagewang": _images(_ANY_SIZE, 20),
    "imagenet2012": _images(_ANY_SIZE, 1000, others=_FILE),
    "imagenet_resized/8x8": _images((8, 8, 3), 1000),
    "imagenet_resized/16x16": _images((16, 16, 3), 1000),
    "imagenet_resized/32x32": _images((32, 32, 3), 1000),
    "imagenet_resized/64x64": _images((64, 64, 3), 1000),
    "resisc45": _images((256, 256, 3), 45, {"train": 31500}, others=_FILENAME),
    "omniglot": _images(
        (105, 105, 3), 1623, others={"alphabet": _label(50), "alphabet_char_id": _NUMBER}
    ),
    "imdb_reviews": _texts(2, {"train": 25000, "test": 25000, "unsupervised": 50000}),
    "imdb_reviews/plain_text": _texts(2, {"train": 25000, "test": 25000, "unsupervised": 50000}),
    "yelp_polarity_reviews": _texts(2, _halves(560000, 38000)),
    "ag_news_subset": _texts(4, _halves(120000, 7600), "description", title=_TEXT),
    "iris": _vectors(4, "label", 3, {"train": 150}),
    "penguins": _vectors(4, "species", 3, {"train": 334}),
    "penguins/processed": _vectors(4, "species", 3, {"train": 334}),
}
# Their configurations differ in nothing that is told here.
_ALIKE = frozenset({"cifar10_corrupted", "mnist_corrupted", "imagenette", "imagewang"})


def facts_of(name: str) -> DatasetFacts | None:
    """The facts of a data set, by the name that it is loaded by: `emnist/letters:3.1.0`."""
    full = name.partition(":")[0]
    base = full.partition("/")[0]
    return DATASETS.get(base if base in _ALIKE else full)


__all__ = ["DATASETS", "DatasetFacts", "FeatureFacts", "facts_of"]

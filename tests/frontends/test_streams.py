"""Streams of data: what `tf.data` hands out, from where it begins to what a model is fitted to.

What a stream hands out first in TensorFlow 2.21 is recorded beside each text: run there, it gives
these shapes, where `?` stands for a length that only the data knows, and B for a batch.
"""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.dims import BATCH, show
from shapecalc.frontends.python import read
from shapecalc.graph.contents import Contents
from shapecalc.graph.training import DataUse
from shapecalc.rules.unknown import Unknown, Unranked
from shapecalc.source import SourceFile

HEAD = """
import keras
import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds
"""
END = "\nkeras.Sequential([keras.layers.Flatten()]).fit(ds)\n"

SERIES = "ds = tf.data.Dataset.from_tensor_slices(np.zeros((100, 3)))\n"
RANGE = "ds = tf.data.Dataset.range(100)\n"
ROWS = "ds = tf.data.Dataset.from_tensor_slices((np.zeros((100, 6, 2)), np.zeros(100, 'int32')))\n"

STREAMS = [
    (f"{SERIES}ds = ds.batch(8)", "B 3 float64"),
    (f"{SERIES}ds = ds.batch(8, drop_remainder=True).take(2).skip(1)", "8 3 float64"),
    (f"{SERIES}ds = ds.batch(5).batch(4)", "B ? 3 float64"),
    (f"{SERIES}ds = ds.batch(8).unbatch()", "3 float64"),
    (f"{SERIES}ds = ds.batch(8).rebatch(4)", "B 3 float64"),
    (f"{ROWS}ds = ds.shuffle(9).repeat(2).batch(4).prefetch(1)", ("B 6 2 float64", "B int32")),
    (f"{ROWS}ds = ds.map(lambda x, y: (x[:4], tf.one_hot(y, 5))).batch(4)",
     ("B 4 2 float64", "B 5 float32")),
    (f"{RANGE}ds = ds.map(lambda i: {{'a': i, 'b': (tf.zeros((i, 2)), i)}}['b'][1]).batch(4)",
     "B int64"),
    # Windows of a series.
    (
        (f"{SERIES}ds = ds.window(10, shift=5, drop_remainder=True)\n"
        "ds = ds.flat_map(lambda window: window.batch(10)).batch(4)"),
        "B 10 3 float64",
    ),
    (
        (f"{SERIES}ds = ds.window(10, shift=5, drop_remainder=True)\n"
        "ds = ds.flat_map(lambda window: window.batch(10))\n"
        "ds = ds.map(lambda w: (w[:-1], w[-1])).batch(4)"),
        ("B 9 3 float64", "B 3 float64"),
    ),
    (
        f"{SERIES}ds = ds.window(10)\nds = ds.flat_map(lambda window: window.batch(10)).batch(1)",
        "B ? 3 float64",
    ),
    (
        (f"{SERIES}ds = ds.window(10, drop_remainder=True)\n"
        "ds = ds.flat_map(lambda window: window.take(4).batch(10)).batch(1)"),
        "B ? 3 float64",
    ),
    (
        (f"{SERIES}ds = ds.window(10, drop_remainder=True)\n"
        "ds = ds.flat_map(lambda window: window.batch(4, drop_remainder=True)).batch(1)"),
        "B 4 3 float64",
    ),
    (
        (f"{ROWS}ds = ds.window(7, drop_remainder=True)\n"
        "ds = ds.flat_map(lambda a, b: tf.data.Dataset.zip((a.batch(7), b.batch(7)))).batch(2)"),
        ("B 7 6 2 float64", "B 7 int32"),
    ),
    (
        f"{RANGE}ds = ds.group_by_window(lambda i: i % 2, lambda key, group: group.batch(5), 5)",
        "? int64",
    ),
    # Padding.
    (f"{ROWS}ds = ds.padded_batch(4)", ("B 6 2 float64", "B int32")),
    (f"{ROWS}ds = ds.padded_batch(4, ((9, 2), ()))", ("B 9 2 float64", "B int32")),
    (f"{ROWS}ds = ds.padded_batch(4, padded_shapes=((None, None), ()))",
     ("B 6 2 float64", "B int32")),
    (f"{RANGE}ds = ds.map(lambda i: tf.ones((i + 1,))).padded_batch(4, (None,))", "B ? float32"),
    (f"{RANGE}ds = ds.map(lambda i: tf.ones((i + 1,))).padded_batch(4, [120])", "B 120 float32"),
    # Several streams.
    (
        f"{RANGE}ds = tf.data.Dataset.zip((ds.batch(2), ds.map(lambda i: (i, i)).batch(2)))",
        ("B int64", ("B int64", "B int64")),
    ),
    (
        f"{SERIES}ds = tf.data.Dataset.sample_from_datasets([ds, ds.skip(2)]).batch(3)",
        "B 3 float64",
    ),
    (f"{SERIES}ds = ds.concatenate(ds.take(3)).batch(3)", "B 3 float64"),
    (f"{SERIES}ds = ds.enumerate().batch(3)", ("B int64", "B 3 float64")),
    (
        f"{RANGE}ds = ds.interleave(lambda i: tf.data.Dataset.from_tensors(tf.ones((2, 3))))",
        "2 3 float32",
    ),
    # Functions.
    (
        ("def gen():\n    yield np.zeros((4, 2)), 1\n"
        "ds = tf.data.Dataset.from_generator(gen, output_signature=("
        "tf.TensorSpec((4, 2), tf.float32), tf.TensorSpec((), tf.int32))).batch(2)"),
        ("B 4 2 float32", "B int32"),
    ),
    (
        ("def gen():\n    yield {'a': [1.0, 2.0], 'b': 1}\n"
        "ds = tf.data.Dataset.from_generator(gen, {'a': tf.float32, 'b': tf.int32}, "
        "{'a': [2], 'b': []}).map(lambda d: (d['a'], d['b'])).batch(2)"),
        ("B 2 float32", "B int32"),
    ),
    (
        (f"{SERIES}ds = ds.map(lambda x: tf.ensure_shape("
        "tf.py_function(lambda a: a, [x], tf.float64), (3,))).batch(2)"),
        "B 3 float64",
    ),
    (
        ("def told(x):\n    y = tf.numpy_function(lambda a: a, [x], tf.float64)\n"
        f"    y.set_shape([3])\n    return y\n{SERIES}ds = ds.map(told).batch(2)"),
        "B 3 float64",
    ),
    # Files and what is in them.
    (
        ("def parse(path):\n"
        "    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)\n"
        "    image = tf.image.random_flip_left_right(tf.image.resize(image, [64, 48]))\n"
        "    return tf.cast(image, tf.float32) / 255.0, tf.strings.length(path) > 3\n"
        "ds = tf.data.Dataset.list_files('*.jpg').map(lambda p: parse(p)[0]).batch(16)"),
        "B 64 48 3 float32",
    ),
    (
        ("spec = {'image': tf.io.FixedLenFeature([], tf.string), 'box': "
        "tf.io.FixedLenFeature([4], tf.float32), 'label': tf.io.FixedLenFeature((), tf.int64)}\n"
        "def parse(record):\n"
        "    one = tf.io.parse_single_example(record, spec)\n"
        "    image = tf.io.decode_png(one['image'], channels=1)\n"
        "    return (tf.image.resize(image, (32, 32)), one['box']), one['label']\n"
        "ds = tf.data.TFRecordDataset(['a.tfrecord']).map(parse).batch(8)"),
        (("B 32 32 1 float32", "B 4 float32"), "B int64"),
    ),
    (
        ("def parse(line):\n"
        "    fields = tf.io.decode_csv(line, record_defaults=[0.0] * 5 + [[0]])\n"
        "    return tf.stack(fields[:-1]), fields[-1:]\n"
        "ds = tf.data.TextLineDataset('a.csv').skip(1).map(parse).batch(8)"),
        ("B 5 float32", "B 1 int32"),
    ),
]  # fmt: skip


def handed_out(text: str) -> Any:
    """What a model is fitted to at the end of a program."""
    program = read(SourceFile("program.py", HEAD + text + END))
    use = [use for use in program.uses if isinstance(use, DataUse)][-1]
    x, y = use.given.get("x"), use.given.get("y")
    return x if y is None else (x, y)


def shown(value: Any) -> Any:
    """An element by its shapes and dtypes."""
    element = getattr(value, "element", value)
    if isinstance(element, tuple):
        return tuple(shown(part) for part in element)
    if isinstance(element, Unknown) or isinstance(element.shape, Unranked):
        return "unknown"
    dims = ["B" if d is BATCH else "?" if show(d).startswith("?") else show(d)
            for d in element.shape]  # fmt: skip
    return " ".join([*dims, element.dtype])


OF_KERAS = [
    ("ds = keras.utils.audio_dataset_from_directory('d', batch_size=8)",
     ("B ? ? float32", "B int32")),
    (("ds = keras.utils.audio_dataset_from_directory('d', label_mode='binary', "
     "output_sequence_length=160, batch_size=None)"), ("160 ? float32", "1 float32")),
    ("ds = keras.utils.timeseries_dataset_from_array(np.zeros((90, 4)), np.zeros(90), 12)",
     ("B 12 4 float64", "B float64")),
    (("ds = keras.utils.timeseries_dataset_from_array(np.zeros((90, 4)), None, sequence_length=12, "
     "batch_size=None)"), "12 4 float64"),
    ("ds = keras.utils.text_dataset_from_directory('d', label_mode=None)", "B string"),
    (("ds = keras.utils.image_dataset_from_directory('d', image_size=(6, 8), "
     "label_mode='categorical', class_names=['a', 'b', 'c'], color_mode='grayscale')"),
     ("B 6 8 1 float32", "B 3 float32")),
]  # fmt: skip

PUBLISHED = [
    ("tfds.load('mnist', split='train', as_supervised=True)", ("28 28 1 uint8", "int64")),
    ("tfds.load('mnist:3.*.*', split=['train', 'test'], as_supervised=True)[1].batch(4)",
     ("B 28 28 1 uint8", "B int64")),
    ("tfds.load('cats_vs_dogs')['train'].map(lambda d: (d['image'], d['label']))",
     ("? ? 3 uint8", "int64")),
    ("tfds.builder('iris').as_dataset('train', as_supervised=True).batch(3)",
     ("B 4 float32", "B int64")),
    ("tfds.as_numpy(tfds.load('imdb_reviews', split='train', batch_size=9, as_supervised=True))",
     ("B string", "B int64")),
    ("tfds.load('beans', split='train', batch_size=-1, as_supervised=True)",
     ("? 500 500 3 uint8", "? int64")),
    (("tfds.load('a_set_of_ours', split='train', as_supervised=True)"
     ".map(lambda x, y: (tf.ones((5,)), y))"), ("5 float32", "unknown")),
    ("tfds.load('stanford_dogs', split='train').map(lambda d: (d['objects'], d['label']))",
     ("unknown", "int64")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "element"), OF_KERAS)
def test_a_data_set_of_keras_hands_out(text: str, element: Any) -> None:
    assert shown(handed_out(text)) == element


@pytest.mark.parametrize(("expression", "element"), PUBLISHED)
def test_a_published_data_set_hands_out(expression: str, element: Any) -> None:
    assert shown(handed_out(f"ds = {expression}")) == element


@pytest.mark.parametrize(
    ("name", "split", "contents"),
    [
        ("cifar100", "train", Contents(0, 99, whole=True)),
        ("stl10", "train", Contents(0, 9, whole=True)),
        ("stl10", "unlabelled", None),
    ],
)
def test_labels_are_numbers_of_classes_where_there_are_labels(
    name: str, split: str, contents: Contents | None
) -> None:
    image, label = handed_out(f"ds = tfds.load({name!r}, split={split!r}, as_supervised=True)")
    assert (image.contents.low, image.contents.high) == (0, 255)
    assert label.contents == contents


@pytest.mark.parametrize(("text", "element"), STREAMS)
def test_a_stream_hands_out(text: str, element: Any) -> None:
    assert shown(handed_out(text)) == element

"""Data that gives shapes: what the front end knows of what a model is fitted to."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.dims import show
from shapecalc.frontends.python import read
from shapecalc.graph.contents import Contents
from shapecalc.graph.summary import summarize
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse
from shapecalc.rules.unknown import Unranked
from shapecalc.source import SourceFile

HEAD = """
import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_digits, load_iris, make_moons, make_regression
from sklearn.model_selection import KFold, train_test_split
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, OneHotEncoder, StandardScaler
"""
MNIST = "(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()\n"
ONE_HOT = Contents(0, 1, whole=True, one_hot=True)
DIGITS = Contents(0, 9, whole=True)


def fitted(text: str) -> DataUse:
    """The last `fit` of a program."""
    program = read(SourceFile("program.py", HEAD + text))
    return [use for use in program.uses if isinstance(use, DataUse)][-1]


def given(text: str, fit: str = "x, y") -> tuple[Any, Any]:
    """What a model is fitted to at the end of a program."""
    use = fitted(text + f"\nkeras.Sequential([keras.layers.Flatten()]).fit({fit})\n")
    return use.given.get("x"), use.given.get("y")


def shown(tensor: Tensor) -> str:
    """The shape and dtype of an array; `?` is a length that is not known."""
    assert not isinstance(tensor.shape, Unranked)
    dims = ["?" if show(dim).startswith("?") else show(dim) for dim in tensor.shape]
    return f"{' '.join(dims)} {tensor.dtype}"


@pytest.mark.parametrize(
    ("text", "x", "y", "labels"),
    [
        (MNIST, "60000 28 28 uint8", "60000 uint8", DIGITS._replace(all_occur=True)),
        (
            (
                MNIST + "x = x.reshape(-1, 784).astype('float32') / 255\n"
                "y = keras.utils.to_categorical(y)"
            ),
            "60000 784 float32",
            "60000 10 float64",
            ONE_HOT,
        ),
        (
            MNIST + "y = keras.utils.to_categorical(y[:100], 10)\nx = x[:100]",
            "100 28 28 uint8",
            "100 10 float64",
            ONE_HOT,
        ),
        (
            # Whether a hundred labels show all classes is not known.
            MNIST + "y = keras.utils.to_categorical(y[:100])",
            "60000 28 28 uint8",
            "100 ? float64",
            ONE_HOT,
        ),
        (
            "(x, y), _ = keras.datasets.cifar100.load_data(label_mode='coarse')",
            "50000 32 32 3 uint8",
            "50000 1 int64",
            Contents(0, 19, whole=True, all_occur=True),
        ),
        (
            (
                "(x, y), _ = keras.datasets.imdb.load_data(num_words=500)\n"
                "x = keras.utils.pad_sequences(x, maxlen=80)"
            ),
            "25000 80 int32",
            "25000 int64",
            Contents(0, 1, whole=True, all_occur=True),
        ),
        (
            "(x, y), _ = keras.datasets.reuters.load_data(num_words=500)\ny = np.eye(46)[y]",
            "8982 object",
            "8982 46 float64",
            ONE_HOT,
        ),
        (
            (
                "data = load_iris()\nx, _, y, _ = train_test_split(data.data, data.target,"
                " test_size=0.33)"
            ),
            "100 4 float64",
            "100 int64",
            Contents(0, 2, whole=True),
        ),
        (
            "x, y = load_digits(return_X_y=True)\nx = StandardScaler().fit_transform(x)",
            "1797 64 float64",
            "1797 int64",
            DIGITS._replace(all_occur=True),
        ),
        (
            (
                "x, y = load_iris(return_X_y=True)\n"
                "y = OneHotEncoder(sparse_output=False).fit_transform(y.reshape(-1, 1))"
            ),
            "150 4 float64",
            "150 3 float64",
            ONE_HOT,
        ),
        (
            "x, y = load_iris(return_X_y=True)\ny = LabelBinarizer().fit_transform(y)",
            "150 4 float64",
            "150 3 int64",
            ONE_HOT,
        ),
        (
            "x, y = make_moons(n_samples=50)",
            "50 2 float64",
            "50 int64",
            Contents(0, 1, whole=True, all_occur=True),
        ),
        (
            (
                "x, y = load_iris(return_X_y=True)\n"
                "for train, test in KFold(n_splits=4).split(x):\n    pass\nx, y = x[train], y[test]"
            ),
            "113 4 float64",
            "37 int64",
            Contents(0, 2, whole=True),
        ),
        (
            "x = np.zeros((6, 3))\ny = np.zeros((6, 2))\nfor i in range(6):\n    y[i, 1] = 1",
            "6 3 float64",
            "6 2 float64",
            Contents(0, 1, whole=True),
        ),
        (
            MNIST + "y = np.eye(len(np.unique(y)))[y]",
            "60000 28 28 uint8",
            "60000 10 float64",
            ONE_HOT,
        ),
        (
            MNIST + "y = keras.utils.to_categorical(y, int(y.max()) + 1)",
            "60000 28 28 uint8",
            "60000 10 float64",
            ONE_HOT,
        ),
    ],
)
def test_arrays(text: str, x: str, y: str, labels: Contents) -> None:
    found_x, found_y = given(text)
    assert shown(found_x) == x
    assert shown(found_y) == y
    assert found_y.contents == labels


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        (
            "data = pd.read_csv('a.csv').values\nx, y = data[:, 0:8], data[:, 8]",
            "? 8 unknown",
            "? unknown",
        ),
        (
            "data = np.loadtxt('a.csv', delimiter=',')\nx, y = data[:, :8], data[:, 8]",
            "? 8 float64",
            "? float64",
        ),
        (
            "df = pd.read_csv('a.csv')\nx, y = df[['a', 'b']], df['c']",
            "? 2 unknown",
            "? unknown",
        ),
        (
            (
                "df = pd.DataFrame({'a': [1, 2], 'b': [3, 4], 'c': [0, 1]})\n"
                "y = df.pop('c')\nx = df.to_numpy()"
            ),
            "2 2 unknown",
            "2 unknown",
        ),
        (
            (
                "df = pd.DataFrame({'a': [1, 2], 'b': [3, 4], 'c': [0, 1]})\n"
                "df['d'] = 3\nx, y = df.drop(columns=['c']), df.iloc[:, -1]"
            ),
            "2 3 unknown",
            "2 unknown",
        ),
        (
            (
                "df = pd.DataFrame(np.zeros((5, 3)), columns=['a', 'b', 'c'])\n"
                "if unknown():\n    df['d'] = 3\nx, y = df.values, df['a']"
            ),
            "5 ? unknown",
            "5 unknown",
        ),
    ],
)
def test_tables(text: str, x: str, y: str) -> None:
    found_x, found_y = given(text)
    assert (shown(found_x), shown(found_y)) == (x, y)


STREAM = MNIST + "ds = tf.data.Dataset.from_tensor_slices((x, y))\n"


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        (STREAM + "ds = ds.shuffle(9).batch(32).prefetch(1)", "B 28 28 uint8", "B uint8"),
        (STREAM + "ds = ds.batch(32, drop_remainder=True)", "32 28 28 uint8", "32 uint8"),
        (STREAM + "ds = ds.batch(32).unbatch().batch(4)", "B 28 28 uint8", "B uint8"),
        (
            (
                STREAM + "def prepare(image, label):\n"
                "    return tf.cast(image, tf.float32)[..., None] / 255.0, tf.one_hot(label, 10)\n"
                "ds = ds.map(prepare, num_parallel_calls=4).batch(32)"
            ),
            "B 28 28 1 float32",
            "B 10 float32",
        ),
        (
            (
                "ds = tf.data.Dataset.from_generator(f, output_signature=(\n"
                "    tf.TensorSpec(shape=(4, 3), dtype=tf.float32),\n"
                "    tf.TensorSpec(shape=(), dtype=tf.int32))).batch(2)"
            ),
            "B 4 3 float32",
            "B int32",
        ),
        (
            (
                "ds = keras.utils.image_dataset_from_directory('d', image_size=(90, 80),"
                " color_mode='grayscale', label_mode='binary')"
            ),
            "B 90 80 1 float32",
            "B 1 float32",
        ),
        (
            "ds = keras.utils.image_dataset_from_directory('d', label_mode='categorical')",
            "B 256 256 3 float32",
            "B len(class_names) float32",
        ),
        (
            (
                "ds = keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)"
                ".flow_from_directory('d', target_size=(150, 150), class_mode='binary')"
            ),
            "B 150 150 3 float32",
            "B float32",
        ),
        (
            (
                MNIST + "ds = keras.preprocessing.image.ImageDataGenerator()"
                ".flow(x[..., None], keras.utils.to_categorical(y), batch_size=8)"
            ),
            "B 28 28 1 float32",
            "B 10 float64",
        ),
        (
            (
                "ds = keras.utils.timeseries_dataset_from_array(np.zeros((90, 7)), np.zeros(90),"
                " sequence_length=12)"
            ),
            "B 12 7 float64",
            "B float64",
        ),
        (
            (
                MNIST + "def batches():\n    while True:\n        yield x[:16] / 255, y[:16]\n"
                "ds = batches()"
            ),
            "16 28 28 float64",
            "16 uint8",
        ),
        (
            (
                MNIST + "class Batches(keras.utils.Sequence):\n"
                "    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
                "    def __len__(self):\n        return 9\n"
                "    def __getitem__(self, i):\n"
                "        return self.x[i * 8:(i + 1) * 8], self.y[i * 8:(i + 1) * 8]\n"
                "ds = Batches(x, y)"
            ),
            "8 28 28 uint8",
            "8 uint8",
        ),
    ],
)
def test_streams(text: str, x: str, y: str) -> None:
    found_x, found_y = given(text, "ds")
    assert (shown(found_x), shown(found_y)) == (x, y)


def test_a_layer_may_take_single_samples_of_a_stream() -> None:
    text = STREAM + (
        "resize = keras.layers.Resizing(8, 8)\n"
        "texts = keras.layers.TextVectorization(output_mode='int')\n"
        "ds = ds.map(lambda a, b: (resize(a[..., None]), texts(b)))\nmodel.fit(ds)"
    )
    program = read(SourceFile("program.py", HEAD + "model = keras.Sequential()\n" + text))
    assert not program.refused


def test_a_layer_may_take_a_single_item_of_data() -> None:
    text = STREAM + "for a, b in ds:\n    keras.layers.Normalization()(b)\nmodel.fit(ds)"
    program = read(SourceFile("program.py", HEAD + "model = keras.Sequential()\n" + text))
    assert not program.refused


def test_pixels_of_a_stream_are_scaled() -> None:
    x, _ = given(STREAM + "ds = ds.map(lambda a, b: (a / 255, b)).batch(8)", "ds")
    assert x.contents == Contents(0, 1, reached=True)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (STREAM + "model.fit(ds.batch(8))", "B 28 28"),
        ("x = np.zeros((20, 7))\nmodel.fit(x, x)", "B 7"),
        (
            (
                "df = pd.read_csv('a.csv')\nx = df.drop('y', axis=1)\n"
                "model = keras.Sequential([keras.Input((x.shape[1],))])\nmodel.fit(x, df['y'])"
            ),
            "B x.shape[1]",
        ),
        (
            (
                "ds = keras.utils.image_dataset_from_directory('d')\nn = len(ds.class_names)\n"
                "model = keras.Sequential([keras.Input((n,))])\nmodel.fit(ds)"
            ),
            "B len(class_names)",
        ),
    ],
)
def test_models_are_built_by_their_data(text: str, shape: str) -> None:
    model = fitted("model = keras.Sequential([keras.layers.Flatten()])\n" + text).model
    (tensor,) = model.inputs
    assert isinstance(tensor.shape, tuple)
    assert " ".join(map(show, tensor.shape)) == shape


@pytest.mark.parametrize(
    "text",
    [
        "x = np.zeros(10**12)",
        "x = np.array([[0] * 1000] * 1000)",
        "x = np.arange(10**15)",
        "x = np.random.randint(10**30, size=3)",
        "x = np.zeros((3,), dtype='nonsense') + 10**400",
        "x = keras.utils.to_categorical([10**300])",
        "x = keras.utils.to_categorical([])",
        "x = np.array([float('nan'), float('inf')]) / 0",
        "x = np.arange(3) / 1e-320",
        "x = pd.DataFrame({1: [2], 'a': 3})[slice(0, 'b')]",
        "x = tf.data.Dataset.from_tensor_slices(((((1,),),),)).batch('a').map(lambda: 1)",
        "x = train_test_split()",
        "x = train_test_split([1, 2], test_size=-3)",
        "x = np.eye(-3)",
        "x = np.random.normal(size=(None, -2))",
        "x = keras.utils.to_categorical([1, 2], -5)",
        "x = keras.utils.pad_sequences(np.zeros((3, 2)), maxlen=-1)",
        "x = KFold(10**9).split(np.zeros(3))",
        "x = load_iris(3, return_X_y=unknown)",
        "x = np.array([np.zeros((2, 3)), np.zeros((3, 3))])",
        "x = np.full((2, 2), [1, float('nan')]).astype('int8')",
        "x = np.zeros(3)\nx[0] = x\nx[x] = [x]",
        "x = np.negative(np.zeros_like(np.ones(3), 'int8', 'C'), np.ones(3))",
    ],
)
def test_hostile_data(text: str) -> None:
    assert fitted(text + "\nkeras.Sequential([keras.layers.Flatten()]).fit(x, x)\n") is not None


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("x = PCA(n_components=2).fit_transform(np.zeros((90, 8)))", "90 2 float64"),
        ("x = PCA(3).fit(np.zeros((90, 8))).transform(np.zeros((10, 8)))", "10 3 float64"),
        ("x = PCA(0.95).fit_transform(np.zeros((90, 8)))", "90 ? float64"),
        ("x = PCA().fit_transform(np.zeros((90, 8)))", "90 ? float64"),
        ("x = TSNE().fit_transform(np.zeros((90, 8), 'float32'))", "90 2 float32"),
        ("x, y = shuffle(np.zeros((90, 8)), np.zeros(90), random_state=1)", "90 8 float64"),
        ("x = shuffle(np.zeros((90, 8)), n_samples=7)", "7 8 float64"),
        ("x = shuffle(np.zeros((90, 8)), n_samples=open('f'))", "? 8 float64"),
        ("x = shuffle(open('f'))", "unknown"),
        (
            "rows = len(open('f'))\nx = np.ones((rows, 4))[np.random.permutation(rows)]",
            "len(open('f')) 4 float64",
        ),
        ("x = np.zeros((9, len(load_iris().target_names)))", "9 3 float64"),
        ("x = np.zeros((9, len(load_iris().feature_names)))", "9 4 float64"),
    ],
)
def test_rows_in_another_order_and_fewer_columns(text: str, x: str) -> None:
    more = (
        "from sklearn.decomposition import PCA\nfrom sklearn.manifold import TSNE\n"
        "from sklearn.utils import shuffle\n"
    )
    found = fitted(f"{more}{text}\nkeras.Sequential([keras.layers.Flatten()]).fit(x)\n").given["x"]
    assert (shown(found) if isinstance(found, Tensor) else "unknown") == x


TEXTS = """
from somewhere import texts
tok = keras.preprocessing.text.Tokenizer(num_words=500)
tok.fit_on_texts(texts)
"""


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("x = keras.utils.pad_sequences(tok.texts_to_sequences(texts), maxlen=30)", "? 30 int32"),
        ("x = keras.utils.pad_sequences(tok.texts_to_sequences(['a', 'b']), 9)", "2 9 int32"),
        ("x = keras.utils.pad_sequences([tok.texts_to_sequences(['a b'])[0]], 9)", "1 9 int32"),
        ("x = tok.texts_to_matrix(texts, mode='tfidf')", "? 500 float64"),
        ("x = tok.sequences_to_matrix(tok.texts_to_sequences(['a', 'b', 'c']))", "3 500 float64"),
        ("x = keras.utils.pad_sequences([[1, 2, 3], [4], []], dtype='int64')", "3 3 int64"),
        ("x = keras.utils.pad_sequences([[1, 2, 3], [4]], maxlen=2)", "2 2 int32"),
        ("x = keras.utils.pad_sequences([texts, [4]], maxlen=2)", "unknown"),
        ("x = keras.utils.pad_sequences([[[1], [2]], [[3]]], maxlen=2)", "unknown"),
        (
            (
                "rows = []\n"
                "for text in texts:\n"
                "    words = tok.texts_to_sequences([text])[0]\n"
                "    for i in range(1, len(words)):\n"
                "        rows.append(words[: i + 1])\n"
                "x = keras.utils.pad_sequences(rows, maxlen=20)[:, :-1]"
            ),
            "? 19 int32",
        ),
    ],
)
def test_texts_as_sequences_of_integers(text: str, x: str) -> None:
    found = fitted(f"{TEXTS}{text}\nkeras.Sequential([keras.layers.Flatten()]).fit(x)\n").given["x"]
    assert (shown(found) if isinstance(found, Tensor) else "unknown") == x


def test_the_words_of_a_tokenizer_are_one_number() -> None:
    program = read(
        SourceFile(
            "program.py",
            f"{HEAD}{TEXTS}words = len(tok.word_index) + 1\n"
            "keras.Sequential([keras.Input((4,)), keras.layers.Embedding(words, 2),"
            " keras.layers.Dense(len(tok.word_index))])\n",
        )
    )
    summary = summarize(program.models[0].model)
    assert show(summary.params.total) == "5*len(tok.word_index) + 2"


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("features = dict.fromkeys(names, 'float')", "unknown"),
        ("features = {'age': 'float', 'town': kinds[0]}", "unknown"),
        ("features = {'age': 'float'}", "len(rows) 1 float32"),
    ],
)
def test_a_feature_space_of_data_is_known_as_far_as_its_features_are(text: str, x: str) -> None:
    table = "from somewhere import kinds, names, rows\n"
    use = fitted(
        f"{table}{text}\nspace = keras.utils.FeatureSpace(features)\n"
        "x = space({'age': np.zeros((len(rows),))})\n"
        "keras.Sequential([keras.layers.Flatten()]).fit(x)\n"
    )
    found = use.given["x"]
    assert (shown(found) if isinstance(found, Tensor) else "unknown") == x

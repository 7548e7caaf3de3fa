"""Canonical names: the many spellings under which programs import the same thing."""

from __future__ import annotations

from functools import lru_cache

# A module path that starts with the left side means the right side. Longest first.
_ALIASES = (
    ("tensorflow.compat.v2.keras", "keras"),
    ("tensorflow.compat.v1.keras", "keras"),
    ("tensorflow.python.keras", "keras"),
    ("tensorflow.keras", "keras"),
    ("tensorflow.experimental.numpy", "keras.ops"),
    ("tensorflow.contrib.keras", "keras"),
    ("tf_keras", "keras"),
    ("keras_core", "keras"),
    ("kerastuner", "keras_tuner"),
    ("keras.api._v2.keras", "keras"),
    ("keras.api", "keras"),
    ("keras_applications", "keras.applications"),
    ("keras.src", "keras"),
    ("keras.engine.topology", "keras.layers"),
    ("keras.engine.base_layer", "keras.layers"),
    ("keras.engine.input_layer", "keras.layers"),
    ("keras.engine.training", "keras.models"),
    ("keras.engine.sequential", "keras.models"),
    ("keras.engine", "keras.models"),
    ("keras.models.functional", "keras.models"),
    ("keras.models.sequential", "keras.models"),
    ("keras.models.model", "keras.models"),
    ("keras.layers.activations", "keras.activations"),
    ("keras.utils.generic_utils", "keras.utils"),
    ("keras.utils.np_utils", "keras.utils"),
    ("keras.utils.vis_utils", "keras.utils"),
    ("keras.utils.visualize_util", "keras.utils"),
    ("keras.optimizers", "keras.optimizers"),
    ("tensorflow.experimental.numpy", "numpy"),
    ("tensorflow.constant_initializer", "keras.initializers.Constant"),
    ("tensorflow.ones_initializer", "keras.initializers.Ones"),
    ("tensorflow.random_normal_initializer", "keras.initializers.RandomNormal"),
    ("tensorflow.random_uniform_initializer", "keras.initializers.RandomUniform"),
    ("tensorflow.zeros_initializer", "keras.initializers.Zeros"),
    ("tensorflow.compat.v2", "tensorflow"),
    ("tensorflow.compat.v1", "tensorflow"),
)

# Names that Keras offers in several places, by the one this project uses.
_SAME = {
    "keras.Input": "keras.layers.Input",
    "keras.Layer": "keras.layers.Layer",
    "keras.InputSpec": "keras.layers.InputSpec",
    "keras.models.InputSpec": "keras.layers.InputSpec",
    "keras.Sequential": "keras.models.Sequential",
    "keras.Model": "keras.models.Model",
    "keras.Functional": "keras.models.Model",
    "keras.models.Functional": "keras.models.Model",
    "keras.models.Input": "keras.layers.Input",
    "keras.models.Layer": "keras.layers.Layer",
    "keras.models.InputLayer": "keras.layers.InputLayer",
    "keras.layers.Model": "keras.models.Model",
}

# Submodules of keras.layers in which older programs (and Keras's own files) find layers.
_LAYER_MODULES = frozenset(
    """
    activations advanced_activations attention attention.attention base_layer
    convolutional convolutional_recurrent core core.dense cudnn_recurrent embeddings
    local merge merging noise normalization normalization_v2 pooling preprocessing recurrent
    recurrent_v2 regularization reshaping rnn wrappers experimental.preprocessing
    preprocessing.image_preprocessing layer input_spec experimental
    """.split()
)

_MERGING_FUNCTIONS = frozenset(
    "add average concatenate dot maximum merge minimum multiply subtract".split()
)


@lru_cache(maxsize=4096)
def canonical(path: str) -> str:
    """The one name for a dotted path: `tensorflow.keras.layers.Dense` → `keras.layers.Dense`."""
    for alias, name in _ALIASES:
        if path == alias or path.startswith(alias + "."):
            path = name + path[len(alias) :]
            # One alias may lead to another (tensorflow.python.keras.engine.…).
            return path if alias == name else canonical(path)
    if path.startswith("keras."):
        path = _SAME.get(path, path)
    if path.startswith("keras.layers."):
        return _canonical_layer(path)
    return path


def _canonical_layer(path: str) -> str:
    """Drop submodules: `keras.layers.convolutional.conv2d.Conv2D` → `keras.layers.Conv2D`."""
    head, _, last = path.rpartition(".")
    inner = head.removeprefix("keras.layers").lstrip(".")
    if not inner or not (last[:1].isupper() or last in _MERGING_FUNCTIONS):
        return path
    first_two = ".".join(inner.split(".")[:2])
    if inner.split(".")[0] in _LAYER_MODULES or first_two in _LAYER_MODULES:
        return _SAME.get(f"keras.layers.{last}", f"keras.layers.{last}")
    return path


def is_keras_1(path: str) -> bool:
    """Whether a module path exists only in Keras 1 and 2 (`keras.layers.convolutional`)."""
    path = canonical(path)
    parts = path.split(".")
    return len(parts) == 3 and parts[:2] == ["keras", "layers"] and parts[2] in _LAYER_MODULES

"""Random numbers of a given shape."""

from __future__ import annotations

from typing import Any

from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import check_rank, dims_given, shape_of, tensor
from shapecalc.rules.spec import TensorSpec


def _drawn(shape: Any, dtype: Any) -> TensorSpec:
    return TensorSpec(dims_given(shape), dtypes.standardize(dtype))


@op("keras.random.normal", "tensorflow.random.normal", "tensorflow.random_normal",
    "keras.backend.random_normal", node=None)  # fmt: skip
@op("keras.random.truncated_normal", "tensorflow.random.truncated_normal",
    "tensorflow.truncated_normal", "keras.backend.truncated_normal", node=None)  # fmt: skip
def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None
) -> TensorSpec:
    """Numbers around a mean."""
    return _drawn(shape, dtype)


@op("keras.random.uniform", "tensorflow.random.uniform", "tensorflow.random_uniform",
    "keras.backend.random_uniform", node=None)  # fmt: skip
def uniform(
    shape: Any, minval: Any = 0.0, maxval: Any = None, dtype: Any = None, seed: Any = None
) -> TensorSpec:
    """Numbers between two bounds."""
    return _drawn(shape, dtype)


@op("keras.random.randint", node=None)
def randint(
    shape: Any, minval: Any, maxval: Any, dtype: Any = "int32", seed: Any = None
) -> TensorSpec:
    """Integers between two bounds."""
    return _drawn(shape, dtype)


@op("keras.random.gamma", node=None)
def gamma(shape: Any, alpha: Any, dtype: Any = None, seed: Any = None) -> TensorSpec:
    """Numbers of the gamma distribution."""
    return _drawn(shape, dtype)


@op("keras.random.beta", node=None)
def beta(shape: Any, alpha: Any, beta: Any, dtype: Any = None, seed: Any = None) -> TensorSpec:
    """Numbers of the beta distribution."""
    return _drawn(shape, dtype)


@op("keras.random.binomial", node=None)
def binomial(
    shape: Any, counts: Any, probabilities: Any, dtype: Any = None, seed: Any = None
) -> TensorSpec:
    """How often something happens in so many trials."""
    return _drawn(shape, dtype)


@op("keras.random.categorical", "tensorflow.random.categorical", node=None)
def categorical(
    logits: Any, num_samples: Any, dtype: Any = "int32", seed: Any = None
) -> TensorSpec:
    """So many draws of a class for each row of logits."""
    shape = shape_of(logits)
    check_rank(shape, 2)
    samples = dims_given([num_samples], argument="num_samples")
    return TensorSpec((shape[0], *samples), dtypes.standardize(dtype))


@op("keras.random.dropout", node=None)
def dropout(inputs: Any, rate: float, noise_shape: Any = None, seed: Any = None) -> TensorSpec:
    """Zeros in the place of some elements."""
    return tensor(inputs)


@op("tensorflow.nn.dropout", "keras.backend.dropout", node=None)
def dropout_older(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None) -> TensorSpec:
    """Zeros in the place of some elements."""
    return tensor(x)


@op("keras.random.shuffle", "tensorflow.random.shuffle", node=None)
def shuffle(x: Any, axis: Any = 0, seed: Any = None) -> TensorSpec:
    """The slices along an axis in another order."""
    return tensor(x)


@op("numpy.random.rand", "numpy.random.randn", node=None)
def rand(*lengths: Any) -> TensorSpec:
    """Numbers of a shape that is given length by length."""
    return _drawn(lengths, None)


@op("numpy.random.random", "numpy.random.random_sample", "numpy.random.standard_normal", node=None)
def random(size: Any = ()) -> TensorSpec:
    """Numbers of a shape."""
    return _drawn(size, None)


@op("numpy.random.normal", "numpy.random.uniform", node=None)
def between(loc: Any = 0.0, scale: Any = 1.0, size: Any = ()) -> TensorSpec:
    """Numbers of a shape, about a place or between two."""
    return _drawn(() if size is None else size, None)


@op("numpy.random.randint", node=None)
def randint_numpy(low: Any, high: Any = None, size: Any = (), dtype: Any = None) -> TensorSpec:
    """Integers between two bounds."""
    return _drawn(() if size is None else size, "int64" if dtype is None else dtype)

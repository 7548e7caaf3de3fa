"""The sizes of the batches that a model is given, beside the one that it is made for."""

from __future__ import annotations

from shapecalc.dims import Shape
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.graph.training import DataUse
from shapecalc.layers.layer import layers_within

# Of Keras, where the program says nothing.
BATCH_SIZE = 32


def differ(own: Shape, given: Shape) -> bool:
    """Whether shapes of one rank have different lengths on an axis behind the first."""
    return any(
        isinstance(a, int) and isinstance(b, int) and a != b
        for a, b in zip(own[1:], given[1:], strict=True)
    )


def has_other_lengths(use: DataUse) -> bool:
    """Whether the data of the one input have other lengths than it: the outputs have, too."""
    x, inputs = use.argument("x"), use.model.inputs
    if not isinstance(x, Tensor) or len(inputs) != 1:
        return False
    own, given = inputs[0].shape, x.shape
    if not isinstance(own, tuple) or not isinstance(given, tuple):
        return False
    return len(own) == len(given) and differ(own, given)


def has_another_rank(use: DataUse) -> bool:
    """Whether the data of the one input have more or fewer axes than Keras makes do with."""
    x, inputs = use.argument("x"), use.model.inputs
    if not isinstance(x, Tensor) or len(inputs) != 1:
        return False
    own, given = inputs[0].shape, x.shape
    if not isinstance(own, tuple) or not isinstance(given, tuple) or len(own) == len(given):
        return False
    # A last axis of one it adds or drops by itself.
    longer = max(own, given, key=len)
    known = isinstance(longer[-1], int) and longer[-1] != 1
    return known or abs(len(own) - len(given)) > 1


def counts_differ(use: DataUse) -> bool:
    """Whether inputs and labels are known to be of different numbers of samples."""
    counts = {
        tensor.shape[0]
        for part in ("x", "y")
        for tensor in tensors_of(use.argument(part))
        if isinstance(tensor.shape, tuple) and tensor.shape and isinstance(tensor.shape[0], int)
    }
    return not use.batched and len(counts) > 1


def odd_batch(use: DataUse) -> tuple[int, int] | None:
    """The size of a batch that a model which keeps its states does not take, and the one it takes.

    Returns:
        None where every batch is as large as the model is made for, or that is not known.
    """
    fixed, x = _fixed_size(use.model), use.argument("x")
    if fixed is None or not isinstance(x, Tensor) or not isinstance(x.shape, tuple) or not x.shape:
        return None
    samples = x.shape[0]
    if not isinstance(samples, int):
        return None
    if use.batched:
        return (samples, fixed) if samples != fixed else None
    size = use.given.get("batch_size", BATCH_SIZE)
    size = BATCH_SIZE if size is None else size
    split = {"validation_split", "steps_per_epoch", "steps"} & use.given.keys()
    if split or not isinstance(size, int) or size < 1:
        return None
    sizes = (min(size, samples), samples % size or size)
    return next(((one, fixed) for one in sizes if one != fixed), None)


def is_one_sample(use: DataUse) -> bool:
    """Whether the data are one sample alone, where a model takes several at once."""
    return _is_sample(use.model, use.argument("x"))


def holds_samples_apart(use: DataUse) -> bool:
    """Whether the data are a list of samples, each of which Keras takes for the data of an input.

    What a list holds beyond the inputs Keras passes over, where the rest is what these take.
    """
    x = use.argument("x")
    return (
        isinstance(x, (list, tuple))
        and len(x) > 1
        and all(_is_sample(use.model, array) for array in x)
    )


def _is_sample(model: Network, value: object) -> bool:
    """Whether an array has the shape that the one input of a model has without its batch axis."""
    inputs = model.inputs
    if not isinstance(value, Tensor) or len(inputs) != 1 or not isinstance(inputs[0].shape, tuple):
        return False
    sample = inputs[0].shape[1:]
    return all(isinstance(dim, int) for dim in sample) and value.shape == sample


def _fixed_size(model: Network) -> int | None:
    """The batch size that a model is made for, if it has a layer that keeps its states."""
    if len(model.inputs) != 1 or not isinstance(model.inputs[0].shape, tuple):
        return None
    fixed = model.inputs[0].shape[0]
    stateful = any(getattr(layer, "stateful", False) is True for _, layer in layers_within(model))
    return fixed if stateful and isinstance(fixed, int) else None

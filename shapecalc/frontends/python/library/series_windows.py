"""Windows of series, as Keras's older `TimeseriesGenerator` hands them out."""

from __future__ import annotations

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_streams import one_of
from shapecalc.frontends.python.library.label_encodings import as_array
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import DataStream, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unranked, unknown_dim

LIBRARIES = ("keras.preprocessing.sequence", "keras.legacy.preprocessing", "keras.src")


@models("keras.preprocessing.sequence.TimeseriesGenerator",
        "keras.src.legacy.preprocessing.sequence.TimeseriesGenerator",
        "keras.legacy.preprocessing.sequence.TimeseriesGenerator", unknowns=True)  # fmt: skip
def timeseries_generator(
    run: Interpreter,
    data: Value,
    targets: Value,
    length: Value,
    sampling_rate: Value = 1,
    *args: Value,
    **kwargs: Value,
) -> Value:
    """Batches of windows, with the target behind each."""
    steps: Dim = unknown_dim("the length of the windows")
    if isinstance(length, int) and isinstance(sampling_rate, int) and sampling_rate > 0 < length:
        steps = -(-length // sampling_rate)
    made = as_array(run, data), as_array(run, targets)
    parts = [one_of(part) if _has_rows(part) else part for part in made]
    axes = [(BATCH, steps), (BATCH,)]
    element = tuple(
        Tensor((*front, *part.shape), part.dtype)
        if isinstance(part, Tensor) and not isinstance(part.shape, Unranked)
        else run.unknown("a series that is not known")
        for front, part in zip(axes, parts, strict=True)
    )
    return DataStream("generator", element)


def _has_rows(value: Value) -> bool:
    return isinstance(value, Tensor) and not isinstance(value.shape, Unranked) and bool(value.shape)

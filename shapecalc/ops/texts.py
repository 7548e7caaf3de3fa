"""Texts as TensorFlow prepares them: each element is one."""

from __future__ import annotations

from typing import Any

from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import broadcast_shapes, reduced, shape_of
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec


@op("tensorflow.strings.lower", node="StringLower")
@op("tensorflow.strings.upper", node="StringUpper")
@op("tensorflow.strings.strip", node="StringStrip")
@op("tensorflow.strings.as_string", node="AsString")
@op("tensorflow.strings.regex_replace", node="RegexReplace")
@op("tensorflow.strings.substr", node="Substr")
def changed(input: Any, *args: Any, **options: Any) -> TensorSpec:
    """A text for each."""
    return TensorSpec(shape_of(input), "string")


@op("tensorflow.strings.length", node="StringLength")
def length(input: Any, unit: Any = "BYTE") -> TensorSpec:
    """How long each is."""
    return TensorSpec(shape_of(input), "int32")


@op("tensorflow.strings.to_number", node="StringToNumber")
def to_number(input: Any, out_type: Any = "float32") -> TensorSpec:
    """The number that each is."""
    return TensorSpec(shape_of(input), dtypes.standardize(out_type))


@op("tensorflow.strings.regex_full_match", node="RegexFullMatch")
def regex_full_match(input: Any, pattern: Any) -> TensorSpec:
    """Whether each fits a pattern."""
    return TensorSpec(shape_of(input), "bool")


@op("tensorflow.strings.to_hash_bucket_fast", node="StringToHash")
@op("tensorflow.strings.to_hash_bucket", node="StringToHash")
def to_hash_bucket(input: Any, num_buckets: Any) -> TensorSpec:
    """One of so many integers for each."""
    return TensorSpec(shape_of(input), "int64")


@op("tensorflow.strings.join", node="StringJoin")
def join(inputs: Any, separator: Any = "") -> TensorSpec:
    """Texts of one shape, put together one by one."""
    if not isinstance(inputs, (list, tuple)) or not inputs:
        raise InvalidArgument("there are no texts to join", argument="inputs")
    # A text that is written out goes with any shape.
    shapes = [() if isinstance(text, str) else shape_of(text) for text in inputs]
    return TensorSpec(broadcast_shapes(*shapes), "string")


@op("tensorflow.strings.reduce_join", node="ReduceJoin")
def reduce_join(
    inputs: Any, axis: Any = None, keepdims: Any = False, separator: Any = ""
) -> TensorSpec:
    """All texts along an axis as one."""
    return TensorSpec(reduced(shape_of(inputs), axis, keepdims), "string")

"""Dtypes of layers: which one a layer computes in, and which one its weights are kept in.

A policy is named after its dtype ("float32"), after the narrow one of two ("mixed_float16"), or
after how it quantizes and what it was before ("int8_from_float32").
"""

from __future__ import annotations

from typing import Any

from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown

# A dtype that could not be followed.
UNKNOWN = "unknown"

# The bytes of one number; those of a text are not known.
ITEM_BYTES: dict[str, int | None] = {
    "bool": 1, "int8": 1, "uint8": 1, "float8_e4m3fn": 1, "float8_e5m2": 1,
    "int16": 2, "uint16": 2, "float16": 2, "bfloat16": 2,
    "int32": 4, "uint32": 4, "float32": 4,
    "int64": 8, "uint64": 8, "float64": 8, "complex64": 8,
    "complex128": 16, "string": None,
}  # fmt: skip

QUANTIZATIONS = ("int8", "float8", "int4", "gptq", "awq")

_MIXED = {"mixed_float16": "float16", "mixed_bfloat16": "bfloat16"}
_PYTHON = {bool: "bool", int: "int32", float: "float32", str: "string"}
# What stands behind the words: how many numbers, parted by slashes.
_SETTINGS = {"int4": (0, 1), "gptq": (2,), "awq": (2,)}


class DTypePolicy:
    """In which dtype a layer computes, and in which it keeps its weights.

    Attributes:
        name: as in Keras.
        compute_dtype: that of its float inputs, which are cast to it, and of its outputs.
        variable_dtype: that of its weights, unless the layer says otherwise.
        quantization: one of `QUANTIZATIONS`, with its settings ("int4/128"), or None.
    """

    __slots__ = ("compute_dtype", "name", "quantization", "variable_dtype")

    def __init__(
        self, name: str, compute_dtype: str, variable_dtype: str, quantization: str | None = None
    ) -> None:
        self.name = name
        self.compute_dtype = compute_dtype
        self.variable_dtype = variable_dtype
        self.quantization = quantization

    def __repr__(self) -> str:
        return f'<DTypePolicy "{self.name}">'

    def received(self, dtype: str) -> str:
        """The dtype of an input once the layer has cast it, as it does with floats."""
        return self.compute_dtype if "float" in dtype else dtype


UNKNOWN_POLICY = DTypePolicy(UNKNOWN, UNKNOWN, UNKNOWN)


def dtype_name(dtype: Any) -> str:
    """The name of a dtype given in any of the ways that Keras takes; None is that of floats.

    Raises:
        InvalidArgument: there is no such dtype.
    """
    if dtype is None:
        return current_session().dtype
    if isinstance(dtype, Unknown):
        return UNKNOWN
    if dtype in (bool, int, float, str):
        return _PYTHON[dtype]
    name = dtype if isinstance(dtype, str) else _own_name(dtype)
    name = "int32" if name == "int" else name
    if name not in ITEM_BYTES and name != UNKNOWN:
        raise InvalidArgument(f"{dtype!r:.100} is no dtype", argument="dtype")
    return name


def _own_name(dtype: Any) -> Any:
    """What a dtype of NumPy or of a framework calls itself."""
    return getattr(dtype, "name", None) or getattr(dtype, "__name__", None)


def global_policy() -> DTypePolicy:
    """The policy of layers that are given none.

    Where the program sets none, it is that of `floatx` when it is first asked for; as in Keras,
    `set_floatx` changes nothing from then on.
    """
    session = current_session()
    if session.dtype_policy is None:
        session.dtype_policy = policy_of(session.dtype)
    policy: DTypePolicy = session.dtype_policy
    return policy


def policy_of(identifier: Any) -> DTypePolicy:
    """The policy that a layer's `dtype` argument names; None is the global one.

    Raises:
        InvalidArgument: it names none.
    """
    if identifier is None:
        return global_policy()
    if isinstance(identifier, DTypePolicy):
        return identifier
    if isinstance(identifier, Unknown) or identifier == UNKNOWN:
        return UNKNOWN_POLICY
    if isinstance(identifier, str) and identifier.startswith(QUANTIZATIONS):
        mode, separator, source = identifier.partition("_from_")
        if not separator or "_from_" in source:
            raise InvalidArgument(
                f"{identifier!r:.100} is no dtype of a layer", argument="dtype",
                help=f"a quantized layer's is like '{mode}_from_float32'",
            )  # fmt: skip
        return quantized_policy(mode, policy_of(source))
    if isinstance(identifier, str) and identifier in _MIXED:
        return DTypePolicy(identifier, _MIXED[identifier], "float32")
    dtype = dtype_name(identifier)
    return DTypePolicy(identifier if isinstance(identifier, str) else dtype, dtype, dtype)


def quantized_policy(mode: str, source: DTypePolicy) -> DTypePolicy:
    """The policy of a layer whose weights are quantized.

    Args:
        mode: one of `QUANTIZATIONS`, with its settings.
        source: what the policy was before.

    Raises:
        InvalidArgument: there is no such mode, or it does not go with the source.
    """
    word, *settings = mode.split("/")
    numbers = all(s.removeprefix("-").isdigit() for s in settings)
    if word not in QUANTIZATIONS or len(settings) not in _SETTINGS.get(word, (0,)) or not numbers:
        raise InvalidArgument(f"{mode!r:.100} is no mode of quantization", argument="mode")
    if word == "int8" and source.compute_dtype == "float16":
        raise InvalidArgument("int8 does not go with computing in float16", argument="mode")
    name = f"{mode}_from_{source.name}"
    return DTypePolicy(name, source.compute_dtype, source.variable_dtype, mode)

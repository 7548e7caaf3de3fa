"""A stand-in for the TensorFlow that a few layers of Keras ask for.

Layers that look words up, or hash them, run on TensorFlow whatever the backend, and refuse to be
made without it. Their constructors and `compute_output_spec` ask it for little: dtypes, and
tables that know how many rows they have. With that, the live Keras can say of such a layer what
it accepts and what shape it promises, but not what comes out when it runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from keras.src.utils.module_utils import tensorflow as lazy_tensorflow

NEEDS_TENSORFLOW = frozenset(
    {"Hashing", "HashedCrossing", "IntegerLookup", "StringLookup", "TextVectorization"}
)


class _Dtype:
    def __init__(self, name: str) -> None:
        self.name = name
        self.is_integer = name.startswith("int")
        self.max = 2**63 - 1


class _Variable:
    def __init__(self, value: Any, **_: Any) -> None:
        self._value = value

    def value(self) -> Any:
        return self._value


class _Rows:
    def __init__(self, keys: Any, *_: Any) -> None:
        self.keys = keys


class _Table:
    def __init__(self, rows: Any, _default: Any = None) -> None:
        self._rows = rows

    def size(self) -> Any:
        return SimpleNamespace(numpy=lambda: len(self._rows.keys))


class _Counts:
    def __init__(self, **_: Any) -> None:
        pass


class _Tensor:
    """Nothing is one."""


def _module() -> SimpleNamespace:
    experimental = SimpleNamespace(MutableHashTable=_Counts)
    return SimpleNamespace(
        as_dtype=_Dtype,
        convert_to_tensor=lambda value, *_, **__: value,
        Variable=_Variable,
        is_tensor=lambda _: False,
        executing_eagerly=lambda: True,
        init_scope=contextlib.nullcontext,
        size=len,
        range=lambda start, end, **_: list(range(start, end)),
        lookup=SimpleNamespace(
            KeyValueTensorInitializer=_Rows, StaticHashTable=_Table, experimental=experimental
        ),
        Tensor=_Tensor,
        RaggedTensor=_Tensor,
        SparseTensor=_Tensor,
    )


@contextlib.contextmanager
def stand_in() -> Iterator[None]:
    """Let Keras believe, for the length of a `with` block, that there is a TensorFlow."""
    state = vars(lazy_tensorflow)
    before = dict(state)
    state.update(module=_module(), _available=True)
    try:
        yield
    finally:
        state.update(before)

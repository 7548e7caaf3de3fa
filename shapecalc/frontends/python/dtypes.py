"""Dtypes and dtype policies as programs write them."""

from __future__ import annotations

from shapecalc.frontends.python.values import LibraryName, Value, describe
from shapecalc.rules.dtype_policy import ITEM_BYTES, DTypePolicy
from shapecalc.rules.unknown import Unknown

_PYTHON = {"int": "int32", "float": "float32", "bool": "bool", "str": "string"}


def dtype_value(value: Value) -> Value:
    """A dtype or a policy as layers take it: `tf.float16` and `float` by their names.

    What is none of the forms that are known is an unknown.
    """
    if isinstance(value, LibraryName):
        name = value.path.rpartition(".")[2].rstrip("_")
        named = name if name in ITEM_BYTES else _PYTHON.get(value.path)
        return named or Unknown(f"the dtype {value.path}")
    if value is None or isinstance(value, (str, int, float, tuple, list, DTypePolicy, Unknown)):
        return value
    if isinstance(value, dict) and isinstance(value.get("config"), dict):
        # As a configuration has it: {"class_name": "DTypePolicy", "config": {"name": …}}.
        return dtype_value(value["config"].get("name", Unknown("a dtype policy")))
    return Unknown(f"a dtype that is {describe(value)}")

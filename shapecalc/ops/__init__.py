"""Rules for tensor operations: from operands to the output's shape and dtype.

`op_for("keras.ops.reshape")` is the rule, to be called with the operation's own arguments;
`OPERATORS` gives the operation behind each of Python's operators.
"""

from __future__ import annotations

from shapecalc.rules.registry import Families

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc.ops.op import OpRule

# The operation that an operator is, by the operator's name in Python's `operator` module.
OPERATORS: dict[str, str] = {
    "add": "keras.ops.add",
    "sub": "keras.ops.subtract",
    "mul": "keras.ops.multiply",
    "truediv": "keras.ops.true_divide",
    "floordiv": "keras.ops.floor_divide",
    "mod": "keras.ops.mod",
    "pow": "keras.ops.power",
    "matmul": "keras.ops.matmul",
    "neg": "keras.ops.negative",
    "abs": "keras.ops.absolute",
    "eq": "keras.ops.equal",
    "ne": "keras.ops.not_equal",
    "lt": "keras.ops.less",
    "le": "keras.ops.less_equal",
    "gt": "keras.ops.greater",
    "ge": "keras.ops.greater_equal",
    "and": "keras.ops.logical_and",
    "or": "keras.ops.logical_or",
    "xor": "keras.ops.logical_xor",
    "invert": "keras.ops.logical_not",
    "getitem": "keras.ops.get_item",
}

# Where Keras has the same operations once more.
_SECTIONS = ("keras.ops.numpy.", "keras.ops.nn.", "keras.ops.linalg.")


def _registry() -> dict[str, OpRule]:
    from shapecalc.ops.op import REGISTRY

    return REGISTRY


_families = Families(__name__, __path__, "op", _registry)


def op_for(name: str) -> OpRule | None:
    """The rule of an operation, by a public name such as `keras.ops.reshape`, or None."""
    for section in _SECTIONS:
        if name.startswith(section):
            name = "keras.ops." + name.removeprefix(section)
    rule: OpRule | None = _families.find(name)
    return rule


def op_names() -> list[str]:
    """The names of all operations that have a rule, other spellings included, sorted."""
    return _families.names()


__all__ = ["OPERATORS", "op_for", "op_names"]

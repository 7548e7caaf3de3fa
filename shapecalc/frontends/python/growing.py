"""Lists that grow by an unknown number of items: what is known of each of these items."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, is_unknown
from shapecalc.frontends.python.values import Rest, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked


def row_of(value: Value) -> Tensor | None:
    """An item as the row that it is of an array; None where its shape is not known."""
    if isinstance(value, Tensor):
        known = not value.symbolic and not isinstance(value.shape, Unranked)
        return value if known else None
    if type(value) is Rest:
        return value.item
    if isinstance(value, (bool, int, float, str)):
        name = {bool: "bool", int: "int64", float: "float64", str: "str"}[type(value)]
        return Tensor((), name)
    if isinstance(value, (list, tuple)) and value:
        from shapecalc.frontends.python.library.arrays import literal_dtype, literal_shape

        shape = literal_shape(value)
        return None if shape is None else Tensor(shape, literal_dtype(value))
    return None


def common_row(rows: list[Any]) -> Tensor | None:
    """What is known of rows of one array; None where they are not alike, or may not be."""
    if not rows or any(row is None for row in rows):
        return None
    result: Tensor = rows[0]
    for row in rows[1:]:
        if row is result:
            continue
        shape = alike(result.shape, row.shape)  # type: ignore[arg-type]
        if shape is None or result.dtype != row.dtype:
            return None
        known = result.contents is not None and row.contents is not None
        contents = result.contents.join(row.contents) if known else None  # type: ignore[union-attr]
        if shape != result.shape or contents != result.contents:
            result = Tensor(shape, row.dtype, contents=contents)
    return result


def alike(one: tuple[Dim, ...], other: tuple[Dim, ...] | None) -> tuple[Dim, ...] | None:
    """The shape of rows that must be of one shape; None where they are not, or may not be."""
    if other is None or len(one) != len(other):
        return None
    dims: list[Dim] = []
    for a, b in zip(one, other, strict=True):
        if a is b or a == b:
            dims.append(a)
        elif is_unknown(a) or is_unknown(b):
            # NumPy refuses rows of several lengths: where both are known, they are the same.
            dims.append(b if is_unknown(a) else a)
        else:
            return None
    return tuple(dims)


def grown(before: list[Value], sure: int, after: list[Value], rest: Rest) -> Rest:
    """What stands for the items that a round of a loop adds to a list.

    Args:
        before: the list before the round.
        sure: how many of its items stay.
        after: the list after the round.
        rest: what stands for them, but for what they are.
    """
    kept = all(type(item) is Rest for item in before[sure:])
    rest.item = common_row([row_of(item) for item in after[sure:]]) if kept else None
    return rest


def adds_data(before: list[Value], after: list[Value]) -> bool:
    """Whether a round of a loop adds items to a list, and these are data, no part of a network."""
    added = after[len(before) :]
    same = len(after) > len(before) and all(a is b for a, b in zip(before, after, strict=False))
    return same and all(isinstance(item, Unknown) or row_of(item) is not None for item in added)


def add_to_rest(items: list[Value], item: Value) -> Rest | None:
    """What stands for the items of a list to which one more is added; None if it is the same."""
    rest: Rest = items[-1]
    row = common_row([rest.item, row_of(item)])
    if row is rest.item:
        return None
    return Rest(rest.reason, rest.span, row)


def lose_item(run: Any, items: list[Value]) -> None:
    """Forget what the items are of which there is an unknown number."""
    rest: Rest = items[-1]
    rest.changes += 1
    if rest.item is not None:
        run.touch(items)
        items[-1] = Rest(rest.reason, rest.span)


__all__ = ["add_to_rest", "adds_data", "alike", "common_row", "grown", "lose_item", "row_of"]

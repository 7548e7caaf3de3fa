"""Writing into arrays: what is known of their numbers is what may be in them afterwards."""

from __future__ import annotations

from shapecalc.frontends.python.values import KnownArray, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown


def write_elements(array: Tensor, value: Value) -> None:
    """`array[…] = value`: some elements become the value's."""
    from shapecalc.graph.computed_contents import contents_of, fitted

    forget_items(array)
    array.write(fitted(contents_of(value), array.dtype))


def changed_in_place(array: Tensor, new: Value) -> Value:
    """`array /= 255`: the array itself changes, and whatever shares its memory.

    Args:
        array: the array as it was.
        new: what the operator gives.

    Returns:
        What the name is bound to: the new elements in the old memory, with the old dtype.
    """
    from shapecalc.graph.computed_contents import fitted

    forget_items(array)
    if not isinstance(new, Tensor) or new.symbolic:
        array.write(None)
        return new
    contents = None if new.contents is None else fitted(new.contents, array.dtype)
    array.write(contents)
    base = array.base or array
    return Tensor(array.shape, array.dtype, contents=contents, base=base)


def forget_items(array: Tensor) -> None:
    """The numbers of an array one by one are no longer known."""
    whole = array.base or array
    parts = whole.parts if isinstance(whole, KnownArray) else ()
    for holder in (array, whole, *parts):
        if isinstance(holder, KnownArray):
            holder.items = [Unknown("a number that is written later")] * len(holder.items)

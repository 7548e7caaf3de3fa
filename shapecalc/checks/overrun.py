"""By how much a model goes beyond a budget, and what of it holds the most."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding
from shapecalc.diagnostics import Note
from shapecalc.dims import Dim, at_least, show
from shapecalc.graph.budget import QUANTITIES, Amount, Expense, Quantity
from shapecalc.graph.summary import LayerRow

_MOST_LAYERS = 3


def overrun(expense: Expense, name: str) -> Iterator[Finding]:
    """The finding of a model that has more of something than it may; none where that is open.

    Args:
        expense: the model and its limits.
        name: what, one of `QUANTITIES`.
    """
    limit = expense.limits.get(name)
    quantity = QUANTITIES[name]
    amount = quantity.of_model(expense.summary) if limit is not None else None
    if limit is None or amount is None or at_least(amount.size, limit + 1).holds() is not True:
        return
    size = amount.size
    excess = "more"
    if isinstance(size, int) and limit:
        excess = f"{_percent(size - limit, limit)} more"
    yield Finding(
        f'{expense.summary.kind} model "{expense.summary.name}" has '
        f"{'' if amount.exact else 'at least '}{_number(quantity, size)} {quantity.noun}, "
        f"{excess} than the budget of {_number(quantity, limit)}",
        notes=tuple(_largest(quantity, expense.summary.layers, amount)),
    )


def _number(quantity: Quantity, size: Dim) -> str:
    if not isinstance(size, int):
        return show(size)
    return f"{size:,} {quantity.unit}".rstrip()


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return f"{share:,.1f} %" if share < 10 else f"{share:,.0f} %"


def _largest(quantity: Quantity, rows: tuple[LayerRow, ...], amount: Amount) -> Iterator[Note]:
    sizes = ((quantity.of_layer(row), row) for row in rows)
    known = [(size, row) for size, row in sizes if isinstance(size, int) and size > 0]
    known.sort(key=lambda item: -item[0])
    for size, row in known[:_MOST_LAYERS]:
        share = f" ({_percent(size, amount.size)})" if isinstance(amount.size, int) else ""
        yield Note(
            f'{row.class_name} "{row.name}" has {_number(quantity, size)} of it{share}', row.span
        )

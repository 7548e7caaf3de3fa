"""Budgets: how much of something a model may have at the most."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from shapecalc.dims import Dim
from shapecalc.graph.memory import Bytes, weight_bytes
from shapecalc.graph.model import Network
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.summary import LayerRow, ModelSummary
from shapecalc.source import Span


class Amount(NamedTuple):
    """How much there is of something; a lower bound where `exact` is false."""

    size: Dim
    exact: bool = True


class Quantity(NamedTuple):
    """Something that a budget can be set for.

    Attributes:
        noun: what there is so much of, in the plural or as a mass.
        unit: `B` for bytes, or nothing for a count.
        of_model: how much a model has; None where that is not known at all.
        of_layer: how much of it one of its layers has; None where that is not known.
    """

    noun: str
    unit: str
    of_model: Callable[[ModelSummary], Amount | None]
    of_layer: Callable[[LayerRow], Dim | None]


def _bytes(size: Bytes | None) -> Amount | None:
    return None if size is None else Amount(*size)


def _weight_bytes(row: LayerRow) -> Dim | None:
    sizes = [weight_bytes(weight) for weight, _ in row.weights]
    known = [size for size in sizes if isinstance(size, int)]
    return sum(known) if len(known) == len(sizes) else None


QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "params": Quantity(
            "params", "", lambda s: Amount(s.params.total, s.params.exact), lambda r: r.params
        ),
        "trainable-params": Quantity(
            "trainable params", "",
            lambda s: Amount(s.params.trainable, s.params.exact), lambda r: r.trainable,
        ),
        "connections": Quantity(
            "connections", "",
            lambda s: Amount(s.connections, s.exact_counts), lambda r: r.connections,
        ),
        "macs": Quantity("MACs", "", lambda s: Amount(s.macs, s.exact_counts), lambda r: r.macs),
        "weight-memory": Quantity(
            "of weights", "B", lambda s: _bytes(s.memory.weights), _weight_bytes
        ),
        "activation-memory": Quantity(
            "of tensors between layers for one sample", "B",
            lambda s: _bytes(s.memory.activations), lambda r: r.activation_memory,
        ),
        "peak-memory": Quantity(
            "of tensors alive at once for one sample", "B",
            lambda s: _bytes(s.memory.peak), lambda r: r.activation_memory,
        ),
    }
)  # fmt: skip
"""By the word of the option and the setting: `--max-params`, `max-params`."""

_FACTORS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BINARY = {"KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}
_AMOUNT = re.compile(r"([0-9][0-9_,]*(?:\.[0-9]+)?)\s*([A-Za-z]*)")


def parse_limit(quantity: str, given: object) -> int | None:
    """The limit that a setting or an option stands for; `none` is none.

    Args:
        quantity: what is limited, one of `QUANTITIES`.
        given: an amount as `parse_amount` takes it, or `none`.

    Raises:
        ValueError: as `parse_amount`.
    """
    if isinstance(given, str) and given.strip().lower() == "none":
        return None
    return parse_amount(quantity, given)


def parse_amount(quantity: str, given: object) -> int:
    """The number that a text such as `4.3M` or `64 MiB` stands for.

    Args:
        quantity: what it is an amount of, one of `QUANTITIES`.
        given: a whole number, or a number with a unit: K, M, G, T for powers of 1000, with `B`
            behind it for bytes, and `KiB`, `MiB`, `GiB`, `TiB` for powers of 1024; small letters
            mean the same.

    Raises:
        ValueError: it is none; the message says what would be.
    """
    in_bytes = QUANTITIES[quantity].unit == "B"
    example = "64MB or 64MiB" if in_bytes else "4.3M or 600_000"
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    match = _AMOUNT.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise ValueError(f"{given!r} is no amount; write {example}")
    word = match[2].upper()
    word = word.removesuffix("B") if in_bytes else word
    factor = _FACTORS.get(word) or (_BINARY.get(word) if in_bytes else None)
    if factor is None:
        units = "B, KB, MB, GB, KiB, MiB, GiB" if in_bytes else "K, M, G"
        raise ValueError(f"{match[2]!r} is no unit here; known are {units}: write {example}")
    whole, _, part = match[1].replace("_", "").replace(",", "").partition(".")
    scaled = int(whole + part) * factor
    divisor = int("1" + "0" * len(part))
    if scaled % divisor:
        raise ValueError(f"{given!r} is no whole number")
    return scaled // divisor


class Budget(NamedTuple):
    """What models may have at the most.

    Attributes:
        limits: for every model, by quantity; None where there is no limit.
        models: for some, by a pattern of the model's variable, function or own name.
    """

    limits: Mapping[str, int | None]
    models: Mapping[str, Mapping[str, int | None]]

    def limits_for(self, record: ModelRecord) -> dict[str, int]:
        """The limits of one model; those for its name come before those for all."""
        from fnmatch import fnmatchcase

        names = [n for n in (record.variable, record.function, record.model.name) if n]
        limits = dict(self.limits)
        for pattern, special in self.models.items():
            if any(fnmatchcase(name, pattern) for name in names):
                limits.update(special)
        return {quantity: limit for quantity, limit in limits.items() if limit is not None}

    @property
    def key(self) -> str:
        """A text that tells one budget from any other."""
        models = [(pattern, sorted(limits.items())) for pattern, limits in self.models.items()]
        return repr((sorted(self.limits.items()), models))


class Expense:
    """A model and the limits that are set for it.

    Attributes:
        record: where and how the program makes the model.
        summary: its numbers.
        limits: by quantity.
    """

    __slots__ = ("limits", "record", "summary")

    def __init__(self, record: ModelRecord, summary: ModelSummary, limits: dict[str, int]) -> None:
        self.record = record
        self.summary = summary
        self.limits = limits

    @property
    def model(self) -> Network:
        """The model."""
        return self.record.model

    @property
    def span(self) -> Span:
        """Where the program makes it."""
        return self.record.span

    @property
    def function(self) -> str | None:
        """The function that makes it, or None at module level."""
        return self.record.function

    @property
    def condition(self) -> str | None:
        """Under which condition it is made, or None."""
        return self.record.condition

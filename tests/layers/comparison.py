"""How two sides of a comparison are held against each other; each returns what differs."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shapecalc.dims import Condition, Dim, Variable, is_unknown, substitute, variables
from shapecalc.layers.layer import is_shape
from shapecalc.rules import argument_kinds as kinds
from shapecalc.rules.facts import Counts, Facts
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.requirement import recording
from shapecalc.rules.unknown import UndecidedError
from tests.layers.case import RULES, Case, Report, facts_of, map_drawn


def differences(
    ours: Report, keras: Report, *, names: bool = True, ordered: bool = True
) -> list[str]:
    """In what a rule and Keras differ; nothing where they agree."""
    if (ours.refusal is None) != (keras.refusal is None):
        return [f"we refuse: {ours.refusal}; Keras refuses: {keras.refusal}"]
    found = []
    if ours.output != keras.output:
        found.append(f"output: ours {ours.output}, Keras {keras.output}")
    what = ["name", "shape", "trainable"]
    for i, label in enumerate(what):
        if label == "name" and not names:
            continue
        mine, theirs = [w[i] for w in ours.weights], [w[i] for w in keras.weights]
        if not ordered:
            mine, theirs = sorted(mine), sorted(theirs)
        if mine != theirs:
            found.append(f"each weight's {label}: ours {mine}, Keras {theirs}")
    return found


# --- symbols -------------------------------------------------------------------------------


@dataclass
class Symbols:
    """Gives lengths a dim variable each, and knows the lengths.

    Attributes:
        chosen: bit by bit, which of the lengths get one.
        shared: whether equal lengths get the same one.
        values: the lengths, by variable.
    """

    chosen: int
    shared: bool
    values: dict[Variable, int]

    def dim(self, value: Any, name: str) -> Any:
        """The variable for a length, or the length itself if it is to stay one."""
        self.chosen, bit = divmod(self.chosen, 2)
        if not bit or isinstance(value, bool) or not isinstance(value, int) or value < 1:
            return value
        variable = Variable(f"n{value}" if self.shared else name)
        self.values[variable] = value
        return variable


def made_symbolic(case: Case, chosen: int, shared: bool) -> tuple[Case, dict[Variable, int]]:
    """A case with variables for some lengths, and the lengths."""
    symbols = Symbols(chosen, shared, {})
    arguments = copy.copy(case.arguments)
    for name, value in arguments.items():
        arguments[name] = _symbolic_argument(RULES[case.name].arguments[name], value, symbols)
    count = iter(range(1000))

    def shape(axes: tuple[int | None, ...]) -> Any:
        i = next(count)
        return (*axes[:1], *(symbols.dim(n, f"x{i}_{j}") for j, n in enumerate(axes) if j))

    inputs = map_drawn(shape, case.inputs)
    options = map_drawn(shape, case.options)
    return Case(case.name, arguments, inputs, options), symbols.values


def _symbolic_argument(argument: kinds.Argument, value: Any, symbols: Symbols) -> Any:
    if isinstance(argument, kinds.Size):
        return symbols.dim(value, argument.name)
    if isinstance(argument, kinds.Window) and isinstance(value, (tuple, list)):
        return tuple(symbols.dim(v, f"{argument.name}_{i}") for i, v in enumerate(value))
    if isinstance(argument, kinds.Window):
        return symbols.dim(value, argument.name)
    return value


def commuting_differences(case: Case, symbolic: Case, values: dict[Variable, int]) -> list[str]:
    """In what infer-then-substitute and substitute-then-infer differ.

    Where the plain run is refused, the symbolic one must be refused or rest on an assumption
    that the values break.
    """
    refused = _try(case)
    try:
        with recording() as assumptions:
            refused_too = _try(symbolic)
    except UndecidedError:
        return []  # a rank that hangs on a length, say; and the rule says so
    broken = [a for a in assumptions if a.substitute(values).holds() is not True]
    if isinstance(refused, Refusal):
        if isinstance(refused_too, Refusal) or broken:
            return []
        return [f"refused on ints only: {refused.message}"]
    if isinstance(refused_too, Refusal):
        return [f"refused on symbols only: {refused_too.message}"]
    found = [f"the assumption {a} does not hold for {values}" for a in broken if not _free(a)]
    mine, theirs = _flat(refused), _flat(refused_too)
    if len(mine) != len(theirs):
        return [*found, f"ints give {mine}, symbols {theirs}"]
    for (label, plain), (_, formula) in zip(mine, theirs, strict=True):
        if _is_count(label) and is_unknown(formula):
            continue  # and it says so
        # A free axis stays a symbol on both sides, but not the same one.
        got = _value(substitute(formula, values))
        if got != _value(plain):
            found.append(f"{label}: {plain} on ints, but {formula} gives {got}")
    return found


def _free(condition: Condition) -> bool:
    return any(v.kind in ("free", "batch") for v in condition.variables)


def _value(dim: Dim) -> Any:
    return dim if isinstance(dim, int) else "symbolic"


def _try(case: Case) -> Facts | Refusal:
    try:
        return facts_of(case)
    except Refusal as refusal:
        return refusal


def _is_count(label: str) -> bool:
    return label.startswith("edges of ") or label in Counts._fields


def _flat(facts: Facts) -> list[tuple[str, Dim]]:
    """Every dim and count of the facts, labelled."""
    found = [("output", d) for shape in shapes_in(facts.output) for d in shape]
    for weight in facts.all_weights:
        found += [(f"shape of {weight.name}", d) for d in weight.shape]
        found.append((f"uses of {weight.name}", weight.uses))
        if weight.edges is not None:
            found.append((f"edges of {weight.name}", weight.edges))
    found += list(facts.counts()._asdict().items())
    return found


def shapes_in(output: Any) -> Iterator[tuple[Dim, ...]]:
    """The shapes in a rule's output, in order."""
    if is_shape(output):
        yield output
    elif isinstance(output, dict):
        for item in output.values():
            yield from shapes_in(item)
    else:
        for item in output:
            yield from shapes_in(item)


def malformed_counts(facts: Facts) -> list[str]:
    """The counts that are neither natural numbers nor formulas in free axes."""
    pairs = [*facts.counts()._asdict().items(), *((w.name, w.size) for w in facts.all_weights)]
    return [f"{n} is {c!r}" for n, c in pairs if not _is_natural(c)]


def _is_natural(count: Dim) -> bool:
    if isinstance(count, int):
        return type(count) is int and count >= 0
    return all(v.kind in ("free", "unknown") for v in variables(count))

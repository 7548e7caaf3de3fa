"""Hypothesis strategies for calls of a layer, drawn from the rule's own declaration.

Each argument kind has two strategies: `usual` values, which Keras mostly accepts, and `odd`
ones, which it mostly refuses; who is right is for the comparison to find. About one case in
three has one odd thing in it. What the declaration does not tell is in `tests/layers/extras`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules import argument_kinds as kinds
from shapecalc.rules.argument_kinds import Argument
from shapecalc.rules.facts import Counts
from tests.layers import extras
from tests.layers.case import RULES, Case

Drawn = Mapping[str, Any]
Values = SearchStrategy[Any] | Callable[[Drawn], SearchStrategy[Any]]


@dataclass(frozen=True)
class Extra:
    """Strategies for what a rule's declaration does not tell.

    Attributes:
        arguments: by the argument's name: its usual values, or a function from the arguments
            drawn so far to them. An argument that is `None` here is never drawn.
        odd: by the argument's name: its odd values, in the same way.
        always: the optional arguments that are given in every case.
        inputs: from the drawn arguments to the positional arguments of the call (a tuple);
            needed where `takes` is None.
        options: from the drawn arguments to the keyword arguments of the call (a dict).
        odd_ranks: whether inputs with an axis too few or too many are drawn.
        names: whether the weights' names can be compared.
        ordered: whether the weights' order can be.
        traced: whether Keras is asked to trace the call too, for what it refuses only when the
            layer is run (an order of magnitude slower).
        count: draws the edges of a call one by one: see `tests/layers/counting.py`. A rule
            without it must have no connections, bias connections or MACs.
    """

    arguments: Mapping[str, Values | None] = field(default_factory=dict)
    odd: Mapping[str, Values] = field(default_factory=dict)
    always: frozenset[str] = frozenset()
    inputs: Callable[[Drawn], SearchStrategy[tuple[Any, ...]]] | None = None
    options: Callable[[Drawn], SearchStrategy[dict[str, Any]]] | None = None
    odd_ranks: bool = True
    names: bool = True
    ordered: bool = True
    traced: bool = False
    count: Callable[..., Counts] | None = None


@functools.cache
def table() -> dict[str, Extra]:
    """Every `Extra`, by the rule's name."""
    merged: dict[str, Extra] = {}
    for module in pkgutil.iter_modules(extras.__path__):
        entries = importlib.import_module(f"{extras.__name__}.{module.name}").EXTRAS
        assert not merged.keys() & entries.keys(), f"two entries for a rule: {module.name}"
        merged.update(entries)
    return merged


def extra_for(name: str) -> Extra:
    """The rule's own entry, or an empty one."""
    return table().get(name, Extra())


# --- shapes --------------------------------------------------------------------------------

LENGTH = st.sampled_from((7, 6, 5, 4, 3, 2, 1))
# Keras knows axes without a length: one axis in sixteen is such.
AXIS = st.sampled_from((7, 6, 5, 4, 3, 2, 1) * 2 + (5, None))


def shapes(rank: int, axis: SearchStrategy[Any] = AXIS) -> SearchStrategy[tuple[Any, ...]]:
    """Shapes of that many axes, the first being the batch axis."""
    if rank == 0:
        return st.just(())
    return st.tuples(*[axis] * (rank - 1)).map(lambda axes: (None, *axes))


# Long enough for most windows, even along three axes.
LONG_AXIS = st.sampled_from((7, 6, 5, 4, 3) * 3 + (2, 1, None))


def images(rule: Any, drawn: Drawn, *, multiple: int = 1) -> SearchStrategy[tuple[Any, ...]]:
    """One input with the rule's spatial axes and a channel axis where its format has it.

    Args:
        rule: the rule, for its `rank`.
        drawn: the arguments drawn.
        multiple: what the number of channels is a multiple of, mostly.
    """

    def place(parts: tuple[Any, int, int]) -> tuple[Any, ...]:
        axes, count, times = parts
        if str(drawn.get("data_format")).lower() == "channels_first":
            return ((None, count * times, *axes),)
        return ((None, *axes, count * times),)

    times = st.sampled_from((multiple,) * 7 + (1,))
    axis = LONG_AXIS if rule.rank == 3 else AXIS
    return st.tuples(st.tuples(*[axis] * rule.rank), st.integers(1, 3), times).map(place)


def inputs_by_axes(takes: str) -> SearchStrategy[tuple[Any, ...]]:
    """One input with the axes that a rule takes."""
    axes = takes.split()
    named = len([a for a in axes if a != "..."])
    ranks = range(named, named + 3) if "..." in axes else (named,)
    return st.sampled_from(tuple(ranks)).flatmap(shapes).map(lambda shape: (shape,))


def inputs_of_odd_rank(takes: str) -> SearchStrategy[tuple[Any, ...]]:
    """One input with an axis too few or too many (and a batch axis at least)."""
    named = len([a for a in takes.split() if a != "..."])
    ranks = (max(named - 1, 1), named + 1)
    return st.sampled_from(ranks).flatmap(shapes).map(lambda shape: (shape,))


# --- argument kinds ------------------------------------------------------------------------


def _windows(argument: kinds.Window, rule: Any) -> SearchStrategy[Any]:
    rank = argument.rank or rule.rank
    one = st.sampled_from((1, 2, 3)) if argument.least else st.sampled_from((1, 2, 3, 0))
    several = st.tuples(*[one] * rank)
    drawn = st.one_of(one, several, several.map(list))
    return st.one_of(drawn, st.none()) if argument.optional else drawn


def _words(argument: kinds.Choice, rule: Any) -> SearchStrategy[Any]:
    made = rule.__new__(rule)  # `allowed` asks for no more than the class knows
    return st.sampled_from(argument.allowed(made))


def _numbers(argument: kinds.Number) -> SearchStrategy[Any]:
    low = 0.0 if argument.low is None else argument.low
    high = low + 2.0 if argument.high is None else argument.high
    return st.sampled_from((low, (low + high) / 2, high, (low + high) / 4))


def usual(argument: Argument, rule: Any) -> SearchStrategy[Any] | None:
    """Values that Keras mostly accepts; None if the kind does not tell."""
    match argument:
        case kinds.Size():
            sizes = st.integers(argument.least, 7)
            return st.one_of(sizes, st.none()) if argument.optional else sizes
        case kinds.Window():
            return _windows(argument, rule)
        case kinds.DataFormat():
            return st.sampled_from((*argument.options, None))
        case kinds.Choice():
            return _words(argument, rule)
        case kinds.Flag():
            return st.sampled_from((True, False, 1, 0, None))
        case kinds.Integer():
            whole = st.integers(-3 if argument.least is None else argument.least, 4)
            return st.one_of(whole, st.none()) if argument.optional else whole
        case kinds.Axes():
            one = st.integers(-3, 3)
            found = st.one_of(one, one, st.lists(one, max_size=3, unique=True))
            return st.one_of(found, st.none()) if argument.optional else found
        case kinds.Number():
            return _numbers(argument)
        case kinds.Named():
            return st.sampled_from(_COMMON_NAMES[argument.what])
        case kinds.Inert():
            return st.just(argument.default)
    return None


# A few of each: initializers that ask for a certain rank are left out.
_COMMON_NAMES: dict[str, tuple[Any, ...]] = {
    "an activation": (None, "relu", "softmax", "tanh", "linear"),
    "an initializer": ("zeros", "ones", "glorot_uniform", "he_normal"),
    "a regularizer": (None, "l1", "l2"),
    "a constraint": (None, "non_neg", "max_norm"),
}


def odd(argument: Argument, rule: Any) -> SearchStrategy[Any] | None:
    """Values that Keras mostly refuses; None if there are none."""
    match argument:
        case kinds.Size():
            return st.sampled_from((argument.least - 1, -2, None, "3", (2,)))
        case kinds.Window():
            rank = argument.rank or rule.rank
            wrong: list[Any] = [0, -1, None, "ab", (1,) * (rank + 1), (1,) * (rank - 1)]
            return st.sampled_from([*wrong, (0,) * rank, (2, *(-1,) * (rank - 1))])
        case kinds.Choice():
            words = [o.upper() for o in argument.options if isinstance(o, str)]
            return st.sampled_from(["nonsense", *words, "causal", 3])
        case kinds.Integer():
            return st.sampled_from((0, -9, 9, None, "1"))
        case kinds.Axes():
            return st.sampled_from((0, -9, 9, None, "1", [1, 9], [1, 1]))
        case kinds.Number():
            return st.sampled_from((-0.5, 1.5, -3, None, "1"))
        case kinds.Named():
            return st.sampled_from(("nonsense", 3))
    return None


# --- cases ---------------------------------------------------------------------------------


def values(name: str, argument_name: str, drawn: Drawn) -> SearchStrategy[Any] | None:
    """The usual values of one argument, for a rule whose earlier arguments are drawn."""
    entry = extra_for(name).arguments
    if argument_name in entry:
        own = entry[argument_name]
        return own(drawn) if callable(own) else own
    return usual(RULES[name].arguments[argument_name], RULES[name])


def odd_values(name: str, argument_name: str, drawn: Drawn) -> SearchStrategy[Any] | None:
    """The odd values of one argument; its usual ones where it has none."""
    own = extra_for(name).odd.get(argument_name)
    if own is not None:
        return own(drawn) if callable(own) else own
    found = odd(RULES[name].arguments[argument_name], RULES[name])
    return values(name, argument_name, drawn) if found is None else found


# What is odd in a case, in eleven: nothing, the rank, an argument that bears on the shape, another.
_ODDITIES = st.sampled_from(("",) * 7 + ("rank", "bearing", "bearing", "other"))
# Whether an optional argument is given: one that bears on the shape, and another.
_OFTEN = st.sampled_from((False, True))
_RARELY = st.sampled_from((False,) * 5 + (True,))


@st.composite
def _plan(draw: Any, name: str) -> tuple[frozenset[str], str]:
    """Which optional arguments are given, and what is odd ("" for nothing)."""
    arguments = RULES[name].arguments
    bearing = sorted(n for n, a in arguments.items() if a.bears)
    other = [n for n, a in arguments.items() if not a.bears and not isinstance(a, kinds.Inert)]
    inert = [n for n, a in arguments.items() if isinstance(a, kinds.Inert)]
    optional = [n for n, a in arguments.items() if not a.required and n not in inert]
    # Each by itself: of a set of names, Hypothesis mostly draws a small one, time and again.
    given = {n for n in optional if draw(_OFTEN if arguments[n].bears else _RARELY)}
    names = given | {draw(st.sampled_from(["", *inert]))} | extra_for(name).always
    oddity = draw(_ODDITIES)
    choices = {"bearing": bearing, "other": other}.get(oddity, [oddity])
    return frozenset(names), draw(st.sampled_from(choices)) if choices else ""


def _inputs(name: str, drawn: Drawn, spoiled: str) -> SearchStrategy[tuple[Any, ...]]:
    rule, extra = RULES[name], extra_for(name)
    if spoiled == "rank" and rule.takes is not None and extra.odd_ranks:
        return inputs_of_odd_rank(rule.takes)
    if extra.inputs is not None:
        return extra.inputs(drawn)
    assert rule.takes is not None, f"{name} needs an entry in tests/layers/extras for its inputs"
    return inputs_by_axes(rule.takes)


@st.composite
def cases(draw: Any, name: str) -> Case:
    """Calls of a rule, most of which Keras accepts."""
    given, spoiled = draw(_plan(name))
    drawn: dict[str, Any] = {}
    for argument_name, argument in RULES[name].arguments.items():
        if not (argument.required or argument_name in given or argument_name == spoiled):
            continue
        draw_from = odd_values if argument_name == spoiled else values
        strategy = draw_from(name, argument_name, drawn)
        if strategy is not None:
            drawn[argument_name] = draw(strategy)
    inputs = draw(_inputs(name, drawn, spoiled))
    options = extra_for(name).options
    return Case(name, drawn, inputs, draw(options(drawn)) if options else {})

"""What there is to know of a layer rule: its arguments, and its formulas from running it.

The formulas are not written anywhere: the rule is run on symbols, so they are what it computes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from shapecalc.dims import BATCH, Condition, Shape, Variable, show, total
from shapecalc.layers.layer import Layer
from shapecalc.rules.argument import Argument, Choice
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import Refusal, show_shape
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import new_session
from shapecalc.rules.unknown import UndecidedError

# Optional arguments that a formula is clearer with; the others keep their defaults.
_WORTH_A_SYMBOL = ("pool_size", "strides")


class Formulas(NamedTuple):
    """What a rule states of an input of any size.

    Attributes:
        made: how the layer was made, as source text.
        input: the shape of its input.
        facts: what the rule states.
        conditions: what must hold for that.
    """

    made: str
    input: Shape
    facts: Facts
    conditions: list[Condition]


def formulas(rule: type[Layer]) -> Formulas | None:
    """Run a rule on symbols; None where it takes more than one plain tensor."""
    if rule.takes is None:
        return None
    axes = [axis for axis in rule.takes.split() if axis != "..."]
    shape = (BATCH, *(Variable(axis, "data") for axis in axes[1:]))
    given = {
        name: Variable(argument.symbol, "data")
        for name, argument in rule.arguments.items()
        if argument.symbol and _deserves_symbol(name, argument)
    }
    try:
        with new_session(), recording() as conditions:
            facts = rule(**given).facts(shape)
            facts.counts()
    except (Refusal, UndecidedError, TypeError, ValueError, ArithmeticError, AttributeError):
        return None
    made = f"{rule.__name__}({', '.join(f'{name}={value}' for name, value in given.items())})"
    return Formulas(made, shape, facts, conditions)


def _deserves_symbol(name: str, argument: Argument) -> bool:
    return argument.required or (name in _WORTH_A_SYMBOL and argument.default is not None)


def page(rule: type[Layer]) -> str:
    """A layer rule as text."""
    return "\n".join([*_about(rule), *_arguments(rule), *_computed(rule)]) + "\n"


def _about(rule: type[Layer]) -> Iterator[str]:
    yield f"{rule.__name__}: {summary_of(rule)}"
    yield f"  names: {', '.join(rule.keras_names)}"
    if rule.takes is not None:
        yield f"  takes: ({rule.takes.replace(' ', ', ')})"
    more = (rule.__doc__ or "").partition("\n\n")[2].strip()
    if more:
        yield ""
        yield from (f"  {line.strip()}".rstrip() for line in more.split("\n"))


def summary_of(rule: type[Layer]) -> str:
    """The first sentence of a rule's documentation."""
    return " ".join((rule.__doc__ or "").partition("\n\n")[0].split())


def _arguments(rule: type[Layer]) -> Iterator[str]:
    if not rule.arguments:
        return
    yield ""
    yield "Arguments, in order:"
    width = max(map(len, rule.arguments))
    for name, argument in rule.arguments.items():
        default = "required" if argument.required else f"= {argument.default!r}"
        words = ""
        if isinstance(argument, Choice):
            words = f"  one of {', '.join(map(repr, argument.options))}"
        yield f"  {name:<{width}}  {default}{words}".rstrip()
    if rule.older:
        renamed = (f"{old} (now {new})" for old, new in rule.older.items())
        yield f"  older names: {', '.join(renamed)}"


def _computed(rule: type[Layer]) -> Iterator[str]:
    found = formulas(rule)
    if found is None:
        return
    facts = found.facts
    yield ""
    yield f"What {found.made} makes of {show_shape(found.input)}:"
    yield f"  output shape      {_structure(facts.output)}"
    for weight in facts.weights:
        fixed = "" if weight.trainable else ", not trainable"
        yield f"  weight            {weight.name} {show_shape(weight.shape)}{fixed}"
    counts = facts.counts()
    yield f"  params            {show(total(w.size for w in facts.weights))}"
    yield f"  connections       {show(counts.connections)}"
    yield f"  bias connections  {show(counts.bias_connections)}"
    yield f"  MACs              {show(counts.macs)}"
    for condition in dict.fromkeys(map(str, found.conditions)):
        yield f"  valid if          {condition}"


def _structure(output: Any) -> str:
    if isinstance(output, list):
        return ", ".join(map(_structure, output))
    if isinstance(output, dict):
        return ", ".join(f"{key}: {_structure(value)}" for key, value in output.items())
    return show_shape(output)

"""A layer as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from shapecalc.documentation.examples import short_name
from shapecalc.documentation.formulas import FUNCTIONS, NotRun, Section, formulas, value_text
from shapecalc.layers.layer import Layer
from shapecalc.rules.argument_kinds import Argument, Choice
from shapecalc.rules.refusal import show_shape

WIDTH = 80
"""Where lists of names are broken, in columns; a formula is never broken."""


def page(rule: type[Layer]) -> str:
    """All there is to know of a layer."""
    return "\n".join([*_about(rule), *_arguments(rule), *_computed(rule)]) + "\n"


def summary_of(rule: type[Layer]) -> str:
    """The first sentence of a rule's documentation."""
    return " ".join((rule.__doc__ or "").partition("\n\n")[0].split())


def notes_of(rule: type[Layer]) -> str:
    """The rest of it, but for its section on attributes."""
    rest = (rule.__doc__ or "").partition("\n\n")[2].partition("Attributes:")[0]
    return "\n".join(line.strip() for line in rest.strip().split("\n"))


def default_of(argument: Argument) -> str:
    """An argument's default, or that there is none."""
    return "required" if argument.required else f"= {argument.default!r}"


def accepted_by(argument: Argument, rule: type[Layer]) -> str:
    """The words that an argument may be; "" where it is no choice."""
    if not isinstance(argument, Choice):
        return ""
    return ", ".join(map(repr, argument.allowed(rule.__new__(rule))))


def _about(rule: type[Layer]) -> Iterator[str]:
    yield f"{short_name(rule)}: {summary_of(rule)}"
    yield from _listed("names", rule.keras_names)
    if rule.takes is not None:
        yield f"  takes: ({rule.takes.replace(' ', ', ')})"
    notes = notes_of(rule)
    if notes:
        yield ""
        yield from (f"  {line}".rstrip() for line in notes.split("\n"))


def _listed(label: str, words: Iterable[str]) -> list[str]:
    """A list that may be long, on lines of its own width."""
    return wrap(
        f"{label}: {', '.join(words)}", WIDTH, initial_indent="  ", subsequent_indent="    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _arguments(rule: type[Layer]) -> Iterator[str]:
    if not rule.arguments:
        return
    yield ""
    yield "Arguments, in order:"
    width = max(map(len, rule.arguments))
    for name, argument in rule.arguments.items():
        words = accepted_by(argument, rule)
        yield f"  {name:<{width}}  {default_of(argument)}{f'  one of {words}' if words else ''}"
    renamed = [f"{old} (now {new})" for old, new in rule.older.items() if new]
    dropped = [old for old, new in rule.older.items() if not new]
    if renamed:
        yield from _listed("older names", renamed)
    if dropped:
        yield from _listed("taken and ignored", dropped)


def _computed(rule: type[Layer]) -> Iterator[str]:
    yield ""
    try:
        found = formulas(rule)
    except NotRun as why:
        yield f"Its formulas are not shown here: {why}."
        return
    yield f"What {found.made} makes of {found.given}:"
    yield from _rows(found.plain)
    for weight in found.weights:
        fixed = "" if weight.trainable else ", not trainable"
        yield f"  {'weight':<18}{weight.name} {show_shape(weight.shape)}{fixed}"
    for section in found.choices:
        yield ""
        yield f"{section.label}:"
        yield from _rows(section)
    if found.legend:
        yield ""
        for mark, what in found.legend.items():
            sign = ", " if mark in FUNCTIONS else " = "
            yield f"  {mark}{sign}{what.replace('`', '')}"


def _rows(section: Section) -> Iterator[str]:
    for row in section.rows:
        yield f"  {row.label:<18}{value_text(row.value)}"

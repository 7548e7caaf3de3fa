"""The pages of the layers in Markdown, and their index."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.dims import Dim, is_unknown, latex, show
from shapecalc.documentation.examples import short_name
from shapecalc.documentation.formulas import (
    FUNCTIONS,
    Formulas,
    NotRun,
    Row,
    Section,
    formulas,
    value_text,
)
from shapecalc.documentation.text import accepted_by, notes_of, summary_of
from shapecalc.layers import rule_for, rule_names
from shapecalc.layers.layer import Layer
from shapecalc.layers.merging import FUNCTIONS as FUNCTIONAL_FORMS
from shapecalc.rules import argument_kinds as kinds
from shapecalc.rules.facts import STATE
from shapecalc.rules.refusal import show_shape

WRITTEN = "<!-- Written by `make docs` from the rules themselves; do not edit. -->"

# Between factors; Markdown would take its backslash for an escape.
THIN_SPACE = r" \, "

_INDEX = f"""\
# Layers

{WRITTEN}

What shapecalc knows of each layer. All formulas are what the layer's rule gives when it is run on
symbols; `shapecalc layers NAME` prints them too.

- Counts are per sample: the batch axis, written `None`, is left out of them.
- *Params* are the elements of the weights. *Connections* are the edges of the layer drawn unit by
  unit: one for each pair of an input unit and an output unit that a weight or a pooling window
  joins; taps that fall on padding are none. *Bias connections* are counted apart. *MACs* are
  multiply-accumulate operations, padding included, bias not.
- *Valid if* is what must hold, or Keras refuses the layer.
- `//` is division rounded down, in print ⌊ ⌋.

[What of Keras is covered](../coverage.md) lists every name.
"""


def rules() -> list[type[Layer]]:
    """Every rule once, by its name."""
    found = {rule_for(name) for name in rule_names()}
    return sorted((rule for rule in found if rule is not None), key=short_name)


def formula(dim: Dim) -> str:
    """A formula as code, or as mathematics where that reads better."""
    text = show(dim)
    if ("//" in text or "**" in text) and not any(name in text for name in FUNCTIONS):
        return f"${latex(dim).replace(THIN_SPACE, ' ')}$"
    return f"`{text}`"


def cell(row: Row) -> str:
    """The value of a row in a table."""
    if isinstance(row.value, str):
        return row.value if row.label == "weights" else f"`{row.value}`"
    if not isinstance(row.value, int) and is_unknown(row.value):
        return value_text(row.value)
    return formula(row.value)


# --- a page --------------------------------------------------------------------------------


def page(rule: type[Layer]) -> str:
    """The page of a layer."""
    parts = [*_about(rule), *_arguments(rule), *_computed(rule)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _about(rule: type[Layer]) -> Iterator[str]:
    yield f"# {short_name(rule)}"
    yield ""
    yield WRITTEN
    yield ""
    yield summary_of(rule)
    yield ""
    notes = notes_of(rule)
    if notes:
        yield notes
        yield ""
    first, *others = [*rule.keras_names, *_functional_forms(rule)]
    also = f", also {_listed(others)}" if others else ""
    yield f"In Keras: `{first}`{also}."
    if rule.takes is not None:
        yield f"It takes an input with the axes `({rule.takes.replace(' ', ', ')})`."
    yield ""
    yield f"[All layers](README.md#{_anchor(family(rule))})"
    yield ""


def _functional_forms(rule: type[Layer]) -> list[str]:
    return [name for name, cls in FUNCTIONAL_FORMS.items() if cls is rule]


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _arguments(rule: type[Layer]) -> Iterator[str]:
    used = {n for n, a in rule.arguments.items() if isinstance(a, kinds.Inert)} & _words_of(rule)
    bearing = {n: a for n, a in rule.arguments.items() if a.bears or a.required or n in used}
    others = [f"`{n}={a.default!r}`" for n, a in rule.arguments.items() if n not in bearing]
    yield "## Arguments"
    yield ""
    if bearing:
        yield "| argument | default | what it may be | in formulas |"
        yield "| --- | --- | --- | --- |"
        for name, argument in bearing.items():
            default = "(required)" if argument.required else f"`{argument.default!r}`"
            sign = f"`{argument.symbol}`" if argument.symbol else ""
            yield f"| `{name}` | {default} | {_kind(argument, rule)} | {sign} |"
        yield ""
    if others:
        too = " too" if bearing else ""
        yield f"Taken{too}, without bearing on shape and counts: {', '.join(others)}."
        yield ""
    if not rule.arguments:
        yield "None of its own."
        yield ""
    yield from _older(rule)


def _words_of(rule: type[Layer]) -> set[str]:
    """The names and texts in a rule's own code."""
    found: set[str] = set()
    own = rule.__mro__[: rule.__mro__.index(Layer)]
    for value in (member for cls in own for member in vars(cls).values()):
        code = getattr(getattr(value, "fget", value), "__code__", None)
        if code is not None:
            found.update(code.co_names, (c for c in code.co_consts if isinstance(c, str)))
    return found


def _older(rule: type[Layer]) -> Iterator[str]:
    renamed = [f"`{old}` (now `{new}`)" for old, new in rule.older.items() if new]
    dropped = [old for old, new in rule.older.items() if not new]
    if renamed:
        yield f"Older names that are understood: {', '.join(renamed)}."
        yield ""
    if dropped:
        yield f"Older arguments that are taken and bear on nothing: {_listed(dropped)}."
        yield ""


def _kind(argument: kinds.Argument, rule: type[Layer]) -> str:
    """What an argument may be, by its kind."""
    match argument:
        case kinds.Choice():
            return ", ".join(f"`{word}`" for word in accepted_by(argument, rule).split(", "))
        case kinds.Size():
            text = "a positive integer" if argument.least == 1 else f"an integer ≥ {argument.least}"
        case kinds.Window():
            rank = argument.rank or rule.rank
            text = "a positive integer" if argument.least else "an integer ≥ 0"
            text += f", or {rank} of them" if rank > 1 else ""
        case kinds.Flag():
            return "true or false"
        case kinds.Integer():
            text = "an integer" if argument.least is None else f"an integer ≥ {argument.least}"
        case kinds.Axes():
            text = "an integer, or a list of them"
        case kinds.Number():
            text = "a number" if argument.low is None else f"a number ≥ {argument.low}"
            text += "" if argument.high is None else f" and ≤ {argument.high}"
        case kinds.Named():
            text = f"{argument.what}, or its name"
        case _:
            return ""
    return f"{text}, or None" if getattr(argument, "optional", False) else text


def _computed(rule: type[Layer]) -> Iterator[str]:
    yield "## What it computes"
    yield ""
    try:
        found = formulas(rule)
    except NotRun as why:
        yield f"No formulas are shown here: {why}."
        return
    yield f"`{found.made}` on `{found.given}`:"
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    for row in found.plain.rows:
        yield f"| {row.label.strip()} | {cell(row)} |"
    yield ""
    yield from _legend(found)
    yield from _weights(found)
    yield from _choices(found.choices)


def _legend(found: Formulas) -> Iterator[str]:
    marks = [f"`{m}` is {what}" for m, what in found.legend.items() if m not in FUNCTIONS]
    if marks:
        yield f"Here {', '.join(marks)}."
        yield ""
    for mark, what in found.legend.items():
        if mark in FUNCTIONS:
            yield f"`{mark}`, {what}."
            yield ""


def _weights(found: Formulas) -> Iterator[str]:
    if not found.weights:
        return
    yield "### Weights"
    yield ""
    yield "| name | shape | uses per sample | trainable |"
    yield "| --- | --- | --- | --- |"
    for weight in found.weights:
        uses = "" if weight.role == STATE else formula(weight.uses)
        trainable = "yes" if weight.trainable else "no"
        yield f"| `{weight.name}` | `{show_shape(weight.shape)}` | {uses} | {trainable} |"
    yield ""


def _choices(sections: list[Section]) -> Iterator[str]:
    if not sections:
        return
    yield "### What choices change"
    yield ""
    yield "| | | |"
    yield "| --- | --- | --- |"
    for section in sections:
        word, _, rest = section.label.partition(" ")
        choice = f"{word} `{rest}`"
        if rest.startswith("with "):
            choice = f"{word} with `{rest.removeprefix('with ')}`"
        for row in section.rows:
            yield f"| {choice} | {row.label.strip()} | {cell(row)} |"
            choice = ""
    yield ""


# --- the index -----------------------------------------------------------------------------


def family(rule: type[Layer]) -> str:
    """What the layers of a rule's file have in common, in a few words."""
    return rule.__module__.rpartition(".")[2].replace("_", " ").capitalize()


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def index() -> str:
    """The index of the pages, by family."""
    families: dict[str, list[type[Layer]]] = {}
    for rule in rules():
        families.setdefault(family(rule), []).append(rule)
    parts = [_INDEX]
    for title in sorted(families):
        parts.append(f"\n## {title}\n\n| layer | what it does | output shape | params |\n")
        parts.append("| --- | --- | --- | --- |\n")
        parts += [f"| {row} |\n" for row in map(_index_row, families[title])]
    return "".join(parts)


def _index_row(rule: type[Layer]) -> str:
    name = short_name(rule)
    try:
        rows = {row.label: cell(row) for row in formulas(rule).plain.rows}
    except NotRun:
        rows = {}
    shown = rows.get("output shape", ""), rows.get("params", "")
    return " | ".join([f"[{name}]({name}.md)", summary_of(rule), *shown])


def pages() -> dict[str, str]:
    """The text of every page, by file name."""
    return {"README.md": index()} | {f"{short_name(rule)}.md": page(rule) for rule in rules()}

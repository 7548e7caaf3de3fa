"""What a rule computes, found by running it on symbols; no formula is written down anywhere."""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc.dims import Dim, Symbolic, is_unknown, total, unknown_reason, variables
from shapecalc.documentation.calls import Call, base_call, choices, structure
from shapecalc.documentation.examples import AXES, short_name
from shapecalc.layers.layer import Layer
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import Refusal, show_shape
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import new_session
from shapecalc.rules.unknown import UndecidedError


class Row(NamedTuple):
    """One thing that a rule states.

    Attributes:
        label: what it is.
        value: a dim where it is a count, else text: a shape, a condition.
    """

    label: str
    value: Dim | str


class Section(NamedTuple):
    """What a rule states of one call.

    Attributes:
        label: what is chosen; "" for the plain call.
        rows: all that is stated, or for a choice what it changes.
    """

    label: str
    rows: list[Row]


class Formulas(NamedTuple):
    """What a rule states.

    Attributes:
        made: how the layer of the plain call is made, as source text.
        given: what it is called on.
        plain: of the plain call.
        weights: its weights.
        choices: what each choice changes.
        legend: what the symbols stand for.
    """

    made: str
    given: str
    plain: Section
    weights: tuple[Weight, ...]
    choices: list[Section]
    legend: dict[str, str]


class NotRun(Exception):
    """A rule that cannot be run on symbols; the message says why."""


class Undecided(NotRun):
    """A rule that cannot know what it is asked."""


def run(call: Call) -> tuple[Facts, list[Row]]:
    """The facts of a call, and all that they state.

    Raises:
        NotRun: the rule refuses, or needs what symbols do not tell.
    """
    try:
        with new_session(), recording() as conditions:
            facts = call.rule(**call.arguments).facts(*call.inputs, **call.options)
            counts = facts.counts()
    except UndecidedError as error:
        raise Undecided(error.unknown.reason) from None
    except Refusal as refusal:
        raise NotRun(refusal.message) from None
    except (TypeError, ValueError, AttributeError, LookupError):
        raise NotRun("it needs values, not symbols") from None
    rows = [Row("output shape", structure(facts.output)), *_params(facts)]
    rows += [
        Row("connections", counts.connections),
        Row("bias connections", counts.bias_connections),
        Row("MACs", counts.macs),
    ]
    rows += [Row("valid if", text) for text in dict.fromkeys(map(str, conditions))]
    return facts, rows


def _params(facts: Facts) -> list[Row]:
    weights = facts.all_weights
    rows = [Row("params", total(w.size for w in weights))]
    fixed = [w for w in weights if not w.trainable]
    if fixed:
        rows.append(Row("  trainable", total(w.size for w in weights if w.trainable)))
        rows.append(Row("  non-trainable", total(w.size for w in fixed)))
    return rows


def _changes(plain: tuple[Facts, list[Row]], other: tuple[Facts, list[Row]]) -> list[Row]:
    """What another call states that the plain one does not."""
    known = {(row.label, value_text(row.value)) for row in plain[1]}
    rows = [row for row in other[1] if (row.label, value_text(row.value)) not in known]
    before, after = (_weight_texts(facts) for facts, _ in (plain, other))
    if before != after:
        found = [text for text in after if text not in before]
        found += [f"no {t.split(' ')[0]}" for t in before if _is_gone(t, after)]
        rows.append(Row("weights", "; ".join(found)))
    return rows


def _is_gone(text: str, others: list[str]) -> bool:
    return text.split(" ")[0] not in {other.split(" ")[0] for other in others}


def _weight_texts(facts: Facts) -> list[str]:
    return [
        f"{w.name} {show_shape(w.shape)}{'' if w.trainable else ', not trainable'}"
        for w in facts.all_weights
    ]


def value_text(value: Dim | str) -> str:
    """A value as plain text; an unknown count with its reason."""
    if isinstance(value, Symbolic) and is_unknown(value):
        return f"not known: {unknown_reason(value)}"
    return str(value)


_known: dict[str, Formulas | NotRun] = {}


def formulas(rule: type[Layer]) -> Formulas:
    """All that a page shows of a rule.

    Raises:
        NotRun: it cannot be run on symbols.
    """
    name = short_name(rule)
    if name not in _known:
        try:
            # Of its own, so that the names of layers inside do not hang on the pages before.
            with new_session():
                _known[name] = _run_all(rule)
        except NotRun as why:
            _known[name] = why
    found = _known[name]
    if isinstance(found, NotRun):
        raise found
    return found


def _run_all(rule: type[Layer]) -> Formulas:
    try:
        base = base_call(rule)
    except Refusal as refusal:
        raise NotRun(refusal.message) from None
    if base is None:
        raise NotRun("it is called on nothing" if _takes_nothing(rule) else "its inputs vary")
    plain = run(base)
    sections = []
    for choice in choices(base):
        try:
            changed = _changes(plain, run(choice.call))
        except NotRun:
            continue
        if changed:
            sections.append(Section(choice.label, changed))
    shown = Section("", plain[1])
    legend = _legend(rule, base, [shown, *sections], plain[0].all_weights)
    return Formulas(base.made, base.given, shown, plain[0].all_weights, sections, legend)


def _takes_nothing(rule: type[Layer]) -> bool:
    return rule.infer.__code__.co_argcount == 1


def _legend(
    rule: type[Layer], base: Call, sections: list[Section], weights: tuple[Weight, ...]
) -> dict[str, str]:
    """What the symbols of a page stand for, in the order of input and arguments."""
    texts = [base.given, base.made, *(section.label for section in sections)]
    texts += [show_shape(weight.shape) for weight in weights]
    texts += [value_text(row.value) for section in sections for row in section.rows]
    used = {word for text in texts for word in _words(text)}
    names = {axis: what for axis, what in AXES.items() if axis in used}
    for name, argument in rule.arguments.items():
        value = base.arguments.get(name)
        mark = argument.symbol or name
        if mark in used and mark != name and (name not in base.arguments or _names(value, mark)):
            names[mark] = f"`{name}`"
    return names | {name: what for name, what in FUNCTIONS.items() if name in used}


# What formulas count where no arithmetic says it more simply.
FUNCTIONS = {
    "same_taps": "of (units, window, stride, dilation), counts the taps of all windows along an "
    "axis that fall on a unit and not on padding, with padding `same`",
    "causal_taps": "of (units, window, stride, dilation), counts them with padding `causal`",
}


def _names(value: Any, mark: str) -> bool:
    return isinstance(value, Symbolic) and any(v.name == mark for v in variables(value))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


__all__ = [
    "FUNCTIONS",
    "Formulas",
    "NotRun",
    "Row",
    "Section",
    "Undecided",
    "formulas",
    "run",
    "value_text",
]

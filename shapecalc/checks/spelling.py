"""Fixes of words that are probably misspelt: never safe, since only their author knows."""

from __future__ import annotations

from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Edit, Fix
from shapecalc.source import Span


def keyword_fix(fault: Fault) -> Fix | None:
    """The keyword that was probably meant, in the place of the one that is not known."""
    help, keyword = fault.refusal.help or "", fault.refusal.argument
    meant = help.removeprefix("did you mean `").removesuffix("`?")
    span = fault.refused.arguments.get(keyword)
    if span is None or meant == help or not meant.isidentifier():
        return None
    # With both spellings there, another fault would be made of this one.
    if meant in fault.refused.arguments or not fault.text_at(span).startswith(keyword):
        return None
    place = span._replace(end_line=span.line, end_column=span.column + len(keyword))
    return Fix(f"replace `{keyword}` by `{meant}`", (Edit(place, meant),))


def word_fix(fault: Fault, word: str, meant: str) -> Fix | None:
    """The word that was probably meant, where the misspelt one stands as a plain literal."""
    span = fault.refused.arguments.get(fault.refusal.argument)
    text = fault.text_at(span) if span is not None else ""
    for quote in "'\"":
        literal = f"{quote}{word}{quote}"
        head = text.removesuffix(literal).rstrip()
        # All of the argument, behind its keyword if it has one; no prefix, no other operand.
        if span is not None and text.endswith(literal) and _is_keyword(head):
            end = span.end_column - 1
            place = Span(
                span.end_line, end - len(word), span.end_line, end, span.cell, span.path
            )  # fmt: skip
            return Fix(f'replace "{word}" by "{meant}"', (Edit(place, meant),))
    return None


def _is_keyword(head: str) -> bool:
    return not head or (head.endswith("=") and head[:-1].rstrip().isidentifier())

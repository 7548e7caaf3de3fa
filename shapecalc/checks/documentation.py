"""The documentation of the checks, from the checks themselves.

`python -m shapecalc.checks.documentation docs/checks.md` writes the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from shapecalc.checks.catalogue import all_checks
from shapecalc.checks.check import Check
from shapecalc.diagnostics import Severity

_INTRODUCTION = """\
# Checks

<!-- Written by `make docs` from the checks themselves; do not edit. -->

Every finding has a code. `shapecalc rule CODE` prints what is written here, `--select` and
`--ignore` choose codes (by code, by name, or by the beginning of a code), and
`# shapecalc: ignore[CODE]` at the end of a line silences one there.

| code | name | severity | what it is |
| --- | --- | --- | --- |
"""

_GROUPS = {
    "1": "What could not be read or followed",
    "2": "Shapes, arguments and graphs",
    "3": "The training contract: losses, labels and data",
    "4": "Architecture",
    "5": "Budgets",
    "9": "Suppressions",
}

_SEVERITIES = {
    Severity.ERROR: "an error: Keras refuses it",
    Severity.WARNING: "a warning",
    Severity.INFO: "a note: nothing is wrong with the program",
}


def explanation(check: Check, level: int = 1) -> str:
    """One check in Markdown: what it is, why it matters, and its examples."""
    return "\n".join(_explained(check, "#" * level)) + "\n"


def _explained(check: Check, marks: str) -> Iterator[str]:
    code = check.code
    severity = _SEVERITIES[code.severity]
    if code.id.startswith("SHC1") and code.severity is Severity.ERROR:
        severity = "an error: the file cannot be analysed"
    yield f"{marks} {code.id} {code.name}"
    yield ""
    yield f"{code.summary}. It is {severity}."
    yield ""
    yield check.why
    yield ""
    for quantity, amount in check.budget.items():
        yield f"The examples have a budget of `max-{quantity} = {amount!r}`."
        yield ""
    for title, examples in (("Not good", check.bad), ("Good", check.good)):
        if examples:
            yield f"{marks}# {title}"
            yield ""
        for example in examples:
            yield f"```python\n{example}```"
            yield ""


def page() -> str:
    """The page of all checks."""
    checks = all_checks()
    rows = [
        f"| [{c.code.id}](#{c.code.id.lower()}-{c.code.name}) | {c.code.name} | "
        f"{c.code.severity.value} | {c.code.summary} |\n"
        for c in checks
    ]
    text = _INTRODUCTION + "".join(rows)
    for digit, title in _GROUPS.items():
        group = [check for check in checks if check.code.id[3] == digit]
        text += f"\n## {title}\n" if group else ""
        for check in group:
            text += "\n" + explanation(check, 3).rstrip("\n") + "\n"
    return text


def main() -> None:
    """Write the page to the file that the command line names."""
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(page())


if __name__ == "__main__":
    main()

"""Expectations that stand on the lines of a program, and what is observed there.

Both sides, our reading of a program and Keras running it, are brought into the form of an
`Observed`; `mismatches` holds one of them to the expectations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

CASES = Path(__file__).parent / "cases"

Fields = dict[str, str]


@dataclass(frozen=True)
class Finding:
    """A diagnostic: its code, the text that it underlines, and the condition it holds under."""

    code: str
    text: str | None = None
    condition: str | None = None


@dataclass
class Observed:
    """What a program makes, by line: its layers, its models, and what is found wrong."""

    layers: dict[int, list[Fields]] = field(default_factory=dict)
    models: dict[int, list[Fields]] = field(default_factory=dict)
    findings: dict[int, list[Finding]] = field(default_factory=dict)


@dataclass(frozen=True)
class Expected:
    """One expectation of a line: a layer's or a model's fields, or a finding."""

    line: int
    what: str
    place: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True)
class CaseFile:
    """A program with expectations.

    Attributes:
        path: the file.
        text: its text.
        expected: what stands on its lines.
        keras_raises: the line on which Keras raises, where the program says so itself.
        no_oracle: why Keras 3 can't run it, or None.
    """

    path: Path
    text: str
    expected: tuple[Expected, ...]
    keras_raises: int | None
    no_oracle: str | None

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def broken_line(self) -> int | None:
        """The line on which Keras is to raise, or None for a program that it accepts."""
        if self.keras_raises is not None:
            return self.keras_raises
        found = [e.line for e in self.expected if e.finding and e.finding.code[:4] == "SHC2"]
        return found[0] if found else None


_MARK = re.compile(r"#([:!]) ")
_NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_FIELD = re.compile(rf"(\w+)=(\[[^]]*\]|{_NESTED}|\S+)")
_SHAPE = re.compile(rf"{_NESTED}|\[.*?\]|\?")
_FINDING = re.compile(r"(SHC\d+)(?: `(.*)`)?(?: if (.*))?$")
_HEADER = re.compile(r"^# oracle: none, (.*)$", re.MULTILINE)


def load(path: Path) -> CaseFile:
    """Read a program and the expectations on its lines."""
    text = path.read_text(encoding="utf-8")
    expected: list[Expected] = []
    raises = None
    for number, line in enumerate(text.splitlines(), start=1):
        parts = _MARK.split(line)[1:]
        for mark, words in zip(parts[::2], parts[1::2], strict=True):
            if mark == "!" and words.strip() == "keras":
                raises = number
            elif mark == "!":
                expected.append(Expected(number, "finding", finding=_finding(words, path)))
            else:
                expected += _made(number, words)
    header = _HEADER.search(text)
    return CaseFile(path, text, tuple(expected), raises, header and header[1])


def _finding(words: str, path: Path) -> Finding:
    match = _FINDING.match(words.strip())
    assert match, f"{path.name}: no finding: {words}"
    return Finding(match[1], match[2], match[3])


def _made(line: int, words: str) -> Iterator[Expected]:
    counts = {"layer": 0, "model": 0}
    for one in words.split(" | "):
        one = one.strip()
        shape = _SHAPE.match(one)
        what = "layer" if shape else "model"
        found = {"shape": shape[0]} if shape else {}
        rest = one[shape.end() :] if shape else one
        found |= {m[1]: m[2] for m in _FIELD.finditer(rest)}
        left = _FIELD.sub("", rest).strip()
        assert found, f"line {line}: nothing is said: {one}"
        assert not left, f"line {line}: not understood: {left}"
        yield Expected(line, what, counts[what], tuple(found.items()))
        counts[what] += 1


def all_cases(folder: str = "*") -> list[CaseFile]:
    """Every case file of a folder."""
    return [load(path) for path in sorted(CASES.glob(f"{folder}/*.py"))]


def mismatches(
    expected: tuple[Expected, ...], observed: Observed, *, findings: bool = True
) -> list[str]:
    """What differs, one sentence each.

    Args:
        expected: the expectations of a file.
        observed: what is there.
        findings: whether what is found wrong is compared too.
    """
    found = [*_made_differences(expected, observed)]
    lines = {e.line for e in expected if e.what == "model"}
    found += [f"line {n}: an unexpected model {m}" for n, ms in observed.models.items()
              if n not in lines for m in ms]  # fmt: skip
    if findings:
        found += _finding_differences(expected, observed)
    return found


def _made_differences(expected: tuple[Expected, ...], observed: Observed) -> Iterator[str]:
    wanted: dict[tuple[int, str], int] = {}
    for one in expected:
        if one.what == "finding":
            continue
        wanted[one.line, one.what] = wanted.get((one.line, one.what), 0) + 1
        there = (observed.layers if one.what == "layer" else observed.models).get(one.line, [])
        if one.place >= len(there):
            yield f"line {one.line}: {one.what} {one.place + 1} is not there"
            continue
        actual = there[one.place]
        for name, value in one.fields:
            if name in actual and actual[name] != value:
                yield f"line {one.line}: {name} is {actual[name]}, not {value}"
            elif name not in actual and not actual.get("by"):
                yield f"line {one.line}: there is no {name} of a {one.what}"
    for (line, what), count in wanted.items():
        there = (observed.layers if what == "layer" else observed.models).get(line, [])
        if len(there) > count:
            yield f"line {line}: {len(there)} {what}s, not {count}: {there}"


def _finding_differences(expected: tuple[Expected, ...], observed: Observed) -> Iterator[str]:
    left = {line: list(found) for line, found in observed.findings.items()}
    for one in expected:
        if one.finding is None:
            continue
        there = left.get(one.line, [])
        match = next((f for f in there if _agree(one.finding, f)), None)
        if match is None:
            yield f"line {one.line}: no {one.finding}, but {there}"
        else:
            there.remove(match)
    for line, there in left.items():
        for finding in there:
            yield f"line {line}: an unexpected {finding}"


def _agree(wanted: Finding, found: Finding) -> bool:
    return (
        wanted.code == found.code
        and (wanted.text is None or wanted.text == found.text)
        and wanted.condition == found.condition
    )


def with_fault(one: Expected) -> Iterator[Expected]:
    """The same expectation, wrong in each of its parts."""
    for place, (name, value) in enumerate(one.fields):
        wrong = (name, "(None, 7, 7, 7, 7)" if name == "shape" else value + "7")
        yield replace(one, fields=(*one.fields[:place], wrong, *one.fields[place + 1 :]))
    if one.finding is not None:
        yield replace(one, finding=replace(one.finding, code="SHC999"))
        yield replace(one, finding=replace(one.finding, condition="it rains"))
        if one.finding.text is not None:
            yield replace(one, finding=replace(one.finding, text="elsewhere"))
        yield replace(one, line=one.line + 1)

"""Baselines: findings that are known already, and are not told again.

A baseline is a JSON file with one line for each finding, sorted, so that it can be kept with the
program and its changes read. A finding is found again by its fingerprint, wherever its line has
moved; its place is kept relative to the project, so the file holds wherever the project lies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from shapecalc.reports.locations import fingerprints, relative_path
from shapecalc.reports.report import FileReport, HeldBack, KnownFinding, Report
from shapecalc.source import sanitize

VERSION = 1
MAX_BYTES = 64 * 2**20


class WrongBaseline(Exception):
    """A file that is no baseline, or cannot be read; the message says why."""


class Baseline(NamedTuple):
    """The findings that are known.

    Attributes:
        path: the file, as it is named.
        folder: what the paths in it are relative to: the root of the project.
        findings: what is known.
    """

    path: str
    folder: str
    findings: tuple[KnownFinding, ...] = ()

    def hold_back(
        self, report: Report, may_be_stale: Callable[[KnownFinding], bool] | None = None
    ) -> Report:
        """A report without the findings that are known, which says how many those are.

        What could not be read is always told: nobody may take such a file for a good one.

        Args:
            report: all findings.
            may_be_stale: says of what is known and not found whether it would have been, were it
                still there; None where that is not asked.
        """
        known = {finding.fingerprint for finding in self.findings}
        files: list[FileReport] = []
        found: set[str] = set()
        count = 0
        for file in report.files:
            marks = fingerprints(file, self.folder)
            found.update(marks)
            pairs = zip(file.diagnostics, marks, strict=True)
            new = [d for d, mark in pairs if mark not in known or file.unreadable]
            count += len(marks) - len(new)
            files.append(file if len(new) == len(marks) else file.with_findings(new))
        stale = [
            finding
            for finding in self.findings
            if may_be_stale and finding.fingerprint not in found and may_be_stale(finding)
        ]
        return Report(files, HeldBack(self.path, count, tuple(stale)))

    def renewed(self, report: Report, may_be_stale: Callable[[KnownFinding], bool]) -> Baseline:
        """A baseline of what is found now, and of what this run could not have found.

        Args:
            report: all findings.
            may_be_stale: as for `hold_back`.
        """
        now: dict[str, KnownFinding] = {}
        for file in report.files:
            if file.unreadable:
                continue
            path = relative_path(file.path, self.folder) or os.path.abspath(file.path)
            marks = fingerprints(file, self.folder)
            for diagnostic, mark in zip(file.diagnostics, marks, strict=True):
                now[mark] = KnownFinding(path, diagnostic.code.id, mark, diagnostic.message)
        kept = (f for f in self.findings if f.fingerprint not in now and not may_be_stale(f))
        return self._replace(findings=tuple(sorted([*now.values(), *kept])))

    def text(self) -> str:
        """The file's text."""
        rows = [
            "    " + json.dumps({**f._asdict(), "message": sanitize(f.message)}, ensure_ascii=False)
            for f in self.findings
        ]
        listed = "[\n" + ",\n".join(rows) + "\n  ]" if rows else "[]"
        return f'{{\n  "shapecalc-baseline": {VERSION},\n  "findings": {listed}\n}}\n'


def read_baseline(path: str, folder: str) -> Baseline:
    """The baseline in a file.

    Args:
        path: the file.
        folder: what the paths in it are relative to.

    Raises:
        FileNotFoundError: there is no such file.
        WrongBaseline: it cannot be read, or is none.
    """
    try:
        if os.path.lexists(path) and not os.path.isfile(path):
            raise WrongBaseline("it is no regular file")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise WrongBaseline((error.strerror or str(error)).lower()) from None
    if len(data) > MAX_BYTES:
        raise WrongBaseline("it is too large")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError, MemoryError) as error:
        raise WrongBaseline(f"it is no JSON ({sanitize(str(error))})") from None
    version = document.get("shapecalc-baseline") if isinstance(document, dict) else None
    if version is None:
        raise WrongBaseline("it is no baseline of shapecalc")
    if version != VERSION or isinstance(version, bool):
        raise WrongBaseline(f"it is of another version than {VERSION}; write it anew")
    return Baseline(path, folder, tuple(_findings(document.get("findings"))))


def _findings(listed: object) -> Iterable[KnownFinding]:
    if not isinstance(listed, list):
        raise WrongBaseline("its `findings` are no list")
    for number, item in enumerate(listed, start=1):
        values = [item.get(key) for key in KnownFinding._fields] if isinstance(item, dict) else []
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(KnownFinding._fields):
            fields = ", ".join(KnownFinding._fields)
            raise WrongBaseline(f"finding {number} does not have the texts {fields}")
        yield KnownFinding(*texts)

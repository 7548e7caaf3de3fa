"""How often each code was found."""

from __future__ import annotations

import json

from shapecalc.reports.coverage import coverage_lines
from shapecalc.reports.data import VERSION, coverage_data, held_back_data
from shapecalc.reports.report import Report, Style


def render_statistics(report: Report, style: Style, output_format: str) -> str:
    """A line a code, the most frequent first, and the coverage; or all that as data.

    Args:
        report: the findings.
        style: whether to leave out the coverage, and which fixes count.
        output_format: one of `STATISTICS_FORMATS`.
    """
    counts: dict[str, list[int]] = {}
    codes = {}
    for diagnostic in report.diagnostics:
        codes[diagnostic.code.id] = diagnostic.code
        count = counts.setdefault(diagnostic.code.id, [0, 0])
        count[0] += 1
        count[1] += style.fixes(diagnostic)
    ranked = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    if output_format == "json":
        entries = [
            {"code": id, "name": codes[id].name, "count": number, "fixable": fixable}
            for id, (number, fixable) in ranked
        ]
        data = {
            "version": VERSION,
            "statistics": entries,
            "coverage": coverage_data(report.files),
            "not_analysed": {f.path: f.unanalysed for f in report.files if f.unanalysed},
            **held_back_data(report),
        }
        return json.dumps(data, indent=2) + "\n"
    width = len(str(ranked[0][1][0])) if ranked else 0
    mark = any(fixable for _, (_, fixable) in ranked)
    lines = []
    for id, (number, fixable) in ranked:
        fix = f"{'[*]' if fixable else '':<5}" if mark else ""
        lines.append(f"{number:>{width}}  {id}  {fix}{codes[id].name}")
    lines += [] if style.quiet else coverage_lines(report)
    return "".join(f"{line}\n" for line in lines)

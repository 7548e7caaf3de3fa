"""Which formats there are: one file each, with a function `render(report, style) -> str`."""

from __future__ import annotations

from shapecalc.reports.report import Report, Style

CHECK_FORMATS = {
    "full": "shapecalc.reports.check.full",
    "concise": "shapecalc.reports.check.concise",
    "json": "shapecalc.reports.check.json",
    "github": "shapecalc.reports.check.github",
    "gitlab": "shapecalc.reports.check.gitlab",
    "junit": "shapecalc.reports.check.junit",
    "sarif": "shapecalc.reports.check.sarif",
}

STATISTICS_FORMATS = ("full", "concise", "json")
"""Those that can tell how often each code was found; the others are made of findings."""

SUMMARY_FORMATS = {
    "table": "shapecalc.reports.summary.table",
    "json": "shapecalc.reports.summary.json",
    "markdown": "shapecalc.reports.summary.markdown",
    "csv": "shapecalc.reports.summary.csv",
}


def render(module: str, report: Report, style: Style) -> str:
    """A report in the format that a module holds."""
    text: str = __import__(module, fromlist=["render"]).render(report, style)
    return text

"""What a lint tool is told of a file that it has read: what `shapecalc check` finds there."""

from __future__ import annotations

from shapecalc.api import Projects, analyze_file
from shapecalc.configuration import ConfigurationError, Settings, apply_settings, load_settings
from shapecalc.diagnostics import Diagnostic
from shapecalc.project import find_root
from shapecalc.reports.report import Report
from shapecalc.source import SourceFile, sanitize


def findings_in(path: str, text: str) -> tuple[Settings, list[Diagnostic]]:
    """The findings in a file, and the settings of its project, which they follow.

    Args:
        path: the file; modules of its project that it imports are followed. What is found in
            those is told when the tool comes to them.
        text: its text as the tool has it.

    Raises:
        ConfigurationError: the settings cannot be understood.
    """
    settings = load_settings([path])
    search = Projects((), settings.root).search(path)
    report = Report([analyze_file(SourceFile(path, text), search, settings.budget)])
    report = apply_settings(report, settings)
    if settings.baseline is not None:
        report = _without_known(report, settings.baseline)
    return settings, [d for d in report.diagnostics if d.path == path]


def _without_known(report: Report, baseline: str) -> Report:
    from shapecalc.reports.baseline import WrongBaseline, read_baseline

    try:
        return read_baseline(baseline, find_root(baseline)).hold_back(report)
    except FileNotFoundError:
        reason = "there is no such file"
    except WrongBaseline as error:
        reason = str(error)
    raise ConfigurationError(f"baseline {sanitize(baseline)}: {reason}")

"""Many files at once: shared out among processes, and remembered between runs.

What is remembered is found again by content, so a run gives the same report whether its results
are new, remembered, or come from another process: all of them take the same plain form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from shapecalc.api import Projects
from shapecalc.discovery import Target
from shapecalc.reports.report import FileReport
from shapecalc.repository.cache import Cache
from shapecalc.repository.portable import Data, report_of
from shapecalc.repository.work import Result, analyze_all

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

Progress = Callable[[Sequence[Target], Iterator[Result]], Iterator[Result]]


def check_targets(
    targets: Sequence[Target],
    projects: Projects,
    *,
    jobs: int | None = None,
    cache: Cache | None = None,
    budget: Budget | None = None,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Analyse whole files for their findings; the reports hold no models.

    Args:
        targets: the files, in the order of the report.
        projects: where the modules that they import are looked for.
        jobs: how many processes to use; None for as many as are worth it.
        cache: what earlier runs found, which this one adds to.
        budget: what models may have at the most; the cache has to be of the same.
        progress: is handed the files that are to be analysed and the results as they come.
    """
    found: dict[str, Data] = {}
    if cache is not None:
        cache.load()
        for target in targets:
            known = cache.find(target.path)
            if known is not None:
                found[target.path] = known
    pending = [target for target in targets if target.path not in found]
    results = analyze_all([target.path for target in pending], projects, jobs, budget)
    for result in progress(pending, results) if progress is not None else results:
        found[result.path] = result.data
        if cache is not None:
            cache.add(result)
    if cache is not None and pending:
        cache.save([target.path for target in targets])
    return [report_of(found[target.path]) for target in targets]


__all__ = ["Cache", "check_targets"]

"""Analysing files one after the other, or many at a time in processes of their own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shapecalc.api import Projects, analyze_file, analyze_target
from shapecalc.discovery import Target
from shapecalc.frontends.files import as_program
from shapecalc.repository.portable import Data, data_of
from shapecalc.source import SourceFile, UnreadableSource, read_source

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

WORTH_PROCESSES = 50
"""From so many files on, starting processes pays."""

HURRIED_SECONDS = 4.0
"""What took longer may have been cut short by the clock, and is not worth remembering."""


class Result(NamedTuple):
    """What an analysis found, and what it rests on.

    Attributes:
        path: the file.
        data: its report.
        digests: of each text that was read, by its path; None for what is not to be kept.
        asked: what was looked for: folder, name, and what it is.
    """

    path: str
    data: Data
    digests: dict[str, str] | None
    asked: list[tuple[str, str, str]]


def digest(source: SourceFile) -> str:
    """What tells a text from any other."""
    from hashlib import blake2b

    return blake2b(source.text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def analyze(path: str, projects: Projects, budget: Budget | None = None) -> Result:
    """Analyse a file, and note what the result rests on."""
    try:
        text = read_source(path)
        source = as_program(text)
    except UnreadableSource:
        return Result(path, data_of(analyze_target(Target(path))), None, [])
    search = projects.search(path)
    start = time.thread_time()
    data = data_of(analyze_file(source, search, budget))
    if time.thread_time() - start > HURRIED_SECONDS:
        return Result(path, data, None, [])
    digests = {path: digest(text)}
    for imported in search.read.values():
        digests.setdefault(imported.path, digest(imported))
    return Result(path, data, digests, [(*key, kind) for key, kind in search.asked.items()])


def analyze_all(
    paths: Sequence[str], projects: Projects, jobs: int | None, budget: Budget | None = None
) -> Iterator[Result]:
    """The results for files, in their order, however many processes find them."""
    count = _jobs(len(paths), jobs)
    if count == 1:
        for path in paths:
            yield analyze(path, projects, budget)
        return
    yield from _in_processes(paths, projects, count, budget)


def _jobs(files: int, jobs: int | None) -> int:
    if jobs is None:
        jobs = _processors() if files >= WORTH_PROCESSES else 1
    return max(1, min(jobs, files))


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


# What a process that works for another was told.
_shared: list[tuple[Projects, Budget | None]] = []


def _start(projects: Projects, budget: Budget | None) -> None:
    _shared[:] = [(projects, budget)]


def _analyze_here(path: str) -> Result:
    return analyze(path, *_shared[0])


def _in_processes(
    paths: Sequence[str], projects: Projects, count: int, budget: Budget | None
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(projects.fresh(), budget))
    try:
        # Neighbours import the same modules: they are given out together.
        size = max(1, min(16, len(paths) // (4 * count)))
        for result in pool.map(_analyze_here, paths, chunksize=size):
            yield result
            done += 1
    except BrokenProcessPool:
        # The system ended one of them, for want of memory perhaps: go on alone.
        for path in paths[done:]:
            yield analyze(path, projects, budget)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)

"""A bar that shows how far a long run is, for people who wait at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")

WORTH_SHOWING = 20
"""Fewer files are done before anybody waits for them."""


def show_progress(pending: Sequence[object], results: Iterator[_Item]) -> Iterator[_Item]:
    """Pass results on, with a bar on stderr if that is a terminal."""
    if len(pending) < WORTH_SHOWING or not sys.stderr.isatty():
        return results
    return _with_bar(len(pending), results)


def _with_bar(count: int, results: Iterator[_Item]) -> Iterator[_Item]:
    from rich.console import Console
    from rich.progress import track

    yield from track(
        results, "Analysing", total=count, console=Console(stderr=True), transient=True
    )

"""Faults that no test can or need notice, each with the reason: `accepted.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("accepted.toml")


@functools.cache
def reasons() -> Mapping[str, str]:
    """Why a fault is accepted, by its signature."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))["accepted"]
    return {fault: group["reason"] for group in groups for fault in group["faults"]}

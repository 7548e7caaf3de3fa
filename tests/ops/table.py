"""The table of what calls to draw, with all families in it."""

from __future__ import annotations

from tests.ops import arithmetic, networks, shaping
from tests.ops.strategies import TABLE

FAMILIES = (arithmetic, networks, shaping)

__all__ = ["FAMILIES", "TABLE"]

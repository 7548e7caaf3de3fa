"""The table of what calls to draw, with all families in it."""

from __future__ import annotations

from tests.ops import arithmetic, networks, options, shaping
from tests.ops.strategies import TABLE

FAMILIES = (arithmetic, networks, options, shaping)

__all__ = ["FAMILIES", "TABLE"]

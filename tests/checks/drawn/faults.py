"""Every fault that can be planted, by kind; and none."""

from __future__ import annotations

import random

from tests.checks.drawn import argument_faults, graph_faults, shape_faults
from tests.checks.drawn.plan import Plan
from tests.checks.drawn.planting import FAULTS, fault


@fault("none")
def _none(rng: random.Random, plan: Plan) -> Plan:
    return plan


__all__ = ["FAULTS", "argument_faults", "graph_faults", "shape_faults"]

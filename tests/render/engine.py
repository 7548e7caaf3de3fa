"""Whether there is an engine that draws: Graphviz itself, or the one of the extra `diagram`."""

import shutil
from importlib.util import find_spec

import pytest

needs_engine = pytest.mark.skipif(
    shutil.which("dot") is None and find_spec("pygraphviz") is None,
    reason="Graphviz is not installed",
)

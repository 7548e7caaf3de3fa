"""sympy has one door, and it stays shut until arithmetic is done on a symbol."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import shapecalc.dims

ROOM = Path(shapecalc.dims.__file__).parent

QUIET = """
from shapecalc.dims import *
H, W = Variable("H"), Variable("W")
U = Variable("U", "unknown", "a Lambda"); U * H + 1, slide(U, 3, 2, 1, "same")
shape = (BATCH, H, W, 3)
hash(shape); repr(shape); show(H); latex(7); H == W; {H: 1}[H]
compare(H, H), compare(H, 3), compare(0, H), compare(H, W), compare(3, 4)
[str(c) + str(c.holds()) for c in (at_least(H, 3), equal(H, 4), equal(H, W), at_least(9, H))]
[str(c) + str(c.holds()) for c in (divides(2, H), divides(2, 8), at_least(5, 3), equal(1, 2))]
assert (H + 0, H * 1, H // 1, H - H, 0 * H, H % 1) == (H, H, H, 0, 0, 0)
product((2, H)) if False else product((1, H)), total((0, H)), maximum(0, H), minimum(1, H)
slide(224, 3, 2, 1, "same"), taps(10**9, 7, 2, 1, "same"), ceil_divide(7, 2)
is_unknown(U), unknown_reason(U), variables(H), substitute(H, {"H": 3}), parse("H"), parse("3*4")
"""


def loaded_after(code: str) -> list[str]:
    """Return which heavy modules a fresh process has loaded after the code."""
    heavy = "('sympy', 'mpmath', 'pathlib', 'inspect', 'json', 'dataclasses', 'typing', 'enum')"
    code += f"\nimport sys; print(*[name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-S", "-c", code]
    paths = [str(ROOM.parent.parent), *(p for p in sys.path if p.endswith("site-packages"))]
    found = subprocess.run(
        command, check=True, capture_output=True, text=True, env={"PYTHONPATH": ":".join(paths)}
    )
    return found.stdout.split()


def test_variables_and_comparisons_do_not_load_sympy():
    assert loaded_after(QUIET) == []


@pytest.mark.parametrize("work", ["H + 1", "H * W", "divides(2, H + 1)", "parse('H//2')"])
def test_arithmetic_does_load_it(work):
    """Without this the test above could not fail."""
    assert "sympy" in loaded_after(QUIET + work)


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_one_module_imports_sympy():
    importers = {p.name for p in ROOM.parent.rglob("*.py") if "sympy" in _imports(p)}
    assert importers == {"_sympy.py"}


def test_nobody_asks_sympy_for_judgements():
    banned = {"simplify", "equals", "floor", "ceiling", "Min", "Max", "Mod"}
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "_ast":
                continue
            assert name not in banned, f"{path.name} uses {name}"

"""The planting of faults itself: what is changed, where it is noticed, and what is accepted."""

from __future__ import annotations

import ast

import pytest

from tests.mutation import probes
from tests.mutation.accepted import reasons
from tests.mutation.mutants import ROOT, mutants_of

ENDINGS = ROOT / "shapecalc" / "checks" / "endings.py"


def test_each_mutant_is_another_module_of_as_many_lines() -> None:
    whole = ast.parse(ENDINGS.read_text("utf-8"))
    mutants = list(mutants_of(ENDINGS))
    assert len(mutants) > 50
    for mutant in mutants:
        assert ast.dump(mutant.tree) != ast.dump(whole), mutant
        compile(mutant.tree, mutant.path, "exec")
        assert mutant.statement is not None, mutant
        assert mutant.statement <= mutant.line


def test_what_no_test_could_notice_is_left_alone() -> None:
    for mutant in mutants_of(ENDINGS):
        assert "return False → return" not in mutant.signature
        assert ast.get_docstring(mutant.tree) == ast.get_docstring(
            ast.parse(ENDINGS.read_text("utf-8"))
        )


def test_a_default_is_of_no_statement() -> None:
    path = ROOT / "shapecalc" / "checks" / "documentation.py"
    defaults = [m for m in mutants_of(path) if "level: int = 1" in m.signature]
    assert defaults
    assert all(mutant.statement is None for mutant in defaults)


def test_probes_tell_what_is_run_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        'def sign(n):\n    """Of a number."""\n    if n < 0:\n        return -1\n'
        "    elif n == 0:\n        return 0\n    return 1\n"
    )
    hits: set[probes.Line] = set()
    scope = {"__hit__": hits.add}
    exec(compile(probes.probed(ast.parse(text), "m.py"), "m.py", "exec"), scope)  # noqa: S102
    assert hits == set()
    assert (scope["sign"](0), scope["sign"].__doc__) == (0, "Of a number.")
    assert hits == {("m.py", 3), ("m.py", 5), ("m.py", 6)}
    hits.clear()
    assert scope["sign"](-5) == -1
    assert hits == {("m.py", 3), ("m.py", 4)}


def test_what_is_accepted_is_there_and_has_a_reason() -> None:
    paths = {signature.partition(": ")[0] for signature in reasons()}
    there = {mutant.signature for path in paths for mutant in mutants_of(ROOT / path)}
    assert set(reasons()) <= there
    assert all(reason.strip() for reason in reasons().values())

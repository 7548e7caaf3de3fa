"""Every check is documented by programs, and held to them."""

import re

import pytest

from shapecalc.api import analyze_file
from shapecalc.checks.catalogue import GROUPS, all_checks, load
from shapecalc.checks.check import REGISTRY
from shapecalc.graph.budget import Budget, parse_amount
from shapecalc.rules import refusal as refusals
from shapecalc.rules.refusal import Refusal
from shapecalc.source import SourceFile

CHECKS = all_checks()
# A file that is no text, a program that runs for long, and what has no code of its own yet.
WITHOUT_EXAMPLE = {"SHC102", "SHC104", "SHC200"}

BAD = [(c, text) for c in CHECKS for text in c.bad]
GOOD = [(c, text) for c in CHECKS for text in c.good]


def named(value):
    return value.code.name if hasattr(value, "code") else ""


def found_in(check, text):
    limits = {name: parse_amount(name, amount) for name, amount in check.budget.items()}
    budget = Budget(limits, {}) if limits else None
    return list(analyze_file(SourceFile("example.py", text), budget=budget).diagnostics)


def expected_line(text: str, code: str) -> int:
    (line,) = [i for i, s in enumerate(text.split("\n"), 1) if s.endswith(f"# {code}")]
    return line


@pytest.mark.parametrize(("check", "text"), BAD, ids=named)
def test_a_bad_example_has_this_finding_on_its_line_and_no_other(check, text):
    found = found_in(check, text)
    line = expected_line(text, check.code.id)
    assert [(d.code.id, d.span.line) for d in found] == [(check.code.id, line)]


@pytest.mark.parametrize(("check", "text"), GOOD, ids=named)
def test_a_good_example_has_no_finding(check, text):
    assert found_in(check, text) == []


@pytest.mark.parametrize("check", CHECKS, ids=named)
def test_every_check_has_examples_of_both_kinds(check):
    assert bool(check.bad) == bool(check.good) == (check.code.id not in WITHOUT_EXAMPLE)


@pytest.mark.parametrize(("check", "text"), BAD, ids=named)
def test_a_good_example_is_a_bad_one_put_right(check, text):
    # Else it could be good for the wrong reason: a program in which there is nothing to find.
    assert found_in(check, text) != []


def test_every_class_of_refusals_has_one_check():
    kinds = {
        value
        for value in vars(refusals).values()
        if isinstance(value, type) and issubclass(value, Refusal)
    }
    explained = [c.explains for c in CHECKS if isinstance(c.explains, type)]
    assert sorted(explained, key=str) == sorted(kinds, key=str)


def test_every_file_of_checks_registers_one_of_its_name():
    names = set()
    for group in GROUPS:
        load(group)
    for check in REGISTRY.values():
        module = check.run.__module__.rpartition(".")[2]
        assert module == check.run.__name__ == check.code.name.replace("-", "_")
        names.add(module)
    assert len(names) == len(REGISTRY)


@pytest.mark.parametrize("check", CHECKS, ids=named)
def test_a_code_belongs_to_its_group(check):
    group = check.run.__module__.split(".")[-2]
    hundreds = {"gaps": "1", "refusals": "2", "contract": "3", "architecture": "4", "budgets": "5",
                "suppressions": "9"}  # fmt: skip
    assert check.code.id[3] == hundreds[group]
    assert re.fullmatch(r"SHC\d{3}", check.code.id)

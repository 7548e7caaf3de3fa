"""Budgets: amounts, whose they are, and what is said of a model that has more."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from shapecalc.api import analyze_file
from shapecalc.cli.budgeting import _OPTIONS
from shapecalc.cli.main import cli
from shapecalc.configuration import ConfigurationError, load_settings
from shapecalc.graph.budget import QUANTITIES, Budget, parse_amount
from shapecalc.source import SourceFile

MODEL = """
import keras

def build(n):
    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(n), keras.layers.Dense(5)])
    return model

small, large = build(2), build(100)
"""


def findings(text: str, limits: dict[str, int], models: dict[str, dict[str, int]] | None = None):
    report = analyze_file(SourceFile("model.py", text), budget=Budget(limits, models or {}))
    return [d for d in report.diagnostics if d.code.id.startswith("SHC5")]


@pytest.mark.parametrize(
    ("quantity", "text", "amount"),
    [
        ("params", "4.3M", 4_300_000), ("params", "600_000", 600_000), ("macs", "1.5g", 1.5e9),
        ("params", 17, 17), ("params", "0", 0), ("params", "1,000", 1000),
        ("weight-memory", "64MB", 64e6), ("weight-memory", "64 MiB", 64 * 2**20),
        ("weight-memory", "64mb", 64e6), ("weight-memory", "64 mib", 64 * 2**20),
        ("params", "4.3m", 4_300_000), ("peak-memory", "1.5KiB", 1536),
        ("peak-memory", "12B", 12), ("peak-memory", "12", 12),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly(quantity, text, amount) -> None:
    assert parse_amount(quantity, text) == amount


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("params", "a lot"), ("params", "4.3MB"), ("params", "-1"), ("params", -1),
        ("params", True), ("params", 1.5), ("params", "1.5"), ("params", "1MiB"), ("params", ""),
        ("weight-memory", "1.0001KB"), ("weight-memory", "5 parsecs"), ("params", None),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_what_would_be(quantity, text) -> None:
    with pytest.raises(ValueError, match=r"write|whole"):
        parse_amount(quantity, text)


def test_each_option_is_a_quantity() -> None:
    assert set(_OPTIONS) == set(QUANTITIES)


def test_the_finding_tells_figure_excess_and_what_holds_most() -> None:
    (found,) = findings(MODEL, {"params": 2000})
    assert found.message == (
        'sequential model "sequential_1" has 2,605 params, 30 % more than the budget of 2,000'
    )
    assert [note.message for note in found.notes] == [
        'Dense "dense_2" has 2,100 of it (81 %)', 'Dense "dense_3" has 505 of it (19 %)',
    ]  # fmt: skip


def test_exactly_the_budget_is_within_it() -> None:
    assert not findings(MODEL, {"params": 2605})
    assert len(findings(MODEL, {"params": 2604})) == 1


@pytest.mark.parametrize("quantity", sorted(QUANTITIES))
def test_every_quantity_can_be_overrun(quantity: str) -> None:
    assert len({d.code.id for d in findings(MODEL, {quantity: 0})}) == 1


def test_a_model_s_own_limit_comes_before_that_for_all() -> None:
    assert not findings(MODEL, {"params": 2000}, {"large": {"params": 10_000}})
    assert not findings(MODEL, {"params": 2000}, {"lar*": {}, "build": {"params": 3000}})
    assert len(findings(MODEL, {}, {"sequential*": {"params": 10}})) >= 1


def test_a_formula_is_over_only_if_it_always_is() -> None:
    text = "import keras\nx = keras.Input((4,))\n\ndef build(n: int):\n"
    text += "    return keras.Model(x, keras.layers.Dense(n)(x))\n"
    assert not findings(text, {"params": 100})
    assert len(findings(text, {"params": 4})) == 1


def test_the_largest_layers_are_told_first_and_no_more_than_three() -> None:
    widths = (3, 9, 1, 7)
    listed = ", ".join(f"keras.layers.Dense({n}, use_bias=False)" for n in widths)
    text = f"import keras\nmodel = keras.Sequential([keras.Input((1,)), {listed}])\n"
    (found,) = findings(text, {"params": 0})
    # 1·3, 3·9, 9·1 and 1·7.
    assert [note.message.split("has ")[1].split()[0] for note in found.notes] == ["27", "9", "7"]


def test_a_layer_of_one_param_is_told_of() -> None:
    layer = "keras.layers.Dense(1, use_bias=False)"
    text = f"import keras\nmodel = keras.Sequential([keras.Input((1,)), {layer}])\n"
    (found,) = findings(text, {"params": 0})
    assert [note.message for note in found.notes] == ['Dense "dense" has 1 of it (100 %)']


@pytest.mark.parametrize(
    ("limit", "excess"), [(2604, "0.0 %"), (2400, "8.5 %"), (2605 * 10 // 11, "10 %")]
)
def test_an_excess_below_a_tenth_is_told_to_a_tenth_of_a_per_cent(limit: int, excess: str) -> None:
    (found,) = findings(MODEL, {"params": limit})
    assert f"has 2,605 params, {excess} more than" in found.message


def test_a_formula_that_is_over_is_shown() -> None:
    text = "import keras\nx = keras.Input((None, 8))\n"
    text += "model = keras.Model(x, keras.layers.Dense(4)(x))\n"
    (found,) = findings(text, {"macs": 10})
    assert "has 32*T MACs, more than the budget of 10" in found.message


def test_what_is_unknown_is_over_only_by_what_is_known() -> None:
    text = MODEL + "import thing\nopen_ended = keras.Sequential([keras.Input((20,)), "
    text += "keras.layers.Dense(100), thing.Layer()])\n"
    (found,) = [d for d in findings(text, {"params": 2090}) if "at least" in d.message]
    assert "at least 2,100 params" in found.message


# --- the command ---------------------------------------------------------------------------------


def run(tmp_path, *arguments: str, settings: str = ""):
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text(f"[tool.shapecalc]\n{settings}")
    command = ["check", "--output-format", "concise", *arguments, str(tmp_path)]
    return CliRunner().invoke(cli, command)


def test_the_command_fails_beyond_a_budget_with_or_without_what_it_remembers(tmp_path) -> None:
    for _ in range(2):
        done = run(tmp_path, "--max-params", "2K")
        assert done.exit_code == 1
        assert done.output.count("SHC501") == 2
    assert run(tmp_path, "--max-params", "3K").exit_code == 0
    assert run(tmp_path).exit_code == 0


def test_a_project_s_budget_holds_and_the_command_line_comes_first(tmp_path) -> None:
    settings = "[tool.shapecalc.budget]\nmax-params = '2K'\n"
    assert run(tmp_path, settings=settings).exit_code == 1
    assert run(tmp_path, "--max-params", "1M", settings=settings).exit_code == 0
    settings += "[tool.shapecalc.budget.models.large]\nmax-params = 5000\n"
    assert run(tmp_path, settings=settings).exit_code == 0
    # What is said of one model is more specific than an option for all.
    assert run(tmp_path, "--max-params", "2K", settings=settings).exit_code == 0
    done = run(tmp_path, "--max-params", "10", settings=settings)
    assert "budget of 10" in done.output
    assert "budget of 5,000" not in done.output
    assert "2,605 params" not in done.output


def test_one_model_is_freed_from_the_limit_for_all(tmp_path) -> None:
    settings = "[tool.shapecalc.budget]\nmax-params = '2K'\nmax-macs = 1\n"
    settings += "[tool.shapecalc.budget.models.large]\nmax-params = 'none'\n"
    done = run(tmp_path, settings=settings)
    assert "SHC501" not in done.output
    # Of the other quantities it is not.
    assert done.output.count("SHC503") == 2
    assert run(tmp_path, "--max-macs", "none", settings=settings).exit_code == 0
    # Nothing is not the same as no limit.
    assert "SHC501" in run(tmp_path, settings=settings.replace("'none'", "0")).output


def test_several_processes_know_the_budget(tmp_path) -> None:
    done = run(tmp_path, "-j", "2", "--no-cache", "--max-params", "2K")
    assert done.output.count("SHC501") == 2


def test_a_bad_amount_is_a_usage_error(tmp_path) -> None:
    done = run(tmp_path, "--max-params", "many")
    assert done.exit_code == 2
    assert "4.3M" in done.output


@pytest.mark.parametrize(
    ("settings", "match"),
    [
        ("[tool.shapecalc.budget]\nmax-parms = 1\n", "max-params"),
        ("[tool.shapecalc.budget]\nmax-params = 'x'\n", "no amount"),
        ("[tool.shapecalc.budget]\nmax-params = false\n", "no amount"),
        ("[tool.shapecalc]\nbudget = 3\n", "table"),
        ("[tool.shapecalc.budget]\nmodels = 3\n", "table"),
    ],
)
def test_a_wrong_setting_is_told(tmp_path, settings, match) -> None:
    (tmp_path / "pyproject.toml").write_text(settings)
    with pytest.raises(ConfigurationError, match=match):
        load_settings([str(tmp_path)])

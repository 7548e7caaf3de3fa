"""The pages of the layers: current, made by the rules, and true."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shapecalc.dims import BATCH, Variable, parse, substitute
from shapecalc.documentation import formulas as made
from shapecalc.documentation import markdown, text
from shapecalc.documentation.__main__ import all_pages
from shapecalc.documentation.calls import base_call, choices
from shapecalc.documentation.examples import EXAMPLES, short_name
from shapecalc.layers import rule_for
from shapecalc.layers.layer import Layer
from shapecalc.rules.facts import Facts, Weight

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
RULES = markdown.rules()
PAGES = all_pages()

# Those whose pages have no formulas, and that is right so.
WITHOUT_FORMULAS = {"FlaxLayer", "InputLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"}


def named(rule):
    return short_name(rule)


@pytest.fixture
def anew(monkeypatch):
    """Nothing is remembered of what rules said."""
    monkeypatch.setattr(made, "_known", {})


# --- currency ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_current(name):
    # `make docs` writes it.
    assert (DOCS / name).read_text("utf-8") == PAGES[name]


def test_there_is_no_page_of_a_layer_that_is_no_more():
    written = {f"layers/{file.name}" for file in (DOCS / "layers").iterdir()}
    assert written | {"coverage.md"} == set(PAGES)


def test_the_pages_are_written_by_a_command(tmp_path):
    gone = tmp_path / "layers" / "Conv9D.md"
    gone.parent.mkdir()
    gone.write_text("# Conv9D\n")
    command = [sys.executable, "-m", "shapecalc.documentation", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT)
    assert {str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*.md")} == set(PAGES)
    assert (tmp_path / "layers" / "Dense.md").read_text("utf-8") == PAGES["layers/Dense.md"]


def test_a_page_does_not_hang_on_the_pages_before(anew):
    wrapper = rule_for("keras.layers.TimeDistributed")
    once = markdown.page(wrapper)
    made._known.clear()
    assert markdown.page(wrapper) == once
    assert "`dense/kernel`" in once


def test_a_page_follows_the_rule(anew, monkeypatch):
    dense = rule_for("keras.layers.Dense")
    before = markdown.page(dense), text.page(dense)

    def infer(self, x):
        return Facts((*x[:-1], self.units + 1), (Weight("kernel", (x[-1], self.units)),))

    monkeypatch.setattr(dense, "infer", infer)
    made._known.clear()
    after = markdown.page(dense), text.page(dense)
    for one, other in zip(before, after, strict=True):
        assert "(None, u + 1)" not in one
        assert "(None, u + 1)" in other


# --- truth ---------------------------------------------------------------------------------


def values_for(names, common):
    """A number for each symbol: long inputs, small windows; what must divide does."""
    numbers = {"h": 6, "l": 4, "n": 5, "C": common, "f": common, "g": 3}
    return {n: numbers.get(n, 12 if n in "HWDLTS" else 2) for n in names}


def in_numbers(value, numbers):
    """A nested value with numbers for its symbols."""
    if isinstance(value, Variable):
        return value if value == BATCH else numbers.get(value.name, value)
    if isinstance(value, (list, tuple)):
        return type(value)(in_numbers(item, numbers) for item in value)
    return value


def on_numbers(call, numbers):
    """What the rule gives for a call with numbers for its symbols; None if it refuses."""
    arguments = {name: in_numbers(value, numbers) for name, value in call.arguments.items()}
    try:
        _, rows = made.run(
            call._replace(arguments=arguments, inputs=in_numbers(call.inputs, numbers))
        )
    except made.NotRun:
        return None
    return {row.label: row.value for row in rows}


COUNTS = ("params", "connections", "bias connections", "MACs")


def compare_on_numbers(call):
    """Hold what is printed of a call to the rule on numbers; how many counts were compared."""
    try:
        _, rows = made.run(call)
    except made.NotRun:
        return 0
    printed = {row.label: made.value_text(row.value) for row in rows}
    symbols = re.findall(r"[a-zA-Z]\w*", f"{call.made} {call.given}")
    compared = 0
    for common in (6, 3):
        numbers = values_for(symbols, common)
        expected = on_numbers(call, numbers)
        for label in COUNTS if expected else ():
            if not printed[label].startswith("not known") and isinstance(expected[label], int):
                value = substitute(parse(printed[label]), numbers)
                assert value == expected[label], (call, label, printed[label])
                compared += 1
    return compared


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_formulas_give_what_the_rule_gives_on_numbers(rule):
    """What is printed, read back, and filled with numbers."""
    if short_name(rule) in WITHOUT_FORMULAS:
        with pytest.raises(made.NotRun):
            made.formulas(rule)
        return
    base = base_call(rule)
    if any(isinstance(value, (Layer, list)) for value in base.arguments.values()):
        return  # a layer inside keeps its symbols; it has its own page
    assert sum(map(compare_on_numbers, [base, *(choice.call for choice in choices(base))]))


def test_a_wrong_formula_is_found(monkeypatch):
    base = base_call(rule_for("keras.layers.Dense"))
    assert compare_on_numbers(base)
    text_of = made.value_text
    monkeypatch.setattr(made, "value_text", lambda value: f"{text_of(value)} + 1")
    with pytest.raises(AssertionError):
        compare_on_numbers(base)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_terminal_and_the_page_say_the_same(rule):
    page, lines = markdown.page(rule), text.page(rule)
    assert page.startswith(f"# {short_name(rule)}\n")
    for name in rule.arguments:
        assert f"`{name}`" in page or f"`{name}=" in page
        assert f"  {name} " in lines
    for name in rule.keras_names:
        assert f"`{name}`" in page
        assert name in lines
    if short_name(rule) in WITHOUT_FORMULAS:
        assert "No formulas are shown here: " in page
        assert "Its formulas are not shown here: " in lines
        return
    found = made.formulas(rule)
    for section in [found.plain, *found.choices]:
        for row in section.rows:
            assert f"  {row.label:<18}{made.value_text(row.value)}" in lines.splitlines()
            assert f"| {row.label.strip()} | {markdown.cell(row)} |" in page


def test_formulas_that_are_known_by_heart():
    rows = {
        row.label: str(row.value) for row in made.formulas(rule_for("keras.layers.LSTM")).plain.rows
    }
    assert rows["params"] == "4*u*(C + u + 1)"
    conv = made.formulas(rule_for("keras.layers.Conv2D"))
    assert {row.label: row.value for row in conv.plain.rows}["output shape"] == (
        "(None, H - k + 1, W - k + 1, f)"
    )
    labels = [section.label for section in conv.choices]
    assert "With padding='same', strides=s" in labels
    assert "With activation=activation" not in labels
    assert "With data_format='channels_first', on (None, C, H, W)" in labels


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_example_is_of_a_rule(name):
    rule = rule_for(f"keras.layers.{name}")
    assert rule is not None
    arguments = EXAMPLES[name].arguments()
    assert arguments.keys() <= rule.arguments.keys()


# --- form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(PAGES))
def test_markdown_is_such_that_github_shows_it(name):
    page = PAGES[name]
    for formula in re.findall(r"\$([^$]*)\$", page):
        # Markdown takes a backslash before punctuation, and GitHub bars this command.
        assert not re.search(r"\\[^a-zA-Z]|operatorname", formula), formula
    tables = [line for line in page.splitlines() if line.startswith("|")]
    for line, following in itertools.pairwise(tables):
        if "---" in following:
            assert line.count("|") == following.count("|"), line
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@pytest.mark.parametrize("file", sorted(["README.md", "CONTRIBUTING.md", *(
    str(f.relative_to(ROOT)) for f in DOCS.rglob("*.md"))]))  # fmt: skip
def test_links_lead_somewhere(file):
    words = (ROOT / file).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", words, flags=re.DOTALL)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / file).parent / path if path else ROOT / file
        assert there.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), flags=re.MULTILINE)
            known = {re.sub(r"[^\w\- ]", "", t).strip().lower().replace(" ", "-") for t in titles}
            assert anchor in known, target

"""The registry refuses what would make codes ambiguous or undocumented."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from shapecalc.checks import catalogue
from shapecalc.checks.catalogue import all_codes, check_for_gap, check_for_refusal, matching_codes
from shapecalc.checks.check import REGISTRY, Finding, check
from shapecalc.checks.documentation import page
from shapecalc.diagnostics import Severity, UnknownCode
from shapecalc.graph.program import ModelRecord
from shapecalc.rules.refusal import Refusal, WindowTooLarge

ROOT = Path(__file__).parent.parent.parent


def documented(fault):
    """What it is.

    Why it matters.
    """
    return Finding("x")


def undocumented(fault):
    """What it is."""
    return Finding("x")


@pytest.fixture
def registry():
    all_codes()
    before = dict(REGISTRY)
    yield REGISTRY
    REGISTRY.clear()
    REGISTRY.update(before)


def test_a_new_check_is_registered(registry):
    assert check("SHC999", "made-up", Severity.INFO, explains="made-up")(documented) is documented
    assert registry["SHC999"].code.summary == "What it is"
    assert registry["SHC999"].why == "Why it matters."


@pytest.mark.parametrize(
    ("code", "name", "explains"),
    [
        ("SHC201", "made-up", "made-up"),
        ("SHC999", "window-larger-than-input", "made-up"),
        ("SHC999", "made-up", WindowTooLarge),
        ("SHC999", "made-up", "syntax"),
        ("SHC99", "made-up", "made-up"),
        ("SHC999", "Made up", "made-up"),
    ],
)
def test_a_duplicate_or_malformed_check_is_refused(registry, code, name, explains):
    with pytest.raises(ValueError, match=r"SHC|kebab"):
        check(code, name, Severity.INFO, explains=explains)(documented)


def test_a_check_without_documentation_is_refused(registry):
    with pytest.raises(ValueError, match="docstring"):
        check("SHC999", "made-up", Severity.INFO, explains="made-up")(undocumented)


@pytest.mark.parametrize(
    "subject", [{}, {"explains": "made-up", "examines": ModelRecord}], ids=["neither", "both"]
)
def test_a_check_either_explains_or_examines(registry, subject):
    with pytest.raises(ValueError, match="either explains or examines"):
        check("SHC999", "made-up", Severity.INFO, **subject)(documented)


def test_examples_stand_at_the_margin(registry):
    indented = """
        import keras

        if True:
            keras.layers.Dense(0)  # SHC999
        """
    plain = "import keras\n"
    check("SHC999", "made-up", Severity.INFO, explains="made-up", bad=[indented], good=[plain])(
        documented
    )
    (bad,), (good,) = registry["SHC999"].bad, registry["SHC999"].good
    assert bad == "import keras\n\nif True:\n    keras.layers.Dense(0)  # SHC999\n"
    assert good == plain


def test_a_class_without_check_is_explained_by_the_one_above():
    class Special(WindowTooLarge):
        pass

    class Other(Refusal):
        pass

    assert check_for_refusal(Special).code.id == "SHC201"
    assert check_for_refusal(Other).code.id == "SHC200"
    assert check_for_gap("something new").code.id == "SHC105"


def test_codes_are_chosen_by_code_name_and_beginning():
    ids = {code.id for code in all_codes()}
    assert matching_codes(["SHC201"]) == {"SHC201"}
    assert matching_codes(["shc201", "wrong-rank"]) == {"SHC201", "SHC202"}
    assert matching_codes(["SHC1"]) == {id for id in ids if id.startswith("SHC1")}
    assert matching_codes(["ALL"]) == ids
    with pytest.raises(UnknownCode, match="wrong-rank"):
        matching_codes(["wrong-rnk"])
    with pytest.raises(UnknownCode):
        matching_codes(["SHC7"])


def test_the_page_of_checks_is_current():
    # `make docs` writes it.
    written = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert written == page()
    for code in all_codes():
        assert f"### {code.id} {code.name}\n" in written


def test_the_page_is_written_by_a_command(tmp_path):
    file = tmp_path / "checks.md"
    command = [sys.executable, "-m", "shapecalc.checks.documentation", str(file)]
    subprocess.run(command, check=True, cwd=ROOT)
    assert file.read_text("utf-8") == page()


def test_the_files_of_a_zip_archive_are_found_too(monkeypatch):
    package = "shapecalc.checks.refusals"
    listed = catalogue._module_names(package)
    assert {"wrong_rank", "window_larger_than_input"} <= set(listed)

    def no_folder(path):
        raise NotADirectoryError(path)

    monkeypatch.setattr(catalogue, "os", SimpleNamespace(listdir=no_folder))
    assert catalogue._module_names(package) == listed


def loaded_after(*texts):
    """The modules of checks that a process has loaded after checking each text."""
    code = (
        "import sys, shapecalc\n"
        f"for text in {texts!r}:\n"
        "    shapecalc.check_source(text)\n"
        "    print(*[m for m in sys.modules if m.startswith('shapecalc.checks.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [line.split() for line in done.stdout.split("\n")]


def test_checks_are_imported_only_where_there_is_something_for_them():
    model = "import keras\nkeras.Sequential([keras.Input((4,)), keras.layers.Dense({})])"
    no_model, clean, broken, _ = loaded_after("import keras\n", model.format(2), model.format(0))
    assert no_model == ["shapecalc.checks.diagnosis"]
    for group in ("gaps", "refusals", "contract"):
        assert not any(f".{group}." in module for module in clean)
    assert "shapecalc.checks.refusals.invalid_argument" in broken

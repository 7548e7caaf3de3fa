"""`check --fix`, `--unsafe-fixes` and `--diff` as a user knows them."""

import json
import subprocess

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli
from tests.programs import HEAD, LENET

MISSPELT = HEAD + (
    "model = keras.Sequential([\n"
    "    keras.Input((32, 32, 1)),\n"
    "    layers.Conv2D(6, kernal_size=5, activation='rellu'),\n"
    "    layers.Conv2D(6, 5, padding = \"sam\"),\n"
    "])\n"
)  # fmt: skip
MENDED = (
    MISSPELT.replace("kernal", "kernel").replace("'rellu'", "'relu'").replace('"sam"', '"same"')
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.py").write_text(MISSPELT)
    return tmp_path


def check(*args, text=None):
    return CliRunner().invoke(cli, ["check", *args], input=text, catch_exceptions=False)


def test_what_is_unsafe_is_told_and_left_alone(folder):
    result = check("--fix", "--output-format", "concise", "m.py")
    assert (folder / "m.py").read_text() == MISSPELT
    assert result.exit_code == 1
    assert "[*]" not in result.stdout
    assert "no fixes available (3 more with `--unsafe-fixes`)" in result.stdout


def test_unsafe_fixes_are_made_until_none_is_left(folder):
    result = check("--fix", "--unsafe-fixes", "m.py")
    assert (folder / "m.py").read_text() == MENDED
    assert result.stderr == "fixed 3 findings in 1 file\n"
    assert result.exit_code == 0
    assert "no faults found" in result.stdout
    assert check("--fix", "--unsafe-fixes", "m.py").stderr == ""


def test_fixable_findings_are_marked(folder):
    out = check("--unsafe-fixes", "--output-format", "concise", "m.py").stdout
    assert "m.py:6:22: SHC211 [*] Conv2D has no argument `kernal_size`" in out
    assert "[*] 3 fixable with `--fix`" in out
    full = check("--unsafe-fixes", "m.py").stdout
    assert "error[SHC211] unknown-argument [*]: " in full
    assert "= fix: replace `kernal_size` by `kernel_size` (unsafe)" in full


def test_a_diff_changes_nothing_and_is_what_fix_does(folder):
    result = check("--diff", "--unsafe-fixes", "m.py")
    assert result.exit_code == 1
    assert result.stderr == "would fix 3 findings in 1 file\n"
    assert (folder / "m.py").read_text() == MISSPELT
    subprocess.run(["patch", "-p0"], input=result.stdout.encode(), check=True, capture_output=True)
    assert (folder / "m.py").read_text() == MENDED
    assert check("--diff", "--unsafe-fixes", "m.py").exit_code == 0
    assert check("--diff", "--unsafe-fixes", "m.py").stdout == ""


def test_a_diff_of_nothing_says_so(folder):
    (folder / "good.py").write_text(LENET)
    for args, said in [
        (["good.py"], "nothing to fix\n"),
        (["m.py"], "nothing to fix without --unsafe-fixes\n"),
    ]:
        result = check("--diff", *args)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", said)


def test_only_what_is_selected_is_mended(folder):
    check("--fix", "--unsafe-fixes", "--select", "SHC211", "m.py")
    assert (folder / "m.py").read_text() == MISSPELT.replace("kernal", "kernel")


def test_a_file_among_others(folder):
    (folder / "good.py").write_text(LENET)
    for _ in range(2):
        check(".", "--fix", "--unsafe-fixes", "-j", "1")
    assert (folder / "m.py").read_text() == MENDED
    assert (folder / "good.py").read_text() == LENET


def test_a_remembered_finding_has_its_fix(folder):
    (folder / "good.py").write_text(LENET)
    first = check(".", "--output-format", "json", "--exit-zero").stdout
    assert check(".", "--output-format", "json", "--exit-zero").stdout == first
    found = json.loads(first)["files"][1]["diagnostics"]
    assert found[0]["fix"] == {
        "applicability": "unsafe",
        "message": "replace `kernal_size` by `kernel_size`",
        "edits": [
            {"line": 6, "column": 22, "end_line": 6, "end_column": 33,
             "replacement": "kernel_size"},
        ],
    }  # fmt: skip


def test_the_standard_input_is_mended_on_its_way(folder):
    result = check("-", "--fix", "--unsafe-fixes", text=MISSPELT)
    assert result.stdout == MENDED
    assert "no faults found" in result.stderr
    assert result.exit_code == 0
    # What has nothing to mend goes through as it is: a pipe must not lose a program.
    assert check("-", "--fix", text=LENET).stdout == LENET
    diff = check("-", "--diff", "--unsafe-fixes", "--stdin-filename", "m.py", text=MISSPELT)
    assert diff.stdout.startswith("--- m.py\n+++ m.py\n")


def test_what_is_said_of_the_standard_input_may_go_to_a_file(folder):
    args = ("-", "--fix", "--unsafe-fixes", "-o", "said")
    result = check(*args, text=MISSPELT + "layers.Dense(0)\n")
    assert result.stdout == MENDED + "layers.Dense(0)\n"
    assert result.stderr == "fixed 3 findings in 1 file\n"
    assert "SHC213" in (folder / "said").read_text()


BUILDER = HEAD + (
    "def build(n):\n"
    "    return keras.Sequential([keras.Input((n,)), layers.Dense(9, activatoin='relu')])\n"
)


def test_what_is_left_in_the_standard_input_is_found_as_before_its_fixes(folder):
    # With the budget, and the project's other modules.
    args = ("--fix", "--unsafe-fixes", "--output-format", "concise", "--max-params", "50")
    piped = check("-", *args, text=MISSPELT)
    assert piped.stdout == MENDED
    (line,) = [line for line in piped.stderr.splitlines() if "SHC" in line]
    assert line.startswith("<stdin>:4:9: SHC501 ")
    assert piped.exit_code == 1
    named = ("--stdin-filename", "m.py")
    assert check("-", *args, *named, text=MISSPELT).stderr.count("m.py:4:9: SHC501") == 1
    (folder / "net.py").write_text(BUILDER.replace("activatoin", "activation"))
    text = MISSPELT + "import net\nnet.build(7)\n"
    assert "72 params" in check("-", *args, *named, text=text).stderr


def test_a_notebook_is_left_alone(folder):
    cell = {"cell_type": "code", "source": MISSPELT, "metadata": {}, "outputs": []}
    text = json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    (folder / "n.ipynb").write_text(text)
    result = check("n.ipynb", "--fix", "--unsafe-fixes")
    assert "SHC211" in result.stdout
    assert (folder / "n.ipynb").read_text() == text
    # Its cells alone, printed, would be written over it by an editor.
    piped = check("-", "--fix", "--stdin-filename", "n.ipynb", text=text)
    assert (piped.exit_code, piped.stdout) == (2, "")


@pytest.mark.parametrize(
    "call",
    [
        "layers.Conv2D(6, **{'kernal_size': 5})",
        "layers.Dense(6, activation=WORD)",
        "layers.Dense(6, activation='rel' 'lu')",
        "layers.Dense(6, activation=str('rellu'))",
        "layers.Dense(6, activation=B or 'rellu')",
        "layers.Dense(6, nonsense=1)",
    ],
)
def test_what_is_not_plainly_written_has_no_fix(folder, call):
    (folder / "m.py").write_text(HEAD + f"WORD = 'rellu'\nB = ''\nx = {call}\n")
    data = json.loads(check("--output-format", "json", "m.py").stdout)
    assert [d["fix"] for d in data["files"][0]["diagnostics"]] == [None]


def test_a_file_that_cannot_be_written_is_told(folder, monkeypatch):
    monkeypatch.setattr("shapecalc.fixes.os.access", lambda path, mode: False)
    result = check("--fix", "--unsafe-fixes", "m.py")
    assert result.exit_code == 2
    assert "not fixed: m.py: permission denied" in result.stderr


@pytest.mark.parametrize("names", [("m.py::a", "m.py::b"), ("m.py::a", "./m.py")], ids=str)
def test_several_parts_of_a_file_are_mended_at_once(folder, names):
    one = "keras.Sequential([keras.Input((4,)), layers.Dense(output_dim=3)])\n"
    (folder / "m.py").write_text(f"{HEAD}a = {one}b = {one}")
    result = check("--fix", *names)
    assert (result.exit_code, result.stderr) == (0, "fixed 2 findings in 1 file\n")
    assert (folder / "m.py").read_text() == f"{HEAD}a = {one}b = {one}".replace(
        "output_dim", "units"
    )


def test_what_is_outside_of_the_part_that_is_named_is_left_alone(folder):
    one = "keras.Sequential([keras.Input((4,)), layers.Dense(output_dim=3)])\n"
    (folder / "m.py").write_text(f"{HEAD}a = {one}b = {one}")
    assert check("--fix", "m.py::b").stderr == "fixed 1 finding in 1 file\n"
    mended = one.replace("output_dim", "units")
    assert (folder / "m.py").read_text() == f"{HEAD}a = {one}b = {mended}"

"""`[tool.shapecalc]` in pyproject.toml."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli
from shapecalc.configuration import ConfigurationError, Settings, load_settings, matches
from shapecalc.graph.budget import QUANTITIES

BROKEN = "import keras\nkeras.layers.Dense(0)\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.py").write_text(BROKEN)

    def configure(text, folder=tmp_path):
        folder.mkdir(exist_ok=True)
        (folder / "pyproject.toml").write_text(text)
        return folder

    return configure


def check(*args):
    return CliRunner().invoke(
        cli, ["check", "--no-cache", *(args or ["model.py"])], catch_exceptions=False
    )


def code():
    """The code of the finding in `BROKEN`."""
    words = check("model.py", "--output-format", "concise").output.split()
    return next(word for word in words if word.startswith("SHC"))


def test_without_settings_all_is_as_usual(project):
    assert load_settings(["model.py"]) == Settings()
    project("[tool.other]\nx = 'shapecalc'\n")
    assert load_settings(["model.py"]) == Settings()
    assert check().exit_code == 1


def test_ignore_and_select(project):
    found = code()
    project(f"[tool.shapecalc]\nignore = ['{found}']\n")
    assert check().exit_code == 0
    assert found in check("model.py", "--ignore", "SHC101").output
    project("[tool.shapecalc]\nselect = ['SHC101']\n")
    assert check().exit_code == 0
    assert found in check("model.py", "--select", "ALL").output


def test_severity(project):
    found = code()
    project(f"[tool.shapecalc.severity]\n{found} = 'warning'\n")
    done = check()
    assert done.exit_code == 0
    assert f"warning[{found}]" in done.output
    assert check("model.py", "--fail-on", "warning").exit_code == 1
    # What is said of fewer codes wins, whatever the order.
    for lines in ([f"{found} = 'info'", "SHC = 'error'"], ["SHC = 'error'", f"{found} = 'info'"]):
        project("[tool.shapecalc.severity]\n" + "\n".join(lines))
        assert f"info[{found}]" in check().output


def test_fail_on(project):
    found = code()
    project(f"[tool.shapecalc]\nfail-on = 'warning'\nseverity.{found} = 'warning'\n")
    assert check().exit_code == 1
    assert check("model.py", "--fail-on", "error").exit_code == 0


def test_output_format(project):
    project("[tool.shapecalc]\noutput-format = 'concise'\n")
    assert check().output.startswith("model.py:2:")
    assert check("model.py", "--output-format", "json").output.startswith("{")


def test_per_file_ignores(project):
    found = code()
    folder = project(f"[tool.shapecalc.per-file-ignores]\n'tests/**' = ['{found}']\n")
    (folder / "tests").mkdir()
    (folder / "tests/test_model.py").write_text(BROKEN)
    done = check(".", "--output-format", "concise")
    assert "model.py:2" in done.output.splitlines()[0]
    assert "test_model.py:2" not in done.output


def test_exclude(project):
    folder = project("[tool.shapecalc]\nexclude = ['generated', 'a/b*']\n")
    for path in ("generated/x.py", "a/bc/y.py", "a/cb/z.py"):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(BROKEN)
    output = check(".", "--output-format", "concise").output
    assert "z.py" in output
    assert "x.py" not in output
    assert "y.py" not in output
    # What is named itself is wanted.
    assert "x.py" in check("generated/x.py", "--output-format", "concise").output


def test_root(project):
    folder = project("[tool.shapecalc]\nroot = 'inner'\n")
    (folder / "sizes.py").write_text("UNITS = 0\n")
    (folder / "inner").mkdir()
    text = "import keras\nfrom sizes import UNITS\nkeras.layers.Dense(UNITS)\n"
    (folder / "inner/main.py").write_text(text)
    assert check("inner/main.py").exit_code == 0
    assert check("inner/main.py", "--root", ".").exit_code == 1
    project("[tool.shapecalc]\nroot = 'missing'\n")
    assert check().exit_code == 2


def test_the_nearest_settings_count(project, tmp_path):
    found = code()
    project(f"[tool.shapecalc]\nignore = ['{found}']\n")
    inner = project("[tool.shapecalc]\nfail-on = 'info'\n", tmp_path / "inner")
    (inner / "model.py").write_text(BROKEN)
    assert check("inner/model.py").exit_code == 1
    assert check("model.py").exit_code == 0
    # Of several paths: those above all of them.
    assert check("model.py", "inner/model.py").exit_code == 0


WRONG = {
    "selct = ['SHC201']": "did you mean 'select'",
    "per_file_ignores = {}": "did you mean 'per-file-ignores'",
    "colour = true": "known are",
    "select = 'SHC201'": "must be a list",
    "select = [1]": "must be a list",
    "select = ['SHC999']": "no code 'SHC999'",
    "fail-on = 'never'": "must be one of",
    "fail-on = 3": "must be one of",
    "output-format = 'pdf'": "must be one of",
    "severity = 'error'": "must be a table",
    "severity = {SHC201 = 'bad'}": "must be one of",
    "severity = {window = 'error'}": "no code 'window'",
    "per-file-ignores = ['x']": "must be a table",
    "per-file-ignores = {x = 'SHC201'}": "must be a list",
    "root = 3": "must be a text",
    "exclude = 'x'": "must be a list",
    "baseline = 3": "must be a text",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_said(project, line):
    folder = project(f"[tool.shapecalc]\n{line}\n")
    done = check()
    assert done.exit_code == 2
    assert WRONG[line] in done.output
    assert "pyproject.toml" in done.output
    with pytest.raises(ConfigurationError):
        load_settings([str(folder)])


@pytest.mark.parametrize("text", ["[tool.shapecalc", "[tool]\nshapecalc = 3\n"])
def test_a_file_that_is_no_settings(project, text):
    project(text)
    assert check().exit_code == 2


def test_a_file_without_settings_is_not_parsed(project):
    project("no toml at all [")
    assert check().exit_code == 1
    program = (
        "import sys; from shapecalc.configuration import load_settings; load_settings(['.']); "
    )
    program += "print('tomllib' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment)
    assert done.stdout.split() == [b"False"]


@pytest.mark.parametrize(
    "text",
    [
        "[tool.shapecalc]\nroot = '.'",
        "  [ tool . shapecalc ]\nroot = '.'",
        "[tool]\nshapecalc = {root = '.'}",
        "[tool]\nshapecalc.root = '.'",
        "[tool.'shapecalc']\nroot = '.'",
        "tool.shapecalc.root = '.'",
        "tool = {shapecalc = {root = '.'}}",
        '["tool"."shapecalc"]\nroot = "."',
    ],
)
def test_every_spelling_of_the_table_is_found(project, tmp_path, text):
    project(text)
    assert load_settings(["model.py"]).root == str(tmp_path)


MATCHES = [
    ("a/b.py", "b.py", True),
    ("a/b.py", "a", True),
    ("a/b.py", "a/", True),
    ("a/b.py", "*.py", True),
    ("a/b.py", "a/*.py", True),
    ("a/b.py", "./a/b.py", True),
    ("a/c/b.py", "a/c", True),
    ("a/c/b.py", "a/**", True),
    ("a/b.py", "b", False),
    ("a/b.py", "c/*.py", False),
    ("ab/b.py", "a", False),
]


@pytest.mark.parametrize(("path", "pattern", "expected"), MATCHES)
def test_patterns(tmp_path, path, pattern, expected):
    assert matches(str(tmp_path / path), pattern, str(tmp_path)) is expected
    assert matches(str(tmp_path / path), str(tmp_path / "a"), "/") is path.startswith("a/")


def test_the_example_of_the_documentation_is_valid(project, tmp_path):
    page = (Path(__file__).parent.parent / "docs/repositories.md").read_text("utf-8")
    (tmp_path / "src").mkdir()
    project(page.split("```toml\n")[1].split("```")[0])
    assert load_settings(["model.py"]).fail_on == "warning"


def test_the_budget_of_the_documentation_is_valid(project):
    page = (Path(__file__).parent.parent / "docs/repositories.md").read_text("utf-8")
    project("[tool.shapecalc.budget]" + page.split("[tool.shapecalc.budget]")[1].split("```")[0])
    budget = load_settings(["model.py"]).budget
    assert set(budget.limits) == set(QUANTITIES)
    assert budget.models["*_baseline"] == {"params": 10_000_000}

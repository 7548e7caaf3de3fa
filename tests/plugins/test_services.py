"""The pre-commit hook and the GitHub Action: their files parse, and their commands do it."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli
from shapecalc.reports.formats import CHECK_FORMATS

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/integrations.md").read_text("utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}

BROKEN = "import keras\nkeras.layers.Dense(0)\n"
CLEAN = "import keras\nkeras.layers.Dense(1)\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "bad.py").write_text(BROKEN)
    (tmp_path / "good.py").write_text(CLEAN)
    return tmp_path


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


# --- pre-commit ---------------------------------------------------------------------------------


def test_the_hook_has_what_pre_commit_asks_for():
    (hook,) = HOOKS
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert hook["language"] == "python"


def test_the_entry_of_the_hook_is_a_command_that_is_installed(project):
    command, *words = shlex.split(HOOKS[0]["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, name = scripts[command].partition(":")
    # As the script does that an installation makes of it.
    code = f"from {module} import {name}; {name}()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "bad.py"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert "bad.py:2:" in done.stdout


@pytest.mark.parametrize(("files", "code"), [(["good.py"], 0), (["good.py", "bad.py"], 1)])
def test_the_entry_of_the_hook_runs(project, files, code):
    # pre-commit adds the arguments of the user and the names of the files.
    (documented,) = yaml.safe_load(examples("yaml")[0])["repos"][0]["hooks"]
    assert documented["id"] == HOOKS[0]["id"]
    words = [*shlex.split(HOOKS[0]["entry"])[1:], *documented["args"], *files]
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == code
    assert ("bad.py:2:" in done.output) == bool(code)


# --- the GitHub Action --------------------------------------------------------------------------


def run_step(name: str, **inputs: str):
    """Run a step's commands in bash, with what its expressions stand for."""
    step = STEPS[name]
    given = {key: value["default"] for key, value in ACTION["inputs"].items()} | inputs
    variables = {}
    for variable, expression in step["env"].items():
        word = re.fullmatch(r"\$\{\{ (?:inputs|github)\.([\w-]+) \}\}", expression)[1]
        variables[variable] = given[word.replace("_", "-")]
    script = Path("shapecalc.sh")
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m shapecalc "$@"\n')
    script.chmod(0o755)
    environment = {
        **os.environ,
        **variables,
        "PYTHONPATH": str(ROOT),
        "SHAPECALC": str(script.absolute()),
        "RUNNER_TEMP": str(Path("temporary").absolute()),
        "GITHUB_ENV": "github.env",
        "PATH": f"{Path('bin').absolute()}:{os.environ['PATH']}",
    }
    # As GitHub starts it.
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(words, env=environment, capture_output=True, text=True)


needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")


def test_nothing_that_users_write_is_pasted_into_a_script():
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_every_input_is_used_and_documented():
    text = (ROOT / "action.yml").read_text("utf-8")
    for name, about in ACTION["inputs"].items():
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in PAGE
        assert about["description"]
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


@needs_bash
def test_the_action_fails_on_findings_and_shows_them(project):
    done = run_step("Check")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=bad.py,line=2,")
    assert run_step("Check", paths="good.py").returncode == 0


@needs_bash
def test_the_action_passes_options_and_paths_on(project):
    done = run_step(
        "Check",
        **{"paths": "bad.py good.py", "args": "--exit-zero --quiet", "output-format": "concise"},
    )
    assert done.returncode == 0
    assert done.stdout.startswith("bad.py:2:")


@needs_bash
@pytest.mark.parametrize("hostile", ["$(touch ran)", "; touch ran", "`touch ran`", "* --debug"])
def test_what_users_write_is_not_run_by_the_shell(project, hostile):
    done = run_step("Check", paths=hostile)
    assert not (project / "ran").exists()
    # No pattern of files either: shapecalc is told what was written.
    assert done.returncode == 2


@needs_bash
@pytest.mark.skipif("sarif" not in CHECK_FORMATS, reason="there is no such format")
def test_the_action_writes_sarif_and_goes_on(project):
    done = run_step("Write SARIF", **{"sarif-file": "found.sarif"})
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads((project / "found.sarif").read_text("utf-8"))
    assert document["version"] == "2.1.0"


@needs_bash
@pytest.mark.parametrize(
    ("version", "package"), [("", "/the/action"), ("1.2.3", "shapecalc==1.2.3")]
)
def test_the_action_installs_itself_or_a_version(project, version, package):
    # A Python that makes environments of itself, and writes down what it is asked for.
    (project / "bin").mkdir()
    stand_in = project / "bin/python"
    stand_in.write_text(
        '#!/bin/sh\nif [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; '
        'else echo "$@" >> asked; fi\n'
    )
    stand_in.chmod(0o755)
    done = run_step("Install", **{"version": version, "action-path": "/the/action"})
    assert (done.returncode, done.stderr) == (0, "")
    asked = (project / "asked").read_text().split()
    assert asked[:3] == ["-m", "pip", "install"]
    assert asked[-1] == package
    command = (project / "github.env").read_text().strip().removeprefix("SHAPECALC=")
    assert Path(command) == project / "temporary/shapecalc/bin/shapecalc"


# --- what the page shows ------------------------------------------------------------------------


@pytest.mark.parametrize("text", examples("yaml"))
def test_yaml_of_the_page(text):
    document = yaml.safe_load(text)
    assert isinstance(document, dict)
    for step in document.get("steps", []):
        for name in step.get("with", {}) if "shapecalc@" in step["uses"] else ():
            assert name in ACTION["inputs"]


def test_the_problem_matcher_of_the_page(project):
    (text,) = examples("json")
    (task,) = json.loads(text)["tasks"]
    words = shlex.split(task["command"])[1:]
    line = CliRunner().invoke(cli, words, catch_exceptions=False).output.splitlines()[0]
    pattern = task["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], line)
    assert match[pattern["file"]] == "bad.py"
    assert match[pattern["line"]] == "2"
    assert match[pattern["code"]] == "SHC213"


@needs_bash
def test_the_line_for_editors(project):
    (project / "src").mkdir()
    (project / "src/model.py").write_text(BROKEN)
    (line,) = (text for text in examples("sh") if "--stdin-filename" in text)
    line = line.replace("shapecalc ", f"{shlex.quote(sys.executable)} -m shapecalc ", 1)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=environment)
    assert done.stdout.startswith("src/model.py:2:")
    assert done.returncode == 1


def test_the_python_of_the_page(capsys):
    (text,) = examples("python")
    exec(compile(text, "integrations.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.startswith("2 SHC213 ")

"""The plugins of flake8 and pylint, run by those tools on real files."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest

from shapecalc.checks.catalogue import all_codes

ROOT = Path(__file__).parent.parent.parent

BROKEN = """import keras
from keras import layers
import sizes

model = keras.Sequential([keras.Input((sizes.SIDE, 4, 1)), layers.Conv2D(8, 5)])
wide = keras.Sequential([keras.Input((9,)), layers.Dense(9)])
keras.layers.Dense(
    0,
)
"""

needs_flake8 = pytest.mark.skipif(find_spec("flake8") is None, reason="flake8 is not installed")
needs_pylint = pytest.mark.skipif(find_spec("pylint") is None, reason="pylint is not installed")


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "sizes.py").write_text("SIDE = 4\n")
    (tmp_path / "model.py").write_text(BROKEN)
    return tmp_path


def run(*words: str, text: str | None = None):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYLINTHOME": os.getcwd()}
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, input=text, env=environment
    )


def flake8(*words: str, text: str | None = None):
    """Run flake8 with the plugin, also from a checkout whose entry point is not installed."""
    installed = any(e.name == "SHC" for e in entry_points(group="flake8.extension"))
    plugin = "[flake8:local-plugins]\nextension = SHC = shapecalc.plugins.flake8:Plugin\n"
    Path("flake8.cfg").write_text("[flake8]\n" if installed else plugin)
    return run("flake8", "--config", "flake8.cfg", "--max-line-length", "100", *words, text=text)


def found(done) -> list[str]:
    """The places and codes that are told, and nothing else."""
    assert not done.stderr, done.stderr
    places = []
    for line in done.stdout.splitlines():
        match = re.match(r"(\w+\.py:\d+:\d+): (\w+)", line)
        if match is not None:
            places.append(f"{match[1]} {match[2]}")
    return places


@needs_flake8
def test_flake8_tells_of_errors(project):
    done = flake8("model.py")
    assert found(done) == ["model.py:5:77 SHC201", "model.py:8:5 SHC213"]
    assert "a window of 5 does not fit into 4" in done.stdout
    assert done.returncode == 1


@needs_flake8
def test_flake8_names_the_plugin(project):
    assert "shapecalc: " in flake8("--version").stdout


@needs_flake8
def test_flake8_silences_and_selects(project):
    assert found(flake8("--extend-ignore", "SHC2", "model.py")) == []
    assert len(found(flake8("--select", "SHC213", "model.py"))) == 1
    lines = BROKEN.splitlines(keepends=True)
    lines[4] = lines[4].rstrip("\n") + "  # noqa: SHC201\n"
    lines[7] = lines[7].rstrip("\n") + "  # shapecalc: ignore\n"
    (project / "model.py").write_text("".join(lines))
    assert found(flake8("model.py")) == []
    # flake8's own comments are heeded by flake8 itself.
    assert found(flake8("--disable-noqa", "model.py")) == []


@needs_flake8
def test_flake8_follows_the_settings(project):
    (project / "pyproject.toml").write_text(
        "[tool.shapecalc]\nignore = ['SHC2']\nbudget.max-params = 89\n"
    )
    assert found(flake8("model.py")) == ["model.py:6:8 SHC501"]
    (project / "pyproject.toml").write_text("[tool.shapecalc]\nseverity.SHC2 = 'info'\n")
    assert found(flake8("model.py")) == []
    (project / "pyproject.toml").write_text(
        "[tool.shapecalc]\nseverity.SHC2 = 'info'\nfail-on = 'info'\n"
    )
    assert len(found(flake8("model.py"))) == 2
    (project / "pyproject.toml").write_text("[tool.shapecalc]\nignroe = []\n")
    done = flake8("model.py")
    assert "did you mean 'ignore'" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode != 0


@needs_flake8
def test_flake8_takes_text_from_the_standard_input(project):
    (project / "model.py").write_text("")
    done = flake8("--stdin-display-name", "model.py", "-", text=BROKEN)
    assert len(found(done)) == 2


@needs_flake8
def test_flake8_reports_what_is_no_python_itself(project):
    (project / "model.py").write_text("import keras\nkeras.layers.Dense(0\n")
    assert [word.split()[1] for word in found(flake8("model.py"))] == ["E999"]


def pylint(*words: str):
    return run(
        "pylint", "--load-plugins", "shapecalc.plugins.pylint", "--disable", "all",
        "--score", "no", *words,
    )  # fmt: skip


ENABLED = ("--enable", "E9201,E9213,E9501,E9000,W9301")


@needs_pylint
def test_pylint_tells_of_findings(project):
    done = pylint(*ENABLED, "model.py")
    assert found(done) == ["model.py:5:76 E9201", "model.py:8:4 E9213"]
    assert "(shapecalc-window-larger-than-input)" in done.stdout
    assert done.returncode == 2
    listed = json.loads(pylint(*ENABLED, "--output-format", "json", "model.py").stdout)
    assert (listed[0]["endLine"], listed[0]["endColumn"]) == (5, 77)


@needs_pylint
def test_pylint_silences(project):
    lines = BROKEN.splitlines(keepends=True)
    lines[4] = lines[4].rstrip("\n") + "  # pylint: disable=shapecalc-window-larger-than-input\n"
    lines[7] = lines[7].rstrip("\n") + "  # pylint: disable=E9213\n"
    (project / "model.py").write_text("".join(lines))
    assert found(pylint(*ENABLED, "model.py")) == []
    # Of checkers without an enabled message none is asked for what others found.
    (project / "model.py").write_text(BROKEN)
    assert found(pylint("--enable", "E9213", "model.py")) == ["model.py:8:4 E9213"]


@needs_pylint
def test_pylint_with_processes(project):
    (project / "other.py").write_text(BROKEN)
    done = pylint(*ENABLED, "-j", "2", "model.py", "other.py")
    assert sorted(word.split()[1] for word in found(done)) == ["E9201", "E9201", "E9213", "E9213"]


@needs_pylint
def test_pylint_follows_the_settings(project):
    settings = project / "pyproject.toml"
    settings.write_text("[tool.shapecalc]\nignore = ['SHC2']\nbudget.max-params = 89\n")
    assert found(pylint(*ENABLED, "model.py")) == ["model.py:6:7 E9501"]
    settings.write_text("[tool.shapecalc]\nignroe = []\n")
    done = pylint(*ENABLED, "model.py")
    assert found(done) == ["model.py:1:0 E9000"]
    assert "did you mean 'ignore'" in done.stdout


@needs_pylint
def test_pylint_is_not_confused_by_what_is_no_python(project):
    (project / "model.py").write_text("import keras\nkeras.layers.Dense(0\n")
    # pylint's own words for it.
    assert found(pylint(*ENABLED, "model.py")) == ["model.py:2:19 E0001"]
    (project / "model.py").write_bytes(b"# coding: nope\nimport keras\n")
    assert "E92" not in pylint(*ENABLED, "model.py").stdout


@needs_pylint
def test_notes_are_off_in_pylint(project):
    (project / "model.py").write_text(
        "import keras\nfrom keras import layers\nm = keras.Sequential([keras.Input((4,)), "
        "layers.Dense(3), layers.OfNextYear()])\n"
    )
    plain = run("pylint", "--load-plugins", "shapecalc.plugins.pylint", "model.py")
    assert "I9105" not in plain.stdout
    assert "I9105" in pylint("--enable", "I9105", "model.py").stdout


@needs_pylint
def test_every_code_is_a_message_of_pylint(project):
    from shapecalc.plugins.pylint import message_id

    listed = pylint("--list-msgs").stdout
    ids = [message_id(code) for code in all_codes()]
    assert len(set(ids)) == len(ids)
    for code, id in zip(all_codes(), ids, strict=True):
        assert f":shapecalc-{code.name} ({id}):" in listed


@needs_pylint
def test_the_table_of_the_documentation_is_true():
    from shapecalc.plugins.pylint import message_id

    page = (ROOT / "docs/integrations.md").read_text("utf-8")
    told = re.findall(r"^\| (SHC\d+) \| (\w+) \| `([\w-]+)` \|$", page, re.MULTILINE)
    codes = {code.id: code for code in all_codes()}
    assert len(told) > 3
    for id, pylints, symbol in told:
        assert (message_id(codes[id]), f"shapecalc-{codes[id].name}") == (pylints, symbol)


def test_the_command_loads_no_plugin(project):
    code = (
        "import sys\nfrom shapecalc.cli.main import cli\n"
        "cli.main(['check', 'model.py', '--exit-zero'], standalone_mode=False)\n"
        "print([m for m in sys.modules if m.startswith(('shapecalc.plugins', 'flake8', 'pylint'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.splitlines()[-1] == "[]"

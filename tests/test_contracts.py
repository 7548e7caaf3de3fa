"""Promises about the project itself: what is installed, what CI runs, what an import costs."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from shapecalc import __version__

ROOT = Path(__file__).parent.parent

# Half a second and more each, or not there at all on the user's machine.
HEAVY = ("sympy", "mpmath", "rich", "graphviz", "numpy", "keras", "tensorflow", "torch", "jax")


def heavy_after(code: str) -> list[str]:
    """The heavy modules that a fresh interpreter has loaded after running `code`."""
    report = f"import sys; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def documented(marker: str) -> str:
    """The one command in the README's fence after a marker."""
    (block,) = re.findall(
        rf"<!-- {marker} -->\n```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    return block


@pytest.mark.parametrize("module", ["shapecalc", "shapecalc.source", "shapecalc.diagnostics"])
def test_import_is_light(module):
    assert heavy_after(f"import {module}") == []


@pytest.mark.parametrize("module", ["sympy", "rich", "graphviz", "numpy"])
def test_a_heavy_import_would_be_seen(module):
    # The twin of the test above: it must be able to fail.
    pytest.importorskip(module)
    assert module in heavy_after(f"import shapecalc, {module}")


def test_wheel_holds_the_package_alone(tmp_path):
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"shapecalc"}
    # The marker that tells type checkers of our annotations, and no leftovers.
    assert "shapecalc/py.typed" in names
    assert not [name for name in names if name.endswith(".pyc")]


def test_runtime_dependencies():
    # Everything else is an extra: whoever checks models installs these four and no framework.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=!~ \[]", entry)[0] for entry in project["dependencies"]}
    assert names == {"click", "graphviz", "rich", "sympy"}


def test_version_is_said_twice_alike():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


@pytest.mark.parametrize("marker", ["try-command", "test-command"])
def test_readme_commands_are_one_line_each(marker):
    assert "\n" not in documented(marker)
    assert documented(marker).startswith("python3 -m venv .venv && ")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_ci_runs_the_command_of_the_readme(tmp_path):
    # In a copy whose README differs, so that a command copied into the script would be noticed.
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    readme = (ROOT / "README.md").read_text("utf-8")
    readme = readme.replace(documented("test-command"), "touch ran && false")
    (tmp_path / "README.md").write_text(readme, "utf-8")
    done = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, capture_output=True, text=True)
    assert "+ touch ran && false" in done.stdout
    assert (tmp_path / "ran").exists()
    # A failing test command fails the run.
    assert done.returncode != 0

"""`shapecalc check .`: order, processes, settings of a run, and the cache."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shapecalc.cli import progress
from shapecalc.cli.main import cli
from shapecalc.repository import cache as caches
from shapecalc.repository import work

ROOT = Path(__file__).parent.parent.parent

NET = """import keras
from keras import layers
from pkg.sizes import SIZE


def build(size=SIZE):
    return keras.Sequential([keras.Input((size, size, 1)), layers.Conv2D(8, 5), layers.Dense(9)])
"""


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Sixty files with models, twenty of which do not fit."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/__init__.py").touch()
    (tmp_path / "pkg/sizes.py").write_text("SIZE = 28\n")
    (tmp_path / "pkg/net.py").write_text(NET)
    for i in range(60):
        size = 3 if i % 3 == 0 else "8 + i"
        text = f"from pkg.net import build\ni = {i}\nmodel = build({size})\n"
        (tmp_path / f"m{i:02}.py").write_text(text)
    own = "import keras\nkeras.layers.Dense(0)\n"
    for i in range(20):
        (tmp_path / f"bad{i:02}.py").write_text(own)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*args):
    return CliRunner().invoke(cli, ["check", *args], catch_exceptions=False)


class Counting:
    """Counts the files that are analysed in this process."""

    def __init__(self, monkeypatch):
        self.paths = []
        real = work.analyze

        def analyze(path, projects, budget):
            self.paths.append(path)
            return real(path, projects, budget)

        monkeypatch.setattr(work, "analyze", analyze)


@pytest.mark.parametrize("format", ["full", "concise", "json", "github", "sarif", "gitlab"])
def test_processes_find_what_one_finds(repository, format):
    serial = check(".", "-j", "1", "--no-cache", "--output-format", format)
    assert serial.exit_code == 1
    assert "window of 5" in serial.output
    assert check(".", "-j", "3", "--no-cache", "--output-format", format).output == serial.output


def test_a_remembered_run_says_the_same(repository):
    cold = check(".", "-j", "1")
    assert (repository / ".shapecalc_cache/.gitignore").read_text().endswith("*\n")
    assert check(".", "-j", "1").output == cold.output
    assert check(".", "-j", "1", "--no-cache").output == cold.output


def test_a_finding_in_a_file_that_others_import_shows_its_line(repository):
    # Whoever has found it, and whether it is remembered.
    os.unlink("bad00.py")
    excerpt = re.compile(r"^7 \| .*layers\.Conv2D\(8, 5\)", re.MULTILINE)
    for args in ((".",), (".", "-j", "2"), (".", "--no-cache"), ("m00.py", "m01.py"), ("m00.py",)):
        assert excerpt.search(check(*args).output), args


def test_a_finding_has_one_fingerprint_whoever_finds_it(repository):
    def mark(*args):
        found = json.loads(check(*args, "--output-format", "gitlab", "-q").output)
        return {e["fingerprint"] for e in found if e["location"]["path"] == "pkg/net.py"}

    assert mark(".") == mark(".", "--no-cache") == mark("m00.py") == mark("m00.py", "pkg/net.py")
    assert len(mark(".")) == 1


def test_files_are_told_in_order(repository):
    lines = check(".", "--output-format", "concise").output.splitlines()
    found = [line.partition(":")[0] for line in lines if ": SHC" in line]
    assert found[:20] == [f"bad{i:02}.py" for i in range(20)]
    # What all of them reach is told once, in the file that it is in.
    assert [path for path in found if path not in found[:20]] == [os.path.join("pkg", "net.py")]


def test_a_process_that_dies_is_done_without(repository, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("the other processes must inherit the fault")
    expected = check(".", "-j", "1", "--no-cache").output
    monkeypatch.setattr(work, "_start", lambda projects, budget: os._exit(3))
    assert check(".", "-j", "2", "--no-cache").output == expected


def test_only_many_files_are_shared_out(monkeypatch):
    monkeypatch.setattr(work, "_processors", lambda: 4)
    assert work._jobs(work.WORTH_PROCESSES - 1, None) == 1
    assert work._jobs(work.WORTH_PROCESSES, None) == 4
    assert work._jobs(3, 8) == 3
    assert work._jobs(0, None) == 1


# --- the cache ---------------------------------------------------------------------------------


def test_nothing_is_analysed_twice(repository, monkeypatch):
    counting = Counting(monkeypatch)
    check(".", "-j", "1")
    assert len(counting.paths) == 83
    counting.paths.clear()
    check(".", "-j", "1")
    assert counting.paths == []


CHANGES = {
    "the file": ("m01.py", "import keras\n", ["m01.py"]),
    "a comment": ("bad00.py", "import keras\nkeras.layers.Dense(0)  # x\n", ["bad00.py"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_file_that_changed_is_analysed_again(repository, monkeypatch, name):
    path, text, expected = CHANGES[name]
    check(".", "-j", "1")
    (repository / path).write_text(text)
    counting = Counting(monkeypatch)
    check(".", "-j", "1")
    assert counting.paths == expected


def test_a_change_of_an_imported_file_counts(repository, monkeypatch):
    text = "from pkg.net import build\nmodel = build()\n"
    (repository / "bad00.py").write_text(text)
    assert "into 2" not in check(".", "-j", "1").output
    (repository / "pkg/sizes.py").write_text("SIZE = 2\n")
    counting = Counting(monkeypatch)
    # Two imports away from where the finding is told.
    assert "into 2" in check(".", "-j", "1").output
    assert "bad00.py" in counting.paths
    assert "bad01.py" not in counting.paths


def test_a_file_that_is_new_counts_for_who_looked_for_it(repository, monkeypatch):
    text = "import keras\nimport late\nkeras.layers.Dense(late.UNITS)\n"
    (repository / "bad00.py").write_text(text)
    assert "bad00.py" not in check(".", "-j", "1", "--output-format", "concise").output
    (repository / "late.py").write_text("UNITS = 0\n")
    counting = Counting(monkeypatch)
    assert "bad00.py" in check(".", "-j", "1", "--output-format", "concise").output
    assert counting.paths == ["bad00.py", "late.py"]


def test_the_touch_of_a_file_changes_nothing(repository, monkeypatch):
    check(".", "-j", "1")
    os.utime(repository / "m01.py", (1, 1))
    counting = Counting(monkeypatch)
    check(".", "-j", "1")
    assert counting.paths == []


def test_another_version_knows_nothing(repository, monkeypatch):
    check(".", "-j", "1")
    monkeypatch.setattr("shapecalc.__version__", "0.0.0")
    counting = Counting(monkeypatch)
    check(".", "-j", "1")
    assert len(counting.paths) == 83


def test_what_the_clock_cut_short_is_not_kept(repository, monkeypatch):
    monkeypatch.setattr(work, "HURRIED_SECONDS", -1.0)
    check(".", "-j", "1")
    counting = Counting(monkeypatch)
    check(".", "-j", "1")
    assert len(counting.paths) == 83


def test_without_a_cache_nothing_is_written(repository):
    check(".", "--no-cache")
    check("m01.py")
    assert not (repository / ".shapecalc_cache").exists()


def results_file(repository):
    (path,) = (repository / ".shapecalc_cache").glob("*.json")
    return path


def rewrite(repository, change):
    path = results_file(repository)
    document = json.loads(path.read_text())
    for entry in document["results"].values():
        change(entry)
    path.write_text(json.dumps(document))


def put(entry, value, *keys):
    for key in keys[:-1]:
        entry = entry[key]
    entry[keys[-1]] = value


CORRUPT = {
    "empty": b"",
    "cut": b'{"results": {"m00.py": {"da',
    "no json": b"\x80\x04\x95pickle",
    "deep": b"[" * 100_000,
    "a list": b"[]",
    "a number": b'{"results": 3}',
    "numbers": b'{"results": {"m00.py": 3, "bad00.py": [], "m01.py": null}}',
    "big number": b'{"results": {"m00.py": ' + b"9" * 5000 + b"}}",
    "not utf-8": b'{"results": {"\xff": 1}}',
}


@pytest.mark.parametrize("name", CORRUPT)
def test_a_corrupt_cache_is_none(repository, name):
    expected = check(".", "-j", "1").output
    results_file(repository).write_bytes(CORRUPT[name])
    assert check(".", "-j", "1").output == expected
    # And it is mended.
    assert json.loads(results_file(repository).read_text())["results"]


HOSTILE = {
    "no data": lambda e: e.pop("data"),
    "no digests": lambda e: e.pop("digests"),
    "digests are a list": lambda e: put(e, [], "digests"),
    "asked is a number": lambda e: put(e, 3, "asked"),
    "asked is odd": lambda e: put(e, [[1, 2]], "asked"),
    "asked elsewhere": lambda e: put(e, [["/", "etc", ""]], "asked"),
    "another path": lambda e: put(e, "/etc/passwd", "data", "path"),
    "no coverage": lambda e: put(e, None, "data", "coverage"),
    "a state that is none": lambda e: put(e, [[None, [["X", None, "fine"]]]], "data", "coverage"),
    "a finding elsewhere": lambda e: put(
        e, [[["SHC201", "x", "error", "s"], "m", [1, 1, 1, 1, None, None], "error", [], None, None,
             None, "/etc/passwd", None, None]], "data", "diagnostics",
    ),
    "a code that is none": lambda e: put(
        e, [[["X", "x", "error", "s"], "m", [1, 1, 1, 1, None, None], "error", [], None, None,
             None, e["data"]["path"], None, None]], "data", "diagnostics",
    ),
    "a line that is none": lambda e: put(
        e, [[["SHC201", "x", "error", "s"], "m", [True, "1", 1, 1, None, None], "error", [], None,
             None, None, e["data"]["path"], None, None]], "data", "diagnostics",
    ),
    "an edit without a place": lambda e: put(
        e, [[["SHC201", "x", "error", "s"], "m", [1, 1, 1, 1, None, None], "error", [], None, None,
             None, e["data"]["path"], ["x", [[None, ""]], True], None]], "data", "diagnostics",
    ),
    "a file elsewhere": lambda e: put(e, "0", "digests", "/etc/passwd"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cache_is_not_believed(repository, name):
    expected = check(".", "-j", "1").output
    rewrite(repository, HOSTILE[name])
    found = check(".", "-j", "1").output
    assert found == expected
    assert "root:" not in found


def test_a_result_is_found_under_its_own_content_only(repository):
    # A forged all-clear would have to know this installation's fingerprint.
    expected = check(".", "-j", "1").output
    path = results_file(repository)
    rewrite(repository, lambda e: put(e, [], "data", "diagnostics"))
    path.rename(path.with_name("0" * 32 + ".json"))
    assert check(".", "-j", "1").output == expected


def test_a_cache_that_is_a_link_is_left_alone(repository, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (repository / ".shapecalc_cache").symlink_to(elsewhere)
    check(".", "-j", "1")
    assert list(elsewhere.iterdir()) == []


def test_a_result_file_that_is_a_link_or_a_pipe_is_left_alone(repository, tmp_path_factory):
    expected = check(".", "-j", "1").output
    path = results_file(repository)
    victim = tmp_path_factory.mktemp("elsewhere") / "victim"
    victim.write_text("mine")
    path.unlink()
    path.symlink_to(victim)
    assert check(".", "-j", "1").output == expected
    assert victim.read_text() == "mine"
    path.unlink()
    os.mkfifo(path)
    assert check(".", "-j", "1").output == expected


def test_a_cache_that_cannot_be_written_is_none(repository):
    (repository / ".shapecalc_cache").write_text("a file")
    assert check(".", "-j", "1").exit_code == 1


def test_old_results_are_forgotten(repository, monkeypatch):
    for i in range(caches.MAX_GENERATIONS + 3):
        monkeypatch.setattr("shapecalc.__version__", f"0.0.{i}")
        check("m00.py", "m01.py")
    found = list((repository / ".shapecalc_cache").glob("*.json"))
    assert len(found) == caches.MAX_GENERATIONS


def test_results_of_files_that_are_gone_are_dropped(repository):
    check(".", "-j", "1")
    (repository / "m01.py").unlink()
    (repository / "m02.py").write_text("x = 1\n")
    check(".", "-j", "1")
    assert "m01.py" not in json.loads(results_file(repository).read_text())["results"]


# --- what a person sees ------------------------------------------------------------------------


def test_a_bar_is_for_terminals(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    items = iter([1])
    assert progress.show_progress([0] * 100, items) is items
    monkeypatch.setattr(progress.sys, "stderr", Terminal())
    assert progress.show_progress([0], items) is items
    assert progress.show_progress([0] * 100, items) is not items


def test_a_warm_run_loads_no_interpreter(repository):
    code = (
        "import sys\n"
        "from shapecalc.cli.main import cli\n"
        "cli.main(['check', '.', '-j', '1'], standalone_mode=False)\n"
        "loaded = [m for m in sys.modules if m.startswith(('rich', 'sympy', 'concurrent'))]\n"
        "loaded += [m for m in sys.modules if m == 'shapecalc.frontends.python.interpreter']\n"
        "print(loaded, file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for expected in (b"interpreter", b"[]"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
        assert expected in done.stderr


def test_fail_on(repository):
    (repository / "only.py").write_text("import keras\nkeras.layers.Dense(0)\n")
    assert check("only.py").exit_code == 1
    assert check("only.py", "--fail-on", "info").exit_code == 1
    (repository / "only.py").write_text("import keras\n")
    assert check("only.py", "--fail-on", "info").exit_code == 0


def test_root(repository):
    inner = repository / "inner"
    inner.mkdir()
    (inner / "main.py").write_text("from pkg.net import build\nmodel = build(2)\n")
    assert "window of 5" in check("inner/main.py").output
    assert "window of 5" not in check("inner/main.py", "--root", "inner").output
    assert check("inner/main.py", "--root", "missing").exit_code == 2

"""`check --baseline`: findings that are known already, as a user knows them."""

from __future__ import annotations

import json
import os
import re
import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from shapecalc.cli.main import cli
from shapecalc.plugins.findings import findings_in
from shapecalc.reports.formats import CHECK_FORMATS
from tests.programs import BROKEN, HEAD

ZEROS = HEAD + "a = layers.Dense(0)\nb = layers.Dense(0)\n"
SAME = HEAD + "a = layers.Dense(0)\n" * 2


@pytest.fixture
def folder(tmp_path, monkeypatch):
    project = tmp_path / "project"
    (project / "src").mkdir(parents=True)
    (project / "pyproject.toml").write_text("[tool.shapecalc]\n")
    (project / "src/zeros.py").write_text(ZEROS)
    (project / "broken.py").write_text(BROKEN)
    monkeypatch.chdir(project)
    return project


def check(*args, text=None):
    return CliRunner().invoke(cli, ["check", *args], input=text, catch_exceptions=False)


def new(*args):
    """Place and code of what is told, and what is said of the baseline."""
    result = check(*args, "--baseline", "known.json", "--output-format", "concise", "--no-cache")
    lines = result.output.splitlines()
    told = [" ".join(line.split(" ")[:2]) for line in lines if re.match(r"\S+:\d+: SHC", line)]
    assert result.exit_code == bool(told)
    return told, [line for line in lines if "known.json" in line]


def record(*args):
    result = check(*(args or ["."]), "--baseline", "known.json", "--write-baseline", "--no-cache")
    assert result.exit_code == 0
    return json.loads(open("known.json").read())["findings"]


def held(count):
    return [f"{count} known finding{'s' if count > 1 else ''} held back by known.json"]


def test_what_is_known_is_not_told_again(folder):
    assert check(".").exit_code == 1
    result = check(".", "--baseline", "known.json", "--write-baseline")
    assert result.exit_code == 0
    assert result.stderr == "wrote 3 findings to known.json\n"
    assert new(".") == ([], held(3))
    (folder / "src/more.py").write_text(SAME)
    assert new(".") == (["src/more.py:4:18: SHC213", "src/more.py:5:18: SHC213"], held(3))


def test_no_all_clear(folder):
    record()
    out = check(".", "--baseline", "known.json").stdout
    assert "no new faults found\n3 known findings held back by known.json\n" in out
    assert "no faults" not in out


def test_lines_may_move_and_be_respaced(folder):
    record()
    moved = ZEROS.replace("a = ", "x = 1\n\n\na  = ")
    (folder / "src/zeros.py").write_text(moved)
    assert new(".") == ([], held(3))
    (folder / "src/zeros.py").write_text(moved + "c = layers.Dense(0)\n")
    assert new(".") == (["src/zeros.py:9:18: SHC213"], held(3))


def test_lines_of_the_same_text_are_counted(folder):
    (folder / "src/zeros.py").write_text(SAME)
    record("src")
    (folder / "src/zeros.py").write_text(SAME + "a = layers.Dense(0)\n")
    assert new("src") == (["src/zeros.py:6:18: SHC213"], held(2))
    (folder / "src/zeros.py").write_text(HEAD + "a = layers.Dense(0)\n")
    stale = "1 stale entry in known.json: SHC213 in src/zeros.py"
    assert new("src") == ([], [*held(1), stale])


def test_the_file_is_sorted_deterministic_and_has_a_line_a_finding(folder):
    found = record()
    text = (folder / "known.json").read_text()
    assert [(f["path"], f["code"]) for f in found] == [
        ("broken.py", "SHC201"), ("src/zeros.py", "SHC213"), ("src/zeros.py", "SHC213"),
    ]  # fmt: skip
    rows = [line for line in text.splitlines() if '"fingerprint"' in line]
    assert [json.loads(row.strip().rstrip(",")) for row in rows] == found
    assert check("src", "broken.py", "--baseline", "known.json", "--write-baseline").exit_code == 0
    assert (folder / "known.json").read_text() == text
    (folder / "broken.py").write_text(BROKEN.replace("6, 6", "9, 9"))
    record()
    # What is mended leaves its line and changes no other but for a comma.
    lines = set(text.replace(",\n", "\n").splitlines())
    after = (folder / "known.json").read_text().replace(",\n", "\n").splitlines()
    assert lines - set(after) == {rows[0].rstrip(",")}
    assert set(after) <= lines


def test_it_holds_wherever_the_project_and_the_user_are(folder, monkeypatch):
    record()
    copy = folder.parent / "elsewhere"
    shutil.copytree(folder, copy)
    monkeypatch.chdir(copy / "src")
    result = check("..", "--baseline", "../known.json", "--output-format", "concise")
    assert (result.exit_code, "3 known findings" in result.output) == (0, True)
    assert str(folder.parent) not in (copy / "known.json").read_text()


# --- what is stale -------------------------------------------------------------------------------


def test_what_is_mended_is_stale_and_dropped_when_it_is_written(folder):
    record()
    (folder / "broken.py").unlink()
    (folder / "src/zeros.py").write_text(HEAD)
    told, said = new(".")
    assert (told, said) == (
        [],
        ["3 stale entries in known.json: SHC201 in broken.py; SHC213 in src/zeros.py (2 times)"],
    )
    assert record() == []
    assert new(".") == ([], [])


@pytest.mark.parametrize(
    "args",
    [
        ["broken.py"],
        ["broken.py", "src/zeros.py::a"],
        [".", "--select", "SHC2", "--ignore", "SHC213"],
        [".", "--select", "SHC201"],
    ],
)
def test_what_is_not_looked_for_is_not_stale_and_is_kept(folder, args):
    text = HEAD + "def a():\n    return keras.Sequential([keras.Input((4,)), layers.Dense(0)])\n"
    (folder / "src/zeros.py").write_text(text)
    found = record()
    (folder / "src/zeros.py").write_text(text.replace("Dense(0)", "Dense(1)"))
    result = check(*args, "--baseline", "known.json", "--output-format", "concise")
    assert "stale" not in result.output
    assert record(*args) == found


def test_what_cannot_be_read_is_not_stale_and_is_always_told(folder):
    record()
    (folder / "broken.py").write_text("x = (")
    result = check(".", "--baseline", "known.json", "--output-format", "concise")
    assert (result.exit_code, "stale" in result.output) == (2, False)
    check(".", "--baseline", "known.json", "--write-baseline")
    assert "SHC101" in check(".", "--baseline", "known.json").output
    assert "SHC101" not in (folder / "known.json").read_text()
    # Nor can it be put there by hand.
    (entry,) = json.loads(check("broken.py", "--output-format", "gitlab", "-q").stdout)
    row = {"path": "broken.py", "code": "SHC101", "fingerprint": entry["fingerprint"]}
    data = {"shapecalc-baseline": 1, "findings": [{**row, "message": "x"}]}
    (folder / "known.json").write_text(json.dumps(data))
    assert "SHC101" in check(".", "--baseline", "known.json").output


def test_what_another_file_finds_is_not_stale_without_it(folder):
    (folder / "net.py").write_text(
        HEAD + "def build(n: int):\n    return layers.Conv2D(1, 5)(keras.Input((n, n, 1)))\n"
    )
    (folder / "main.py").write_text("from net import build\nbuild(3)\n")
    record()
    assert new("net.py") == ([], [])
    assert new(".") == ([], held(4))
    (folder / "main.py").write_text("from net import build\nbuild(8)\n")
    assert "1 stale entry in known.json: SHC201 in net.py" in new(".")[1]


def test_a_budget_that_is_not_set_makes_nothing_stale(folder):
    (folder / "broken.py").write_text(BROKEN.replace("6, 6", "9, 9"))
    budget = ("--max-params", "1")
    assert [f["code"] for f in record("broken.py", *budget)] == ["SHC501"]
    assert new("broken.py", *budget) == ([], held(1))
    assert new("broken.py") == ([], [])
    assert new("broken.py", "--max-params", "1M")[1] == [
        "1 stale entry in known.json: SHC501 in broken.py"
    ]


# --- with other options --------------------------------------------------------------------------


def test_a_setting(folder):
    (folder / "pyproject.toml").write_text("[tool.shapecalc]\nbaseline = 'ci/known.json'\n")
    result = check(".")
    assert result.exit_code == 2
    assert "there is no baseline ci/known.json; --write-baseline makes it" in result.stderr
    (folder / "ci").mkdir()
    assert check(".", "--write-baseline").exit_code == 0
    assert check(".").exit_code == 0
    assert check(".", "--no-baseline").exit_code == 1
    assert "held back" not in check(".", "--no-baseline").output
    # Lint tools that load us follow the settings as well.
    assert findings_in("broken.py", BROKEN)[1] == []
    assert len(findings_in("broken.py", BROKEN + "layers.Dense(0)\n")[1]) == 1


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_every_format_leaves_out_what_is_known_and_says_so(folder, name):
    args = (".", "--baseline", "known.json", "--output-format", name, "--no-cache")
    record("src")
    assert "a window of 5" in check(*args).output
    assert "`units`" not in check(*args).output
    record()
    result = check(*args)
    assert result.exit_code == 0
    assert "a window of 5" not in result.output
    if name == "json":
        said = json.loads(result.stdout)["baseline"]
        assert said == {"path": "known.json", "held_back": 3, "stale": []}
    else:
        assert "3 known findings held back by known.json" in result.output
    if name == "junit":
        assert ElementTree.fromstring(result.stdout).get("failures") == "0"


def test_statistics_count_what_is_new(folder):
    record("src")
    out = check(".", "--baseline", "known.json", "--statistics").stdout
    assert out.startswith("1  SHC201  window-larger-than-input\n2 known findings held back")


def test_what_is_known_is_not_mended(folder):
    text = HEAD + "layers.Dense(3, activatoin='relu')\n"
    (folder / "src/zeros.py").write_text(text)
    record()
    (folder / "src/zeros.py").write_text(text + "layers.Dense(4, activatoin='relu')\n")
    assert check(".", "--baseline", "known.json", "--fix", "--unsafe-fixes").exit_code == 0
    mended = (folder / "src/zeros.py").read_text()
    assert mended == text + "layers.Dense(4, activation='relu')\n"


def test_the_standard_input_has_its_name(folder):
    record()
    args = ("-", "--stdin-filename", "broken.py", "--baseline", "known.json")
    assert check(*args, text=BROKEN).exit_code == 0
    assert check(*args, text=BROKEN + "layers.Dense(0)\n").exit_code == 1


# --- what is wrong is said -----------------------------------------------------------------------

ROW = {"path": "a.py", "code": "SHC201", "fingerprint": "0", "message": "x"}
WRONG = {
    "": "no JSON",
    "{": "no JSON",
    "[" * 100_000: "no JSON",
    "\xff": "no JSON",
    "[]": "no baseline of shapecalc",
    '{"a": 1}': "no baseline of shapecalc",
    '{"shapecalc-baseline": 2}': "another version",
    '{"shapecalc-baseline": true, "findings": []}': "another version",
    '{"shapecalc-baseline": 1}': "no list",
    '{"shapecalc-baseline": 1, "findings": [1]}': "finding 1 does not have the texts",
    json.dumps({"shapecalc-baseline": 1, "findings": [ROW, {**ROW, "path": 1}]}): "finding 2",
}


@pytest.mark.parametrize("text", WRONG, ids=WRONG.get)
@pytest.mark.parametrize("more", [(), ("--write-baseline",)])
def test_a_wrong_file_is_an_error_and_is_not_written_over(folder, text, more):
    (folder / "known.json").write_text(text, encoding="latin-1")
    result = check(".", "--baseline", "known.json", *more)
    assert result.exit_code == 2
    assert "Error: baseline known.json: " in result.stderr
    assert WRONG[text] in result.stderr
    assert result.stdout == ""
    assert (folder / "known.json").read_text(encoding="latin-1") == text


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--baseline", "none.json"], "there is no baseline none.json; --write-baseline makes it"),
        (["--baseline", "src"], "baseline src: it is no regular file"),
        (["--write-baseline"], "--write-baseline needs --baseline FILE"),
        (["--baseline", "x", "--no-baseline"], "--no-baseline goes with no other option"),
        (["--baseline", "x.json", "--write-baseline", "--fix"], "run --fix or --diff before"),
        (["--baseline", "no/x.json", "--write-baseline"], "cannot write no/x.json: no such file"),
    ],
)
def test_usage(folder, args, words):
    result = check(".", *args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_hostile_entries_do_nothing(folder):
    rows = [
        {**ROW, "path": path}
        for path in ("/etc/passwd", "../" * 50, "a\0b", "\x1b[31m", "\ud800", "x" * 10_000)
    ]
    text = json.dumps({"shapecalc-baseline": 1, "findings": rows})
    (folder / "known.json").write_text(text)
    result = check(".", "--baseline", "known.json", "--output-format", "concise")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert os.path.exists("/etc/passwd")

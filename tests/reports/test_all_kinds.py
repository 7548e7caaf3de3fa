"""One program with a finding of each kind, in every format: as it is read, and what it must hold.

The snapshots beside this file are what a reader gets: `pytest --snapshot-update` writes them. What
the other tests hold does not follow from what is printed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from shapecalc import __version__
from shapecalc.cli.main import cli
from shapecalc.reports.formats import CHECK_FORMATS
from tests.reports.sarif_schema import SCHEMA

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(__file__).parent / "programs" / "all_kinds.py"
OPTIONS = ["check", "--max-params", "5K", "--no-cache"]

# What is in the program, by its reader: code, line, the words that the finding is about, severity.
FINDINGS = [
    ("SHC201", 8, "5", "error"),
    ("SHC901", 8, "SHC202", "warning"),
    ("SHC501", 11, "keras.Sequential([", "error"),
    ("SHC417", 13, "init", "warning"),
    ("SHC301", 14, 'activation="softmax"', "warning"),
    ("SHC305", 17, "np.zeros((64, 3))", "error"),
]
COVERAGE = "3 of 4 layers exact, 1 unknown: Conv2D, line 8"


class Text(SingleFileSnapshotExtension):
    """A file for each snapshot, to be read."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(PROGRAM, "model.py")
    return tmp_path


def printed(name: str, *more: str) -> str:
    args = [*OPTIONS, "--output-format", name, *more, "model.py"]
    result = CliRunner().invoke(cli, args, catch_exceptions=False)
    assert result.exit_code == 1
    assert not result.stderr or name == "gitlab"
    return result.stdout


def on_a_terminal(folder: Path, name: str, columns: int = 80) -> str:
    """What a terminal without colour shows."""
    pty = pytest.importorskip("pty", reason="needs a terminal")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    environment.pop("COLUMNS", None)
    command = [sys.executable, "-m", "shapecalc", *OPTIONS, "--output-format", name, "model.py"]
    # A terminal holds some kilobytes back: more than this report has.
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    data = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the end, on Linux
            break
        if not part:
            break
        data += part
    os.close(ours)
    assert process.wait() == 1
    return data.decode().replace("\r\n", "\n")


# --- as it is read -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [n for n in CHECK_FORMATS if n != "full"])
def test_snapshot(folder, name, snapshot):
    text = printed(name).replace(__version__, "VERSION")
    assert text == snapshot(extension_class=Text)


def test_snapshot_on_a_terminal(folder, snapshot):
    assert on_a_terminal(folder, "full") == snapshot(extension_class=Text)


# --- for people ----------------------------------------------------------------------------------


def test_full_fits_the_terminal_and_points_at_the_words(folder):
    text = on_a_terminal(folder, "full")
    assert text.isprintable() or {c for c in text if not c.isprintable()} == {"\n"}
    assert max(map(len, text.splitlines())) <= 80
    blocks = text.split("\n\n")
    assert len(blocks) == len(FINDINGS) + 1
    for block, (code, line, words, severity) in zip(blocks, FINDINGS, strict=False):
        rows = block.splitlines()
        assert rows[0].startswith(f"{severity}[{code}] ")
        (shown,) = [i for i, row in enumerate(rows) if re.match(rf" *{line} \| ", row)]
        carets = rows[shown + 1]
        begin, end = carets.index("^"), carets.rindex("^") + 1
        assert rows[shown][begin:end] == words
        # Why it is so is told, or what would help.
        assert any(re.match(r" +\| *$| +=", row) for row in rows[shown + 2 :])
    last = blocks[-1].splitlines()
    assert last == ["found 3 errors, 3 warnings", "[*] 2 fixable with `--fix`", COVERAGE]


def test_what_is_searched_has_its_messages_on_one_line(folder):
    # As a log has it, where no terminal is.
    whole = json.loads(printed("json"))["files"][0]["diagnostics"]
    lines = printed("full").splitlines()
    for finding in whole:
        for part in (finding["message"], *finding["notes"], finding["help"] or ""):
            assert any(line.endswith(part) for line in lines), part


@pytest.mark.parametrize("columns", [40, 60, 100, 200])
def test_other_widths_say_the_same(folder, columns):
    def words(text):
        return [
            word
            for line in text.splitlines()
            if not re.match(r" *(\d+|…)? \|", line)
            for word in line.split()
        ]

    assert words(on_a_terminal(folder, "full", columns)) == words(printed("full"))


# --- for programs --------------------------------------------------------------------------------


def of_concise(text):
    *lines, fixable, coverage = text.splitlines()
    assert (fixable, coverage) == ("[*] 2 fixable with `--fix`", COVERAGE)
    for line in lines:
        path, row, column, code = re.match(r"(.+?):(\d+):(\d+): (SHC\d{3}) ", line).groups()
        assert path == "model.py"
        yield code, int(row), int(column), None


def of_json(text):
    data = json.loads(text)
    (file,) = data["files"]
    assert (data["version"], file["path"]) == (1, "model.py")
    assert file["coverage"] == {"layers": 4, "exact": 3, "symbolic": 0, "unknown": 1}
    for d in file["diagnostics"]:
        assert {"code", "severity", "message", "line", "column", "end_line", "end_column", "notes",
                "help", "function"} <= set(d)  # fmt: skip
        yield d["code"], d["line"], d["column"], d["severity"]


def of_github(text):
    *lines, coverage = text.splitlines()
    assert coverage == COVERAGE
    for line in lines:
        level, listed = re.match(r"::(error|warning|notice) ([^:]*)::", line).groups()
        properties = dict(item.split("=") for item in listed.split(","))
        assert properties["file"] == "model.py"
        code = properties["title"].split(" ")[0]
        yield code, int(properties["line"]), int(properties["col"]), level


def of_gitlab(text):
    entries = json.loads(text)
    assert len({e["fingerprint"] for e in entries}) == len(entries)
    levels = {"major": "error", "minor": "warning"}
    for e in entries:
        assert e["location"]["path"] == "model.py"
        begin = e["location"]["positions"]["begin"]
        yield e["check_name"], begin["line"], begin["column"], levels[e["severity"]]


def of_junit(text):
    root = ElementTree.fromstring(text)
    assert COVERAGE in root.find(".//system-out").text
    assert (root.get("failures"), root.get("tests")) == ("6", "7")
    for case in root.findall("./testsuite[@name='model.py']/testcase"):
        code = case.get("name").rpartition(".")[2]
        level = case.find("failure").get("type")
        yield code, int(case.get("line")), int(case.get("column")), level


def of_sarif(text):
    data = json.loads(text)
    jsonschema.validate(data, SCHEMA)
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(code for code, *_ in FINDINGS)
    (invocation,) = run["invocations"]
    said = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert said == [COVERAGE]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "model.py", "uriBaseId": "%SRCROOT%"}
        region = place["region"]
        yield result["ruleId"], region["startLine"], region["startColumn"], result["level"]


READERS = {
    "concise": of_concise, "json": of_json, "github": of_github, "gitlab": of_gitlab,
    "junit": of_junit, "sarif": of_sarif,
}  # fmt: skip


def test_every_format_has_a_reader():
    assert set(READERS) | {"full"} == set(CHECK_FORMATS)


@pytest.mark.parametrize("name", READERS)
def test_every_format_tells_these_findings_and_no_others(folder, name):
    read = list(READERS[name](printed(name)))
    lines = PROGRAM.read_text("utf-8").splitlines()
    expected = [(code, line, severity) for code, line, _, severity in FINDINGS]
    assert [(code, line) for code, line, *_ in read] == [(code, line) for code, line, _ in expected]
    for (_, line, column, level), (_, _, words, severity) in zip(read, FINDINGS, strict=True):
        assert lines[line - 1][column - 1 :].startswith(words)
        assert level in (severity, None)


@pytest.mark.parametrize("name", [*READERS, "full"])
def test_a_file_gets_what_the_terminal_would(folder, name):
    assert printed(name, "--output-file", "out") == ""
    assert (folder / "out").read_text("utf-8") == printed(name)

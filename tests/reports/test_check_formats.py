"""The formats of `check`: what each must say, and that nothing of the program acts in them."""

import json
import re

import pytest

from shapecalc.reports.formats import CHECK_FORMATS, render
from shapecalc.reports.report import Style
from tests.programs import BROKEN, HOSTILE, LENET, OPEN, OTHER, report

MESSAGE = (
    'Conv2D "conv2d_1": a window of 5 does not fit into 4, axis 1 of its input (None, 4, 4, 8)'
)


# These say in their own ways what was not analysed; see their own tests.
DATA = ("json", "sarif", "gitlab", "junit")


def rendered(name, *texts, **style):
    return render(CHECK_FORMATS[name], report(*texts), Style(**style))


def test_full():
    assert rendered("full", BROKEN) == (
        f"error[SHC201] window-larger-than-input: {MESSAGE}\n"
        " --> model.py:7:22\n"
        "  |\n"
        "7 |     layers.Conv2D(8, 5),\n"
        "  |                      ^\n"
        "  |\n"
        "  = note: sizes along axis 1: 6 → 4 → ✗\n"
        '  = note: line 5: InputLayer "input_layer" starts with 6\n'
        '  = note: line 6: Conv2D "conv2d": kernel 3, valid: 6 - 3 + 1 = 4\n'
        "  = note: 4 - 5 + 1 = 0: no place is left for the window\n"
        "  = help: an input of (7, 7, 1) is the smallest that would do; "
        'padding="same" makes room for the window\n'
        "\n"
        "found 1 error\n"
        "1 of 2 layers exact, 1 unknown: Conv2D, line 7\n"
    )


def test_concise():
    assert rendered("concise", BROKEN) == (
        f"model.py:7:22: SHC201 {MESSAGE}\n1 of 2 layers exact, 1 unknown: Conv2D, line 7\n"
    )


def test_github():
    command, coverage, end = rendered("github", BROKEN).split("\n")
    found = re.fullmatch(r"::error ([^:]*)::(.*)", command)
    properties = dict(item.split("=", 1) for item in found[1].split(","))
    assert properties == {
        "file": "model.py", "line": "7", "col": "22", "endLine": "7", "endColumn": "23",
        "title": "SHC201 window-larger-than-input",
    }  # fmt: skip
    told = found[2].split("%0A")
    assert told[0] == MESSAGE
    assert told[-1].startswith("help: ")
    assert coverage.startswith("1 of 2 layers")
    assert end == ""


def test_github_escapes_what_would_end_a_property():
    from shapecalc.reports.check.github import _data, _property

    assert _property("a:b,c%d\ne") == "a%3Ab%2Cc%25d\\ne"
    assert _data(["100%", "x"]) == "100%25%0Ax"


def test_color_only_where_it_is_wanted():
    for name in ("full", "concise"):
        plain = rendered(name, BROKEN)
        colored = rendered(name, BROKEN, color=True)
        assert "\x1b[" not in plain
        assert "\x1b[1;31m" in colored
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


@pytest.mark.parametrize("name", [n for n in CHECK_FORMATS if n not in DATA])
@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ([LENET], "4 of 4 layers exact"),
        ([OPEN], "symbolic"),
        ([OTHER], "no Keras model found in model.py"),
        ([LENET, OTHER, OTHER], "no Keras model found in 2 files"),
        (["x = ("], "not analysed: model.py: "),
        ([LENET, "x = ("], "not analysed: model2.py: "),
        ([], "nothing analysed"),
    ],
)
def test_every_report_ends_with_its_coverage(name, texts, words):
    last = rendered(name, *texts).rstrip("\n").split("\n")
    assert any(words in line for line in last[-2:])


@pytest.mark.parametrize("name", CHECK_FORMATS)
@pytest.mark.parametrize("text", [OTHER, "x = (", ""])
def test_no_all_clear_over_what_was_not_understood(name, text):
    out = rendered(name, text)
    assert "no faults" not in out
    assert "clean" not in out


def test_an_all_clear_over_what_was():
    # The twin of the test above: the words exist.
    assert "no faults found" in rendered("full", LENET)


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_nothing_of_the_program_acts(name):
    out = rendered(name, HOSTILE)
    assert "SHC213" in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert not any(line.startswith("::error::x") for line in out.split("\n"))


def test_json_of_several_files():
    data = json.loads(rendered("json", BROKEN, OTHER, "x = ("))
    assert [f["path"] for f in data["files"]] == ["model.py", "model2.py", "model3.py"]
    assert [len(f["diagnostics"]) for f in data["files"]] == [1, 0, 1]
    assert data["files"][0]["coverage"] == {"layers": 2, "exact": 1, "symbolic": 0, "unknown": 1}
    assert [bool(f["not_analysed"]) for f in data["files"]] == [False, False, True]

"""What is said of suppression comments, and where nothing is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shapecalc.api import analyze_file, check_source
from shapecalc.cli.main import cli
from shapecalc.fixes import mend
from shapecalc.frontends.notebook import read_notebook
from shapecalc.source import SourceFile
from tests.programs import HEAD


def told(text):
    """Code, line and column of what is said of comments."""
    found = check_source(text, "m.py")
    return [(d.code.id, d.span.line, d.span.column) for d in found if d.code.id > "SHC9"]


def said(comment, line="x = 1"):
    """Which words of a comment are said to be in vain in a program without faults."""
    text = f"{HEAD}{line}  {comment}\n"
    source = SourceFile("m.py", text)
    return [
        (d.code.id, source.line_of(d.span)[d.span.column - 1 : d.span.end_column - 1])
        for d in check_source(text, "m.py")
    ]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# shapecalc: ignore", [("SHC901", "# shapecalc: ignore")]),
        ("# shapecalc: ignore[SHC201]", [("SHC901", "SHC201")]),
        ("#shapecalc:ignore [ shc201 ] why", [("SHC901", "shc201")]),
        (
            "# shapecalc: ignore[wrong-rank, SHC305]",
            [("SHC901", "wrong-rank"), ("SHC901", "SHC305")],
        ),
        ("# noqa: SHC201", [("SHC901", "SHC201")]),
        ("# noqa:E501,shc201 W1", [("SHC901", "shc201")]),
        ("# noqa: SHC2", [("SHC901", "SHC2")]),
        ("# type: ignore  # noqa: SHC201  # why", [("SHC901", "SHC201")]),
        ("# shapecalc: ignore[SHC999]", [("SHC902", "SHC999")]),
        ("# shapecalc: ignore[E501, SHC201]", [("SHC902", "E501"), ("SHC901", "SHC201")]),
        ("# shapecalc: ignore[SHC2]", [("SHC902", "SHC2")]),
        ("# shapecalc: ignore[window to large]", [("SHC902", "window to large")]),
        ("# noqa: SHC7", [("SHC902", "SHC7")]),
        ("# shapecalc: ignore[SHC201", [("SHC901", "# shapecalc: ignore[SHC201")]),
        ("# shapecalc: ignroe", [("SHC901", "# shapecalc: ignroe")]),
        # Meant for another tool, for what depends on options, or for what is said here.
        ("# noqa", []),
        ("# noqa: E501", []),
        ("# shapecalc: ignore[SHC501]", []),
        ("# shapecalc: ignore[too-many-params]", []),
        ("# noqa: SHC5", []),
        ("# noqa: SHC", []),
        ("# shapecalc: ignore[SHC901]", []),
        ("# shapecalc: ignore[SHC201, SHC901]", []),
        ("# shapecalc: ignore[SHC999, unknown-code-in-suppression]", []),
        ("# shapecalc: ignore[SHC201]  # noqa: SHC9", []),
        # A comment does not excuse itself by being there.
        ("# shapecalc: ignore[SHC201]  # noqa", [("SHC901", "SHC201")]),
    ],
)  # fmt: skip
def test_each_word_that_is_in_vain_is_told(comment, expected):
    assert said(comment) == expected


def test_what_is_meant_is_suggested():
    (found,) = check_source(f"{HEAD}x = 1  # shapecalc: ignore[wrong-rnk]\n")
    assert (found.help, found.severity.value) == ("did you mean wrong-rank?", "warning")


NEEDED = HEAD + "x = layers.Dense(0)  # shapecalc: ignore[{}]\n"


def test_of_several_codes_the_one_that_is_not_needed_is_told():
    assert told(NEEDED.format("SHC213")) == []
    assert told(NEEDED.format("SHC201, SHC213, wrong-rank")) == [
        ("SHC901", 4, 42), ("SHC901", 4, 58),
    ]  # fmt: skip
    assert told(NEEDED.format("SHC213, invalid-argument")) == []


MODEL = HEAD + "model = keras.Sequential([\n    keras.Input((8, 8, 1)),\n    {}\n])\n"
FIT = "import numpy as np\nmodel.compile('adam', 'mse')\nmodel.fit(np.zeros((9, 8, 8, 1)), {})"


@pytest.mark.parametrize(
    "text",
    [
        # No Python; a value, a layer and a module that are not known; a bound.
        MODEL.format("layers.Conv2D(8, 5),  # shapecalc: ignore[SHC201]") + "(",
        MODEL.format("layers.Conv2D(open('x').read(), 5),  # shapecalc: ignore[SHC201]"),
        MODEL.format("layers.LayerOfNextYear(),\nlayers.Conv2D(8, 5)  # shapecalc: ignore[SHC201]"),
        "from own import n\n" + MODEL.format("layers.Conv2D(8, n)  # shapecalc: ignore[SHC201]"),
        "from own import n\nprint(n)  # shapecalc: ignore[SHC201]\n",
        MODEL.format("layers.Dense(4)  # shapecalc: ignore[SHC201]")
        + "def f(n):\n    layers.Dense(n)\n    f(n + 1)\nf(1)\n",
        # Behind another fault everything has another shape.
        MODEL.format("layers.Conv2D(8, 9),\nlayers.Conv2D(8, 5)  # shapecalc: ignore[SHC201]"),
        MODEL.format("layers.Conv2D(8, 9)  # shapecalc: ignore[SHC201]")
        + FIT.format("np.zeros((9, 2)))  # shapecalc: ignore[SHC305]"),
        MODEL.format("layers.Conv2D(8, 9)  # shapecalc: ignore[SHC201, SHC404]"),
        NEEDED.format("SHC213, SHC305"),
        "# shapecalc: skip-file\nx = 1  # shapecalc: ignore[SHC201]\n",
        # A budget's finding would stand here.
        HEAD + "model = keras.Sequential([layers.Dense(3)])  # shapecalc: ignore\n",
    ],
)
def test_nothing_is_said_where_findings_may_be_missing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MODEL.format("layers.Conv2D(8, 5),  # shapecalc: ignore[SHC201]"), 6),
        (MODEL.format("layers.Conv2D(8, 9)  # shapecalc: ignore[SHC201, SHC305]"), 6),
        (MODEL.format("layers.Dense(2)")
         + FIT.format("np.zeros((9, 8, 8, 2)))  # shapecalc: ignore[SHC305]"), 10),
    ],
)  # fmt: skip
def test_the_same_programs_without_that(text, line):
    # The twin of the test above: it is not silent for another reason.
    assert [(code, at) for code, at, _ in told(text)] == [("SHC901", line)]


# --- in files that others import ------------------------------------------------------------------

NET = (
    HEAD
    + """
def build(size: int):
    inputs = keras.Input((size, size, 1))
    return keras.Model(inputs, layers.Conv2D(8, 5)(inputs))  # shapecalc: ignore[SHC201]
"""
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "net.py").write_text(NET)
    return tmp_path


def check(*args):
    options = ["--output-format", "concise", "-q", "--no-cache"]
    result = CliRunner().invoke(cli, ["check", *options, *args], catch_exceptions=False)
    return [line.split(" ")[:2] for line in result.output.splitlines() if "SHC" in line]


UNUSED = [["net.py:7:82:", "SHC901"]]


def test_a_comment_that_another_file_needs_is_used(folder):
    assert check(".") == check("net.py") == UNUSED
    (folder / "main.py").write_text("from net import build\nbuild(3)\n")
    assert check(".") == check("main.py", "net.py") == check("main.py") == []
    # Who checks this file alone does not know what others find in it.
    assert check("net.py") == []
    (folder / "main.py").write_text("from net import build\nbuild(9)\n")
    assert check("net.py") == []
    assert check(".") == check("main.py", "net.py") == UNUSED
    # What is only imported is not checked.
    assert check("main.py") == []


def test_of_several_codes_those_that_another_file_needs_are_used(folder):
    text = NET.replace(
        "layers.Conv2D(8, 5)(inputs))  # shapecalc: ignore[SHC201]",
        "layers.Dense(9, activation='softmax')(inputs))  # shapecalc: ignore[SHC302, SHC202]",
    )
    (folder / "net.py").write_text(text)
    assert [code for _, code in check(".")] == ["SHC901", "SHC901"]
    (folder / "main.py").write_text(
        "from net import build\nmodel = build(4)\nmodel.compile('sgd', 'binary_crossentropy')\n"
    )
    assert check(".") == [["net.py:7:108:", "SHC901"]]
    # A fix that takes out the whole comment is none any more.
    check(".", "--fix")
    assert (folder / "net.py").read_text() == text
    (folder / "net.py").write_text(text.replace("SHC302, ", ""))
    assert ["net.py:7:48:", "SHC302"] in check(".")


@pytest.mark.parametrize(
    ("size", "codes"), [("int(os.environ['SIZE'])", []), ("*sized(os.environ)", ["SHC106"])]
)
def test_a_file_that_could_not_be_followed_may_need_any_comment(folder, size, codes):
    text = f"from net import build\nimport os; from sizes import sized\nbuild({size})\n"
    (folder / "main.py").write_text(text)
    assert [code for _, code in check(".")] == codes


def test_a_code_that_there_is_not_is_one_wherever_it_stands(folder):
    (folder / "net.py").write_text(NET.replace("SHC201", "SHC299"))
    (folder / "main.py").write_text("import net\n")
    assert check("net.py") == [["net.py:7:82:", "SHC902"]]


@pytest.mark.parametrize("bound", ["MAX_SEEN", "MAX_READ"])
def test_of_too_many_files_any_may_need_it(folder, monkeypatch, bound):
    (folder / "other.py").write_text("x = 1\n")
    assert check("net.py") == UNUSED
    monkeypatch.setattr(f"shapecalc.discovery.{bound}", 1)
    assert check("net.py") == []
    assert check(".") == ([] if bound == "MAX_SEEN" else UNUSED)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("use.ipynb", '{"cells": [{"source": ["from net import build"]}]}'),
        ("deep/down/use.py", "from .. import net\n"),
        ("use.py", "importlib.import_module('net')\n"),
    ],
)
def test_whatever_names_the_module_may_import_it(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    assert check("net.py") == []
    (folder / name).write_text(text.replace("net", "inet"))
    assert check("net.py") == UNUSED


def test_what_holds_whoever_imports_it_is_told_at_once(folder):
    (folder / "net.py").write_text(HEAD + "x = layers.Dense(4)  # shapecalc: ignore[SHC213]\n")
    (folder / "main.py").write_text("import net\n")
    assert check("net.py") == [["net.py:4:42:", "SHC901"]]


def test_processes_and_what_is_remembered_say_the_same(folder):
    for i in range(3):
        (folder / f"m{i}.py").write_text(f"from net import build\nbuild({i + 5})\n")

    def run(*args):
        return CliRunner().invoke(cli, ["check", ".", *args], catch_exceptions=False).output

    expected = run("--no-cache", "-j", "1")
    assert "SHC901" in expected
    assert run("-j", "1") == run("-j", "1") == run("--no-cache", "-j", "2") == expected
    (folder / "m0.py").write_text("from net import build\nbuild(3)\n")
    assert "SHC901" not in run("-j", "1")


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "settings", "codes"),
    [
        ([], "", ["SHC901", "SHC901", "SHC902"]),
        (["--ignore", "SHC901"], "", ["SHC902"]),
        (["--ignore", "SHC201"], "", ["SHC901", "SHC902"]),
        (["--select", "SHC2,SHC901"], "", ["SHC901"]),
        (["--select", "SHC3"], "", []),
        # Who selects nothing but these means the codes that are looked for otherwise.
        (["--select", "SHC9"], "", ["SHC901", "SHC901", "SHC902"]),
        (["--select", "SHC9"], "ignore = ['SHC4']", ["SHC901", "SHC902"]),
        (["--select", "SHC9"], "select = ['SHC4', 'SHC9']", ["SHC901", "SHC902"]),
        ([], "per-file-ignores = {'net.py' = ['SHC2']}", ["SHC901", "SHC902"]),
    ],
)
def test_only_codes_that_are_looked_for_are_told(folder, options, settings, codes):
    (folder / "pyproject.toml").write_text(f"[tool.shapecalc]\n{settings}\n")
    comment = "# shapecalc: ignore[SHC201, SHC999]  # noqa: SHC4"
    (folder / "net.py").write_text(f"import keras  {comment}\n")
    assert sorted(code for _, code in check(".", *options)) == codes


def test_a_comment_in_vain_fails_no_check(folder):
    result = CliRunner().invoke(cli, ["check", "net.py"])
    assert (result.exit_code, "SHC901" in result.output) == (0, True)
    assert CliRunner().invoke(cli, ["check", "net.py", "--fail-on", "warning"]).exit_code == 1


# --- fixes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # shapecalc: ignore[SHC201]\n", "x = 1\n"),
        ("x = 1  # shapecalc: ignore  \n", "x = 1  \n"),
        ("x = 1  # noqa: SHC201 because\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1  # type: x  # shapecalc: ignore[SHC201] why  # z\n", "x = 1  # type: x  # z\n"),
        ("x = 1  # noqa: E501, SHC201\n", "x = 1  # noqa: E501\n"),
        ("x = 1  # noqa: SHC201,E501 why\n", "x = 1  # noqa: E501 why\n"),
        ("x = 1  # noqa: SHC201 E501 SHC301\n", "x = 1  # noqa: E501\n"),
        ("x = 1  # shapecalc: ignore[SHC201, SHC301, wrong-rank]\n", "x = 1\n"),
        ("if x:\n    # shapecalc: ignore\n    y = 1\n", "if x:\n    y = 1\n"),
        ("    # noqa: SHC201  # z\n", "    # z\n"),
        ("x = 1\n# shapecalc: ignore", "x = 1\n"),
        ("x = 1\r\n# shapecalc: ignore\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        ("x = 1  # shapecalc: ignore[SHC501, SHC201]\n", "x = 1  # shapecalc: ignore[SHC501]\n"),
        ("x = 1  # shapecalc: ignore[SHC999]\n", "x = 1\n"),
        ("x = (1,  # shapecalc: ignore[ SHC999 , SHC201 ]\n     2)\n", "x = (1,\n     2)\n"),
        # Nobody can say what was meant.
        ("x = 1  # shapecalc: ignroe\n", "x = 1  # shapecalc: ignroe\n"),
    ],
)
def test_fix(before, after):
    def find(source):
        return check_source(source.text)

    source = SourceFile("m.py", before)
    mended = mend(source, find(source), find, unsafe=False)
    assert (mended.after, mended.refused) == (after, None)


def test_fixes_of_one_comment_fit_together():
    text = NEEDED.format("SHC201, SHC213, SHC202, SHC203")
    source = SourceFile("m.py", text)
    found = check_source(text)
    mended = mend(source, found, lambda s: [], unsafe=False)
    assert mended.after == NEEDED.format("SHC213")
    assert mended.findings == 3


def test_a_fix_leaves_what_another_file_needs(folder):
    text = NET.replace("[SHC201]", "[SHC202, SHC201]")
    (folder / "net.py").write_text(text)
    (folder / "main.py").write_text("from net import build\nbuild(3)\n")
    check(".", "--fix")
    assert "SHC201" in (folder / "net.py").read_text()


def test_what_python_would_warn_of_is_not_our_matter(recwarn):
    text = HEAD + "x = '\\d'  # shapecalc: ignore[SHC201]\nassert (x, 1)\n"
    assert told(text) == [("SHC901", 4, 31)]
    assert [w for w in recwarn if issubclass(w.category, (SyntaxWarning, DeprecationWarning))] == []


def test_a_notebook_tells_the_cell_and_is_left_alone():
    # Nobody imports it, so what depends on others elsewhere is told at once.
    function = "%time\ndef f(x):\n    return x  # shapecalc: ignore[SHC301]\n"
    cells = ["import keras\n", "\nx = 1  # shapecalc: ignore[SHC201]\n", function]
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    found = analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed}))).diagnostics
    places = [(d.code.id, d.span.cell, d.span.line, d.fix) for d in found]
    assert places == [("SHC901", 2, 2, None), ("SHC901", 3, 3, None)]


# --- programs as people write them ---------------------------------------------------------------

TESTS = Path(__file__).parent.parent
PROGRAMS = sorted([*TESTS.glob("frontends/cases/*/*.py"), *TESTS.glob("checks/threads/*.py")])


def silenced(text, more=""):
    """A program with each of its findings silenced on its line; also how many lines that takes."""
    codes: dict[int, list[str]] = {}
    for finding in check_source(text):
        codes.setdefault(finding.span.line, []).append(finding.code.id)
    lines = text.split("\n")
    for line, ids in codes.items():
        lines[line - 1] += f"  # shapecalc: ignore[{', '.join(dict.fromkeys(ids))}{more}]"
    return "\n".join(lines), len(codes)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_comment_that_silences_something_is_never_said_to_be_in_vain(path):
    text, _ = silenced(path.read_text("utf-8"))
    assert check_source(text) == []


def test_one_that_does_not_is_seen_in_such_programs():
    # The twin of the test above: where one fault is all that is wrong, the needless code is told.
    seen = 0
    for path in PROGRAMS:
        text, count = silenced(path.read_text("utf-8"), more=", SHC224")
        told = [d.code.id for d in check_source(text)]
        assert set(told) <= {"SHC901"}
        seen += len(told) == count > 0
    assert seen > 20

"""Severities, codes, the order of diagnostics, and the comments that silence them."""

import sysconfig
import time
import tokenize
from pathlib import Path

import pytest

from shapecalc.diagnostics import (
    Code,
    Diagnostic,
    Note,
    Severity,
    Suppressions,
    UnknownCode,
    _directives,
    find_code,
)
from shapecalc.source import SourceFile, Span

WINDOW = Code("SHC201", "window-exceeds-input", Severity.ERROR, "A window is larger than its input")
SOFTMAX = Code("SHC301", "softmax-over-one-unit", Severity.WARNING, "A softmax is always 1")
CODES = (WINDOW, SOFTMAX)


def diagnostic(line=1, end_line=None, code=WINDOW, path="m.py", cell=None, column=1):
    span = Span(line, column, end_line or line, column + 4, cell)
    return Diagnostic(code, "message", span, code.severity, path=path)


def found(text, cell=None):
    return Suppressions.from_source(SourceFile("m.py", text, cell))


def silenced(text, *diagnostics):
    kept, _ = found(text).apply(diagnostics)
    return [d for d in diagnostics if d not in kept]


class TestSeverity:
    def test_order(self):
        assert Severity.INFO < Severity.WARNING < Severity.ERROR
        assert Severity.ERROR >= Severity.ERROR > Severity.INFO <= Severity.INFO
        assert max(Severity) is Severity.ERROR

    def test_word(self):
        assert Severity("warning") is Severity.WARNING


class TestCode:
    @pytest.mark.parametrize("id", ["SHC1", "SHC1234", "shc123", "SC201", "SHC20x", "SHC²²²", ""])
    def test_refuses_other_ids(self, id):
        with pytest.raises(ValueError, match="SHC and three digits"):
            Code(id, "name", Severity.ERROR, "")

    @pytest.mark.parametrize("name", ["", "Window", "a--b", "-a", "a-", "a_b", "a b", "größe"])
    def test_refuses_other_names(self, name):
        with pytest.raises(ValueError, match="kebab-case"):
            Code("SHC201", name, Severity.ERROR, "")

    def test_accepts_digits_in_names(self):
        assert str(Code("SHC201", "rank-4-input-2d", Severity.INFO, "")) == "SHC201"

    @pytest.mark.parametrize(
        "text", ["SHC201", "shc201", " window-exceeds-input", "Window-Exceeds-Input"]
    )
    def test_find(self, text):
        assert find_code(text, CODES) is WINDOW

    @pytest.mark.parametrize(
        ("text", "suggestion"),
        [("SHC210", "SHC201"), ("window-exceed-input", WINDOW.name), ("quite-something", None)],
    )
    def test_unknown(self, text, suggestion):
        with pytest.raises(UnknownCode) as caught:
            find_code(text, CODES)
        assert caught.value.suggestion == suggestion
        assert repr(text) in str(caught.value)
        assert ("did you mean" in str(caught.value)) == (suggestion is not None)

    @pytest.mark.parametrize(("text", "meant"), [("SHC2O1", "SHC201"), ("shc2il", "SHC211")])
    def test_a_letter_for_a_digit(self, text, meant):
        codes = [
            WINDOW._replace(id=id, name=f"name-{id.lower()}")
            for id in ("SHC221", "SHC211", "SHC201", "SHC241", "SHC271")
        ]
        with pytest.raises(UnknownCode) as caught:
            find_code(text, codes)
        assert caught.value.suggestion == meant


class TestDiagnostic:
    def test_is_immutable_and_hashable(self):
        it = diagnostic()
        with pytest.raises(AttributeError):
            it.message = "other"
        assert len({it, diagnostic(), it._replace(notes=(Note("from here", it.span),))}) == 2

    def test_order(self):
        expected = [
            diagnostic(9, path="a.py"),
            diagnostic(7, path="b.py"),
            diagnostic(8, path="b.py", cell=1),
            diagnostic(1, path="b.py", cell=2),
            diagnostic(2, path="b.py", cell=2),
            diagnostic(2, path="b.py", cell=2, column=3),
            diagnostic(2, path="b.py", cell=2, column=3, code=SOFTMAX),
        ]
        backwards = expected[::-1]
        assert sorted(backwards, key=lambda d: d.sort_key) == expected


class TestSuppressionComments:
    @pytest.mark.parametrize(
        ("comment", "codes"),
        [
            ("# shapecalc: ignore", None),
            ("#shapecalc:ignore", None),
            ("# shapecalc: ignore  because it is a test", None),
            ("# shapecalc: ignore[SHC201]", ("SHC201",)),
            ("# shapecalc: ignore [ shc201 , Window-Name ] why", ("SHC201", "window-name")),
            ("# type: ignore  # shapecalc: ignore[SHC201]  # more", ("SHC201",)),
            ("# noqa", None),
            ("#NoQA", None),
            ("# noqa because", None),
            ("# noqa: SHC201, E501", ("SHC201",)),
            ("# noqa:E501,shc201 SHC301 and SHC401", ("SHC201", "SHC301")),
            ("# noqa : SHC2", ("SHC2",)),
            # Meant for us and not understood: silences nothing, and is told of as unused.
            ("# shapecalc: ignore[]", ()),
            ("# shapecalc: ignore[SHC201", ()),
            ("# shapecalc: ignroe", ()),
            ("# shapecalc: disable=SHC201", ()),
        ],
    )
    def test_means(self, comment, codes):
        (suppression,) = found(f"x = 1  {comment}\n").comments
        assert suppression.codes == codes
        assert suppression.span.line == 1

    @pytest.mark.parametrize(
        "text",
        [
            "x = 1  # noqa: E501",
            "x = 1  # noqa: because of the width",
            "x = 1  # noqastyle",
            "# flake8: noqa",
            "# ruff: noqa",
            "# shapecalc: H is the height",
            "# see shapecalc: ignore",
            "x = '# noqa'",
            'x = """\n# shapecalc: ignore\n# shapecalc: skip-file\n"""',
            "x = r'\\' # noqa'",
            "x = 'a\\\n# noqa'",
            "shapecalc: ignore = 1",
        ],
    )
    def test_means_nothing_to_us(self, text):
        suppressions = found(text)
        assert suppressions.comments == ()
        assert not suppressions.skip_file

    def test_span_is_that_of_the_comment(self):
        (comment,) = found("한 = 1  # a  # noqa: SHC201  \n", cell=2).comments
        assert comment.span == Span(1, 13, 1, 27, 2)

    @pytest.mark.parametrize(
        "text", ["'", '"""', "x = '''\n", "x = (\n", "\\", "\x00", "if x\n  y"]
    )
    def test_broken_file_is_no_obstacle(self, text):
        assert len(found(f"x = 1  # noqa\r\n{text}").comments) == 1
        assert isinstance(found(f"{text}  # noqa\n"), Suppressions)

    @pytest.mark.parametrize(
        "text", ["'", "\\'", "'\\", '"""', "'''\\", "#", "# noqa ", "'\"", "\n'''"]
    )
    def test_time_is_linear(self, text):
        began = time.perf_counter()
        found(f"# noqa\n{text * (2**19 // len(text))}")
        # Quadratic work takes many minutes here.
        assert time.perf_counter() - began < 10

    def test_finds_the_comments_that_python_finds(self):
        checked = 0
        for path in sorted(Path(sysconfig.get_path("stdlib")).glob("[a-dt]*.py")):
            with tokenize.open(path) as file:
                text = file.read()
            with tokenize.open(path) as file:
                expected = [
                    (token.start[0], token.start[1] + 1)
                    for token in tokenize.generate_tokens(file.readline)
                    if token.type == tokenize.COMMENT
                ]
            spans = {(s.line, s.column) for s, _ in _directives(SourceFile(str(path), text))}
            # A comment with a second `#` has more parts than tokens.
            assert spans.issuperset(expected), path
            whole = {line for line, _ in expected}
            assert {line for line, _ in spans} == whole, path
            checked += len(expected)
        assert checked > 1000


class TestApply:
    def test_silences_its_line_and_code(self):
        text = "a  # shapecalc: ignore[SHC201]\nb\nc  # shapecalc: ignore\n"
        here, other_code, other_line = diagnostic(1), diagnostic(1, code=SOFTMAX), diagnostic(2)
        anything = diagnostic(3, code=SOFTMAX)
        everything = (here, other_code, other_line, anything)
        assert silenced(text, *everything) == [here, anything]

    def test_by_name(self):
        assert silenced("a  # shapecalc: ignore[window-exceeds-input]", diagnostic(1))

    @pytest.mark.parametrize(("line", "hit"), [(1, True), (2, False), (3, True), (4, False)])
    def test_on_first_or_last_line_of_the_span(self, line, hit):
        lines = ["f(", "  a,", ")", "b"]
        lines[line - 1] += "  # shapecalc: ignore"
        assert bool(silenced("\n".join(lines), diagnostic(1, end_line=3))) == hit

    def test_noqa_names_families(self):
        assert silenced("a  # noqa: SHC2", diagnostic(1), diagnostic(1, code=SOFTMAX)) == [
            diagnostic(1)
        ]
        assert not silenced("a  # shapecalc: ignore[SHC2]", diagnostic(1))

    def test_skip_file(self):
        suppressions = found("# shapecalc: skip-file (generated)\na  # shapecalc: ignore\n")
        assert suppressions.skip_file
        elsewhere = diagnostic(1, path="other.py")
        assert suppressions.apply([diagnostic(2), elsewhere, diagnostic(9)]) == ([elsewhere], [])

    def test_other_files_and_cells_pass(self):
        suppressions = found("a  # shapecalc: ignore", cell=2)
        others = [diagnostic(1), diagnostic(1, cell=1), diagnostic(1, cell=2, path="other.py")]
        kept, unused = suppressions.apply(others)
        assert kept == others
        assert len(unused) == 1
        assert suppressions.apply([diagnostic(1, cell=2)]) == ([], [])

    def test_unused(self):
        text = (
            "a  # shapecalc: ignore[SHC201, SHC301]\n"
            "b  # shapecalc: ignore\n"
            "c  # noqa\n"
            "d  # noqa: E501, SHC301\n"
            "e  # shapecalc: ignore[\n"
        )
        _, unused = found(text).apply([diagnostic(1)])
        assert [(s.span.line, s.codes) for s in unused] == [
            (1, ("SHC301",)),
            (2, None),
            (4, ("SHC301",)),
            (5, ()),
        ]

    def test_used_comments_are_not_listed(self):
        text = "a  # shapecalc: ignore[SHC201]\nb  # shapecalc: ignore\n"
        assert found(text).apply([diagnostic(1), diagnostic(2)]) == ([], [])

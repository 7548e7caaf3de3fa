"""Spans, reading, excerpts and the escaping of program text."""

import ast
import os
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shapecalc import source as source_module
from shapecalc.source import (
    SourceFile,
    Span,
    UnreadableSource,
    decode_source,
    read_source,
    sanitize,
)


def columns(text: str) -> int:
    """Terminal columns, counted independently of the code under test."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def parts(excerpt: str) -> tuple[str, str]:
    """The code of an excerpt of one line, and the part of it that stands over the carets."""
    _, code, carets, _ = excerpt.split("\n")
    code, carets = code.split("| ", 1)[1], carets.split("| ", 1)[1]
    start, stop = len(carets) - len(carets.lstrip()), len(carets)
    marked = ""
    place = 0
    for char in code:
        if start <= place < stop:
            marked += char
        place += columns(char)
    return code, marked


class TestSpan:
    def test_is_ordered_as_it_is_read(self):
        spans = [Span(1, 1, 9, 9), Span(1, 2, 1, 3), Span(2, 1, 2, 1), Span(1, 1, 1, 2, cell=1)]
        backwards = spans[::-1]
        assert sorted(backwards) == spans
        assert max(spans) == spans[-1]
        assert spans[0] <= spans[0] >= spans[0]

    def test_cell_and_none_compare(self):
        # Plain tuples that differ in nothing else raise TypeError here.
        assert Span(1, 1, 1, 2) < Span(1, 1, 1, 2, cell=1)

    def test_cells_come_before_lines(self):
        assert Span(9, 1, 9, 2, cell=1) < Span(1, 1, 1, 2, cell=2)

    def test_is_hashable(self):
        assert len({Span(1, 1, 1, 2), Span(1, 1, 1, 2), Span.point(1)}) == 2


class TestSpanOfNode:
    @pytest.mark.parametrize("text", ["x = f(1)", 'x = "한글"; f(1)', 'é = "😀é"; f(1)'])
    def test_counts_characters(self, text):
        call = next(n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
        span = SourceFile("m.py", text).span(call)
        assert text[span.column - 1 : span.end_column - 1] == "f(1)"

    @given(st.lists(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])), max_size=4))
    def test_covers_the_text_of_the_node(self, words):
        text = "\n" + "; ".join(f"f({word!r})" for word in [*words, "a"])
        file = SourceFile("m.py", text)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.expr):
                span = file.span(node)
                got = file.lines[span.line - 1][span.column - 1 : span.end_column - 1]
                assert got == ast.get_source_segment(text, node)

    def test_bytes_taken_for_characters_would_be_seen(self):
        text = 'x = "한"; f(1)'
        call = next(n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
        assert text[call.col_offset : call.end_col_offset] != "f(1)"

    def test_lines_are_those_of_the_syntax_tree(self):
        text = "a = 1\r\nb = '\x0c'\rc = 3\n\x0cd = '\u2028'\ne = 5"
        file = SourceFile("m.py", text)
        for node in ast.parse(text).body:
            assert file.lines[node.lineno - 1].lstrip("\x0c").startswith(node.targets[0].id)

    def test_carries_the_cell(self):
        assert SourceFile("n.ipynb", "x", cell=3).span(ast.parse("x").body[0]).cell == 3

    def test_node_without_place(self):
        assert SourceFile("m.py", "x").span(ast.Module([], [])) == Span.point(1)

    def test_many_nodes_on_one_long_line(self):
        text = "x = [" + "'한글', " * 20_000 + "]"
        file = SourceFile("m.py", text)
        began = time.perf_counter()
        spans = [file.span(n) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
        assert len(spans) == 20_000
        # Quadratic work takes minutes here.
        assert time.perf_counter() - began < 10


class TestExcerpt:
    def test_form(self):
        file = SourceFile("m.py", "\n" * 11 + "model.add(Conv2D(32, (5, 5)))")
        assert file.excerpt(Span(12, 11, 12, 29)) == (
            "   |\n12 | model.add(Conv2D(32, (5, 5)))\n   |           ^^^^^^^^^^^^^^^^^^\n   |"
        )

    def test_several_lines(self):
        text = "model = Sequential([\n    a,\n\n    b,\n    c,\n])"
        assert SourceFile("m.py", text).excerpt(Span(1, 9, 6, 3)) == (
            "  |\n"
            "1 | model = Sequential([\n"
            "  |         ^^^^^^^^^^^^\n"
            "2 |     a,\n"
            "  |     ^^\n"
            "3 |\n"
            "… |"
        )

    def test_last_line_is_marked_to_its_end_column(self):
        text = "f(a,\n  b) + c"
        assert SourceFile("m.py", text).excerpt(Span(1, 1, 2, 5)).split("\n")[-2] == "  |   ^^"

    @pytest.mark.parametrize("before", ["", "\t", "  \t", "한글 = ", "ﾊﾝ = ", "e\u0301 = ", "가"])
    def test_carets_stand_under_the_span(self, before):
        text = f"{before}f(1) + 2"
        start = len(before) + 1
        _, marked = parts(SourceFile("m.py", text).excerpt(Span(1, start, 1, start + 4)))
        assert marked == "f(1)"

    def test_wide_characters_get_two_carets(self):
        excerpt = SourceFile("m.py", "x = '한글'").excerpt(Span(1, 5, 1, 9))
        assert excerpt.split("\n")[2] == "  |     ^^^^^^"

    @pytest.mark.parametrize("place", [1, 5, 1_000_000, 2_000_001])
    def test_long_line_is_cut_around_the_span(self, place):
        text = "a" * (place - 1) + "HERE" + "b" * (2_000_000 - place)
        began = time.perf_counter()
        excerpt = SourceFile("m.py", text).excerpt(Span(1, place, 1, place + 4))
        assert time.perf_counter() - began < 1
        code, marked = parts(excerpt)
        assert marked == "HERE"
        assert len(code) <= 102
        assert code.startswith("…") == (place > 100)
        assert code.endswith("…") == (place < 1_999_000)

    def test_tabs_go_to_the_next_stop(self):
        excerpt = SourceFile("m.py", "ab\tc").excerpt(Span(1, 4, 1, 5))
        assert excerpt.split("\n")[1:3] == ["1 | ab  c", "  |     ^"]

    def test_decomposed_hangul_is_as_wide_as_composed(self):
        text = unicodedata.normalize("NFD", "한글")
        excerpt = SourceFile("m.py", text + " x").excerpt(Span.point(1, len(text) + 2))
        assert excerpt.split("\n")[2] == "  |      ^"

    def test_long_line_shows_its_beginning_if_the_span_fits(self):
        code, marked = parts(SourceFile("m.py", "x" * 300).excerpt(Span(1, 60, 1, 90)))
        assert code == "x" * 100 + "…"
        assert len(marked) == 30

    def test_span_wider_than_the_excerpt(self):
        excerpt = SourceFile("m.py", "x = " + "a" * 500).excerpt(Span(1, 5, 1, 505), width=40)
        code, marked = parts(excerpt)
        assert code == "x = " + "a" * 36 + "…"
        assert marked == "a" * 36

    def test_line_of_combining_marks_stays_short(self):
        assert len(SourceFile("m.py", "e" + "\u0301" * 10**6).excerpt(Span(1, 1, 1, 2))) < 1000

    @pytest.mark.parametrize("span", [Span.point(1, 4), Span(1, 4, 1, 2), Span(1, 99, 1, 120)])
    def test_span_without_text_gets_one_caret(self, span):
        assert SourceFile("m.py", "abc").excerpt(span).split("\n")[2] == "  |    ^"

    @pytest.mark.parametrize("line", [0, 2, 99])
    def test_span_outside_the_file(self, line):
        assert SourceFile("m.py", "abc").excerpt(Span.point(line)) == ""

    @given(
        st.text(max_size=300),
        st.tuples(*[st.integers(-5, 400)] * 4).map(lambda n: Span(*n)),
        st.integers(-1, 200),
    )
    @example("\x1b[31m\u202eabc\x9b", Span(1, 2, 1, 4), 80)
    def test_anything_yields_a_short_harmless_excerpt(self, text, span, width):
        excerpt = SourceFile("m.py", text).excerpt(span, width)
        assert len(excerpt.split("\n")) <= 8
        for row in excerpt.split("\n"):
            # Harmless spaces and joiners apart, nothing is left that would act.
            assert sanitize(row) == row
            assert columns(row) <= max(width, 20) + 15


class TestReadSource:
    def test_text(self, tmp_path: Path):
        file = tmp_path / "m.py"
        file.write_bytes("x = '한글'\r\n".encode())
        assert read_source(str(file)).lines == ["x = '한글'", ""]
        assert read_source(str(file)).path == str(file)

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"", ""),
            (b"\xef\xbb\xbfx = 1", "x = 1"),
            (b"\xef\xbb\xbf# coding: utf-8-sig\n", "# coding: utf-8-sig\n"),
            ("# -*- coding: utf-8 -*-\n'한'".encode(), "# -*- coding: utf-8 -*-\n'한'"),
            ("# coding: cp949\n'한글'".encode("cp949"), "# coding: cp949\n'한글'"),
            ("#!x\n# vim: set fileencoding=latin-1 :\n'é'".encode("latin-1"), None),
            # The cookie wins even where the bytes happen to be UTF-8.
            ("# coding: latin-1\n'é'".encode(), "# coding: latin-1\n'Ã©'"),
            # On the third line it is none.
            ("\n\n# coding: latin-1\n'é'".encode(), "\n\n# coding: latin-1\n'é'"),
            # Two on one line: the first counts.
            ("# coding: latin-1 not coding: utf-8\n'é'".encode("latin-1"), None),
        ],
    )
    def test_encodings(self, data, text):
        got = decode_source("m.py", data).text
        assert got == (data.decode("latin-1") if text is None else text)
        # Python reads the file the same way.
        assert ast.dump(ast.parse(got)) == ast.dump(ast.parse(data))

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"x = 1\n'\xb0\xa1'", "it is not UTF-8 (byte 0xb0 on line 2)"),
            (b"# coding: ascii\n'\xb0'", "it is not ascii, the encoding it declares"),
            (b"# coding: klingon\n", "its encoding is not known (unknown encoding: klingon"),
            (b"# coding: rot13\n", "it declares an encoding that is none: rot13"),
            (b"# coding: punycode\n", "it declares an encoding that is none: punycode"),
            (b"# coding: utf-8x\n", "its encoding is not known"),
            (b"\xef\xbb\xbf# coding: latin-1\n", "its encoding is not known"),
            (b"\x7fELF\0\0", "it is a binary file"),
            ("x = 1".encode("utf-16"), "it is UTF-16 text"),
        ],
    )
    def test_undecodable(self, data, reason):
        with pytest.raises(UnreadableSource) as caught:
            decode_source("m.py", data)
        assert caught.value.reason.startswith(reason)
        assert str(caught.value) == f"cannot read m.py: {caught.value.reason}"

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("missing.py", "no such file"),
            (".", "it is a directory"),
            ("file.py/x.py", "not a directory"),
            ("x" * 5000, "file name too long"),
            ("nul\0.py", "it is not a valid path"),
            ("loop.py", "too many levels of symbolic links"),
        ],
    )
    def test_unreadable(self, tmp_path, monkeypatch, name, reason):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "file.py").touch()
        (tmp_path / "loop.py").symlink_to("loop.py")
        with pytest.raises(UnreadableSource) as caught:
            read_source(name)
        assert caught.value.reason == reason
        assert "\0" not in str(caught.value)

    def test_permission(self, monkeypatch, tmp_path):
        # Root may read everything, so the refusal is played.
        def refuse(*args, **options):
            raise PermissionError(13, "Permission denied")

        (tmp_path / "m.py").touch()
        monkeypatch.setattr("builtins.open", refuse)
        with pytest.raises(UnreadableSource, match=r"m.py: permission denied$"):
            read_source(str(tmp_path / "m.py"))

    @pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
    def test_pipe_does_not_hang(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.py")
        with pytest.raises(UnreadableSource, match="it is not a regular file"):
            read_source(str(tmp_path / "pipe.py"))

    def test_too_large(self, monkeypatch, tmp_path):
        monkeypatch.setattr(source_module, "MAX_SOURCE_BYTES", 2**20)
        file = tmp_path / "m.py"
        file.write_bytes(b"#" * 2**20)
        read_source(str(file))
        file.write_bytes(b"#" * (2**20 + 1))
        with pytest.raises(UnreadableSource, match="it is larger than 1 MiB"):
            read_source(str(file))

    @given(st.binary(max_size=80).map(lambda data: b"# coding: " + data))
    def test_any_bytes_yield_text_or_a_reason(self, data):
        try:
            outcome = decode_source("m.py", data).path
        except UnreadableSource as error:
            outcome = str(error)
        assert "\n" not in outcome


class TestSanitize:
    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("Conv2D × 한글 ≥ 😀", "Conv2D × 한글 ≥ 😀"),
            ("\x1b[31mred", r"\x1b[31mred"),
            ("a\r\n\tb", r"a\r\n\tb"),
            ("\x9b2J", r"\x9b2J"),
            ("\u202edcba", r"\u202edcba"),
            ("\u2028", r"\u2028"),
            ("\U000e0041", r"\U000e0041"),
            ("\ud800", r"\ud800"),
            ("전각\u3000공백\xa0", "전각\u3000공백\xa0"),
            ("👩\u200d💻", "👩\u200d💻"),
        ],
    )
    def test_examples(self, text, safe):
        assert sanitize(text) == safe

    def test_keep(self):
        assert sanitize("a\n\tb\x07", keep="\n\t") == "a\n\tb\\x07"

    @given(st.text(st.characters()))
    def test_is_printable_stable_and_encodable(self, text):
        safe = sanitize(text)
        assert sanitize(safe) == safe
        assert not {unicodedata.category(c) for c in safe} & {"Cc", "Cs", "Zl", "Zp"}
        safe.encode("utf-8")

"""Fixes: carried out in a text, again until nothing is left, and in the file itself."""

import os
import stat
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecalc.diagnostics import Code, Diagnostic, Edit, Fix, Severity
from shapecalc.fixes import MAX_ROUNDS, Mended, NotWritten, apply_fixes, diff_of, mend, write_mended
from shapecalc.source import SourceFile, Span

CODE = Code("SHC999", "made-up", Severity.WARNING, "Made up")


def fix(*edits, safe=True):
    return Fix("change it", tuple(Edit(Span(*place), new) for *place, new in edits), safe)


def finding(change):
    span = change.edits[0].span
    return Diagnostic(CODE, "wrong", span, Severity.WARNING, path="m.py", fix=change)


def replacing(old, new, safe=True):
    """A check that finds the first `old` of a text, and would have `new` instead."""

    def find(source):
        for number, line in enumerate(source.lines, 1):
            if old in line:
                column = line.index(old) + 1
                change = fix((number, column, number, column + len(old), new), safe=safe)
                return [finding(change)]
        return []

    return find


def mended(text, find, unsafe=False):
    source = SourceFile("m.py", text)
    return mend(source, find(source), find, unsafe=unsafe)


class TestApply:
    @pytest.mark.parametrize(
        ("edits", "expected"),
        [
            ([(1, 1, 1, 4, "xyz")], "xyz\nd😀f\n"),
            ([(2, 3, 2, 4, "!")], "abc\nd😀!\n"),
            ([(1, 2, 1, 2, "+")], "a+bc\nd😀f\n"),
            ([(1, 4, 2, 1, "")], "abcd😀f\n"),
            ([(2, 1, 2, 2, "D"), (1, 1, 1, 2, "A")], "Abc\nD😀f\n"),
            ([(3, 1, 3, 1, "end")], "abc\nd😀f\nend"),
        ],
    )
    def test_all_edits_of_a_fix(self, edits, expected):
        assert apply_fixes("abc\nd😀f\n", [fix(*edits)]) == (expected, 1)

    def test_of_fixes_that_overlap_the_first_is_made_whole_and_the_other_not_at_all(self):
        first = fix((1, 1, 1, 3, "X"))
        second = fix((1, 2, 1, 4, "Y"), (1, 6, 1, 7, "Z"))
        assert apply_fixes("abcdef", [first, second]) == ("Xcdef", 1)
        assert apply_fixes("abcdef", [second, first]) == ("aYdeZ", 1)
        assert apply_fixes("abc", [first, first]) == ("Xc", 1)

    def test_neighbours_do_not_overlap(self):
        assert apply_fixes("ab", [fix((1, 1, 1, 2, "X")), fix((1, 2, 1, 3, "Y"))]) == ("XY", 2)

    @pytest.mark.parametrize("place", [(5, 1, 5, 2), (1, 9, 1, 99), (1, 0, 1, 1), (2, 1, 1, 1)])
    def test_what_lies_outside_of_the_text_is_not_made(self, place):
        assert apply_fixes("abc\n", [fix((*place, "x"))]) == ("abc\n", 0)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends_are_kept(self, end):
        text = f"a{end}b{end}c"
        assert apply_fixes(text, [fix((2, 1, 2, 2, "x\ny"))])[0] == f"a{end}x{end}y{end}c"

    @given(st.text("ab\r\nπ😀", max_size=30), st.data())
    def test_a_replaced_line_leaves_all_others(self, text, data):
        lines = SourceFile("m.py", text).lines
        number = data.draw(st.integers(1, len(lines)))
        changed, made = apply_fixes(
            text, [fix((number, 1, number, len(lines[number - 1]) + 1, "new"))]
        )
        expected = [*lines[: number - 1], "new", *lines[number:]]
        assert (SourceFile("m.py", changed).lines, made) == (expected, 1)


class TestMend:
    def test_until_nothing_is_left(self):
        done = mended("a = 1\na = 1\na = 1\n", replacing("a", "b"))
        assert (done.after, done.findings) == ("b = 1\nb = 1\nb = 1\n", 3)

    def test_fixes_that_undo_each_other_end(self):
        def find(source):
            back = "b" in source.text
            return replacing(*("ba" if back else "ab"))(source)

        assert mended("a = 1\n", find).findings == MAX_ROUNDS

    def test_unsafe_fixes_wait_until_they_are_asked_for(self):
        assert mended("a = 1\n", replacing("a", "b", safe=False)).after == "a = 1\n"
        assert mended("a = 1\n", replacing("a", "b", safe=False), unsafe=True).after == "b = 1\n"

    def test_what_would_be_no_python_is_not_made(self):
        done = mended("a = 1\n", replacing("a", "a ="))
        assert done.after == done.before
        assert "no Python" in done.refused


class TestWrite:
    def changed(self, path, data, old="old", new="new"):
        path.write_bytes(data)
        from shapecalc.source import read_source

        text = read_source(str(path)).text
        write_mended(Mended(str(path), text, text.replace(old, new), 1))
        return path.read_bytes()

    @pytest.mark.parametrize(
        "data",
        [
            b"old = 1\r\nb = 2\r\n",
            b"\xef\xbb\xbfold = 1\n",
            b"# coding: latin-1\nold = '\xe9'\n",
            b"old = 1",
            "old = 'ß😀'\n".encode(),
            b"old = 1\n\x0c\nb = 2\n",
        ],
    )
    def test_every_other_byte_stays(self, tmp_path, data):
        assert self.changed(tmp_path / "m.py", data) == data.replace(b"old", b"new")

    def test_permissions_and_links_are_kept(self, tmp_path):
        path = tmp_path / "m.py"
        path.write_bytes(b"")
        path.chmod(0o750)
        link = tmp_path / "link.py"
        link.symlink_to(path)
        assert self.changed(link, b"old = 1\n") == b"new = 1\n"
        assert link.is_symlink()
        assert stat.S_IMODE(path.stat().st_mode) == 0o750
        assert sorted(os.listdir(tmp_path)) == ["link.py", "m.py"]

    def test_a_file_that_changed_meanwhile_is_left_alone(self, tmp_path):
        path = tmp_path / "m.py"
        path.write_text("mine = 1\n")
        with pytest.raises(NotWritten, match="changed"):
            write_mended(Mended(str(path), "old = 1\n", "new = 1\n", 1))
        assert path.read_text() == "mine = 1\n"

    def test_what_the_encoding_cannot_say_is_not_written(self, tmp_path):
        data = b"# coding: ascii\nold = 1\n"
        with pytest.raises(NotWritten, match="encoding"):
            self.changed(tmp_path / "m.py", data, new="é")
        assert (tmp_path / "m.py").read_bytes() == data

    def test_a_write_that_fails_leaves_the_file_and_no_draft(self, tmp_path, monkeypatch):
        def fail(*args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("shapecalc.fixes.os.replace", fail)
        with pytest.raises(NotWritten, match="no space left"):
            self.changed(tmp_path / "m.py", b"old = 1\n")
        assert (tmp_path / "m.py").read_bytes() == b"old = 1\n"
        assert os.listdir(tmp_path) == ["m.py"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("a\nb\n", "a\nc\n"), ("a\nb", "a\nc"), ("a\r\nb\r\n", "a\r\nc\r\n"), ("a\n\x0c\nb\n", "b\n")],
)
def test_a_diff_is_what_patch_understands(tmp_path, before, after):
    path = tmp_path / "m.py"
    path.write_bytes(before.encode())
    diff = diff_of(Mended("m.py", before, after, 1))
    subprocess.run(
        ["git", "apply", "-p0", "--whitespace=nowarn", "-"],
        input=diff.encode(), cwd=tmp_path, check=True, env={**os.environ, "GIT_DIR": "/nowhere"},
    )  # fmt: skip
    assert path.read_bytes() == after.encode()
    assert diff_of(Mended("m.py", before, before, 0)) == ""

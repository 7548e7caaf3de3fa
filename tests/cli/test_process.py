"""The command as a process: no traceback whatever the input, and little to import."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import BROKEN, LENET

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "shapecalc"]


def run(*args, **options):
    options = {"capture_output": True, "timeout": 60, "cwd": ROOT, **options}
    return subprocess.run([*COMMAND, *args], **options)


HARD = {
    "empty": b"",
    "one long line": b"x = '" + b"a" * 2_000_000 + b"'\n",
    "many parentheses": b"x = " + b"(" * 5_000 + b")" * 5_000 + b"\n",
    "many minuses": b"x = " + b"-" * 20_000 + b"1\n",
    "many operands": b"x = " + b"1 + " * 50_000 + b"1\n",
    "no text": bytes(range(256)),
    "not utf-8": b"x = '\xe9'\n",
    "utf-16": "x = 1\n".encode("utf-16"),
    "null bytes": b"x = 1\0\n",
    "carriage returns": b"x = (\r\ry = 2\r",
    "unknown encoding": b"# coding: klingon\nx = 1\n",
    "surrogates": b"import keras\nkeras.layers.Dense(0, name='\\ud800')\n",
    "huge number": b"import keras\nkeras.layers.Dense(10 ** 10 ** 9)\n",
    "deep blocks": b"".join(b" " * i + b"if x:\n" for i in range(95)) + b" " * 95 + b"pass\n",
}


@pytest.mark.parametrize("format", ["full", "json"])
@pytest.mark.parametrize("name", HARD)
def test_no_input_makes_a_traceback(tmp_path, name, format):
    path = tmp_path / "model.py"
    path.write_bytes(HARD[name])
    done = run("check", "--output-format", format, str(path))
    assert done.returncode in (0, 1, 2)
    assert b"Traceback" not in done.stderr
    assert b"bug" not in done.stderr


def test_an_unreadable_path_of_each_kind(tmp_path):
    for path in (tmp_path / "missing.py", "/dev/null", tmp_path / ("n" * 300)):
        done = run("check", str(path))
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


def test_a_bug_of_ours_asks_to_be_reported(tmp_path):
    # A module that shadows nothing of the user's: the front end is made to fail.
    path = tmp_path / "model.py"
    path.write_text(LENET, "utf-8")
    code = (
        "import sys, shapecalc.api as api\n"
        "def read(source): raise ZeroDivisionError('secret')\n"
        "api.read = read\n"
        f"sys.argv = ['shapecalc', *sys.argv[1:], 'check', {str(path)!r}]\n"
        "from shapecalc.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert done.returncode == 101
    assert b"This is a bug, please report it" in done.stderr
    assert b"Traceback" not in done.stderr
    done = subprocess.run([sys.executable, "-c", code, "--debug"], capture_output=True, cwd=ROOT)
    assert b"Traceback" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a pipe of the shell")
def test_a_broken_pipe_is_silent(tmp_path):
    path = tmp_path / "model.py"
    path.write_text("import keras\n" + "keras.layers.Dense(0)\n" * 3000, "utf-8")
    command = f"{sys.executable} -m shapecalc check {path} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT)
    assert done.stdout.startswith(b"error[SHC213]")
    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("command", [["check"], ["summary"], ["render"]])
def test_a_full_disk_is_no_bug_of_ours(tmp_path, command):
    path = tmp_path / "model.py"
    path.write_text(LENET, "utf-8")
    with open("/dev/full", "w") as full:
        done = run(*command, str(path), capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.endswith(b"cannot write the standard output: no space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_an_interrupted_check_is_not_one_that_found_something(tmp_path):
    # It opens the standard input, at whose end it waits for us.
    process = subprocess.Popen(
        [*COMMAND, "check", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        bufsize=0,
    )  # fmt: skip
    # More than a pipe holds: when this returns, the command is reading.
    process.stdin.write(b"#" * 2**20)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, b"interrupted\n")


def test_an_interrupt_while_the_command_is_loaded_leaves_no_traceback():
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'shapecalc.api': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from shapecalc.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (130, b"")


def test_a_terminal_that_cannot_show_arrows(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(BROKEN, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for command in ("check", "summary"):
        done = run(command, str(path), env=environment)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert done.stdout.isascii()


def test_the_launcher_of_a_checkout(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(LENET, "utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "check", str(path)], capture_output=True
    )
    assert done.returncode == 0
    assert b"4 of 4 layers exact" in done.stdout


# Each costs more than all of ours together, or comes with one that does.
HEAVY = ("rich", "graphviz", "sympy", "json", "pathlib", "dataclasses", "importlib.metadata", "csv")


def loaded_after(*args: str, more: str = "") -> set[str]:
    code = (
        f"import sys\nsys.argv = ['shapecalc', *{args!r}]\n{more}\n"
        "from shapecalc.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        f"print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stderr.split("\n")[-2].split())


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(LENET, "utf-8")
    return str(path)


def test_a_check_imports_nothing_heavy(good):
    assert loaded_after("check", "--output-format", "concise", good) == set()
    assert loaded_after("check", good) == set()


def test_what_is_heavy_would_be_seen(good):
    # The twin of the test above.
    assert loaded_after("check", good, more=f"import {', '.join(HEAVY)}") == set(HEAVY)
    assert "rich" in loaded_after("summary", good)
    assert "json" in loaded_after("check", "--output-format", "json", good)

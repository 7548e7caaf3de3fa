"""What the README shows is what is printed."""

import doctest
import re

import pytest

from tests.documentation import readme
from tests.documentation.readme import ROOT, printed

README = readme.README.read_text("utf-8")
CONSOLES = readme.CONSOLE.findall(README)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(("line", "shown"), CONSOLES, ids=[line for line, _ in CONSOLES])
def test_a_command_prints_what_is_shown(line, shown):
    result = printed(line)
    assert result.exit_code == (1 if "broken" in shown else 0)
    assert result.stdout.rstrip("\n") == shown.rstrip("\n")


def test_it_is_renewed_by_a_command(monkeypatch, tmp_path):
    file = tmp_path / "README.md"
    _, shown = CONSOLES[0]
    file.write_text(README.replace(shown, "something else\n"), "utf-8")
    monkeypatch.setattr(readme, "README", file)
    readme.main()
    assert file.read_text("utf-8") == README


def test_what_is_shown_comes_from_every_command_that_prints():
    assert {line.split()[1] for line, _ in CONSOLES} == {"check", "summary", "layers"}
    assert printed("shapecalc summary examples/broken.py").stdout not in README


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`(shapecalc [^`]*)`", README))))
def test_a_command_in_the_text_is_understood(line, tmp_path):
    words = line.replace("NAME", "Dense").replace("model.py", "examples/lenet5.py")
    words = words.replace("lenet5.svg", str(tmp_path / "lenet5.dot"))
    assert printed(words).exit_code in (0, 1)


def test_the_python_that_is_shown_says_so():
    (block,) = re.findall(r"^```pycon\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    assert len(test.examples) >= 5
    found = doctest.DocTestRunner(verbose=False).run(test)
    assert found.failed == 0


@pytest.mark.parametrize("name", ["lenet5.py", "broken.py"])
def test_examples_are_referred_to(name):
    assert f"(examples/{name})" in README
    assert (ROOT / "examples" / name).exists()


def test_the_commands_for_continuous_integration_are_there():
    for marker in ("try-command", "test-command"):
        assert len(re.findall(rf"^<!-- {marker} -->\n```sh\n.+\n```$", README, re.MULTILINE)) == 1

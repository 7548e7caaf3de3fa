"""The commands in process: what they print, and what they end with."""

import json

import pytest
from click.testing import CliRunner

from shapecalc import __version__
from shapecalc.checks.catalogue import all_checks
from shapecalc.cli.main import COMMANDS, cli
from shapecalc.layers import rule_names
from tests.programs import BROKEN, HEAD, LENET, OTHER

TWO = HEAD + (
    "model = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(8, 5)])\n"
    "other = keras.Sequential([keras.Input((4,)), layers.Dense(0)])\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "good.py": LENET, "broken.py": BROKEN, "other.py": OTHER, "no_python.py": "x = (\n",
        "two.py": TWO, "empty.py": "",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "latin.py").write_bytes(b"# caf\xe9\n")
    for name in ("saved.keras", "config.json", "weights.H5"):
        (tmp_path / name).write_text("{}", "utf-8")

    def invoke(*args, text=None):
        return CliRunner().invoke(cli, [*args], input=text)

    return invoke


class TestExitCodes:
    @pytest.mark.parametrize(
        ("files", "code"),
        [
            (["good.py"], 0),
            (["other.py"], 0),
            (["empty.py"], 0),
            (["broken.py"], 1),
            (["good.py", "broken.py"], 1),
            (["no_python.py"], 2),
            (["latin.py"], 2),
            (["missing.py"], 2),
            (["broken.py", "missing.py"], 2),
            (["saved.keras"], 2),
            (["."], 2),
            ([], 2),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "summary"])
    def test_exit_code(self, run, command, files, code):
        assert run(command, *files).exit_code == code

    def test_exit_zero_forgives_findings_but_not_unreadable_files(self, run):
        assert run("check", "--exit-zero", "broken.py").exit_code == 0
        assert run("check", "--exit-zero", "missing.py").exit_code == 2

    @pytest.mark.parametrize(
        "args",
        [
            ["chek", "good.py"],
            ["check", "--output-format", "xml", "good.py"],
            ["check", "--select", "SHC999", "good.py"],
            ["check", "--nope", "good.py"],
            ["check", "-o", "no/such/folder/out.txt", "good.py"],
            ["summary", "good.py::nope"],
            ["rule", "SHC999"],
            ["layers", "Conv9D"],
            ["render", "good.py", "-o", "picture.xyz"],
        ],
    )
    def test_usage(self, run, args):
        result = run(*args)
        assert result.exit_code == 2
        assert "Error" in result.stderr

    def test_suggestions(self, run):
        assert "'check'" in run("chek", "good.py").stderr
        assert "wrong-rank" in run("check", "--select", "wrong-rnk", "good.py").stderr
        assert "Conv2D" in run("layers", "Conv2").stderr
        assert "model" in run("summary", "good.py::modle").stderr


class TestCheck:
    def test_one_unreadable_file_does_not_hide_the_others(self, run):
        out = run("check", "--output-format", "concise", "missing.py", "broken.py").stdout
        assert "missing.py:1:1: SHC102" in out
        assert "broken.py:7:22: SHC201" in out
        assert "not analysed: missing.py: no such file" in out

    def test_a_syntax_error_has_its_line_and_column(self, run):
        out = run("check", "--output-format", "concise", "-", text="x = 1\ny = = 2\n").stdout
        assert out.startswith("<stdin>:2:5: SHC101 ")

    def test_stdin_has_the_name_that_is_given(self, run):
        result = run(
            "check", "--output-format", "concise", "--stdin-filename", "a/b.py", "-", text=BROKEN
        )
        assert result.stdout.startswith("a/b.py:7:22: SHC201")
        assert result.exit_code == 1

    def test_stdin_that_is_no_text(self, run):
        result = run("check", "-", text=b"\xff\xfe\x00")
        assert result.exit_code == 2
        assert "SHC102" in result.stdout

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            ([], {"SHC201", "SHC213"}),
            (["--select", "SHC201"], {"SHC201"}),
            (["--select", "window-larger-than-input"], {"SHC201"}),
            (["--select", "SHC21"], {"SHC213"}),
            (["--select", "SHC201,SHC213"], {"SHC201", "SHC213"}),
            (["--select", "SHC2", "--ignore", "invalid-argument"], {"SHC201"}),
            (["--ignore", "ALL"], set()),
        ],
    )
    def test_codes_are_selected(self, run, options, codes):
        result = run("check", "--output-format", "json", *options, "two.py")
        (file,) = json.loads(result.stdout)["files"]
        assert {d["code"] for d in file["diagnostics"]} == codes
        assert result.exit_code == (1 if codes else 0)

    def test_statistics(self, run):
        out = run("check", "--statistics", "two.py", "broken.py").stdout
        assert out.split("\n")[:2] == [
            "2  SHC201  window-larger-than-input", "1  SHC213  invalid-argument",
        ]  # fmt: skip

    def test_statistics_as_data(self, run):
        args = ("check", "--statistics", "--output-format", "json", "two.py", "no_python.py")
        data = json.loads(run(*args).stdout)
        assert data["statistics"][0] == {
            "code": "SHC101", "name": "syntax-error", "count": 1, "fixable": 0,
        }  # fmt: skip
        assert [e["code"] for e in data["statistics"]] == ["SHC101", "SHC201", "SHC213"]
        assert data["coverage"] == {"layers": 2, "exact": 0, "symbolic": 0, "unknown": 2}
        assert list(data["not_analysed"]) == ["no_python.py"]
        assert data["version"] == 1

    def test_statistics_tell_what_can_be_mended(self, run):
        text = HEAD + "layers.Dense(1)  # noqa: SHC201\nlayers.Dense(0)\nlayers.Dense(0)\n"
        out = run("check", "--statistics", "-q", "-", text=text.replace("Dense(1)", "Dense(0)"))
        assert out.stdout == "3  SHC213  invalid-argument\n"
        text = HEAD + "layers.Dense(1)  # noqa: SHC201\nlayers.Dense(1, init='zeros')\n"
        out = run("check", "--statistics", "-q", "-", text=text)
        assert out.stdout == (
            "1  SHC417  [*]  deprecated-spelling\n1  SHC901  [*]  unused-suppression\n"
        )

    @pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit"])
    def test_statistics_are_no_findings(self, run, name):
        result = run("check", "--statistics", "--output-format", name, "two.py")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--statistics is told as full, concise, json" in result.stderr

    @pytest.mark.parametrize("name", ["full", "concise", "github"])
    def test_quiet_leaves_out_the_coverage_alone(self, run, name):
        loud = run("check", "--output-format", name, "broken.py").stdout
        quiet = run("check", "-q", "--output-format", name, "broken.py").stdout
        assert loud.removeprefix(quiet) == "1 of 2 layers exact, 1 unknown: Conv2D, line 7\n"

    def test_quiet_prints_findings_only(self, run):
        assert run("check", "-q", "--output-format", "concise", "good.py").stdout == ""
        out = run("check", "-q", "--output-format", "concise", "broken.py").stdout
        assert len(out.splitlines()) == 1

    def test_a_format_without_place_for_coverage_has_it_on_stderr(self, run):
        result = run("check", "--output-format", "gitlab", "no_python.py", "good.py")
        assert [entry["check_name"] for entry in json.loads(result.stdout)] == ["SHC101"]
        assert "not analysed: no_python.py" in result.stderr
        assert "4 of 4 layers exact" in result.stderr
        assert run("check", "-q", "--output-format", "gitlab", "good.py").stderr == ""

    def test_sarif_explains_its_rules(self, run):
        data = json.loads(run("check", "--output-format", "sarif", "two.py", "broken.py").stdout)
        rules = data["runs"][0]["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == ["SHC201", "SHC213"]
        explained = run("rule", "SHC213").stdout
        assert rules[1]["help"]["markdown"] == explained

    def test_output_file(self, run, tmp_path):
        result = run("check", "-o", "out.txt", "broken.py")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "SHC201" in (tmp_path / "out.txt").read_text("utf-8")

    def test_suppressions(self, run):
        text = BROKEN.replace("Conv2D(8, 5),", "Conv2D(8, 5),  # shapecalc: ignore[SHC201]")
        assert run("check", "-", text=text).exit_code == 0

    def test_a_function_of_a_file(self, run):
        text = HEAD + (
            "def good():\n    return keras.Sequential([keras.Input((4,)), layers.Dense(2)])\n\n"
            "def bad():\n    return keras.Sequential([keras.Input((4,)), layers.Dense(0)])\n\n"
            "good()\nbad()\n"
        )
        with open("functions.py", "w", encoding="utf-8") as file:
            file.write(text)
        assert run("check", "functions.py::good").exit_code == 0
        assert run("check", "functions.py::bad").exit_code == 1


class TestKindsOfFiles:
    @pytest.mark.parametrize("name", ["saved.keras", "config.json", "weights.H5"])
    def test_a_saved_model_is_no_all_clear(self, run, name):
        for args in ([name], ["-", "--stdin-filename", name]):
            result = run("check", *args, text="{}")
            assert result.exit_code == 2
            assert f"not analysed: {name}: saved models are not analysed" in result.stdout

    def test_what_is_piped_is_what_its_name_says(self, run):
        cell = {"cell_type": "code", "source": BROKEN}
        text = json.dumps({"cells": [{"cell_type": "markdown", "source": ""}, cell]})
        args = ("-", "--stdin-filename", "n.ipynb")
        result = run("check", "--output-format", "concise", *args, text=text)
        assert result.stdout.startswith("n.ipynb:cell 2:7:")
        assert result.stdout.endswith("1 of 2 layers exact, 1 unknown: Conv2D, cell 2, line 7\n")
        assert (
            'Model: "sequential" (n.ipynb:cell 2:4, model)'
            in run("summary", *args, text=text).stdout
        )
        assert run("check", *args, text=BROKEN).exit_code == 2


class TestFolders:
    def test_python_files_in_a_fixed_order_without_what_is_not_the_users(self, run, tmp_path):
        wanted = ["a.py", "b/c.py", "b/d.py"]
        unwanted = [
            ".hidden/a.py", "node_modules/a.py", "__pycache__/a.py", "build/a.py", "venv/a.py",
            "b/notes.txt", "b/.hidden.py", "other_env/lib/a.py",
        ]  # fmt: skip
        for name in [*reversed(wanted), *unwanted]:
            path = tmp_path / "project" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(LENET, "utf-8")
        (tmp_path / "project" / "other_env" / "pyvenv.cfg").write_text("")
        data = json.loads(run("check", "--output-format", "json", "project").stdout)
        assert [f["path"] for f in data["files"]] == [f"project/{name}" for name in wanted]

    def test_a_file_is_analysed_once(self, run):
        data = json.loads(run("check", "--output-format", "json", "good.py", "./good.py").stdout)
        assert len(data["files"]) == 1

    def test_an_empty_folder_is_no_all_clear(self, run, tmp_path):
        (tmp_path / "nothing").mkdir()
        result = run("check", "nothing")
        assert "no Python file found" in result.stderr
        assert "nothing analysed" in result.stdout


class TestSummary:
    def test_one_model_by_its_variable(self, run):
        text = LENET + LENET.replace("model", "second").replace("lenet", "second")
        with open("models.py", "w", encoding="utf-8") as file:
            file.write(text)
        data = json.loads(run("summary", "--format", "json", "models.py::second").stdout)
        assert [m["variable"] for m in data["files"][0]["models"]] == ["second"]

    def test_one_model_by_its_function(self, run):
        text = HEAD + (
            "def build(n):\n    return keras.Sequential([keras.Input((4,)), layers.Dense(n)])\n\n"
            "model = build(3)\n"
        )
        with open("models.py", "w", encoding="utf-8") as file:
            file.write(text)
        data = json.loads(run("summary", "--format", "json", "models.py::build").stdout)
        assert data["files"][0]["models"][0]["outputs"] == [[None, 3]]

    def test_csv_is_nothing_but_values(self, run):
        result = run("summary", "--format", "csv", "broken.py")
        assert all(line.count(",") >= 12 for line in result.stdout.splitlines())
        assert "SHC201" in result.stderr


class TestWords:
    def test_version(self, run):
        assert __version__ in run("--version").stdout

    @pytest.mark.parametrize("command", COMMANDS)
    def test_help(self, run, command):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert COMMANDS[command] in " ".join(result.stdout.split())

    def test_help_of_all(self, run):
        out = run("--help").stdout
        assert all(command in out for command in COMMANDS)
        assert "Exit codes" in out

    def test_every_rule_is_explained(self, run):
        out = run("rule", "--all").stdout
        listed = run("rule").stdout.splitlines()
        columns = set()
        for check in all_checks():
            assert f"# {check.code.id} {check.code.name}\n" in out
            assert check.why in out
            (line,) = [line for line in listed if line.startswith(f"{check.code.id}  ")]
            assert line.split()[1] == check.code.name
            columns.add(line.index(check.code.summary))
            assert run("rule", check.code.name).stdout in out
        # One below the other, however long a name is.
        assert len(columns) == 1

    def test_every_layer_is_listed_and_explained(self, run):
        out = run("layers").stdout
        for name in rule_names():
            short = name.removeprefix("keras.layers.")
            assert any(line.split()[:1] == [short] for line in out.splitlines()), short
            page = run("layers", short)
            assert page.exit_code == 0, short
            assert name in page.stdout

    def test_what_is_supported_without_a_rule_is_told(self, run):
        for name in ("Lambda", "keras.layers.Lambda", "tf.keras.layers.Lambda"):
            result = run("layers", name)
            assert result.exit_code == 0
            assert result.stdout.startswith("Lambda: exact: the program's function is interpreted")

    def test_formulas_of_a_layer(self, run):
        # Four gates, each joined to the input and to the state, and a bias.
        out = run("layers", "lstm").stdout
        params = next(s.split("params")[1] for s in out.splitlines() if s.startswith("  params"))
        assert eval(params, {"u": 5, "C": 7}) == 4 * (5 * (7 + 5) + 5)  # noqa: S307

"""The formats that other programs read: SARIF, GitLab's Code Quality and JUnit."""

import json
import re
from xml.etree import ElementTree

import jsonschema
import pytest

from shapecalc.api import analyze_file
from shapecalc.diagnostics import Severity
from shapecalc.frontends.notebook import read_notebook
from shapecalc.reports.formats import CHECK_FORMATS, render
from shapecalc.reports.report import FileReport, Report, Style
from shapecalc.source import SourceFile
from tests.programs import BROKEN, HEAD, HOSTILE, LENET, OPEN, OTHER, report
from tests.reports.sarif_schema import SCHEMA

MISSPELT = HEAD + "x = layers.Dense(2, activatoin='relu')\n"
TEXTS = [LENET, BROKEN, MISSPELT, OPEN, HOSTILE, OTHER, "x = (", ""]


def rendered(name, given, **style):
    return render(CHECK_FORMATS[name], given, Style(**style))


def sarif(given, **style):
    data = json.loads(rendered("sarif", given, **style))
    jsonschema.validate(data, SCHEMA)
    return data["runs"][0]


def of_file(path, text):
    return Report([analyze_file(SourceFile(path, text))])


def notebook(*cells):
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return Report([analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed})))])


NOTEBOOK = notebook("import keras\n", "\nkeras.layers.Dense(0)\n")


class TestSarif:
    @pytest.mark.parametrize("text", TEXTS)
    def test_is_valid(self, text):
        sarif(report(text))

    def test_several_files_and_none(self):
        sarif(report(*TEXTS))
        assert sarif(Report())["results"] == []

    @pytest.mark.parametrize(
        "path",
        [("runs", 0, "results", 0, "ruleIndex"), ("runs", 0, "tool", "driver", "rules", 0, "help")],
    )
    def test_the_schema_would_see_a_missing_key(self, path):
        data = json.loads(rendered("sarif", report(BROKEN)))
        *way, last = path
        holder = data
        for key in way:
            holder = holder[key]
        del holder[last]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, SCHEMA)

    def test_a_result(self):
        run = sarif(report(BROKEN))
        (result,) = run["results"]
        (rule,) = run["tool"]["driver"]["rules"]
        assert (result["ruleId"], result["ruleIndex"], rule["id"]) == ("SHC201", 0, "SHC201")
        (location,) = result["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "model.py", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 7, "startColumn": 22, "endLine": 7, "endColumn": 23},
        }
        places = [r["physicalLocation"]["region"]["startLine"] for r in result["relatedLocations"]]
        assert places == [5, 6]

    def test_a_note_is_no_info(self):
        given = report(BROKEN)
        (file,) = given.files
        mild = [d._replace(severity=Severity.INFO) for d in file.diagnostics]
        (result,) = sarif(Report([file.with_findings(mild)]))["results"]
        assert result["level"] == "note"

    def test_rules_are_those_with_findings_and_are_explained(self):
        def explain(id):
            return f"why {id}", f"# {id}"

        run = sarif(report(BROKEN, MISSPELT, MISSPELT), explain=explain)
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == ["SHC201", "SHC211"]
        assert [r["ruleIndex"] for r in run["results"]] == [0, 1, 1]
        assert rules[1]["help"]["markdown"] == "# SHC211"
        assert rules[1]["name"] == "UnknownArgument"

    def test_what_was_not_analysed_is_told(self):
        run = sarif(report(LENET, "x = ("))
        (invocation,) = run["invocations"]
        missing, coverage = invocation["toolExecutionNotifications"]
        assert missing["level"] == "error"
        assert missing["message"]["text"].startswith("not analysed: ")
        assert "4 of 4 layers exact" in coverage["message"]["text"]
        assert not invocation["executionSuccessful"]
        assert sarif(report(LENET))["invocations"][0]["executionSuccessful"]

    def test_a_fix(self):
        (result,) = sarif(report(MISSPELT))["results"]
        (fix,) = result["fixes"]
        (replacement,) = fix["artifactChanges"][0]["replacements"]
        assert replacement["insertedContent"] == {"text": "activation"}
        assert fix["properties"] == {"applicability": "unsafe"}

    def test_a_home_that_the_metadata_names(self, monkeypatch):
        class Metadata:
            def get_all(self, key):
                return ["Homepage, https://example.org/x"]

        monkeypatch.setattr("importlib.metadata.metadata", lambda name: Metadata())
        driver = sarif(report(LENET))["tool"]["driver"]
        assert driver["informationUri"] == "https://example.org/x"

    @pytest.mark.parametrize(
        ("path", "uri"),
        [
            ("a b/ü#%.py", "a%20b/%C3%BC%23%25.py"),
            ("./a/../m.py", "m.py"),
            ("/elsewhere/m 1.py", "file:///elsewhere/m%201.py"),
            ("odd\udcff.py", "odd%FF.py"),
        ],
    )
    def test_paths_are_uris(self, path, uri):
        (result,) = sarif(of_file(path, BROKEN))["results"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact["uri"] == uri
        assert ("uriBaseId" in artifact) != uri.startswith("file:")

    def test_what_would_be_a_link_is_none(self):
        from shapecalc.reports.check.sarif import _message

        assert not re.search(r"\]\(", _message("[click](1)")["text"])


class TestFingerprints:
    def fingerprints(self, text, path="m.py"):
        results = sarif(of_file(path, text))["results"]
        return [result["partialFingerprints"]["shapecalc/v1"] for result in results]

    def test_they_stay_when_lines_shift(self):
        shifted = BROKEN.replace(HEAD, HEAD + "\n\nx = 1\n")
        respaced = BROKEN.replace("    layers", "  layers").replace("Conv2D(8, 5)", "Conv2D(8,  5)")
        assert self.fingerprints(shifted) == self.fingerprints(BROKEN)
        assert respaced != BROKEN
        assert self.fingerprints(respaced) == self.fingerprints(BROKEN)

    def test_they_tell_findings_apart(self):
        twice = HEAD + "layers.Dense(0)\nlayers.Dense(0)\nlayers.Dense(-1)\n"
        found = self.fingerprints(twice)
        assert len(set(found)) == 3
        # A new one before them takes the place of the first, whose twin is then the new one.
        assert set(self.fingerprints(twice + "layers.Dense(0)\n")) > set(found)
        assert self.fingerprints(BROKEN, "other.py") != self.fingerprints(BROKEN)


class TestGitlab:
    def test_an_entry(self):
        (entry,) = json.loads(rendered("gitlab", report(BROKEN)))
        assert re.fullmatch("[0-9a-f]{32}", entry.pop("fingerprint"))
        assert "a window of 5 does not fit into 4" in entry.pop("description")
        assert entry == {
            "check_name": "SHC201", "severity": "major",
            "location": {
                "path": "model.py",
                "positions": {
                    "begin": {"line": 7, "column": 22}, "end": {"line": 7, "column": 23},
                },
            },
        }  # fmt: skip

    def test_fingerprints_are_unique(self):
        entries = json.loads(rendered("gitlab", report(*TEXTS, *TEXTS)))
        assert len({entry["fingerprint"] for entry in entries}) == len(entries) > 4


class TestJunit:
    @pytest.mark.parametrize("texts", [[text] for text in TEXTS] + [TEXTS])
    def test_is_xml_whose_counts_are_right(self, texts):
        root = ElementTree.fromstring(rendered("junit", report(*texts)))
        for suite in [root, *root]:
            for name, tag in (("tests", "testcase"), ("failures", "failure"),
                              ("errors", "error"), ("skipped", "skipped")):  # fmt: skip
                assert int(suite.get(name)) == len(suite.findall(f".//{tag}")), name

    def test_a_finding_fails(self):
        root = ElementTree.fromstring(rendered("junit", report(BROKEN)))
        case = root.find("./testsuite[@name='model.py']/testcase")
        assert (case.get("name"), case.get("line"), case.get("column")) == (
            "org.shapecalc.SHC201", "7", "22",
        )  # fmt: skip
        failure = case.find("failure")
        assert failure.get("type") == "error"
        assert "help: " in failure.text
        assert "line 5: InputLayer" in failure.text

    def test_no_all_clear_over_what_was_not_analysed(self):
        root = ElementTree.fromstring(rendered("junit", report(LENET, OTHER, "x = (")))
        states = [[child.tag for case in suite for child in case] for suite in root]
        assert states == [[], ["skipped"], ["error", "skipped"], ["system-out"]]

    def test_what_xml_cannot_hold(self):
        name = "".join(map(chr, [0, 1, 8, 0x1B, 0x7F, 0xFFFE, 0xD800])) + "]]>&<\"'"
        out = rendered("junit", Report([FileReport(name, unanalysed=name)]))
        root = ElementTree.fromstring(out.encode("utf-8"))
        assert "]]>&<\"'" in root[0].get("name")
        assert "\\x1b" in out


@pytest.mark.parametrize("name", ["sarif", "gitlab", "junit", "github"])
def test_a_cell_of_a_notebook_is_told_in_words(name):
    out = rendered(name, NOTEBOOK)
    assert re.search(r"cell 2, line 2: .{0,20}Dense", out)
    line = {"sarif": '"startLine": 1,', "gitlab": '"line": 1,', "junit": ' line="1"',
            "github": ",line=1,"}[name]  # fmt: skip
    assert line in out


def test_fingerprints_in_a_notebook_do_not_depend_on_the_cells_number():
    later = notebook("x = 1\n", "import keras\n", "keras.layers.Dense(0)\n")
    found = [sarif(r)["results"][0]["partialFingerprints"] for r in (NOTEBOOK, later)]
    assert found[0] == found[1]
    properties = sarif(NOTEBOOK)["results"][0]["properties"]
    assert (properties["cell"], properties["cellLine"]) == (2, 2)

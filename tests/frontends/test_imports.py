"""Imports between a project's own modules: what is followed, how far, and what never is."""

import os

import pytest

from shapecalc import analyze
from shapecalc.api import analyze_source
from shapecalc.frontends.python import imports
from shapecalc.project import MAX_FILES, Project, find_root

BUILD = """
from keras import Input, Sequential, layers


def build(units=4, size=8):
    return Sequential([Input((size,)), layers.Dense(units, name="only")])
"""


def project(folder, **files):
    """Write files: `pkg__net="…"` is pkg/net.py; a marker makes the folder a root."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").touch()
    for name, text in files.items():
        path = folder.joinpath(*name.split("__")[:-1], name.split("__")[-1] + ".py")
        if name.endswith("__init"):
            path = folder.joinpath(*name.split("__")[:-1], "__init__.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def models(path):
    """The params of each model of a file, by the variable it is bound to."""
    (report, *_) = analyze(path).files
    return {m.record.variable: m.summary.params.total for m in report.models}


def diagnostics(path):
    return analyze(path).diagnostics


SPELLINGS = {
    "from module": ("from net import build", "build()"),
    "as": ("from net import build as b", "b()"),
    "module": ("import net", "net.build()"),
    "module as": ("import net as n", "n.build()"),
    "star": ("from net import *", "build()"),
    "package": ("from pkg import build", "build()"),
    "submodule": ("from pkg.net import build", "build()"),
    "submodule of package": ("from pkg import net", "net.build()"),
    "dotted": ("import pkg.net", "pkg.net.build()"),
    "dotted as": ("import pkg.net as s", "s.build()"),
    "deep": ("import pkg.deep.net", "pkg.deep.net.build()"),
    "no init": ("from space.net import build", "build()"),
    "no init, module": ("from space import net", "net.build()"),
    "src": ("from lib.net import build", "build()"),
    "in a function": ("def f():\n    from net import build\n    return build()", "f()"),
    "in a branch": ("import os\nif os.path.exists('x'):\n    from net import build", "build()"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings(tmp_path, name):
    line, call = SPELLINGS[name]
    relative = "from .net import build"
    project(
        tmp_path,
        net=BUILD,
        pkg__init=relative,
        pkg__net=BUILD,
        pkg__deep__init="",
        pkg__deep__net="from ..net import build",
        space__net=BUILD,
        src__lib__init="",
        src__lib__net=BUILD,
        main=f"{line}\nmodel = {call}\n",
    )
    assert models(tmp_path / "main.py") == {"model": 36}


RELATIVE = {
    "sibling": "from .net import build",
    "module": "from . import net\nbuild = net.build",
    "parent": "from ..top import build",
    "parent module": "from .. import top\nbuild = top.build",
    "of the package": "from . import VERSION\nfrom .net import build\nassert VERSION == 3",
}


@pytest.mark.parametrize("name", RELATIVE)
def test_relative_imports(tmp_path, name):
    project(
        tmp_path,
        pkg__init="",
        pkg__top=BUILD,
        pkg__sub__init="VERSION = 3",
        pkg__sub__net=BUILD,
        pkg__sub__main=f"{RELATIVE[name]}\nmodel = build()\n",
    )
    assert models(tmp_path / "pkg/sub/main.py") == {"model": 36}


def test_what_all_lists_is_what_a_star_takes(tmp_path):
    text = BUILD + "\n__all__ = ['_hidden']\n_hidden = build\n"
    project(tmp_path, net=text, main="from net import *\nmodel = _hidden()\nother = build()\n")
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_star_leaves_private_names(tmp_path):
    text = BUILD + "\n_hidden = build\n"
    project(tmp_path, net=text, main="from net import *\nmodel = build()\nother = _hidden()\n")
    assert models(tmp_path / "main.py") == {"model": 36}


def test_an_imported_file_is_not_the_program(tmp_path):
    text = BUILD + "\nif __name__ == '__main__':\n    mine = build()\nNAME = __name__\n"
    main = "import pkg.net as n\nmodel = n.build(len(n.NAME))\n"
    project(tmp_path, pkg__init="", pkg__net=text, main=main)
    # `pkg.net` has seven letters.
    assert models(tmp_path / "main.py") == {"model": 63}
    assert models(tmp_path / "pkg/net.py") == {"mine": 36}


def test_what_only_type_checkers_import_is_left(tmp_path):
    main = (
        "from typing import TYPE_CHECKING\nfrom net import build\n"
        "if TYPE_CHECKING:\n    from other import build\nmodel = build()\n"
    )
    project(tmp_path, net=BUILD, other=BUILD.replace("4", "5"), main=main)
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_cycle_sees_what_is_there_so_far(tmp_path):
    first = "UNITS = 4\nfrom second import build\nLATE = 5\n"
    second = BUILD + "\nimport first\nfrom first import UNITS\nmodel = build(UNITS)\n"
    second += "try:\n    from first import LATE\nexcept ImportError:\n    late = build(9)\n"
    project(tmp_path, first=first, second=second, main="import first\n")
    assert models(tmp_path / "main.py") == {"model": 36, "late": 81}


def test_a_module_that_imports_itself(tmp_path):
    text = BUILD + "\nimport main\nfrom main import build as again\nmodel = again()\n"
    project(tmp_path, main=text)
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_module_is_read_once(tmp_path):
    net = BUILD + "\nshared = build()\n"
    main = "import net\nimport pkg.other\nfrom net import shared\nmodel = shared\n"
    project(tmp_path, net=net, pkg__init="", pkg__other="from net import shared", main=main)
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_fallback_for_what_is_not_there(tmp_path):
    main = (
        "try:\n    from .net import build\nexcept ImportError:\n    from net import build\n"
        "try:\n    from net import SIZE\nexcept ImportError:\n    SIZE = 3\n"
        "model = build(4, SIZE)\n"
    )
    project(tmp_path, deep__main=main, net=BUILD)
    assert models(tmp_path / "deep/main.py") == {"model": 16}


def test_a_module_may_make_its_names_when_asked(tmp_path):
    net = BUILD + "\ndef __getattr__(name):\n    return 4 if name == 'UNITS' else None\n"
    project(tmp_path, net=net, main="import net\nmodel = net.build(net.UNITS)\n")
    assert models(tmp_path / "main.py") == {"model": 36}


def test_the_entry_need_not_speak_of_the_library(tmp_path):
    project(
        tmp_path,
        net=BUILD,
        middle="from net import build",
        main="from middle import build\nmodel = build()\n",
    )
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_notebook_imports_what_lies_beside_it(tmp_path):
    import json

    project(tmp_path, net=BUILD.replace("units, name", "0, name"))
    cells = [{"cell_type": "code", "source": "from net import build\nmodel = build()\n"}]
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}), "utf-8")
    (found, *_) = diagnostics(path)
    assert (found.path, found.span.line, found.span.cell) == (str(tmp_path / "net.py"), 6, None)


# --- where findings are told -----------------------------------------------------------------


def test_a_finding_is_told_in_the_file_it_is_in(tmp_path):
    net = BUILD + "\n\ndef wrong():\n    return layers.Dense(0)\n"
    project(tmp_path, net=net, main="import net\n\n\n\n\nnet.wrong()\n")
    entry, reached = analyze(tmp_path / "main.py").files
    assert not entry.diagnostics
    (found,) = reached.diagnostics
    assert reached.path == found.path == str(tmp_path / "net.py")
    assert found.span.line == net[: net.index("Dense(0)")].count("\n") + 1
    assert found.span.path is None
    assert "Dense(0)" in reached.source.excerpt(found.span)


def test_a_note_names_the_file_it_is_in(tmp_path):
    net = "from keras import layers\ndef end(x):\n    return layers.Conv2D(1, 9)(x)\n"
    main = "import keras\nfrom net import end\nx = keras.Input((5, 5, 1))\ny = end(x)\n"
    project(tmp_path, net=net, main=main)
    (found,) = diagnostics(tmp_path / "main.py")
    assert found.path == str(tmp_path / "net.py")
    assert {n.path for n in found.notes if n.span is not None} == {str(tmp_path / "main.py")}


def test_a_finding_is_told_once_however_many_reach_it(tmp_path):
    net = "from keras import layers\nlayers.Dense(0)\n"
    project(tmp_path, net=net, a="import net\n", b="import net\n", c="import a, b\n")
    report = analyze(tmp_path)
    assert [os.path.basename(f.path) for f in report.files] == ["a.py", "b.py", "c.py", "net.py"]
    assert [d.path for d in report.diagnostics] == [str(tmp_path / "net.py")]


def test_a_model_is_listed_where_it_is_made(tmp_path):
    project(tmp_path, net=BUILD + "\nmodel = build()\n", main="from net import model\n")
    listed = {os.path.basename(f.path): len(f.models) for f in analyze(tmp_path).files}
    assert listed == {"main.py": 0, "net.py": 1}
    # Where nobody asked for that file, the one that imports it has it.
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_comment_silences_in_its_own_file(tmp_path):
    net = "from keras import layers\nlayers.Dense(0)  # shapecalc: ignore\nlayers.Dense(-1)\n"
    project(tmp_path, net=net, main="import net  # shapecalc: ignore\n")
    assert [d.span.line for d in diagnostics(tmp_path / "main.py")] == [3]


# --- what is not followed ----------------------------------------------------------------------


def test_beyond_the_root_nothing_is_followed(tmp_path):
    (tmp_path / "net.py").write_text(BUILD, "utf-8")
    inner = project(tmp_path / "inner", main="from ..net import build\nmodel = build()\n")
    project(inner, other="from net import build\nmodel = build()\n")
    assert models(inner / "main.py") == {}
    assert models(inner / "other.py") == {}


def test_a_link_out_of_the_root_is_not_followed(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/net.py").write_text(BUILD, "utf-8")
    (tmp_path / "outside/__init__.py").touch()
    inner = project(tmp_path / "inner", main="from net import build\nmodel = build()\n")
    project(inner, other="from linked.net import build\nmodel = build()\n")
    (inner / "net.py").symlink_to(tmp_path / "outside/net.py")
    (inner / "linked").symlink_to(tmp_path / "outside")
    assert models(inner / "main.py") == {}
    assert models(inner / "other.py") == {}
    # Within the root a link is as good as a file.
    project(inner, real=BUILD, third="from within import build\nmodel = build()\n")
    (inner / "within.py").symlink_to("real.py")
    assert models(inner / "third.py") == {"model": 36}


@pytest.mark.parametrize("name", ["keras", "tensorflow", "numpy"])
def test_a_folder_named_like_a_library_is_not_the_library(tmp_path, name):
    files = {f"{name}__init": "", f"{name}__layers": "raise SystemExit\n"}
    main = BUILD + f"\nimport {name}\nimport {name}.layers\nmodel = build()\n"
    project(tmp_path, main=main, **files)
    assert models(tmp_path / "main.py") == {"model": 36}


def test_a_module_named_like_the_standard_library_s(tmp_path):
    # Beside a script it hides the library's, in a package and elsewhere it does not.
    queue = "SIZE = 4\n"
    main = BUILD + "\nimport queue\nmodel = build(getattr(queue, 'SIZE', 7))\n"
    project(tmp_path, queue=queue, main=main, pkg__init="", pkg__queue=queue, pkg__main=main)
    assert models(tmp_path / "main.py") == {"model": 36}
    assert models(tmp_path / "pkg/main.py") != {"model": 36}


def test_nothing_is_executed(tmp_path):
    net = BUILD + f"\nopen({str(tmp_path / 'made')!r}, 'w').close()\n"
    project(tmp_path, net=net, main="from net import build\nmodel = build()\n")
    assert models(tmp_path / "main.py") == {"model": 36}
    assert not (tmp_path / "made").exists()


def test_a_text_alone_looks_at_no_file(tmp_path, monkeypatch):
    project(tmp_path, net=BUILD)
    monkeypatch.chdir(tmp_path)
    assert not analyze_source("import keras\nfrom net import build\nm = build()\n", "a.py").models


BROKEN = {
    "no python": (b"def (:\n", "not followed"),
    "binary": (b"\0\1\2", "not followed"),
    "not utf-8": (b"x = '\xe9'\n", "not followed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_module_does_not_break_the_program(tmp_path, name):
    data, reason = BROKEN[name]
    project(tmp_path, main=BUILD + "\nmodel = build()\nimport net\nnet.x(model.output)\n")
    (tmp_path / "net.py").write_bytes(data)
    (report,) = analyze(tmp_path / "main.py").files
    assert not report.unreadable
    assert len(report.models) == 1
    assert any(reason in d.message for d in report.diagnostics)


def test_a_module_that_fails_is_followed_as_far_as_it_goes(tmp_path):
    net = BUILD + "\nraise ValueError('no')\nUNITS = 4\n"
    project(tmp_path, net=net, main="from net import build, UNITS\nmodel = build(UNITS)\n")
    assert models(tmp_path / "main.py") == {"model": 36}


def test_many_imports_are_bounded(tmp_path):
    lines = "".join(f"import m{i}\n" for i in range(10_000))
    project(tmp_path, main=BUILD + "\n" + lines + "model = build()\n")
    for i in range(MAX_FILES + 50):
        (tmp_path / f"m{i}.py").write_text("x = 1\n", "utf-8")
    (report,) = analyze(tmp_path / "main.py").files
    assert len(report.models) == 1
    assert any(f"more than {MAX_FILES} files" in d.message for d in report.diagnostics)


def test_deep_imports_are_bounded(tmp_path):
    depth = imports.MAX_IMPORT_DEPTH + 5
    files = {f"m{i}": f"import m{i + 1}\n" for i in range(depth)}
    project(tmp_path, main=BUILD + "\nimport m0\nmodel = build()\n", **files)
    (report, *_) = analyze(tmp_path / "main.py").files
    assert len(report.models) == 1
    assert any("nested" in d.message for d in analyze(tmp_path / "main.py").diagnostics)


# --- the root ----------------------------------------------------------------------------------


@pytest.mark.parametrize("marker", ["pyproject.toml", "setup.py", ".git"])
def test_a_marker_marks_the_root(tmp_path, marker):
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / marker).touch()
    assert find_root(str(inner / "x.py")) == str(tmp_path)


def test_without_a_marker_the_folder_around_the_package_is_the_root(tmp_path, monkeypatch):
    monkeypatch.setattr("shapecalc.project.MARKERS", ())
    inner = tmp_path / "pkg/sub"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        (folder / "__init__.py").touch()
    assert find_root(str(inner / "x.py")) == str(tmp_path)
    assert find_root(str(inner / "x.py"), str(tmp_path.parent)) == str(tmp_path.parent)
    assert find_root(str(inner / "x.py"), str(tmp_path / "other")) == str(tmp_path)


def test_the_letters_of_a_name_matter(tmp_path):
    project(tmp_path, Net=BUILD)
    assert Project(str(tmp_path)).search(str(tmp_path / "main.py")).find("net") is None

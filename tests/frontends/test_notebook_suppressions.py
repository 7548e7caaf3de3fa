"""Suppression comments in notebooks, whose findings are placed within their cells."""

import json

import pytest

from shapecalc.api import analyze_file
from shapecalc.frontends.notebook import read_notebook


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", ["SHC213"]),
        ("  # shapecalc: ignore[SHC213]", []),
        ("  # noqa", []),
        ("  # noqa: SHC201", ["SHC213", "SHC901"]),
    ],
)
def test_a_comment_silences_its_line_of_its_cell(comment, found):
    cells = ["import keras\n", f"\nkeras.layers.Dense(0){comment}\n"]
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    notebook = read_notebook("n.ipynb", json.dumps({"cells": listed}))
    diagnostics = analyze_file(notebook).diagnostics
    assert [d.code.id for d in diagnostics] == found
    assert all((d.span.cell, d.span.line) == (2, 2) for d in diagnostics)

"""The formats of `summary` other than JSON."""

import csv
import io
import re

import pytest
from rich.cells import cell_len

from shapecalc.reports.formats import SUMMARY_FORMATS, render
from shapecalc.reports.report import Style
from tests.programs import BRANCHES, BROKEN, HEAD, HOSTILE, LENET, OPEN, OTHER, report

LONG = "a_name_that_is_longer_than_any_column_of_the_table_could_ever_be"
WIDE = HEAD + (
    f"model = keras.Sequential([keras.Input((1000000,)), layers.Dense(1000000, name='{LONG}')])\n"
)


def rendered(name, *texts, **style):
    return render(SUMMARY_FORMATS[name], report(*texts), Style(**style))


def unfolded(table: str) -> str:
    """A table's words with the folds and borders taken out, column by column."""
    columns: dict[int, str] = {}
    for line in table.split("\n"):
        if line.startswith("│"):
            for i, cell in enumerate(line.strip("│").split("│")):
                columns[i] = columns.get(i, "") + cell.strip()
    return "\n".join(columns.values())


TABLE = """\
Model: "lenet" (model.py:4, model)
┏━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━┳━━━━━━━━━┓
┃ Layer (type)           ┃ Output Shape      ┃ Param # ┃ Connections ┃    MACs ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━╇━━━━━━━━━┩
│ input_layer            │ (None, 32, 32, 1) │       0 │           0 │       0 │
│ (InputLayer)           │                   │         │             │         │
│ conv2d (Conv2D)        │ (None, 28, 28, 6) │     156 │     117,600 │ 117,600 │
│ average_pooling2d      │ (None, 14, 14, 6) │       0 │       4,704 │       0 │
│ (AveragePooling2D)     │                   │         │             │         │
│ flatten (Flatten)      │ (None, 1176)      │       0 │           0 │       0 │
│ dense (Dense)          │ (None, 10)        │  11,770 │      11,760 │  11,760 │
└────────────────────────┴───────────────────┴─────────┴─────────────┴─────────┘
 Total params: 11,926
 Trainable params: 11,926
 Non-trainable params: 0
 Connections: 138,778 (134,064 of weights and windows, 4,714 of biases)
 MACs: 129,360
 Memory of weights: 46.59 KiB
 Memory of one sample: 31.60 KiB, at most 22.97 KiB at once
 Memory to train: about 217.95 KiB (adam, one sample)
 Coverage: 4 of 4 layers exact

"""


def test_table():
    assert rendered("table", LENET) == TABLE


@pytest.mark.parametrize("text", [LENET, BRANCHES, OPEN, BROKEN])
@pytest.mark.parametrize("width", [80, 100, 160])
def test_a_table_fits_the_terminal(text, width):
    lines = rendered("table", text, width=width).split("\n")
    assert max(cell_len(line) for line in lines if line[:1] in "┏┃┡│└") <= width


@pytest.mark.parametrize("width", [40, 60, 80])
def test_names_are_folded_and_numbers_are_whole(width):
    table = rendered("table", WIDE, width=width)
    assert LONG in unfolded(table)
    assert "1,000,001,000,000" in table
    assert "…" not in table


def test_branches_say_what_they_are_connected_to():
    table = rendered("table", BRANCHES, width=160)
    assert "Connected to" in table
    assert "image, inner" in table
    assert "Connected to" not in rendered("table", LENET)


def test_nested_layers_where_they_are_wanted():
    assert "└" not in unfolded(rendered("table", BRANCHES, width=160))
    assert "└ conv2d" in unfolded(rendered("table", BRANCHES, width=160, expand_nested=True))


def test_lower_bounds_and_unknowns_are_marked():
    table = rendered("table", BROKEN)
    assert "Total params: ≥ 80" in table
    assert "(None, ?, ?, 8)" in table
    assert "≥" not in rendered("table", LENET)


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (
            "layers.Dense(2), layers.Dense(3)",
            "dense, dense_1: the model's input shape is not known",
        ),
        (
            "keras.Input((4, 4, 1)), *[layers.Conv2D(8, 3, name=f'c{i}') for i in range(7)]",
            "c1, c2, c3 and 3 more: c1 is refused",
        ),
    ],
)
def test_an_unknown_has_its_reason(layers, said):
    text = HEAD + f"model = keras.Sequential([{layers}])\n"
    for name, mark in (("table", " "), ("markdown", "- ")):
        line = f"\n{mark}Unknown: {said}\n"
        assert line in rendered(name, text).replace("\\_", "_")
    assert "Unknown" not in rendered("table", LENET)


def test_a_condition_is_stated():
    table = rendered("table", OPEN, width=200)
    assert "Valid if: H >= 3 and W >= 3" in table


@pytest.mark.parametrize("name", ["table", "markdown", "csv"])
def test_nothing_of_the_program_acts(name):
    out = rendered(name, HOSTILE, width=200)
    assert "SHC213" in out or name == "csv"
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\x1b" in out


def test_color_only_where_it_is_wanted():
    assert "\x1b[" not in rendered("table", LENET)
    assert "\x1b[" in rendered("table", LENET, color=True)


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_a_file_without_models_says_so(name):
    assert "no Keras model found" in rendered(name, OTHER)
    assert "not analysed" in rendered(name, "x = (")


def test_csv():
    rows = list(csv.DictReader(io.StringIO(rendered("csv", LENET))))
    assert [row["layer"] for row in rows] == [
        "input_layer", "conv2d", "average_pooling2d", "flatten", "dense",
    ]  # fmt: skip
    assert rows[1]["connections"] == "117600"
    assert rows[1]["output_shape"] == "(None, 28, 28, 6)"
    assert {row["model"] for row in rows} == {"lenet"}


def test_csv_leaves_unknown_counts_empty():
    rows = list(csv.DictReader(io.StringIO(rendered("csv", BROKEN))))
    assert rows[-1]["macs"] == ""
    assert rows[0]["macs"] == "0"


def test_markdown_is_a_table_whatever_the_names_are():
    for text in (LENET, HOSTILE):
        lines = [s for s in rendered("markdown", text).split("\n") if s.startswith("|")]
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert bars == {6}
    assert "| conv2d (Conv2D) | (None, 28, 28, 6) | 156 | 117,600 | 117,600 |" in rendered(
        "markdown", LENET
    ).replace("\\", "")

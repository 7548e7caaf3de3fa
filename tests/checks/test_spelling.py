"""Fixes of misspelt words: what is put in their place, and where nothing can be."""

from __future__ import annotations

import pytest

from shapecalc import analyze, check_source
from shapecalc.fixes import apply_fixes

HEAD = "import keras\nfrom keras import layers\n"


@pytest.mark.parametrize(
    ("call", "mended"),
    [
        ("layers.Dense(unit=8)", "layers.Dense(units=8)"),
        ("layers.Dense( unit = 8)", "layers.Dense( units = 8)"),
        ("layers.Conv2D(8, 3, 1, 'smae')", "layers.Conv2D(8, 3, 1, 'same')"),
        ('layers.Conv2D(8, 3, padding="smae")', 'layers.Conv2D(8, 3, padding="same")'),
        ("layers.Conv2D(8, 3, padding = 'smae')", "layers.Conv2D(8, 3, padding = 'same')"),
        ("layers.Dense(8,\n    'rellu')", "layers.Dense(8,\n    'relu')"),
    ],
)
def test_the_word_that_was_meant_is_put_there(call, mended):
    text = f"{HEAD}x = {call}\n"
    (finding,) = check_source(text)
    assert finding.fix is not None
    assert not finding.fix.safe
    assert apply_fixes(text, [finding.fix]) == (f"{HEAD}x = {mended}\n", 1)


@pytest.mark.parametrize(
    "call",
    [
        "layers.Dense(units=8, unit=8)",  # the word is there already
        "layers.Dense(**{'unit': 8})",
        "layers.Dense(8, quux=8)",
        "layers.Dense(8, activation=f'rellu')",
        "layers.Dense(8, activation='rel' 'lu')",
        "layers.Dense(8, activation='' + 'rellu')",
        "layers.Conv2D(8, 3, padding=('smae'))",
        "layers.Conv2D(8, 3, padding='''smae''')",
        "layers.Conv2D(8, 3, padding=word)",
        "layers.Conv2D(8, 3, padding=\n    'smae')",
        "layers.Conv2D(8, 3, padding='quux')",
        "layers.Conv2D(8, 3, kernal_initializer=\n    'zeros')",
    ],
)
def test_where_more_than_a_plain_word_stands_nothing_is_put(call):
    (finding,) = check_source(f"{HEAD}word = 'smae'\nx = {call}\n")
    assert finding.code.id in ("SHC211", "SHC213")
    assert finding.fix is None


def test_another_word_for_the_same_is_safe():
    text = f"{HEAD}x = keras.optimizers.SGD(lr=0.1)\n"
    (finding,) = check_source(text)
    assert finding.fix is not None
    assert finding.fix.safe
    assert apply_fixes(text, [finding.fix])[0] == text.replace("lr", "learning_rate")


def test_a_file_of_the_project_is_not_mended_from_another(tmp_path):
    # Its lines are other lines than those of the file that is checked, even where they look alike.
    text = f"{HEAD}def part():\n    return layers.Dense(unit=8)\n"
    (tmp_path / "parts.py").write_text(text)
    main = tmp_path / "main.py"
    main.write_text(f'from parts import part\n"""\n\n{text.splitlines()[-1]}\n"""\nx = part()\n')
    (finding,) = analyze(main).diagnostics
    assert finding.path.endswith("parts.py")
    assert finding.fix is None

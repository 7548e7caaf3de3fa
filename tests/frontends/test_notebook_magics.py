"""What only a notebook understands is passed over, and what a magic times is run."""

import ast

import pytest

from shapecalc.frontends.python.parsing import without_magics


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install a \\\n    b \\\n    c\nx = 1", "pass\n\n\nx = 1"),
        ("!a \\\n  b\n!c \\\n  d\nx = 1", "pass\n\npass\n\nx = 1"),
        ("Dropout??\nnp.*load*?\nx = 1", "pass\npass\nx = 1"),
        ("ls ./data/\npip install -q a\ncat = 3", "pass\npass\ncat = 3"),
        ("if x:\n    !ls\ny = 2", "if x:\n    pass\ny = 2"),
        ("keras.Input?\nx = 1", "pass\nx = 1"),
        ("%time model.fit(x)", "model.fit(x)"),
        ("%timeit -n1 -r 1 -q build_model()", "build_model()"),
        ("%timeit -o", "pass"),
        ("x = (5\n     % 3)", "x = (5\n     % 3)"),
        ("text = 'a %s' \\\n    % x", "text = 'a %s' \\\n    % x"),
    ],
)
def test_magics(text, left):
    assert without_magics(text) == left
    ast.parse(without_magics(text))

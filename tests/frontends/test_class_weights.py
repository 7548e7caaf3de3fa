"""Weights of classes and samples that scikit-learn computes."""

from __future__ import annotations

import pytest

from shapecalc import check_source

PROGRAM = """
import keras
import numpy as np
from sklearn.utils import class_weight
from sklearn.utils.class_weight import compute_class_weight

x, y = np.ones((6, 4)), np.array([0, 1, 2, 0, 0, 0])
weights = {weights}
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, {argument})
"""
BALANCED = "compute_class_weight('balanced', classes=np.unique(y), y=y)"


@pytest.mark.parametrize(
    ("weights", "argument", "codes"),
    [
        (BALANCED, "class_weight=weights", ["SHC319"]),
        (f"class_weight.{BALANCED}", "class_weight=weights", ["SHC319"]),
        (BALANCED, "class_weight=dict(enumerate(weights))", []),
        (f"dict(zip(np.unique(y), {BALANCED}))", "class_weight=weights", []),
        ("class_weight.compute_sample_weight('balanced', y)", "sample_weight=weights", []),
        (
            "class_weight.compute_sample_weight('balanced', y[:5])",
            "sample_weight=weights",
            ["SHC312"],
        ),
    ],
)
def test_a_row_of_weights_is_no_dict(weights: str, argument: str, codes: list[str]) -> None:
    found = check_source(PROGRAM.format(weights=weights, argument=argument))
    assert [d.code.id for d in found] == codes

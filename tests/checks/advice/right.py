"""Programs that are right, near to where a finding would begin."""

from __future__ import annotations

from tests.checks.advice.architecture import CLASSES, ending_in
from tests.checks.advice.case import sequential

RIGHT = {
    "a small map with few rows": ending_in(
        "keras.Input((3, 15, 16))", "layers.Conv2D(8, 3, activation='relu')"
    ),
    "few rows of features": ending_in(
        "keras.Input((5, 66, 8))",
        "layers.Conv2D(64, 3, activation='relu')",
        "layers.Conv2D(8, 3, activation='relu')",
    ),
    "a step in two of an image": sequential(
        "keras.Input((4, 4, 3))", "layers.Conv2D(8, 3, activation='relu')", CLASSES
    ),
    "a large dense layer behind a series": ending_in(
        "keras.Input((200, 200, 3))",
        "layers.Conv2D(8, 1, activation='relu')",
        "layers.Reshape((40000, 8))",
        "layers.Flatten()",
        "layers.Dense(40, activation='relu')",
    ),
    "less than a quarter": ending_in("keras.Input((5, 6))", "layers.MaxPooling1D(2)"),
}

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
    "nine tenths less some of the params in one layer": ending_in(
        # 9999·1001 + 1001 = 10 010 000 of 11 204 172.
        "keras.Input((33, 303, 1))",
        "layers.Conv2D(1, 1, activation='relu')",
        "layers.Flatten()",
        "layers.Dense(1001, activation='relu')",
        "layers.Dense(1180, activation='relu')",
    ),
    "a shortcut": ending_in(
        "keras.Input((9, 9, 3))",
        "layers.Conv2D(8, 1, 2)",
        "layers.ReLU()",
        "layers.Conv2D(8, 1, 1)",
    ),
    "two kinds of layers": ending_in(
        "keras.Input((9, 4))", "layers.Dense(8)", "layers.Conv1D(8, 3, activation='relu')"
    ),
    "units that nobody knows": "n = int(input())\n"
    + sequential("keras.Input((8,))", "layers.Dense(n)", "layers.Dense(8, activation='relu')"),
}

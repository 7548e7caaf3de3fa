"""`keras.Variable`: a weight that the program makes by itself, and gives to a layer."""

from __future__ import annotations

from typing import Any

from shapecalc.graph.tensor import Tensor
from shapecalc.rules.facts import STATE, Weight
from shapecalc.rules.unknown import Unranked


class KerasVariable(Tensor):
    """A variable, which belongs to the layer that it becomes an attribute of.

    Attributes:
        label: its name.
        trainable: whether it is trained.
    """

    __slots__ = ("label", "trainable")

    def __init__(self, shape: Any, dtype: str, label: str, trainable: bool) -> None:
        super().__init__(shape, dtype, of_weights=True)
        self.label = label
        self.trainable = trainable

    def weight(self) -> Weight | None:
        """It as a weight of a layer; None where its shape is not known."""
        if isinstance(self.shape, Unranked):
            return None
        return Weight(
            self.label, self.shape, role=STATE, trainable=self.trainable, dtype=self.dtype
        )

"""Fully connected layers."""

from __future__ import annotations

from shapecalc.dims import Dim, Shape, product
from shapecalc.layers import keras_1
from shapecalc.layers.adaptation import Quantizable, with_lora
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.requirement import require_defined


@layer("keras.layers.Dense")
class Dense(Quantizable):
    """Join every input feature to every unit, at each position of the other axes."""

    takes = "B ... C"
    older = keras_1.WEIGHTED

    units: Dim = argument.size(symbol="u")
    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    lora_rank: Dim | None = argument.size(None, symbol="r", least=0, optional=True)
    lora_alpha: object = argument.inert()
    quantization_config: object = argument.inert()

    def validate(self) -> None:
        self.refuse_constrained(self.lora_rank)

    def infer(self, x: Shape) -> Facts:
        require_defined(x, -1)
        positions = product(x[1:-1])
        weights = [Weight("kernel", (x[-1], self.units), positions)]
        if self.use_bias:
            weights.append(Weight("bias", (self.units,), positions, BIAS))
        return Facts((*x[:-1], self.units), with_lora(weights, self.lora_rank))

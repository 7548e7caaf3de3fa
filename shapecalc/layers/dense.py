"""Fully connected layers."""

from __future__ import annotations

from shapecalc.dims import Dim, Shape, product
from shapecalc.layers import keras_1
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, STATE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require_defined

# Of the factors of a low-rank update, whatever the policy.
FACTOR_DTYPE = "float32"


@layer("keras.layers.Dense")
class Dense(Layer):
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
        refuse_constrained_lora(self.lora_rank, self.kernel_constraint)

    def infer(self, x: Shape) -> Facts:
        require_defined(x, -1)
        positions = product(x[1:-1])
        weights = [Weight("kernel", (x[-1], self.units), positions)]
        if self.use_bias:
            weights.append(Weight("bias", (self.units,), positions, BIAS))
        return Facts((*x[:-1], self.units), with_lora(weights, self.lora_rank))


def refuse_constrained_lora(rank: Dim | None, constraint: object) -> None:
    """Refuse a low-rank update of a kernel that is held to a constraint.

    Raises:
        InvalidArgument: both are given.
    """
    if _has_lora(rank) and constraint is not None:
        raise InvalidArgument(
            "`lora_rank` does not go with a `kernel_constraint`", argument="lora_rank"
        )


def with_lora(weights: list[Weight], rank: Dim | None) -> tuple[Weight, ...]:
    """Freeze the kernel, the first of the weights, and add its low-rank update, if it has one.

    The two factors are multiplied into the kernel, so they draw no edges of their own.
    """
    if not _has_lora(rank):
        return tuple(weights)
    assert rank is not None
    kernel = weights[0]
    return (
        kernel._replace(trainable=False),
        *weights[1:],
        Weight("lora_kernel_a", (*kernel.shape[:-1], rank), role=STATE, dtype=FACTOR_DTYPE),
        Weight("lora_kernel_b", (rank, kernel.shape[-1]), role=STATE, dtype=FACTOR_DTYPE),
    )


def _has_lora(rank: Dim | None) -> bool:
    # Rank 0 means none; a symbolic rank is at least 1.
    return rank is not None and not (isinstance(rank, int) and rank == 0)

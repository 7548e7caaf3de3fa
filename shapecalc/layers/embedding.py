"""Layers that look up a vector for each of the integers they are given."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, product
from shapecalc.layers.adaptation import Quantizable, has_rank, with_lora
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import KERNEL, STATE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument, show_shape


class LookUp(Quantizable):
    """Hold a vector of `output_dim` numbers for each of `input_dim` integers."""

    takes = "B ..."
    main = "embeddings"
    quantized_modes = ("int8", "int4")
    # What Keras 1 called the arguments.
    older = {  # noqa: RUF012
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
    }

    def _declared_input(self, common: dict[str, Any]) -> Any:
        declared = super()._declared_input(common)
        length = common.get("input_length")
        if declared is not None or length is None:
            return declared
        return (None, *length) if isinstance(length, (tuple, list)) else (None, length)

    def validate(self) -> None:
        self.refuse_constrained(vars(self)["lora_rank"])

    def _rows(self) -> list[Weight]:
        """The vectors. Those that are looked up are not multiplied by anything."""
        given = vars(self)
        shape = (given["input_dim"], given["output_dim"])
        return list(with_lora([Weight("embeddings", shape, role=STATE)], given["lora_rank"]))


@layer("keras.layers.Embedding")
class Embedding(LookUp):
    """Look up a vector of `output_dim` numbers for each integer."""

    input_dim: Dim = argument.size(symbol="v", boolean=False)
    output_dim: Dim = argument.size(symbol="d", boolean=False)
    embeddings_initializer: object = argument.initializer("uniform")
    embeddings_regularizer: object = argument.regularizer()
    embeddings_constraint: object = argument.constraint()
    mask_zero: object = argument.flag(False)
    weights: Any = argument.inert()
    lora_rank: Dim | None = argument.size(None, symbol="r", least=0, optional=True)
    lora_alpha: object = argument.inert()
    quantization_config: object = argument.inert()

    def validate(self) -> None:
        super().validate()
        given = vars(self)
        rows = (given["input_dim"], given["output_dim"])
        matrices = {
            "weights": _given_weights(given["weights"]),
            "embeddings_initializer": _constant(given["embeddings_initializer"]),
        }
        for name, matrix in matrices.items():
            if matrix is not None and any(map(_differ, matrix, rows)):
                raise InvalidArgument(
                    f"the given vectors are {show_shape(matrix)}, but `input_dim` and "
                    f"`output_dim` make {show_shape(rows)}",
                    argument=name,
                )

    def infer(self, inputs: Shape) -> Facts:
        looked_up = product(inputs[1:]) * self.output_dim
        return Facts((*inputs, self.output_dim), tuple(self._rows()), edges=looked_up)


def _given_weights(weights: Any) -> Shape | None:
    """The shape of the vectors that a program gives; None where it gives none that is known."""
    if isinstance(weights, (list, tuple)):
        weights = weights[0] if len(weights) == 1 else None
    return _matrix(weights)


def _constant(initializer: Any) -> Shape | None:
    """The shape of the matrix that an initializer fills in."""
    if not str(getattr(initializer, "path", "")).endswith(".Constant"):
        return None
    given = getattr(initializer, "args", ())
    return _matrix(given[0]) if given else None


def _differ(one: Dim, other: Dim) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one != other


def _matrix(value: Any) -> Shape | None:
    shape = getattr(value, "shape", None)
    return shape if isinstance(shape, tuple) and len(shape) == 2 else None


@layer("keras.layers.ReversibleEmbedding")
class ReversibleEmbedding(LookUp):
    """Look up a vector for each integer, or in reverse score every integer for each vector."""

    input_dim: Dim = argument.size(symbol="v", boolean=False)
    output_dim: Dim = argument.size(symbol="d", boolean=False)
    tie_weights: bool = argument.flag(True)
    embeddings_initializer: object = argument.initializer("uniform")
    embeddings_regularizer: object = argument.regularizer()
    embeddings_constraint: object = argument.constraint()
    mask_zero: object = argument.flag(False)
    reverse_dtype: object = argument.inert()
    logit_soft_cap: object = argument.inert()
    weights: Any = argument.inert()
    lora_rank: Dim | None = argument.size(None, symbol="r", least=0, optional=True)
    lora_alpha: object = argument.inert()
    quantization_config: object = argument.inert()

    def validate(self) -> None:
        super().validate()
        if has_rank(self.lora_rank) and not self.tie_weights:
            # Keras closes the layer to new weights before it comes to the second table.
            raise InvalidArgument(
                "`lora_rank` does not go with `tie_weights=False`", argument="lora_rank"
            )

    def infer(self, inputs: Shape, reverse: Any = False) -> Facts:
        weights = self._rows()
        if not self.tie_weights:
            shape = (self.output_dim, self.input_dim)
            weights.append(Weight("reverse_embeddings", shape, role=STATE))
        if not reverse:
            looked_up = product(inputs[1:]) * self.output_dim
            return Facts((*inputs, self.output_dim), tuple(weights), edges=looked_up)
        scoring = 0 if self.tie_weights else -1
        weights[scoring] = weights[scoring]._replace(uses=product(inputs[1:-1]), role=KERNEL)
        return Facts((*inputs[:-1], self.input_dim), tuple(weights))

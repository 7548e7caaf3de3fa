"""Attention without projections: the inputs are queries, values and keys themselves."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, product
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import SCALE, STATE, Facts, Weight
from shapecalc.rules.refusal import WrongInputs, WrongRank
from shapecalc.rules.requirement import require_defined
from shapecalc.rules.unknown import unknown_dim


class PlainAttention(Layer):
    """Weigh the values for each query by how it goes with their keys."""

    def _shapes(self, inputs: Any, least: int) -> tuple[Shape, Shape, Shape]:
        """The shapes of query, value and key.

        Raises:
            WrongInputs: it is no list of two or three tensors.
            WrongRank: one has fewer axes than `least`.
        """
        kind = type(self).__name__
        if not isinstance(inputs, list):
            raise WrongInputs(f"{kind} is called on a list: [query, value] or [query, value, key]")
        if len(inputs) not in (2, 3) or not all(is_shape(shape) for shape in inputs):
            raise WrongInputs(f"{kind} takes a list of 2 or 3 tensors, got {len(inputs)}")
        for shape in inputs:
            if len(shape) < least:
                raise WrongRank(shape, f"at least {least} axes")
        return inputs[0], inputs[1], inputs[-1] if len(inputs) == 3 else inputs[1]

    def _output(self, query: Shape, value: Shape, key: Shape, scores: Any) -> Any:
        output = (*query[:-1], value[-1])
        return [output, (*query[:-1], key[-2])] if scores else output


def pairs_of(query: Shape, key: Shape) -> Dim:
    """How many pairs of a query and a key there are in one sample."""
    if len(query) < 3 or len(key) < 3:
        # Without an axis of its own for them, the queries are the samples of the batch.
        return unknown_dim("attention across the samples of a batch")
    return product(query[1:-1]) * key[-2]


@layer("keras.layers.Attention")
class Attention(PlainAttention):
    """Weigh values by the product of query and key, or by a sum of both."""

    use_scale: bool = argument.flag(False)
    score_mode: str = argument.choice("dot", "concat", default="dot", fold_case=False)
    dropout: float = argument.number(0.0)
    seed: object = argument.inert()

    def infer(
        self,
        inputs: Any,
        return_attention_scores: Any = False,
        use_causal_mask: Any = False,
    ) -> Facts:
        query, value, key = self._shapes(inputs, 2 if return_attention_scores else 1)
        pairs = pairs_of(query, key)
        summed = self.score_mode == "concat"
        weights = []
        if self.use_scale:
            # The products are rescaled, or each feature of the sums.
            scaled = pairs * query[-1] if summed else pairs
            weights.append(Weight("scale", (), scaled, SCALE))
        if summed:
            weights.append(Weight("concat_score_weight", (), pairs, SCALE))
        compared, combined = pairs * query[-1], pairs * value[-1]
        return Facts(
            self._output(query, value, key, return_attention_scores),
            tuple(weights),
            edges=compared + combined,
            macs=combined if summed else compared + combined,
        )


@layer("keras.layers.AdditiveAttention")
class AdditiveAttention(PlainAttention):
    """Weigh values by a weighted sum over the features of query and key together."""

    use_scale: bool = argument.flag(True)
    dropout: float = argument.number(0.0)
    score_mode: str = argument.choice("dot", "concat", default="dot", fold_case=False)
    seed: object = argument.inert()

    def infer(
        self,
        inputs: Any,
        return_attention_scores: Any = False,
        use_causal_mask: Any = False,
    ) -> Facts:
        query, value, key = self._shapes(inputs, 2 if return_attention_scores else 1)
        weights = []
        if self.use_scale:
            require_defined(query, -1)
            # Its edges are those of the comparison, below.
            weights.append(Weight("scale", (query[-1],), role=STATE))
        pairs = pairs_of(query, key)
        compared, combined = pairs * query[-1], pairs * value[-1]
        return Facts(
            self._output(query, value, key, return_attention_scores),
            tuple(weights),
            edges=compared + combined,
            macs=compared + combined if self.use_scale else combined,
        )

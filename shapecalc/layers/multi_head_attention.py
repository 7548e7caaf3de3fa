"""Attention with heads: queries, keys and values are projected, head by head."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, divides, equal, product, show
from shapecalc.layers.axes import require_same
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import (
    AxisOutOfRange,
    Indivisible,
    InvalidArgument,
    MismatchedShapes,
    WrongInputs,
    WrongRank,
    show_shape,
)
from shapecalc.rules.requirement import require, require_defined
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, unknown_dim


class HeadedAttention(Layer):
    """Project queries, keys and values, compare and combine them, and project the result."""

    makes = ("softmax", "dropout")
    hides_owners = True

    use_bias: bool
    use_gate: bool
    dropout: Any
    flash_attention: Any

    def validate(self) -> None:
        if self.flash_attention and self.dropout > 0:
            raise InvalidArgument(
                "`dropout` does not go with `flash_attention=True`", argument="dropout"
            )

    def _checked(self, query: Any, value: Any, key: Any, rank: str) -> tuple[Shape, Shape, Shape]:
        """The shapes of query, value and key.

        Raises:
            WrongInputs: one of them is no tensor.
            WrongRank: one has not the axes that `rank` names.
            MismatchedShapes: there are not as many keys as values.
        """
        shapes = (query, value, value if key is None else key)
        named = [axis for axis in rank.split() if axis != "..."]
        for shape in shapes:
            if not is_shape(shape):
                raise WrongInputs(f"{type(self).__name__} takes tensors: query, value and key")
            if len(shape) < len(named) or (len(shape) > len(named) and "..." not in rank):
                raise WrongRank(shape, f"{len(named)} axes ({rank})")
            require_defined(shape, -1)
        refusal = MismatchedShapes(
            f"value {show_shape(shapes[1])} and key {show_shape(shapes[2])} must agree "
            "on all axes between the first and the last",
            shapes[1:],
        )
        if len(shapes[1]) != len(shapes[2]):
            raise refusal
        for a, b in zip(shapes[1][1:-1], shapes[2][1:-1], strict=True):
            require_same(a, b, refusal)
        return shapes

    def _projections(
        self,
        shapes: tuple[Shape, Shape, Shape],
        heads: Dim,
        groups: Dim,
        depth: Dim,
        width: Dim,
        made: Shape,
    ) -> tuple[Weight, ...]:
        """The weights in Keras's order.

        Args:
            shapes: those of query, value and key.
            heads: of the queries.
            groups: the heads of keys and values.
            depth: the features of a query's or a key's head.
            width: those of a value's head.
            made: the axes of the output behind its positions.
        """
        query, value, key = shapes
        weights = self._projection("query", query, heads, depth)
        weights += self._projection("key", key, groups, depth)
        if self.use_gate:
            weights += self._projection("gate", query, heads, width)
        weights += self._projection("value", value, groups, width)
        positions = product(query[1:-1])
        weights += self._dense("attention_output", (heads, width), made, positions)
        return tuple(weights)

    def _projection(self, name: str, source: Shape, *heads: Dim) -> list[Weight]:
        """From the features of each position to each feature of each head."""
        return self._dense(name, source[-1:], heads, product(source[1:-1]))

    def _dense(self, name: str, source: Shape, target: Shape, positions: Dim) -> list[Weight]:
        kernel = Weight(f"{name}/kernel", (*source, *target), positions)
        bias = Weight(f"{name}/bias", target, positions, BIAS)
        return [kernel, bias] if self.use_bias else [kernel]


def _accept_axes(value: Any, _owner: Any) -> tuple[int, ...] | None:
    axes = (value,) if isinstance(value, int) else value
    if axes is None:
        return None
    if not isinstance(axes, (list, tuple)) or not all(isinstance(axis, int) for axis in axes):
        raise ValueError("an integer or a tuple of integers")
    return tuple(axes)


def _accept_output(value: Any, _owner: Any) -> Shape | None:
    if isinstance(value, (int, Symbolic)):
        value = (value,)
        if value == (0,):
            return None  # as Keras has it, by its truth
    if value is None or not len(value):
        return None
    dims = tuple(unknown_dim(d.reason) if isinstance(d, Unknown) else d for d in value)
    for dim in dims:
        if not isinstance(dim, (int, Symbolic)) or (isinstance(dim, int) and dim < 0):
            raise ValueError("a size or a tuple of sizes")
    return dims


@layer("keras.layers.MultiHeadAttention")
class MultiHeadAttention(HeadedAttention):
    """Attend with several heads, each with its own projections."""

    num_heads: Dim = argument.size(symbol="h")
    key_dim: Dim = argument.size(symbol="k")
    value_dim: Dim | None = argument.size(None, symbol="v", optional=True)
    dropout: Any = argument.number(0.0, low=0, high=1)
    use_bias: bool = argument.flag(True)
    output_shape: Shape | None = argument.checked(_accept_output, None)
    attention_axes: tuple[int, ...] | None = argument.checked(_accept_axes, None)
    sliding_window: object = argument.size(None, optional=True)
    flash_attention: Any = argument.flag(None)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    use_gate: bool = argument.flag(False)
    seed: object = argument.inert()

    def infer(
        self,
        query: Any,
        value: Any,
        key: Any = None,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        return_attention_scores: Any = False,
        use_causal_mask: Any = False,
    ) -> Facts:
        shapes = query, value, key = self._checked(query, value, key, "B ... C")
        heads, depth = self.num_heads, self.key_dim
        width = depth if self.value_dim is None else self.value_dim
        made = self.output_shape or query[-1:]
        weights = self._projections(shapes, heads, heads, depth, width, made)
        products = self._pairs(query, key) * heads * (depth + width)
        output: Any = (*query[:-1], *made)
        if return_attention_scores:
            # As a node of a graph, it has the length of the query twice in Keras, even where the
            # keys are more or fewer; where code is run, there is a score for each key.
            session = current_session()
            run = session.on_arrays or session.tracer is not None
            compared = key[1] if run else query[1]
            output = [output, (query[0], heads, query[1], compared)]
        return Facts(output, weights, edges=products, macs=products)

    def _pairs(self, query: Shape, key: Shape) -> Dim:
        """How many pairs of a query and a key there are in one sample, for each head."""
        # The axes are those of a projected tensor, which ends in heads and features.
        rank = len(key) + 1
        axes = self.attention_axes
        if axes is None:
            axes = tuple(range(1, rank - 2))
        axes = tuple(a if a >= 0 else rank - 1 + a for a in axes)
        if any(not -rank <= a < rank for a in axes):
            raise AxisOutOfRange(
                f"attention_axes {self.attention_axes} of an input of rank {len(key)}",
                argument="attention_axes",
            )
        inner = all(1 <= a < rank - 2 for a in axes) and len(set(axes)) == len(axes)
        if len(query) != len(key) or not inner:
            return unknown_dim("attention that Keras makes but cannot run")
        return product(query[1:-1]) * product(key[a] for a in axes)


@layer("keras.layers.GroupQueryAttention")
class GroupedQueryAttention(HeadedAttention):
    """Attend with several heads, of which each group shares one projection of keys and values."""

    head_dim: Dim = argument.size(symbol="k")
    num_query_heads: Dim = argument.size(symbol="h", least=0)
    num_key_value_heads: Dim = argument.size(symbol="g")
    dropout: Any = argument.number(0.0, low=0, high=1)
    use_bias: bool = argument.flag(True)
    sliding_window: object = argument.size(None, optional=True)
    flash_attention: Any = argument.flag(None)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    use_gate: bool = argument.flag(False)
    seed: object = argument.inert()

    def validate(self) -> None:
        super().validate()
        refusal = Indivisible(
            f"`num_query_heads` ({show(self.num_query_heads)}) must be a multiple of "
            f"`num_key_value_heads` ({show(self.num_key_value_heads)})",
            argument="num_query_heads",
            beside="num_key_value_heads",
        )
        require(divides(self.num_key_value_heads, self.num_query_heads), refusal)

    def infer(
        self,
        query: Any,
        value: Any,
        key: Any = None,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        return_attention_scores: Any = False,
        use_causal_mask: Any = False,
    ) -> Facts:
        shapes = query, value, key = self._checked(query, value, key, "B T C")
        refusal = MismatchedShapes(
            f"query {show_shape(query)} and value {show_shape(value)} must have as many features",
            (query, value),
            axis=-1,
        )
        require(equal(query[-1], value[-1]), refusal)
        heads, groups, depth = self.num_query_heads, self.num_key_value_heads, self.head_dim
        weights = self._projections(shapes, heads, groups, depth, depth, query[-1:])
        products = query[1] * key[1] * heads * depth * 2
        output: Any = query
        if return_attention_scores:
            output = [query, (query[0], heads, query[1], key[1])]
        return Facts(output, weights, edges=products, macs=products)

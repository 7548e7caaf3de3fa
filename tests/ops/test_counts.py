"""What products and windows join: connections and MACs of operations."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc import Input, Model, check_source, layers, summarize
from shapecalc.dims import BATCH, is_unknown
from shapecalc.frontends.python import read
from shapecalc.graph.summary import ModelSummary
from shapecalc.rules.spec import TensorSpec
from shapecalc.source import SourceFile
from tests.ops.case import RULES

# An operation, the shapes of its operands, and its options.
Product = tuple[str, list[tuple[int, ...]], dict[str, Any]]

PRODUCTS: list[Product] = [
    ("matmul", [(2, 5, 3), (3, 4)], {}),
    ("matmul", [(2, 5, 3), (2, 3, 4)], {}),
    ("matmul", [(5, 3), (3,)], {}),
    ("matmul", [(3,), (3, 2)], {}),
    ("dot", [(2, 5, 3), (3, 4)], {}),
    ("dot", [(2, 5, 3), (3,)], {}),
    ("dot", [(2, 5, 3), (6, 3, 4)], {}),
    ("vdot", [(2, 5), (2, 5)], {}),
    ("inner", [(2, 3), (4, 3)], {}),
    ("outer", [(5,), (3,)], {}),
    ("kron", [(2, 2), (3, 1)], {}),
    ("tensordot", [(2, 5, 3), (5, 3, 4)], {"axes": 2}),
    ("tensordot", [(2, 5, 3), (5, 4)], {"axes": [[1], [0]]}),
    ("einsum", [(2, 5, 3), (3, 4)], {"subscripts": "abc,cd->abd"}),
    ("einsum", [(2, 5, 3), (2, 6, 3)], {"subscripts": "...ij,...kj->...ik"}),
    ("einsum", [(2, 5), (2, 5)], {"subscripts": "ab,ab->"}),
    ("einsum", [(2, 5), (2, 5)], {"subscripts": "ab,ab->ab"}),
    ("conv", [(1, 7, 6, 3), (3, 2, 3, 4)], {"padding": "same", "strides": 2}),
    ("conv", [(1, 9, 3), (3, 3, 4)], {"padding": "valid", "dilation_rate": 2}),
    ("depthwise_conv", [(1, 7, 6, 3), (3, 2, 3, 2)], {"padding": "same"}),
    ("separable_conv", [(1, 7, 6, 3), (3, 3, 3, 2), (1, 1, 6, 4)], {}),
    ("conv_transpose", [(1, 4, 5, 3), (3, 3, 2, 3)], {"strides": 2, "padding": "same"}),
    ("conv_transpose", [(1, 4, 3), (3, 2, 3)], {"strides": 2, "padding": "valid"}),
]


def rule_on(product: Product) -> TensorSpec:
    name, shapes, options = product
    options = dict(options)
    first = [options.pop("subscripts")] if "subscripts" in options else []
    found: TensorSpec = RULES[name](*first, *map(TensorSpec, shapes), **options)
    return found


def sum_of_ones(product: Product) -> int:
    """Each product of a one with a one is a one: their number is the sum of what comes out."""
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    name, shapes, options = product
    options = dict(options)
    first = [options.pop("subscripts")] if "subscripts" in options else []
    result = getattr(keras.ops, name)(*first, *map(keras.ops.ones, shapes), **options)
    return int(keras.ops.sum(result))


@pytest.mark.oracle
@pytest.mark.parametrize("product", PRODUCTS, ids=lambda p: f"{p[0]}-{p[1]}")
def test_joins_as_many_units_as_there_are_products_of_ones(product: Product) -> None:
    name = product[0]
    if name == "separable_conv":
        # One after the other: a sum of ones is not their number.
        apart = ("depthwise_conv", product[1][:2], product[2])
        mixed = ("conv", [rule_on(apart).shape, product[1][2]], {})
        wanted = sum_of_ones(apart) + sum_of_ones(mixed)
    else:
        wanted = sum_of_ones(product)
    assert rule_on(product).edges == wanted


@pytest.mark.oracle
def test_attention_joins_keys_with_queries_and_weights_with_values() -> None:
    query, key = (2, 4, 3, 5), (2, 6, 3, 5)
    scores = ("einsum", [query, key], {"subscripts": "btnh,bsnh->bnts"})
    mixed = ("einsum", [(2, 3, 4, 6), key], {"subscripts": "bnts,bsnh->btnh"})
    found = rule_on(("dot_product_attention", [query, key, key], {}))
    assert found.edges == found.macs == sum_of_ones(scores) + sum_of_ones(mixed)


@pytest.mark.oracle
def test_a_planted_fault_is_seen() -> None:
    product = PRODUCTS[0]
    assert rule_on(product).edges + 1 != sum_of_ones(product)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda p: f"{p[0]}-{p[1]}")
def test_what_is_executed_is_no_less_than_what_is_joined(product: Product) -> None:
    found = rule_on(product)
    padded = product[2].get("padding") == "same"
    assert found.macs >= found.edges if padded else found.macs == found.edges


SAME_AS_LAYERS: list[tuple[Any, str, list[tuple[int, ...]], dict[str, Any]]] = [
    (layers.Conv2D(4, (3, 2), 2, "same", use_bias=False), "conv",
     [(7, 6, 3), (3, 2, 3, 4)], {"strides": 2, "padding": "same"}),
    (layers.Conv2DTranspose(2, 3, 2, "same", use_bias=False), "conv_transpose",
     [(4, 5, 3), (3, 3, 2, 3)], {"strides": 2, "padding": "same"}),
    (layers.DepthwiseConv2D((3, 2), 1, "same", 2, use_bias=False), "depthwise_conv",
     [(7, 6, 3), (3, 2, 3, 2)], {"padding": "same"}),
    (layers.MaxPooling2D(3, 2, "same"), "max_pool",
     [(7, 6, 3)], {"pool_size": 3, "strides": 2, "padding": "same"}),
    (layers.AdaptiveAveragePooling2D((3, 2)), "adaptive_average_pool",
     [(7, 6, 3)], {"output_size": (3, 2)}),
    (layers.Dense(4, use_bias=False), "matmul", [(5, 3), (3, 4)], {}),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "name", "shapes", "options"), SAME_AS_LAYERS)
def test_an_operation_counts_as_the_layer_does(layer, name, shapes, options) -> None:
    image, *rest = shapes
    found = RULES[name](TensorSpec((BATCH, *image)), *map(TensorSpec, rest), **options)
    counts = layer.facts((BATCH, *image)).counts()
    assert (found.edges, found.macs) == (counts.connections, counts.macs)


def test_the_order_of_several_products_is_not_known() -> None:
    a, b, c = TensorSpec((2, 3)), TensorSpec((3, 4)), TensorSpec((4, 5))
    assert is_unknown(RULES["einsum"]("ab,bc,cd->ad", a, b, c).macs)


# --- in networks ---------------------------------------------------------------------------------


def summary_of(text: str) -> ModelSummary:
    (record,) = read(SourceFile("model.py", text)).models
    return summarize(record.model)


def counts_of(text: str) -> tuple[Any, Any, Any]:
    found = summary_of(text)
    return found.connections, found.bias_connections, found.macs


LINEAR = """
import keras

class Linear(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, x):
        return {}

x = keras.Input({})
model = keras.Model(x, Linear(3)(x))
"""
OPEN, FIXED = "(7, 5)", "batch_shape=(8, 7, 5)"


@pytest.mark.parametrize("shape", [OPEN, FIXED])
@pytest.mark.parametrize(
    "body",
    [
        "keras.ops.matmul(x, self.w) + self.b",
        "x @ self.w + self.b",
        "keras.ops.add(self.b, keras.ops.dot(x, self.w))",
        "keras.ops.einsum('btc,cu->btu', x, self.w) + self.b",
    ],
)
def test_a_layer_of_the_program_counts_as_the_one_of_keras_does(body: str, shape: str) -> None:
    given = (BATCH, 7, 5)
    wanted = layers.Dense(3).facts(given).counts()
    assert counts_of(LINEAR.format(body, shape)) == (
        wanted.connections,
        wanted.bias_connections,
        wanted.macs,
    )


def test_weights_are_followed_through_what_is_computed_of_them_alone() -> None:
    text = LINEAR.format("x @ keras.ops.transpose(keras.ops.transpose(self.w * 2))", OPEN)
    assert counts_of(text) == (7 * 5 * 3, 0, 7 * 5 * 3)


def test_a_weight_that_rescales_has_an_edge_for_each_unit() -> None:
    text = LINEAR.format("(x * self.w[:, 0]) + self.w[:, 1]", OPEN)
    assert counts_of(text) == (35, 35, 0)


def test_what_joins_a_weight_in_another_way_is_not_known() -> None:
    found = summary_of(LINEAR.format("keras.ops.maximum(x, self.w[:, 0])", OPEN))
    assert found.params.total == 18
    assert not found.exact_counts


def test_the_products_of_a_network_s_own_tensors_are_counted_for_one_sample() -> None:
    q, k = Input((6, 4)), Input((9, 4))
    from shapecalc.frontends.python.library.tensor_operations import op_for
    from shapecalc.graph.operation import call_operation

    scores = call_operation("Einsum", op_for("keras.ops.einsum"), ("bic,bjc->bij", q, k), {})
    found = summarize(Model([q, k], scores))
    assert (found.connections, found.macs) == (6 * 9 * 4, 6 * 9 * 4)


def test_lambdas_count_what_they_compute() -> None:
    text = """
import keras
a, b = keras.Input((6, 4)), keras.Input((9, 4))
turned = keras.ops.transpose(b, (0, 2, 1))
product = keras.layers.Lambda(lambda t: keras.ops.matmul(t[0], t[1]))
model = keras.Model([a, b], product([a, turned]))
"""
    assert counts_of(text) == (216, 0, 216)
    assert check_source(text) == []


def test_operations_within_a_layer_are_no_nodes_and_count_no_names() -> None:
    text = LINEAR.format("keras.ops.matmul(x, self.w)", "(4,)") + "out = keras.ops.matmul(x, x)\n"
    text = text.replace("model = keras.Model(x, Linear(3)(x))", "y = Linear(3)(x)")
    text += "model = keras.Model(x, keras.ops.matmul(y, keras.ops.transpose(y)))\n"
    names = [row.name for row in summary_of(text).layers]
    assert names == ["input_layer", "linear", "transpose", "matmul_1"]

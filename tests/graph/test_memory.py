"""Bytes of weights and tensors, against a counter that runs small graphs step by step."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecalc import Input, Sequential, layers
from shapecalc.dims import Variable, substitute
from shapecalc.graph import memory
from shapecalc.graph.memory import OPTIMIZER_SLOTS, Bytes, memory_of
from shapecalc.graph.model import Functional
from shapecalc.graph.summary import summarize
from shapecalc.rules.dtype_policy import ITEM_BYTES
from shapecalc.rules.session import new_session


class Node(NamedTuple):
    """A drawn layer: its kind, the nodes it reads, its units, and its dtype."""

    kind: str
    reads: tuple[int, ...]
    units: int
    dtype: str


@st.composite
def graphs(draw: Any) -> list[Node]:
    """Small graphs of layers on vectors; the first node is the input."""
    nodes = [
        Node("input", (), draw(st.integers(1, 9)), draw(st.sampled_from(("float32", "uint8"))))
    ]
    for _ in range(draw(st.integers(1, 9))):
        place = st.integers(max(0, len(nodes) - 4), len(nodes) - 1)
        kind = draw(st.sampled_from(("dense", "dense", "dropout", "flatten", "concatenate")))
        dtype = draw(st.sampled_from(("float32", "float32", "float16")))
        reads = (draw(place), draw(place)) if kind == "concatenate" else (draw(place),)
        units = {
            "dense": draw(st.integers(1, 9)),
            "concatenate": sum(nodes[i].units for i in reads),
        }
        given = nodes[reads[0]].dtype
        if kind == "flatten" and given == "uint8":
            dtype = given  # integers are not cast
        nodes.append(Node(kind, reads, units.get(kind, nodes[reads[0]].units), dtype))
    return nodes


def ends(nodes: list[Node]) -> list[int]:
    """The nodes that nothing reads."""
    read = {i for node in nodes for i in node.reads}
    return [i for i in range(len(nodes)) if i not in read]


def build(nodes: list[Node], library: Any, entry: Any, model: Any) -> Any:
    """The graph in a library that is Keras or ours."""
    tensors: list[Any] = []
    for i, node in enumerate(nodes):
        taken = [tensors[j] for j in node.reads]
        given: dict[str, Any] = {"name": f"n{i}"}
        if node.kind == "input":
            tensors.append(entry((node.units,), dtype=node.dtype, **given))
            continue
        given["dtype"] = node.dtype if node.dtype != "uint8" else "float32"
        layer = {
            "dense": lambda given=given, node=node: library.Dense(node.units, **given),
            "dropout": lambda given=given: library.Dropout(0.1, **given),
            "flatten": lambda given=given: library.Flatten(**given),
            "concatenate": lambda given=given: library.Concatenate(**given),
        }[node.kind]()
        tensors.append(layer(taken if node.kind == "concatenate" else taken[0]))
    return model(tensors[0], [tensors[i] for i in ends(nodes)])


def run_by_hand(nodes: list[Node], order: list[int]) -> tuple[int, int]:
    """The bytes of all tensors, and the most that is needed at a time.

    At each step it asks anew of every tensor whether anything yet to come needs it.
    """
    size = [n.units * {"float32": 4, "float16": 2, "uint8": 1}[n.dtype] for n in nodes]
    kept = list(range(len(nodes)))
    for i, node in enumerate(nodes):
        if node.kind in ("dropout", "flatten") and nodes[node.reads[0]].dtype == node.dtype:
            kept[i] = kept[node.reads[0]]
    most, made = size[0], {0}
    for step, i in enumerate(order):
        made.add(i)
        future = {j for later in order[step:] for j in nodes[later].reads}
        needed = {kept[j] for j in made if j in future or j == i or j in ends(nodes)}
        most = max(most, sum(size[k] for k in needed))
    return sum(size), most


def our_order(model: Any) -> list[int]:
    from shapecalc.graph.traversal import execution_order

    calls = execution_order(model.calls, model.inputs)
    return [int(c.layer.name[1:]) for c in calls if c.inputs]


def disagreements(nodes: list[Node]) -> list[str]:
    """In what the memory of a graph differs from the counter's."""
    with new_session():
        model = build(nodes, layers, Input, Functional)
        found = memory_of(model)
        rows = summarize(model).layers
    everything, most = run_by_hand(nodes, our_order(model))
    wrong = []
    if found.activations != Bytes(everything):
        wrong.append(f"activations: {found.activations}, by hand {everything}")
    if sum(row.activation_memory for row in rows) != everything:  # type: ignore[misc]
        wrong.append("the rows do not add up")
    if found.peak != Bytes(most):
        wrong.append(f"peak: {found.peak}, by hand {most}")
    return wrong


@given(graphs())
def test_agrees_with_a_run_by_hand(nodes: list[Node]) -> None:
    assert not disagreements(nodes)


DIAMOND = [
    Node("input", (), 8, "float32"), Node("flatten", (0,), 8, "float32"),
    Node("dense", (1,), 4, "float32"), Node("dropout", (2,), 4, "float16"),
    Node("dense", (1,), 6, "float16"), Node("concatenate", (3, 4), 10, "float16"),
]  # fmt: skip


def test_of_a_small_graph_is_what_it_is_on_paper() -> None:
    # 8, 8 and 4 floats; 4, 6 and 10 of half the size; at most those of 1, 2 and 3 at once.
    assert run_by_hand(DIAMOND, [1, 2, 3, 4, 5]) == (4 * 20 + 2 * 20, 4 * (8 + 4) + 2 * 4)
    model = Sequential([Input((6,)), layers.Dense(4), layers.Dropout(0.5), layers.Dense(2)])
    found = memory_of(model)
    assert found.weights == Bytes(4 * (6 * 4 + 4 + 4 * 2 + 2))
    assert found.activations == Bytes(4 * (6 + 4 + 4 + 2))
    assert found.peak == Bytes(4 * (6 + 4))
    trained = found.weights.size
    assert found.training == Bytes(trained * 4 + found.activations.size)
    assert memory_of(model, "sgd").training == Bytes(trained * 2 + found.activations.size)


@pytest.mark.parametrize("fault", ["relabels", "order", "freed", "dtype", "output"])
def test_notices_a_fault(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    assert not disagreements(DIAMOND)
    if fault == "relabels":
        monkeypatch.setattr(memory, "_relabels", lambda call: False)
    elif fault == "order":
        # The branch that is made last comes first.
        turned = {"n0": 0, "n1": 1, "n4": 2, "n2": 3, "n3": 4, "n5": 5}
        monkeypatch.setattr(
            memory, "execution_order",
            lambda calls, inputs: sorted(calls, key=lambda call: turned[call.layer.name]),
        )  # fmt: skip
    elif fault == "freed":
        monkeypatch.setattr(
            memory._Run, "alive", lambda run, i, o: iter([set(range(len(run.sizes)))])
        )
    elif fault == "dtype":
        monkeypatch.setitem(ITEM_BYTES, "float16", 4)
    else:
        monkeypatch.setattr(memory, "_greatest", lambda moments, sizes: Bytes(0))
    assert disagreements(DIAMOND)


def test_a_model_within_is_counted_through() -> None:
    with new_session():
        inner = Sequential([Input((5,)), layers.Dense(7), layers.Dense(3)])
        x = Input((5,))
        whole = memory_of(Functional(x, layers.Dense(2)(inner(x))))
        flat = memory_of(
            Sequential([Input((5,)), layers.Dense(7), layers.Dense(3), layers.Dense(2)])
        )
    assert whole == flat


def test_a_formula_is_the_number_once_its_lengths_are_known() -> None:
    def made(n: Any, d: Any) -> Any:
        return memory_of(Sequential([Input((n, 3)), layers.Dense(d), layers.LSTM(4)]))

    n, d = Variable("n", "data"), Variable("d", "data")
    formula, number = made(n, d), made(6, 5)
    values = {n: 6, d: 5}
    assert formula.weights.size != number.weights.size
    for one, other in (
        (formula.weights, number.weights), (formula.activations, number.activations),
        (formula.peak, number.peak), (formula.training, number.training),
    ):  # fmt: skip
        assert substitute(one.size, values) == other.size


def test_a_batch_counts_as_one_sample() -> None:
    def made(**batch: Any) -> Any:
        x = Input((4, 6), **batch)
        return memory_of(Functional(x, layers.Dense(3)(x)))

    assert made() == made(batch_size=16)
    assert made().activations == Bytes(4 * 4 * (6 + 3))


def test_what_has_no_batch_is_there_once() -> None:
    from shapecalc.graph.operation import call_operation
    from shapecalc.ops import op_for

    x = Input((6,))
    mean = call_operation("Mean", op_for("keras.ops.mean"), (x,), {"axis": 0})
    spread = call_operation("Reshape", op_for("keras.ops.reshape"), (mean, (3, 2)), {})
    assert memory_of(Functional(x, spread)).activations == Bytes(4 * (6 + 6 + 6))


def test_what_is_not_known_is_a_lower_bound() -> None:
    texts = Input((4,), dtype="string")
    numbers = layers.Dense(2)(Input((3,)))
    model = Functional([texts, numbers.call.inputs[0]], [texts, numbers])
    found = memory_of(model)
    assert found.activations == Bytes(4 * (3 + 2), exact=False)
    assert found.weights.exact
    assert not found.training.exact
    assert memory_of(Sequential([layers.Dense(2)])).peak is None


# --- the live Keras --------------------------------------------------------------------------


def _keras() -> Any:
    return pytest.importorskip("keras", reason="the `keras` extra is not installed")


@pytest.mark.oracle
@given(graphs())
def test_runs_in_the_order_of_keras(nodes: list[Node]) -> None:
    keras = _keras()
    theirs = build(nodes, keras.layers, keras.Input, keras.Model)
    depths = sorted(theirs._nodes_by_depth, reverse=True)
    order = [n.operation.name for depth in depths for n in theirs._nodes_by_depth[depth]]
    with new_session():
        ours = our_order(build(nodes, layers, Input, Functional))
    assert ours == [int(name[1:]) for name in order if name != "n0"]
    dtypes = [t.dtype for t in theirs.outputs]
    assert dtypes == [nodes[i].dtype for i in ends(nodes)]


OPTIMIZERS = {
    "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad", "lion": "Lion", "adam": "Adam",
    "adamw": "AdamW", "adamax": "Adamax", "adadelta": "Adadelta", "nadam": "Nadam",
    "ftrl": "Ftrl", "lamb": "Lamb",
}  # fmt: skip


@pytest.mark.oracle
@pytest.mark.parametrize("name", OPTIMIZER_SLOTS)
def test_counts_the_slots_of_an_optimizer_as_keras_makes_them(name: str) -> None:
    keras = _keras()
    arguments = {"momentum": 0.9} if name == "momentum" else {}
    optimizer = getattr(keras.optimizers, OPTIMIZERS.get(name, "SGD"))(**arguments)
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(3)])
    optimizer.build(model.trainable_variables)
    held = sum(math.prod(v.shape) for v in optimizer.variables if v.shape)
    assert held == OPTIMIZER_SLOTS[name] * model.count_params()


@pytest.mark.oracle
@pytest.mark.parametrize("policy", ["float32", "mixed_float16", "float16", "float64"])
def test_weighs_what_keras_keeps(policy: str) -> None:
    keras = _keras()

    def made(library: Any, entry: Any, model: Any) -> Any:
        return model([
            entry((6, 5)),
            library.LSTM(4, return_sequences=True, recurrent_initializer="zeros", dtype=policy),
            library.Normalization(dtype=policy), library.BatchNormalization(dtype=policy),
            library.Dense(3, lora_rank=2, dtype=policy),
        ])  # fmt: skip

    theirs = made(keras.layers, keras.Input, keras.Sequential)
    with new_session():
        ours = memory_of(made(layers, Input, Sequential))
    each: dict[str, int] = {}
    for w in theirs.weights:
        size = math.prod(w.shape) * np.dtype(w.dtype).itemsize
        each[w.dtype] = each.get(w.dtype, 0) + size
    assert {dtype: size.size for dtype, size in ours.by_dtype.items()} == each
    assert ours.weights == Bytes(sum(each.values()))

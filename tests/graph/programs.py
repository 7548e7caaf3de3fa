"""Drawn networks: what to build with any `layers` module, ours or Keras's."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st


class Plan(NamedTuple):
    """A network of several inputs and outputs; an output may feed other layers.

    Attributes:
        inputs: how many inputs.
        steps: of each, its kind and the tensors that it takes: inputs, then earlier steps.
        outputs: the tensors that the network gives.
    """

    inputs: int
    steps: tuple[tuple[str, tuple[int, ...]], ...]
    outputs: tuple[int, ...]

    def build(self, layers: Any, model: Any, entry: Any) -> Any:
        """The network, of a library's `layers`, `Model` and `Input`."""
        tensors = [entry((4,), name=f"input{i}") for i in range(self.inputs)]
        shared = layers.Dense(4, name="shared")
        for i, (kind, taken) in enumerate(self.steps):
            found = [tensors[j] for j in taken]
            if kind == "shared":
                tensors.append(shared(found[0]))
            elif kind == "dense":
                tensors.append(layers.Dense(4, name=f"dense{i}")(found[0]))
            else:
                tensors.append(layers.Add(name=f"add{i}")(found))
        return model(tensors[: self.inputs], [tensors[j] for j in self.outputs])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of up to fourteen layers."""
    inputs = draw(st.integers(1, 3))
    steps = []
    for i in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(["dense", "add", "shared"]))
        count = 2 if kind == "add" else 1
        taken = draw(st.tuples(*[st.integers(0, inputs + i - 1)] * count))
        steps.append((kind, taken))
    last = inputs + len(steps) - 1
    outputs = draw(st.lists(st.integers(inputs, last), min_size=1, max_size=3, unique=True))
    return Plan(inputs, tuple(steps), tuple(outputs))

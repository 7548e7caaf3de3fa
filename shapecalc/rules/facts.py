"""Facts: what a rule states of one call, from which every count follows.

A weight knows its shape and its *uses*, how often each of its elements is applied for one
sample. Sharing weights is just that: a convolution's kernel is used once per output position,
a recurrent kernel once per time step. From weights and uses follow params, connections, bias
connections and MACs; what no weight can say (a pooling window, the products of attention) a
rule states in `edges` and `macs`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc.dims import Dim, Shape, product, total

KERNEL = "kernel"  # multiplies: an edge and a MAC per element and use
BIAS = "bias"  # adds: a bias edge per element and use
SCALE = "scale"  # rescales units one to one: an edge per element and use, no MAC
STATE = "state"  # neither: moving statistics, seeds, looked-up rows


class Weight(NamedTuple):
    """One named array of a layer.

    Attributes:
        name: as Keras names it within the layer.
        shape: its dims.
        uses: how often each element is applied for one sample.
        role: KERNEL, BIAS, SCALE or STATE.
        trainable: as Keras creates it.
        edges: its connections, where they are not elements × uses (taps that fall on padding).
        dtype: its dtype, or None for the layer's variable dtype.
    """

    name: str
    shape: Shape
    uses: Dim = 1
    role: str = KERNEL
    trainable: bool = True
    edges: Dim | None = None
    dtype: str | None = None

    @property
    def size(self) -> Dim:
        """Its number of elements."""
        return product(self.shape)

    def repeated(self, times: Dim) -> Weight:
        """The same weight applied `times` as often (a wrapper that loops over an axis)."""
        edges = None if self.edges is None else self.edges * times
        return self._replace(uses=self.uses * times, edges=edges)


class Facts(NamedTuple):
    """What a rule states of one call.

    Attributes:
        output: the output shape; a list, tuple-of-shapes or dict of them for several outputs.
        weights: the layer's weights.
        edges: connections that belong to no weight.
        macs: multiply-accumulates that belong to no weight.
        bias_edges: bias connections that belong to no weight.
        dtype: the output dtype where it is not the layer's compute dtype; a list of them, in
            order, where several outputs may differ.
        inner: the calls of the layers that a wrapper holds; their weights are not its own.
    """

    output: Any
    weights: tuple[Weight, ...] = ()
    edges: Dim = 0
    macs: Dim = 0
    bias_edges: Dim = 0
    dtype: Any = None
    inner: tuple[Inner, ...] = ()

    def stored_as(self, dtype: str) -> Facts:
        """The same with a dtype for each weight that has none of its own."""
        if all(weight.dtype is not None for weight in self.weights):
            return self
        weights = (w if w.dtype is not None else w._replace(dtype=dtype) for w in self.weights)
        return self._replace(weights=tuple(weights))

    @property
    def all_weights(self) -> tuple[Weight, ...]:
        """Its own weights and those of the inner calls, named by their path."""
        held = (
            weight._replace(name=f"{inner.layer.name}/{weight.name}").repeated(inner.times)
            for inner in self.inner
            for weight in inner.facts.all_weights
        )
        return (*self.weights, *held)

    def counts(self) -> Counts:
        """Connections, bias connections and MACs for one sample."""
        edges, bias, macs = [self.edges], [self.bias_edges], [self.macs]
        for weight in self.weights:
            if weight.role == STATE:
                continue
            applied = weight.size * weight.uses
            drawn = applied if weight.edges is None else weight.edges
            (bias if weight.role == BIAS else edges).append(drawn)
            if weight.role == KERNEL:
                macs.append(applied)
        for inner in self.inner:
            count = inner.facts.counts()
            edges.append(count.connections * inner.times)
            bias.append(count.bias_connections * inner.times)
            macs.append(count.macs * inner.times)
        return Counts(total(edges), total(bias), total(macs))


class Inner(NamedTuple):
    """A call that a wrapper makes of a layer it holds.

    Attributes:
        layer: the inner layer.
        facts: what its rule states.
        times: how often the wrapper makes it for one sample.
    """

    layer: Any
    facts: Facts
    times: Dim = 1


class Counts(NamedTuple):
    """Connections, bias connections and MACs of one call, per sample."""

    connections: Dim = 0
    bias_connections: Dim = 0
    macs: Dim = 0

"""Sequential models: a stack of layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapecalc.dims import Shape
from shapecalc.graph.inner_inputs import input_like
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor, call_layer, input_tensor
from shapecalc.graph.traversal import collect_calls, layers_by_depth
from shapecalc.layers.input import InputLayer, is_input
from shapecalc.layers.layer import Layer, is_shape, layers_within
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import GraphFault, InvalidArgument, WrongInputs
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, Unranked
from shapecalc.source import Span


class Sequential(Network):
    """A stack of layers.

    Args:
        layers: the layers, from the input on.
        trainable: whether its weights are trained.
        name: its name.

    Raises:
        Refusal: a layer does not fit on the one before it.
    """

    kind = "sequential"

    def __init__(
        self, layers: Sequence[Any] | None = None, trainable: Any = True, name: Any = None
    ) -> None:
        self._begin(name, trainable)
        self._stack: list[Layer] = []
        self._made: list[LayerCall] = []
        # How many layers there are when there is but one of the program's.
        self._entered = 1
        self._named: dict[str, Layer] = {}
        self._named_as_of = (0, 0)
        for layer in layers or ():
            self.add(layer, rebuild=False)
        if layers:
            self.rebuild()

    def check_inputs(self, shapes: Sequence[Shape | Unranked]) -> None:
        """Hold shapes to those that the stack was made for; arrays are left to its layers."""
        own = [tensor.shape for tensor in self.inputs]
        alike = len(own) == len(shapes) and all(
            isinstance(known, Unranked) or isinstance(shape, Unranked) or len(known) == len(shape)
            for known, shape in zip(own, shapes, strict=True)
        )
        if not (alike and current_session().on_arrays):
            super().check_inputs(shapes)

    def rebuild(self) -> None:
        """Make a functional network of the stack, as Keras does; it has no name but is counted."""
        if len(self._made) > 1 and len(self._stack) > self._entered:
            current_session().unique_name("functional")

    @property
    def layers(self) -> list[Layer]:
        if self._is_joined:
            return layers_by_depth(self.calls, self.inputs, self.outputs)
        first = 1 if self._stack and is_input(self._stack[0]) else 0
        return self._stack[first:]

    @property
    def calls(self) -> list[LayerCall]:
        return collect_calls(self.outputs, self.inputs) if self._is_joined else self._made

    @property
    def _is_joined(self) -> bool:
        """Whether its first layer joins other networks (Keras 1), which are part of it then."""
        return bool(self._made) and bool(self._made[0].inputs)

    def add(self, layer: Any, span: Span | None = None, rebuild: bool = True) -> None:
        """Put a layer on top.

        Args:
            layer: the layer, or the tensor of an input layer.
            span: where the program does so.
            rebuild: whether the network is made anew; if not, `rebuild` is to follow.

        Raises:
            WrongInputs: it is no layer.
            GraphFault: a layer of its name is there already, or a second input.
            Refusal: it does not fit on the one before it.
        """
        if isinstance(layer, Tensor) and layer.call is not None and is_input(layer.call.layer):
            layer = layer.call.layer
        if not isinstance(layer, Layer):
            kind = str(getattr(layer, "path", "")).removeprefix("keras.layers.")
            made = f"make the layer first: {kind}(…)" if kind[:1].isupper() else None
            raise WrongInputs(f"{self.name} takes layers, got {layer!r:.100}", help=made)
        declared = layer.__dict__.get("input_shape_argument")
        if not self._stack and declared is not None:
            if not isinstance(declared, (tuple, list, Unknown)):
                raise InvalidArgument(
                    f"`input_shape` must be a tuple, got {declared!r:.100}",
                    argument="input_shape",
                    help=f"write ({declared!r:.100},): the comma makes the tuple",
                )
            entry = InputLayer(batch_shape=declared)
            entry.__dict__["span"] = layer.span
            self.add(entry)
        if isinstance(layer, Network) and any(held is self for _, held in layers_within(layer)):
            raise WrongInputs(f"{self.name} can't be a layer of itself")
        if self._holders().get(layer.name, layer) is not layer:
            raise GraphFault(
                f'{self.name} has a layer named "{layer.name}" already; names must be unique'
            )
        if is_input(layer) and self._stack and is_input(self._stack[0]):
            raise GraphFault(f"{self.name} has an input layer already")
        self._stack.append(layer)
        self._named[layer.name] = layer
        self._named_as_of = (len(self._stack), current_session().renames)
        self._extend(layer, span)
        if rebuild:
            self.rebuild()

    def _holders(self) -> dict[str, Layer]:
        """Its layers by their names, kept: to look at each for each makes a long stack slow."""
        if self._named_as_of != (len(self._stack), current_session().renames):
            self._named = {layer.name: layer for layer in reversed(self._stack)}
        return self._named

    def pop(self, rebuild: bool = True) -> Layer:
        """Take the top layer off and return it; see `add`."""
        layer = self._stack.pop()
        if self._made:
            self._made.pop()
            self._finish()
        if rebuild:
            self.rebuild()
        return layer

    def build(self, shape: Any) -> None:
        """Give the stack its input shape.

        Args:
            shape: with the batch axis.
        """
        if self.built or isinstance(shape, Unknown):
            return
        layers, self._stack, self._made = self._stack, [], []
        entry = InputLayer(batch_shape=shape, dtype=layers[0].compute_dtype if layers else None)
        try:
            for layer in [entry, *layers]:
                self._stack.append(layer)
                self._extend(layer, None)
        except BaseException:
            # A layer's own code raises: the stack is what it was.
            self._stack, self._made = layers, []
            self._finish()
            raise
        self.rebuild()

    def _extend(self, layer: Layer, span: Span | None) -> None:
        """Call a newly added layer on the one before it, where the input is known."""
        if len(self._made) != len(self._stack) - 1:
            return
        if not self._made:
            if is_input(layer):
                input_tensor(layer)
                self._made.append(layer.__dict__["inbound"][0])
            elif isinstance(layer, Network) and layer.built and layer.inputs[0].symbolic:
                # What has been called on data only, does not know what it will be called on.
                entry = input_like(layer.inputs[0]).call
                assert entry is not None
                self._stack.insert(0, entry.layer)
                self._entered = 2
                self._made.append(entry)
                self._extend(layer, span)
            else:
                self._join(layer)
            self._finish()
            return
        top = self._made[-1].outputs
        call_layer(layer, (top[0] if len(top) == 1 else list(top),), span=span or layer.span)
        self._made.append(layer.__dict__["inbound"][-1])
        self._finish()

    def _join(self, layer: Layer) -> None:
        """Begin with a layer that was given the networks whose outputs it takes."""
        joined = getattr(layer, "joins", ())
        if joined and all(isinstance(n, Network) and n.built for n in joined):
            call_layer(layer, ([n.outputs[0] for n in joined],), span=layer.span)
            self._made.append(layer.__dict__["inbound"][-1])

    def _finish(self) -> None:
        made = self._made
        self.inputs = made[0].outputs if made else ()
        if self._is_joined:
            joined = self._stack[0].joins  # type: ignore[attr-defined]
            self.inputs = tuple(t for network in joined for t in network.inputs)
        self.outputs = made[-1].outputs if made else ()
        self.input_structure = self.inputs[0] if self.inputs else None
        self.output_structure = self.outputs[0] if len(self.outputs) == 1 else list(self.outputs)

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        if not self.built and len(inputs) == 1 and is_shape(inputs[0]):
            self.build(inputs[0])
        return super().facts(*inputs, **options)

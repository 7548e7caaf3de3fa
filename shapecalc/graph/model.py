"""Models: a layer made of layers, functional or sequential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from shapecalc.dims import Comparison, Dim, Shape, compare, total
from shapecalc.graph.inner_inputs import start_at_inputs
from shapecalc.graph.operation import is_operation
from shapecalc.graph.tensor import (
    LayerCall,
    Tensor,
    input_tensor,
    map_tensors,
    run_call,
    tensors_of,
)
from shapecalc.graph.traversal import collect_calls, layers_by_depth
from shapecalc.layers.input import InputLayer, is_input
from shapecalc.layers.layer import Layer, is_shape, weights_within
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import (
    BuiltForAnother,
    GraphFault,
    InvalidArgument,
    MissingInput,
    Refusal,
    WrongInputs,
    show_shape,
)
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from shapecalc.wording import counted


class Network(Layer):
    """A layer that is a graph of layers.

    Attributes:
        kind: `sequential`, `functional` or `subclass`.
        inputs: its entry tensors, flat; empty before its input shape is known.
        outputs: its result tensors, flat.
        incomplete: why some of its layers are not known, or None.
    """

    kind: ClassVar[str]
    incomplete: str | None = None

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]

    def _begin(self, name: Any, trainable: Any = None) -> None:
        self._start({"name": name})
        self.inputs = ()
        self.outputs = ()
        self.input_structure: Any = None
        self.output_structure: Any = None
        if trainable is not None and not isinstance(trainable, Unknown):
            self.__dict__["_trainable"] = bool(trainable)

    @property
    def layers(self) -> list[Layer]:
        """Its layers, as Keras lists them."""
        raise NotImplementedError

    @property
    def operations(self) -> list[Layer]:
        """Its layers and tensor operations, as Keras's summary lists them."""
        return self.layers

    @property
    def calls(self) -> list[LayerCall]:
        """Its layer calls, each after those it needs."""
        raise NotImplementedError

    @property
    def built(self) -> bool:
        """Whether its input shape is known."""
        return bool(self.inputs)

    @property
    def says_built(self) -> bool:
        """Whether its own code says, without a call, that it has all of its weights."""
        return False

    def sublayers(self) -> Iterator[Layer]:
        return iter(self.layers)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of that name, or at that place.

        Raises:
            InvalidArgument: there is none.
            UndecidedError: one may be, as some layer's name is unknown.
        """
        layers = self.layers
        if index is not None:
            if not -len(layers) <= index < len(layers):
                raise InvalidArgument(
                    f"{self.name} has {len(layers)} layers, none at {index}", argument="index"
                )
            return layers[index]
        for layer in layers:
            if layer.name == name and layer.__dict__["unknown_name"] is None:
                return layer
        for layer in layers:
            if layer.__dict__["unknown_name"] is not None:
                raise UndecidedError(layer.__dict__["unknown_name"])
        raise InvalidArgument(f"{self.name} has no layer named {name!r}", argument="name")

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        """Run the graph on other input shapes.

        Raises:
            Refusal: an inner layer refuses them.
        """
        shapes = list(_shapes_of(inputs))
        if not self.built:
            raise MissingInput(f"{self.name} has no input shape yet")
        self.check_inputs(shapes)
        if all(_same(t.shape, s) for t, s in zip(self.inputs, shapes, strict=True)):
            return self._sum_up(self._result_structure(), [c.facts for c in self.calls])
        return self._run(shapes)

    def check_inputs(self, shapes: Sequence[Shape]) -> None:
        """Hold shapes, one an input, to those that the network was made for.

        Raises:
            WrongInputs: they are too few or too many.
            BuiltForAnother: they are others.
        """
        if len(shapes) != len(self.inputs):
            taken = counted(len(self.inputs), "input")
            raise WrongInputs(f"{self.name} takes {taken}, got {len(shapes)}")
        for tensor, shape in zip(self.inputs, shapes, strict=True):
            own = tensor.shape
            if isinstance(own, Unranked):
                continue
            differs = len(own) != len(shape) or any(
                isinstance(a, int) and compare(a, b) is Comparison.DIFFERENT
                for a, b in zip(own[1:], shape[1:], strict=True)
            )
            if differs and not _differ_by_last_one(own, shape):
                raise BuiltForAnother(
                    f"{self.name} takes an input of shape {show_shape(own)}, "
                    f"got {show_shape(shape)}"
                )

    def _run(self, shapes: Sequence[Shape]) -> Facts:
        calls, now = self._run_again(shapes)
        output = map_tensors(lambda t: now.get(id(t), t), self._result_structure())
        return self._sum_up(output, [call.facts for call in calls])

    def _run_again(self, shapes: Sequence[Shape]) -> tuple[list[LayerCall], dict[int, Tensor]]:
        """The calls on other input shapes, and the tensor that now stands for each of its own."""
        now: dict[int, Tensor] = {
            id(t): Tensor(s, t.dtype, symbolic=True)
            for t, s in zip(self.inputs, shapes, strict=True)
        }
        calls: list[LayerCall] = []
        for call in self.calls:
            if is_input(call.layer):
                continue
            arguments = map_tensors(lambda t: now.get(id(t), t), call.arguments)
            calls.append(run_call(call.layer, arguments))
            for old, new in zip(call.outputs, calls[-1].outputs, strict=True):
                now.setdefault(id(old), new)
        return calls, now

    def calls_on(
        self, tensors: Sequence[Tensor]
    ) -> tuple[Sequence[LayerCall], Sequence[Tensor], Sequence[Tensor]] | None:
        """The calls that it makes when called on tensors, with its inputs and outputs there.

        None where that is not known.
        """
        shapes = [t.shape for t in tensors]
        if len(shapes) != len(self.inputs) or any(isinstance(s, Unranked) for s in shapes):
            return None
        if all(_same(t.shape, s) for t, s in zip(self.inputs, shapes, strict=True)):
            return self.calls, self.inputs, self.outputs
        try:
            calls, now = self._run_again(shapes)  # type: ignore[arg-type]
        except (Refusal, ValueError):
            return None
        return calls, [now[id(t)] for t in self.inputs], [now.get(id(t), t) for t in self.outputs]

    def _result_structure(self) -> Any:
        """The outputs as calling the model returns them."""
        return self.output_structure

    def _sum_up(self, output: Any, facts: Sequence[Facts | None]) -> Facts:
        if any(f is None for f in facts):
            raise UndecidedError(Unknown(f"a layer of {self.name} is unknown"))
        counts = [f.counts() for f in facts if f is not None]
        return Facts(
            map_tensors(lambda t: t.shape, output),
            edges=total(c.connections for c in counts),
            bias_edges=total(c.bias_connections for c in counts),
            macs=total(c.macs for c in counts),
            dtype=[t.dtype for t in tensors_of(output)],
        )

    def build_with(self, facts: Facts) -> None:
        """Nothing: its layers hold the weights."""

    def quantize(self, mode: str) -> None:
        """Quantize the weights of the layers within that have such a mode.

        Raises:
            InvalidArgument: there is no such mode, or a layer is not built or quantized already.
        """
        from shapecalc.graph.quantizing import quantize

        quantize(self, mode)

    def own_weights(self) -> Iterator[tuple[Weight, bool]]:
        return iter(())

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The weights of all its layers, each layer once."""
        return tuple(weight for weight, _ in weights_within(self))


class Functional(Network):
    """A network from input tensors to output tensors.

    Args:
        inputs: a tensor, or a list, tuple or dict of them.
        outputs: likewise.
        name: its name.
        trainable: whether its weights are trained.

    Raises:
        GraphFault: the outputs do not follow from the inputs, or two layers share a name.
        WrongInputs: something there is no tensor.
    """

    kind = "functional"

    def __init__(
        self, inputs: Any = None, outputs: Any = None, name: Any = None, trainable: Any = None
    ) -> None:
        for word, value in (("inputs", inputs), ("outputs", outputs)):
            if not list(tensors_of(value)):
                raise WrongInputs(f"`{word}` holds no tensor", argument=word)
        inputs, outputs = start_at_inputs(inputs, outputs)
        self._begin(name, trainable)
        object.__setattr__(self, "inputs", tuple(tensors_of(inputs)))
        object.__setattr__(self, "outputs", tuple(tensors_of(outputs)))
        self.input_structure = inputs
        self.output_structure = outputs
        self._calls = collect_calls(self.outputs, self.inputs)
        self._operations = layers_by_depth(self._calls, self.inputs, self.outputs)
        self._check_names()
        self.incomplete = self._missing_part()
        if trainable is False:
            self.trainable = False

    @classmethod
    def _automatic_name(cls) -> str:
        return current_session().unique_name("functional")

    def _missing_part(self) -> str | None:
        """Why the graph does not reach back to the inputs everywhere, if it doesn't."""
        entries = {id(t) for t in self.inputs}
        for tensor in (*self.outputs, *(t for c in self._calls for t in c.inputs)):
            loose = tensor.call is None and id(tensor) not in entries
            if loose and isinstance(tensor.shape, Unranked):
                return tensor.shape.reason
        return None

    def _check_names(self) -> None:
        seen: set[str] = set()
        for layer in self._operations:
            if layer.name in seen:
                raise GraphFault(
                    f'the name "{layer.name}" is used by two layers; names must be unique'
                )
            seen.add(layer.name)

    @property
    def layers(self) -> list[Layer]:
        return [layer for layer in self._operations if not is_operation(layer)]

    @property
    def operations(self) -> list[Layer]:
        return list(self._operations)

    @property
    def calls(self) -> list[LayerCall]:
        return self._calls

    def _result_structure(self) -> Any:
        # Keras unpacks a structure of one tensor.
        if isinstance(self.output_structure, (list, tuple)) and len(self.outputs) == 1:
            return self.outputs[0]
        return self.output_structure


def Input(  # noqa: N802 - Keras's name
    shape: Any = None,
    batch_size: Any = None,
    dtype: Any = None,
    sparse: Any = None,
    batch_shape: Any = None,
    name: Any = None,
    tensor: Any = None,
    optional: Any = False,
) -> Tensor:
    """A symbolic input tensor.

    Args:
        shape: its dims without the batch axis; None for an axis of any length.
        batch_size: the length of the batch axis, if it is fixed.
        dtype: its dtype; float32 where not given.
        sparse: no bearing here.
        batch_shape: the dims with the batch axis, instead of `shape`.
        name: the input layer's name.
        tensor: an existing tensor whose shape to take.
        optional: no bearing here.

    Raises:
        InvalidArgument: the shape is none.
    """
    if shape is None and batch_shape is None:
        if isinstance(tensor, Tensor):
            batch_shape = tensor.shape
        elif isinstance(tensor, Unknown):
            # It has a shape, whichever that is.
            batch_shape = tensor
    layer = InputLayer(
        shape=shape, batch_size=batch_size, dtype=dtype, sparse=sparse, batch_shape=batch_shape,
        optional=optional, name=name,
    )  # fmt: skip
    return input_tensor(layer)


def Model(  # noqa: N802 - Keras's name
    inputs: Any = None, outputs: Any = None, name: Any = None, trainable: Any = None
) -> Functional:
    """A functional model; see `Functional`."""
    return Functional(inputs, outputs, name=name, trainable=trainable)


def _shapes_of(value: Any) -> Iterator[Any]:
    if isinstance(value, Unranked) or is_shape(value):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _shapes_of(item)
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _shapes_of(value[key])


def _same(a: Shape | Unranked, b: Shape | Unranked) -> bool:
    if isinstance(a, Unranked) or isinstance(b, Unranked):
        return a is b
    return a == b


def _differ_by_last_one(a: Sequence[Dim], b: Sequence[Dim]) -> bool:
    """Keras squeezes or adds a last axis of length one."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and longer[-1] == 1

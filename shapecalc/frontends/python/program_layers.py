"""Objects of the program's own layer and model classes: what they hold, and how they are traced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shapecalc.dims import total
from shapecalc.frontends.python.attributes import instance_attribute
from shapecalc.frontends.python.building import build_for_call
from shapecalc.frontends.python.calls import call_function
from shapecalc.frontends.python.frames import LimitReached
from shapecalc.frontends.python.inheriting import (
    call_kept,
    inherited_attribute,
    kept_by,
)
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.masks import NOT_FOLLOWED, Mask, mask_of
from shapecalc.frontends.python.program_values import Class, Function
from shapecalc.frontends.python.tracking import tracked_in
from shapecalc.frontends.python.values import Native, Rest, Value, rest_of
from shapecalc.graph.model import Network
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked

MODEL_BASES = frozenset({"keras.models.Model", "keras.models.Sequential"})


# The name of an object whose constructor has not called that of Keras.
NAMELESS = ""


class ProgramObject(Network):
    """An object of a class of the program that derives from one of Keras's.

    Attributes:
        cls: its class.
        attributes: what the program set on it, in order.
        is_model: whether its class derives from a Keras model.
    """

    def _hold(self, run: Interpreter, cls: Class, base: str) -> None:
        state = self.__dict__
        state["run"] = run
        state["cls"] = cls
        state["base"] = base
        state["attributes"] = {}
        state["is_model"] = base in MODEL_BASES
        state["_own"] = []
        state["_variables"] = {}
        state["_replaced"] = []

    @property
    def class_name(self) -> str:
        """The class's own name."""
        return str(self.__dict__["cls"].name)

    def _automatic_name(self) -> str:  # type: ignore[override]
        return current_session().unique_name(snake_case(self.class_name))

    def own_weights(self) -> Iterator[tuple[Weight, bool]]:
        trained = bool(self.__dict__["_trainable"])
        for weight in self.__dict__["_own"]:
            yield weight, trained and weight.trainable

    def add_own_weight(self, weight: Weight) -> None:
        """Keep a weight that the program's code makes."""
        self.__dict__["_own"].append(weight)


class ProgramSequential(ProgramObject, Sequential):
    """A stack whose class is the program's.

    What Keras infers of it follows from the stack, whatever `call` the class defines; layers that
    are mere attributes are no part of it.
    """

    def __init__(self, run: Interpreter, cls: Class, base: str) -> None:
        self._hold(run, cls, base)
        # Keras names it when the program's constructor calls its own.
        Sequential.__init__(self, name=NAMELESS)


class ProgramLayer(ProgramObject):
    """A layer or model of the program's whose own code says what it does."""

    kind = "subclass"

    def __init__(self, run: Interpreter, cls: Class, base: str) -> None:
        self._hold(run, cls, base)
        self._begin(NAMELESS)
        state = self.__dict__
        state["_calls"] = []
        state["_functional"] = None
        state["_started"] = False
        state["_trained"] = False
        state["_incomplete"] = None

    def __getattr__(self, name: str) -> Any:
        # What a recurrent layer asks of its cell, the program's code may say.
        if name in ("state_size", "output_size") and "cls" in self.__dict__:
            kept = kept_by(self)
            if kept is not None and self.__dict__["cls"].lookup(name) is None:
                return getattr(kept, name)
            value = program_attribute(self.__dict__["run"], self, name)
            if isinstance(value, Unknown) and name == "output_size":
                value = program_attribute(self.__dict__["run"], self, "state_size")
                value = value[0] if isinstance(value, (list, tuple)) and value else value
            if not isinstance(value, Unknown):
                return value
        raise AttributeError(name)

    @property
    def layers(self) -> list[Layer]:
        functional = self.__dict__["_functional"]
        if functional is not None:
            return list(functional.layers)
        found: dict[int, Layer] = {}
        for value in (*self.__dict__["_replaced"], *self.__dict__["attributes"].values()):
            for inner in tracked_in(value, Layer):
                if inner is not self:
                    found.setdefault(id(inner), inner)
        kept = kept_by(self)
        if kept is not None and kept.weights is not None:
            found.setdefault(id(kept), kept)
        return list(found.values())

    @property
    def calls(self) -> list[LayerCall]:
        functional = self.__dict__["_functional"]
        return list(functional.calls) if functional is not None else self.__dict__["_calls"]

    @property
    def incomplete(self) -> str | None:
        """Why some of its layers are not known, or None."""
        found: str | None = self.__dict__["_incomplete"]
        rests = (rest_of_layers(value) for value in self.__dict__["attributes"].values())
        return found or next((rest.reason for rest in rests if rest is not None), None)

    @incomplete.setter
    def incomplete(self, reason: str | None) -> None:
        self.__dict__["_incomplete"] = reason

    @property
    def built(self) -> bool:
        return bool(self.__dict__["_functional"] or self.__dict__["_calls"] or self.inputs)

    @property
    def says_built(self) -> bool:
        return self.__dict__["_trained"] or self.__dict__["attributes"].get("built") is True

    def calls_on(self, tensors: Sequence[Tensor]) -> Any:
        # On other shapes, the program's code may do other things.
        same = all(a.shape == b.shape for a, b in zip(self.inputs, tensors, strict=False))
        return super().calls_on(tensors) if same else None

    def become_functional(self, functional: Network) -> None:
        """Be the network that `super().__init__(inputs=…, outputs=…)` describes."""
        self.__dict__["_functional"] = functional
        self._take_ends(functional.inputs, functional.outputs)
        self.input_structure = functional.input_structure
        self.output_structure = functional.output_structure

    def _take_ends(self, inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]) -> None:
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "outputs", outputs)

    # --- tracing -----------------------------------------------------------------------------

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        """Trace the program's code on tensors of these shapes."""
        call = LayerCall(self, map_shapes_to_tensors((inputs, options)))
        output = self.trace(call)
        return call.facts or Facts(output)

    def trace(self, call: LayerCall) -> Any:
        """Run `build` and `call` of the program on stand-ins for the inputs.

        Returns:
            The output shapes, nested as `call` returns them.
        """
        functional = self.__dict__["_functional"]
        run: Interpreter = self.__dict__["run"]
        if functional is not None and self.__dict__["cls"].lookup("call") is None:
            inputs, options = map_tensors(lambda t: t.shape, call.arguments)
            options.pop("training", None)
            options.pop("mask", None)
            call.facts = functional.facts(*inputs, **options)
            return call.facts.output
        stand_ins: list[Tensor] = []

        def stand_in(tensor: Tensor) -> Tensor:
            dtype = self.received_dtype(tensor.dtype)
            fresh = Tensor(tensor.shape, dtype, symbolic=tensor.symbolic)
            stand_ins.append(fresh)
            return fresh

        args, options = map_tensors(stand_in, call.arguments)
        session = current_session()
        outer, session.tracer = session.tracer, []
        try:
            self._build(run, args, options)
            value = self._run_call(run, args, options, _mask_for(call))
            inner = session.tracer
        except LimitReached as error:
            if not self.__dict__["_calls"]:
                raise
            # A report may ask once more when the run has ended, at its limit.
            raise UndecidedError(Unknown(str(error))) from None
        finally:
            session.tracer = outer
        self.__dict__["returned"] = value
        self._keep(stand_ins, value, inner)
        output = shapes_of_value(value, run)
        self._state_facts(call, inner, output)
        if call.facts is not None:
            call.facts = call.facts._replace(dtype=dtypes_of_value(value))
        return output

    def _build(self, run: Interpreter, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        if not self.__dict__["_started"]:
            self.__dict__["_started"] = True
            build_for_call(run, self, args, options)

    def _run_call(
        self, run: Interpreter, args: tuple[Any, ...], options: dict[str, Any], mask: Mask
    ) -> Value:
        method = self.__dict__["cls"].lookup("call")
        if method is None and kept_by(self) is not None:
            return call_kept(run, self, args, options)
        if method is None or not isinstance(method[0], Function):
            return run.unknown(f"{self.class_name} defines no `call`")
        spec = method[0].node.args
        names = {a.arg for a in (*spec.args, *spec.kwonlyargs)}
        if spec.kwarg is None:
            options = {
                k: v for k, v in options.items() if k in names or k not in ("training", "mask")
            }
        if mask is not None and "mask" in names and "mask" not in options:
            options["mask"] = mask
        positional = spec.args[1:]
        required = positional[: len(positional) - len(spec.defaults)]
        for parameter in required[len(args) :]:
            if parameter.arg in ("training", "mask"):
                options.setdefault(parameter.arg, None)
        return call_function(run, method[0], (self, *args), options, receiver=self)

    def _keep(self, inputs: list[Tensor], value: Value, inner: list[LayerCall]) -> None:
        """The first trace is the network that is shown."""
        if self.__dict__["_calls"] or self.inputs:
            return
        self.__dict__["_calls"] = inner
        self._take_ends(tuple(inputs), tuple(tensors_of(value)))
        self.input_structure = inputs[0] if len(inputs) == 1 else inputs
        self.output_structure = value

    def _state_facts(self, call: LayerCall, inner: list[LayerCall], output: Any) -> None:
        unknown = next((c.unknown for c in inner if c.unknown is not None), None)
        if any(c.facts is None for c in inner):
            call.unknown = unknown or "a layer within is not known"
            return
        if unknown is not None:
            call.unknown = unknown
        call.facts = facts_of_calls(output, inner)


def facts_of_calls(output: Any, calls: Sequence[LayerCall]) -> Facts:
    """What the calls that a layer's own code makes state together."""
    counts = [call.facts.counts() for call in calls if call.facts is not None]
    return Facts(
        output,
        edges=total(c.connections for c in counts),
        bias_edges=total(c.bias_connections for c in counts),
        macs=total(c.macs for c in counts),
    )


def _mask_for(call: LayerCall) -> Mask:
    """The mask that Keras gives to a layer that takes one."""
    masks = [mask_of(tensor) for tensor in call.inputs]
    if len(masks) == 1 or all(mask is None for mask in masks):
        return masks[0] if masks else None
    return Unknown(NOT_FOLLOWED)


def rest_of_layers(value: Value, depth: int = 0) -> Rest | None:
    """What stands for the layers of an attribute whose number is not known, or None."""
    if depth >= 8 or not isinstance(value, (list, tuple, dict)):
        return None
    rest = rest_of(value)
    items = list(value.values()) if isinstance(value, dict) else value
    if rest is not None and any(isinstance(item, Layer) for item in items):
        return rest
    inner = (rest_of_layers(item, depth + 1) for item in items)
    return next((rest for rest in inner if rest is not None), None)


def shapes_of_value(value: Value, run: Interpreter) -> Any:
    """The shapes of what `call` returned."""
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, (list, tuple)):
        return [shapes_of_value(v, run) for v in value]
    if isinstance(value, dict):
        return {k: shapes_of_value(v, run) for k, v in value.items()}
    if isinstance(value, Unknown):
        return Unranked(value.reason)
    if isinstance(value, (int, float)):
        return ()
    return Unranked("`call` returns no tensor")


def dtypes_of_value(value: Value) -> list[str]:
    """The dtype of each of `shapes_of_value`, in order."""
    if isinstance(value, (list, tuple)):
        return [dtype for item in value for dtype in dtypes_of_value(item)]
    if isinstance(value, dict):
        return [dtype for item in value.values() for dtype in dtypes_of_value(item)]
    return [value.dtype if isinstance(value, Tensor) else UNKNOWN]


def map_shapes_to_tensors(value: Any) -> Any:
    """Replace each shape in a nested structure by a tensor of it."""
    from shapecalc.layers.layer import is_shape

    if isinstance(value, Unranked) or (is_shape(value) and value):
        return Tensor(value)
    if isinstance(value, (list, tuple)):
        return type(value)([map_shapes_to_tensors(v) for v in value])
    if isinstance(value, dict):
        return {k: map_shapes_to_tensors(v) for k, v in value.items()}
    return value


def program_attribute(run: Interpreter, layer: ProgramObject, name: str) -> Value:
    """An attribute of a program's layer: its own, its class's, or Keras's."""
    cls: Class = layer.__dict__["cls"]
    attributes = layer.__dict__["attributes"]
    found = cls.lookup(name)
    if name == "build" and found is not None and isinstance(layer, ProgramLayer):
        return _build_by_hand(run, layer, instance_attribute(run, layer, cls, attributes, name))
    if name in attributes or found is not None or name == "__class__":
        return instance_attribute(run, layer, cls, attributes, name)
    inherited = inherited_attribute(layer, name)
    if inherited is not None:
        return inherited
    from shapecalc.frontends.python.library.dispatch import attribute_of

    return attribute_of(run, layer, name)


def _build_by_hand(run: Interpreter, layer: ProgramLayer, method: Value) -> Native:
    """A layer's own `build`, after which Keras does not build it again."""

    def build(*args: Value, **kwargs: Value) -> Value:
        layer.__dict__["_started"] = True
        run.touch(layer.__dict__["attributes"])
        layer.__dict__["attributes"]["built"] = True
        return run.call(method, args, kwargs)

    return Native("build", build)

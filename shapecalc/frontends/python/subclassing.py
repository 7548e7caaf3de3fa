"""Layers and models that the program defines: their own code is traced."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from shapecalc.dims import Dim, is_unknown, total
from shapecalc.frontends.python.attributes import bind_to, instance_attribute
from shapecalc.frontends.python.calls import call_function
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.inheriting import (
    build_kept,
    call_kept,
    inherited_attribute,
    keep,
    kept_by,
)
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.masks import NOT_FOLLOWED, Mask, mask_of
from shapecalc.frontends.python.values import (
    BoundMethod,
    Class,
    Function,
    Raised,
    Value,
    first_unknown,
)
from shapecalc.frontends.python.variables import variables_in
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.dtype_policy import UNKNOWN, dtype_name, policy_of
from shapecalc.rules.facts import STATE, Facts, Weight
from shapecalc.rules.refusal import MissingInput
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

MODEL_BASES = frozenset({"keras.models.Model", "keras.models.Sequential"})


class ProgramLayer(Network):
    """An object of a class of the program that derives from a Keras layer or model.

    Attributes:
        cls: its class.
        attributes: what the program set on it, in order.
        is_model: whether its class derives from a Keras model.
    """

    kind = "subclass"

    def __init__(self, run: Interpreter, cls: Class, base: str) -> None:
        state = self.__dict__
        state["run"] = run
        state["cls"] = cls
        state["base"] = base
        self._begin(None)
        state["attributes"] = {}
        state["is_model"] = base in MODEL_BASES
        state["_own"] = []
        state["_variables"] = {}
        state["_replaced"] = []
        state["_calls"] = []
        state["_functional"] = None
        state["_started"] = False

    @property
    def class_name(self) -> str:
        """The class's own name."""
        return str(self.__dict__["cls"].name)

    def _automatic_name(self) -> str:  # type: ignore[override]
        return current_session().unique_name(snake_case(self.__dict__["cls"].name))

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
            for inner in layers_in(value):
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
    def built(self) -> bool:
        return bool(self.__dict__["_functional"] or self.__dict__["_calls"] or self.inputs)

    def calls_on(self, tensors: Sequence[Tensor]) -> Any:
        # On other shapes, the program's code may do other things.
        same = all(a.shape == b.shape for a, b in zip(self.inputs, tensors, strict=False))
        return super().calls_on(tensors) if same else None

    def own_weights(self) -> Iterator[tuple[Weight, bool]]:
        trained = bool(self.__dict__["_trainable"])
        for weight in self.__dict__["_own"]:
            yield weight, trained and weight.trainable

    def become_functional(self, functional: Network) -> None:
        """Be the network that `super().__init__(inputs=…, outputs=…)` describes."""
        self.__dict__["_functional"] = functional
        self._take_ends(functional.inputs, functional.outputs)
        self.input_structure = functional.input_structure
        self.output_structure = functional.output_structure

    def _take_ends(self, inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]) -> None:
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "outputs", outputs)

    def add_own_weight(self, weight: Weight) -> None:
        """Keep a weight that the program's code makes."""
        self.__dict__["_own"].append(weight)

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
        finally:
            session.tracer = outer
        self._keep(stand_ins, value, inner)
        output = shapes_of_value(value, run)
        self._state_facts(call, inner, output)
        if call.facts is not None:
            call.facts = call.facts._replace(dtype=dtypes_of_value(value))
        return output

    def _build(self, run: Interpreter, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        if self.__dict__["_started"]:
            return
        self.__dict__["_started"] = True
        method = self.__dict__["cls"].lookup("build")
        if method is None and args and isinstance(args[0], Tensor):
            build_kept(self, args[0].shape)
        if method is None or not isinstance(method[0], Function) or not args:
            return
        from shapecalc.frontends.python.library.keras_properties import shape_value

        shape = map_tensors(lambda t: shape_value(t.shape), args[0])
        count = len(method[0].node.args.args) - 1
        shapes = (shape,)
        if count > 1:
            more = [*args[1:], *options.values()]
            shapes = (shape, *(map_tensors(lambda t: shape_value(t.shape), a) for a in more))
        call_function(run, method[0], (self, *shapes[: max(count, 1)]), {}, receiver=self)

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


def layers_in(value: Value, depth: int = 0) -> Iterator[Layer]:
    """The layers in a value, as Keras tracks them through lists, tuples and dicts."""
    if isinstance(value, Layer):
        yield value
    elif depth < 8 and isinstance(value, (list, tuple)):
        for item in value:
            yield from layers_in(item, depth + 1)
    elif depth < 8 and isinstance(value, dict):
        for item in value.values():
            yield from layers_in(item, depth + 1)


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


def make_program_layer(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """An object of a class that derives from a Keras layer or model."""
    run.effect()
    layer = ProgramLayer(run, cls, base)
    layer.__dict__["span"] = run.span(node) or run.here()
    if layer.__dict__["is_model"]:
        run.record_model(layer, node)
    initializer = cls.lookup("__init__")
    if initializer is not None and isinstance(initializer[0], Function):
        call_function(run, initializer[0], (layer, *args), kwargs, receiver=layer)
    else:
        initialize(run, layer, *args, **kwargs)
    return layer


def initialize(run: Interpreter, layer: ProgramLayer, /, *args: Value, **kwargs: Value) -> None:
    """`super().__init__(…)` of a program's layer or model: what Keras's base class does."""
    if layer.__dict__["is_model"]:
        older = {"input": "inputs", "output": "outputs"}
        kwargs = {older.get(k, k): v for k, v in kwargs.items()}
        given = {**dict(zip(("inputs", "outputs", "name"), args, strict=False)), **kwargs}
        if list(tensors_of(given.get("outputs"))) and list(tensors_of(given.get("inputs"))):
            from shapecalc.graph.model import Functional

            layer.become_functional(Functional(given["inputs"], given["outputs"], name="inner"))
    name = kwargs.get("name")
    if isinstance(name, str):
        layer.__dict__["name"] = name
    trainable = kwargs.get("trainable")
    if isinstance(trainable, bool):
        layer.__dict__["_trainable"] = trainable
    if kwargs.get("dtype") is not None:
        layer.__dict__["dtype_policy"] = policy_of(dtype_value(kwargs["dtype"]))
    if layer.__dict__["base"] == "keras.layers.Wrapper":
        wrapped = args[0] if args else kwargs.get("layer")
        set_program_attribute(run, layer, "layer", wrapped)
        return
    keep(run, layer, args, kwargs)


def add_weight(run: Interpreter, layer: Layer, *args: Value, **kwargs: Value) -> Value:
    """`self.add_weight(…)`, as Keras 3 and Keras 2 order its arguments."""
    run.effect()
    names = ["shape", "initializer", "dtype", "trainable"]
    if args and (isinstance(args[0], str) or args[0] is None):
        names = ["name", "shape", "dtype", "initializer"]
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    shape = given.get("shape", ())
    name = given.get("name")
    if isinstance(shape, int):
        shape = (shape,)
    trainable = given.get("trainable", True)
    dims = weight_shape(run, shape)
    dtype = given.get("dtype")
    kept = layer.dtype if dtype is None else dtype_name(dtype_value(dtype))
    if isinstance(layer, ProgramLayer) and dims is not None:
        label = name if isinstance(name, str) else "variable"
        layer.add_own_weight(
            Weight(label, dims, role=STATE, trainable=run.truth(trainable) is not False, dtype=kept)
        )
    elif isinstance(layer, ProgramLayer):
        layer.incomplete = "a weight whose shape is not known"
    found = dims if dims is not None else Unranked("a weight whose shape is not known")
    # Within `call`, Keras hands out weights in the dtype that the layer computes in.
    return Tensor(found, layer.received_dtype(kept), of_weights=True)


def weight_shape(run: Interpreter, shape: Value) -> tuple[Dim, ...] | None:
    """The shape of a weight; an axis that is unknown makes an unknown dim."""
    if isinstance(shape, Unknown):
        return None
    items = run.iterate(shape)
    if isinstance(items, Unknown):
        return None
    dims: list[Dim] = []
    for item in items:
        if isinstance(item, Unknown):
            dims.append(unknown_dim(item.reason))
        elif item is None:
            dims.append(unknown_dim("a weight needs the length of an axis that is None"))
        elif isinstance(item, float) and item.is_integer():
            dims.append(int(item))
        else:
            dims.append(item)
    return tuple(dims)


def build_model(run: Interpreter, layer: ProgramLayer, shape: Value) -> None:
    """`model.build(shape)`: a call on a tensor of that shape."""
    from shapecalc.frontends.python.construction import call_layer_value
    from shapecalc.layers.input import InputLayer

    unknown = first_unknown([shape])
    if unknown is not None or not isinstance(shape, (tuple, list)):
        return
    nested = bool(shape) and isinstance(shape[0], (tuple, list))
    tensors = [
        Tensor(InputLayer(batch_shape=tuple(s)).__dict__["output_shape"])
        for s in (shape if nested else [shape])
    ]
    call_layer_value(run, layer, (tensors if nested else tensors[0],), {}, None)


def program_attribute(run: Interpreter, layer: ProgramLayer, name: str) -> Value:
    """An attribute of a program's layer: its own, its class's, or Keras's."""
    cls: Class = layer.__dict__["cls"]
    attributes = layer.__dict__["attributes"]
    found = cls.lookup(name)
    if name in attributes or found is not None or name == "__class__":
        return instance_attribute(run, layer, cls, attributes, name)
    inherited = inherited_attribute(layer, name)
    if inherited is not None:
        return inherited
    from shapecalc.frontends.python.library.registry import attribute_of

    return attribute_of(run, layer, name)


def set_program_attribute(run: Interpreter, layer: ProgramLayer, name: str, value: Value) -> None:
    """`layer.name = value`; Keras goes on tracking a layer that is replaced."""
    for variable in variables_in(value):
        weight = variable.weight()
        if id(variable) in layer.__dict__["_variables"]:
            continue
        layer.__dict__["_variables"][id(variable)] = variable
        if weight is None:
            layer.incomplete = "a variable whose shape is not known"
        else:
            layer.add_own_weight(weight)
    run.touch(layer.__dict__["attributes"])
    old = layer.__dict__["attributes"].get(name)
    if old is not None and next(layers_in(old), None) is not None and old is not value:
        layer.__dict__["_replaced"].append(old)
    layer.__dict__["attributes"][name] = value


def is_program_method(layer: ProgramLayer, name: str) -> BoundMethod | None:
    """The program's own method of that name, bound, or None."""
    found = layer.__dict__["cls"].lookup(name)
    if found is None or not isinstance(found[0], Function):
        return None
    bound = bind_to(layer, layer.__dict__["cls"], found[0])
    return bound if isinstance(bound, BoundMethod) else None


__all__ = ["MissingInput", "ProgramLayer", "Raised", "is_unknown", "make_program_layer"]

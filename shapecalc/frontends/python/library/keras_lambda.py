"""`keras.layers.Lambda`: its function is interpreted."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.frames import LimitReached
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.program_layers import (
    ProgramLayer,
    dtypes_of_value,
    facts_of_calls,
    shapes_of_value,
)
from shapecalc.frontends.python.program_values import made_class
from shapecalc.frontends.python.values import LibraryName, Value
from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors, tensors_of
from shapecalc.rules.dtype_policy import policy_of
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked

LIBRARIES = ("keras.layers.Lambda",)


class LambdaLayer(ProgramLayer):
    """A layer that calls a function of the program.

    Attributes:
        function: the function, as a value.
        output_shape: what the program says of the output's shape, without the batch axis; a
            function from the input's shape; or None.
    """

    def __init__(
        self, run: Interpreter, function: Value, output_shape: Value, arguments: Value, name: Value
    ) -> None:
        cls = made_class("Lambda", (LibraryName("keras.layers.Layer"),))
        super().__init__(run, cls, "keras.layers.Layer")
        state = self.__dict__
        state["function"] = function
        state["declared"] = output_shape
        state["arguments_given"] = arguments if isinstance(arguments, dict) else {}
        self.set_name(name)

    @property
    def layers(self) -> list[Any]:
        # Keras does not track what the function calls.
        return []

    def trace(self, call: LayerCall) -> Any:
        run: Interpreter = self.__dict__["run"]
        args, _ = map_tensors(
            lambda t: Tensor(t.shape, self.received_dtype(t.dtype), symbolic=t.symbolic),
            call.arguments,
        )
        session = current_session()
        outer, session.tracer = session.tracer, []
        try:
            value = run.call(self.__dict__["function"], args, self.__dict__["arguments_given"])
            inner = session.tracer
        except LimitReached as error:
            # A report may ask once more when the run has ended, at its limit.
            raise UndecidedError(Unknown(str(error))) from None
        finally:
            session.tracer = outer
        if not self.__dict__["_calls"]:
            self._keep(list(tensors_of(args)), value, [])
        output = shapes_of_value(value, run)
        if isinstance(output, Unranked):
            declared = self._declared_output(run, call)
            if declared is None:
                call.unknown = output.reason
                return output
            output = declared
        stated = self.__dict__["declared"] is not None
        # Where the program states a shape, Keras asks no more.
        facts = facts_of_calls(output, inner)
        call.facts = facts._replace(dtype=None if stated else dtypes_of_value(value))
        return output

    def _declared_output(self, run: Interpreter, call: LayerCall) -> Any:
        from shapecalc.frontends.python.library.keras_properties import shape_value

        declared = self.__dict__["declared"]
        if declared is None or isinstance(declared, Unknown) or not call.inputs:
            return None
        if isinstance(declared, (tuple, list)):
            items = [None, *declared]
        else:
            result = run.call(declared, (shape_value(call.inputs[0].shape),))
            if not isinstance(result, (tuple, list)):
                return None
            items = list(result)
        dims: list[Dim] = [BATCH if i == 0 else d for i, d in enumerate(items)]
        known = all(isinstance(d, int) or d is BATCH for d in dims)
        return tuple(dims) if known else None


@models("keras.layers.Lambda", unknowns=True)
def lambda_layer(
    run: Interpreter,
    function: Value,
    output_shape: Value = None,
    mask: Value = None,
    arguments: Value = None,
    *,
    name: Value = None,
    node: Any = None,
    **kwargs: Value,
) -> Value:
    run.effect()
    layer = LambdaLayer(run, function, output_shape, arguments, name)
    if kwargs.get("dtype") is not None:
        layer.__dict__["dtype_policy"] = policy_of(dtype_value(kwargs["dtype"]))
    layer.__dict__["span"] = run.span(node) or run.here()
    shape = kwargs.get("input_shape")
    if isinstance(shape, (tuple, list)):
        layer.__dict__["input_shape_argument"] = (None, *shape)
    return layer

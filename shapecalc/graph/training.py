"""What a program does with its models: how it compiles them, and the data it gives them.

A front end records these calls, with values as plain as they can be made; the checks of the
training contract read them. What could not be followed is an `Unknown` among the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer, layers_within
from shapecalc.rules.unknown import Unknown
from shapecalc.source import Span


class Objective:
    """A loss, a metric or an optimizer, as the program names it.

    Attributes:
        name: the last word of its name as it is written: `mse`, `CategoricalCrossentropy`; None
            for a function or an object of the program's own.
        made: whether it is an object that was made of a class; else a text or a function.
        args: what its class was given by position.
        options: what its class was given by keyword.
        text: whether the program gives it as a text, which Keras looks up later.
    """

    # No named tuple: among lists and tuples of objectives it has to be told from them.
    __slots__ = ("args", "made", "name", "options", "text")

    def __init__(
        self,
        name: str | None,
        made: bool = False,
        args: tuple[Any, ...] = (),
        options: Mapping[str, Any] = MappingProxyType({}),
        text: bool = False,
    ) -> None:
        self.name = name
        self.made = made
        self.args = args
        self.options = options
        self.text = text

    def _values(self) -> tuple[Any, ...]:
        return self.name, self.made, self.args, dict(self.options), self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Objective) and self._values() == other._values()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Objective{self._values()!r}"

    @property
    def own(self) -> bool:
        """Whether it is of the program's own making, so that nothing is known of it."""
        return self.name is None


class Usage:
    """A call of a method of a model.

    Attributes:
        model: the model.
        method: `compile`, `fit`, `evaluate`, …
        given: its arguments by name; one that is not given is not there. Losses, metrics and
            optimizers are `Objective`, one alone or in lists and dicts as the program nests
            them. Data are `Tensor`, which here stands for an array, likewise nested.
        span: the whole call.
        arguments: where each argument stands, by its name.
        function: the function it is in, or None at module level.
        condition: under which it happens, or None.
        tried: those of its conditions whose other way was followed too, within the same run.
    """

    __slots__ = (
        "arguments", "condition", "function", "given", "method", "model", "span", "tried",
    )  # fmt: skip

    def __init__(
        self,
        model: Network,
        method: str,
        given: dict[str, Any],
        span: Span,
        arguments: dict[str, Span] | None = None,
    ) -> None:
        self.model = model
        self.method = method
        self.given = given
        self.span = span
        self.arguments = arguments or {}
        self.function: str | None = None
        self.condition: str | None = None
        self.tried: tuple[str, ...] = ()

    def is_like(self, other: Usage) -> bool:
        """Whether it is the same call on the same model with values that say the same."""
        return (
            self.span == other.span
            and self.model is other.model
            and type(self) is type(other)
            and repr(self.given) == repr(other.given)
        )

    def argument(self, name: str) -> Any:
        """What is given for an argument; None where it is not given."""
        return self.given.get(name)


class Compilation(Usage):
    """A call of `compile`.

    Attributes:
        outputs: the model's outputs then; empty where it is built later.
        frozen: the layers whose `trainable` was False then.
        overridden: those of Keras's own methods that the model's class replaces, so that the
            loss may be used in another way than Keras's: `train_step`, `compute_loss`, …
        uses: the calls with data that it is in force for.
    """

    __slots__ = ("_outputs", "frozen", "overridden", "uses")

    def __init__(
        self,
        model: Network,
        given: dict[str, Any],
        span: Span,
        arguments: dict[str, Span] | None = None,
        overridden: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(model, "compile", given, span, arguments)
        self._outputs = model.outputs
        self.frozen = _frozen_in(model)
        self.overridden = overridden
        self.uses: list[DataUse] = []

    @property
    def is_idle(self) -> bool:
        """Whether the model is run, by itself or within another one, but never by this loss.

        A generator is often compiled only to be asked for predictions.
        """
        # A model of the program's own calls itself, when it is built.
        nested = self.model.kind != "subclass" and self.model.__dict__["inbound"]
        predicts = all(use.method.startswith("predict") for use in self.uses)
        return bool(self.uses or nested) and predicts

    @property
    def optimizer(self) -> str | None:
        """The optimizer in Keras's words, `momentum` for SGD with one; None if not known."""
        given = self.argument("optimizer")
        if given is None:
            return "rmsprop" if "optimizer" not in self.given else None
        if not isinstance(given, Objective) or given.name is None:
            return None
        name = given.name.lower()
        return "momentum" if name == "sgd" and given.options.get("momentum") else name

    @property
    def outputs(self) -> tuple[Tensor, ...]:
        """The outputs that the loss is computed of; empty where they are not known."""
        if self.model.incomplete is not None:
            return ()
        return self._outputs or self.model.outputs


class DataUse(Usage):
    """A call of a method that takes data, such as `fit`, `predict` or `train_on_batch`.

    Attributes:
        compilation: the `compile` that is in force; None where there is none, an `Unknown` where
            that depends on what is not known.
        batched: whether `x` and `y` are one batch rather than all samples.
        frozen: the layers whose `trainable` was False then.
    """

    __slots__ = ("batched", "compilation", "frozen")

    def __init__(
        self,
        model: Network,
        method: str,
        given: dict[str, Any],
        span: Span,
        arguments: dict[str, Span] | None = None,
        *,
        compilation: Compilation | Unknown | None = None,
        batched: bool = False,
    ) -> None:
        super().__init__(model, method, given, span, arguments)
        self.compilation = compilation
        self.batched = batched
        self.frozen = _frozen_in(model)
        if isinstance(compilation, Compilation):
            compilation.uses.append(self)


def holds_lists(data: Any) -> bool:
    """Whether data are lists of numbers, of a length of their own each, rather than an array."""
    if not isinstance(data, Tensor) or data.dtype != "object" or data.contents is None:
        return False
    return isinstance(data.shape, tuple) and len(data.shape) == 1 and data.contents.whole


def _frozen_in(model: Network) -> tuple[Layer, ...]:
    return tuple(layer for _, layer in layers_within(model) if not layer.trainable)

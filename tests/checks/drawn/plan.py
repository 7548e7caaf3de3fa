"""A drawn network as data, before it is written as a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Argument:
    """An argument of a layer, as source text.

    Attributes:
        name: its keyword.
        text: its value.
        leading: whether it may be written without its keyword; such come first, in order.
    """

    name: str
    text: str
    leading: bool = False


Form = Literal["called", "not called", "called with its inputs as argument"]


@dataclass(frozen=True)
class Step:
    """A layer and what it is called on.

    Attributes:
        layer: its class in `keras.layers`.
        arguments: what it is made with.
        inputs: the steps whose outputs it takes, by their place; none for an input.
        shape: the output's shape without the batch axis, as far as the drawing goes.
        apart: whether several inputs are arguments of their own, not a list.
        form: how the program uses the layer.
        again: the step whose layer is called once more, instead of a new one.
    """

    layer: str
    arguments: tuple[Argument, ...]
    inputs: tuple[int, ...]
    shape: Shape
    apart: bool = False
    form: Form = "called"
    again: int | None = None

    def argument(self, name: str) -> Argument | None:
        """The argument of that name, if it is given."""
        return next((a for a in self.arguments if a.name == name), None)

    def given(self, name: str, value: object) -> Step:
        """The same with an argument replaced, or added at the end."""
        if self.argument(name) is None:
            added = Argument(name, repr(value))
            return replace(self, arguments=(*self.arguments, added))
        changed = (replace(a, text=repr(value)) if a.name == name else a for a in self.arguments)
        return replace(self, arguments=tuple(changed))

    def without(self, name: str) -> Step:
        """The same without an argument."""
        return replace(self, arguments=tuple(a for a in self.arguments if a.name != name))


@dataclass(frozen=True)
class Plan:
    """A network.

    Attributes:
        family: what kind of data it takes.
        steps: its layers in the order in which they are called.
        channels_first: whether its layers are told so.
        model_inputs: the steps that the model names as its inputs; None for every input.
    """

    family: str
    steps: tuple[Step, ...]
    channels_first: bool = False
    model_inputs: tuple[int, ...] | None = field(default=None)

    @property
    def inputs(self) -> tuple[int, ...]:
        """What the model names as its inputs."""
        if self.model_inputs is not None:
            return self.model_inputs
        return tuple(i for i, step in enumerate(self.steps) if not step.inputs)

    @property
    def is_chain(self) -> bool:
        """Whether it can be written as a stack of layers."""
        return self.model_inputs is None and all(
            step.inputs == ((place - 1,) if place and step.layer != "Input" else ())
            and step.form == "called"
            and step.again is None
            for place, step in enumerate(self.steps)
        )

    def places(self, wanted: Callable[[Step], bool]) -> list[int]:
        """Where steps of some kind are."""
        return [place for place, step in enumerate(self.steps) if wanted(step)]

    def with_step(self, place: int, step: Step) -> Plan:
        """The same with one step replaced."""
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place + 1 :]))

    def inserted(self, place: int, step: Step) -> Plan:
        """The same with a step behind another one, whose output it takes over.

        Args:
            place: the step before; it is what the new one takes, unless that takes nothing.
            step: the new one.
        """
        later = [
            replace(s, inputs=tuple(i + (i >= place) for i in s.inputs), again=_moved(s, place))
            for s in self.steps[place + 1 :]
        ]
        new = replace(step, inputs=(place,)) if step.inputs else step
        steps = (*self.steps[: place + 1], new, *later)
        return replace(self, steps=steps)

    def removed(self, place: int) -> Plan:
        """The same without a step of one input, which its successors get instead."""
        (before,) = self.steps[place].inputs
        later = [
            replace(s, inputs=tuple(before if i == place else i - (i > place) for i in s.inputs))
            for s in self.steps[place + 1 :]
        ]
        return replace(self, steps=(*self.steps[:place], *later))


def _moved(step: Step, place: int) -> int | None:
    return None if step.again is None else step.again + (step.again > place)

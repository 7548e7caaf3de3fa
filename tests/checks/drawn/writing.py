"""A plan as the text of a program, in one of the ways in which programs are written."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator

from tests.checks.drawn.plan import Argument, Plan, Step

STYLES = ("list", "add", "functional", "function", "stages", "loop")

# How the classes of layers are reached: what is imported, and what stands before a name.
_IMPORTS = (
    ("import keras\nfrom keras import layers\n", "keras.", "layers."),
    ("import keras\n", "keras.", "keras.layers."),
    ("import keras as K\n", "K.", "K.layers."),
    ("from keras import Input, Model, Sequential, layers as L\n", "", "L."),
)


def write(rng: random.Random, plan: Plan) -> tuple[str, str]:
    """The text of a program, and the name of the style it is written in."""
    styles = STYLES if plan.is_chain else STYLES[2:]
    style = rng.choice(styles)
    return Writer(rng, plan).write(style), style


class Writer:
    """Writes one plan."""

    def __init__(self, rng: random.Random, plan: Plan) -> None:
        self.rng = rng
        self.plan = plan
        self.imports, self.keras, self.layers = rng.choice(_IMPORTS)
        # Layers that are called twice are made on a line of their own.
        self.reused = {s.again for s in plan.steps if s.again is not None}

    def write(self, style: str) -> str:
        """The text in a style."""
        body = {
            "list": self._list,
            "add": self._add,
            "functional": self._functional,
            "function": self._function,
            "stages": self._stages,
            "loop": self._loop,
        }[style]()
        return f"{self.imports}\n{body}"

    # --- layers ---------------------------------------------------------------------------------

    def _made(self, step: Step, *, first: str = "") -> str:
        """The expression that makes a layer."""
        by_name = self.rng.randrange(4) == 0 and all(a.name for a in step.arguments)
        arguments = [first] if first else []
        arguments += [self._argument(a, by_name) for a in step.arguments]
        head = self.keras if step.layer == "Input" else self.layers
        text = f"{head}{step.layer}({', '.join(arguments)})"
        if arguments and self.rng.randrange(8) == 0:
            lines = textwrap.indent(",\n".join(arguments), "    ")
            text = f"{head}{step.layer}(\n{lines},\n)"
        return text

    def _argument(self, argument: Argument, by_name: bool) -> str:
        # In a drawn text, @ stands before the name of a class of layers.
        text = argument.text.replace("@", self.layers)
        if argument.leading and not by_name:
            return text
        return f"{argument.name}={text}"

    def _list(self) -> str:
        layers = ",\n".join(self._made(step) for step in self.plan.steps)
        inside = textwrap.indent(layers, "    ")
        if self.rng.randrange(4) == 0:
            # The list has a name, so that it is made on other lines than the model.
            return f"stack = [\n{inside},\n]\nmodel = {self.keras}Sequential(stack)\n"
        return f"model = {self.keras}Sequential([\n{inside},\n])\n"

    def _add(self) -> str:
        lines = [f"model = {self.keras}Sequential()"]
        lines += [f"model.add({self._made(step)})" for step in self.plan.steps]
        return "\n".join(lines) + "\n"

    # --- tensors --------------------------------------------------------------------------------

    def _functional(self) -> str:
        names = self._names()
        lines = [*self._statements(range(len(self.plan.steps)), names), self._model(names)]
        return "\n".join(lines) + "\n"

    def _function(self) -> str:
        names = self._names()
        lines = [*self._statements(range(len(self.plan.steps)), names)]
        lines.append(self._model(names).replace("model = ", "return ", 1))
        body = textwrap.indent("\n".join(lines), "    ")
        return f"def build_model():\n{body}\n\n\nmodel = build_model()\n"

    def _stages(self) -> str:
        """A run of steps in a function of its own."""
        place, end = self._run()
        if end - place < 2:
            return self._functional()
        names = self._names()
        inner = {**names, place - 1: "x", **dict.fromkeys(range(place, end), "x")}
        body = textwrap.indent("\n".join(self._statements(range(place, end), inner)), "    ")
        lines = [
            *self._statements(range(place), names),
            f"{names[end - 1]} = stage({names[place - 1]})",
            *self._statements(range(end, len(self.plan.steps)), names),
            self._model(names),
        ]
        return f"def stage(x):\n{body}\n    return x\n\n\n" + "\n".join(lines) + "\n"

    def _loop(self) -> str:
        """A run of steps, made one after the other of a list of layers."""
        place, end = self._run()
        if end - place < 2:
            return self._functional()
        names = self._names()
        made = ",\n".join(self._made(s) for s in self.plan.steps[place:end])
        before, after = names[place - 1], names[end - 1]
        lines = [
            *self._statements(range(place), names),
            f"blocks = [\n{textwrap.indent(made, '    ')},\n]",
            f"{after} = {before}",
            f"for block in blocks:\n    {after} = block({after})",
            *self._statements(range(end, len(self.plan.steps)), names),
            self._model(names),
        ]
        return "\n".join(line for line in lines) + "\n"

    def _run(self) -> tuple[int, int]:
        """The longest run of steps that only the next one uses."""
        best = (0, 0)
        start = 1
        for place in range(1, len(self.plan.steps) + 1):
            if place == len(self.plan.steps) or not self._is_link(place):
                best = max(best, (start, place), key=lambda run: run[1] - run[0])
                start = place + 1
            elif place > start and self._uses(place - 1) > 1:
                best = max(best, (start, place), key=lambda run: run[1] - run[0])
                start = place
        return best

    def _is_link(self, place: int) -> bool:
        step = self.plan.steps[place]
        return (
            step.inputs == (place - 1,)
            and step.form == "called"
            and step.again is None
            and place not in self.reused
        )

    def _uses(self, place: int) -> int:
        return sum(place in step.inputs for step in self.plan.steps) + (place in self.plan.inputs)

    def _names(self) -> dict[int, str]:
        """What the output of each step is called."""
        if all(s.inputs in ((p - 1,), ()) for p, s in enumerate(self.plan.steps)):
            names = dict.fromkeys(range(len(self.plan.steps)), "x")
        else:
            names = {p: f"x{p}" for p in range(len(self.plan.steps))}
        inputs = [p for p, s in enumerate(self.plan.steps) if not s.inputs]
        names |= {p: f"inputs{i or ''}" for i, p in enumerate(inputs)}
        return names | {p: f"middle{p}" for p in self.plan.inputs if self.plan.steps[p].inputs}

    def _statements(self, places: range, names: dict[int, str]) -> Iterator[str]:
        for place in places:
            yield from self._statement(place, names)

    def _statement(self, place: int, names: dict[int, str]) -> Iterator[str]:
        step, name = self.plan.steps[place], names[place]
        if not step.inputs:
            yield f"{name} = {self._made(step)}"
            return
        taken = [names[i] for i in step.inputs]
        inputs = ", ".join(taken) if step.apart or len(taken) == 1 else f"[{', '.join(taken)}]"
        if step.form == "not called":
            yield f"{name} = {self._made(step)}"
        elif step.form == "called with its inputs as argument":
            yield f"{name} = {self._made(step, first=inputs)}"
        elif step.again is not None:
            yield f"{name} = layer{step.again}({inputs})"
        elif place in self.reused:
            yield f"layer{place} = {self._made(step)}"
            yield f"{name} = layer{place}({inputs})"
        else:
            yield f"{name} = {self._made(step)}({inputs})"

    def _model(self, names: dict[int, str]) -> str:
        inputs = [names[i] for i in self.plan.inputs]
        taken = inputs[0] if len(inputs) == 1 else f"[{', '.join(inputs)}]"
        output = names[len(self.plan.steps) - 1]
        if self.rng.randrange(2):
            return f"model = {self.keras}Model({taken}, {output})"
        return f"model = {self.keras}Model(inputs={taken}, outputs={output})"

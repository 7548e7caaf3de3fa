"""Faults of how layers are put together."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.checks.drawn.drawing import Written
from tests.checks.drawn.plan import Argument, Plan, Step
from tests.checks.drawn.planting import fault, new_step


@fault("input left out of the model")
def _missing_input(rng: random.Random, plan: Plan) -> Plan:
    inputs = list(plan.inputs)
    inputs.pop(rng.randrange(len(inputs)))
    if not inputs and rng.randrange(4):
        # The model begins behind the input: at a tensor in the middle.
        inputs = [rng.randrange(len(plan.steps))]
    return replace(plan, model_inputs=tuple(inputs))


@fault("input that leads nowhere")
def _unrelated(rng: random.Random, plan: Plan) -> Plan:
    shape = (8,)
    other = Step("Input", (Argument("shape", repr(shape), True),), (), shape)
    last = len(plan.steps) - 1
    steps = (*plan.steps[:-1], other, replace(plan.steps[-1]))
    instead = rng.randrange(2)
    inputs = (last,) if instead else (*plan.inputs, last)
    return replace(plan, steps=steps, model_inputs=inputs)


@fault("input in the middle")
def _second_input(rng: random.Random, plan: Plan) -> Plan | None:
    if len(plan.inputs) > 1 or len(plan.steps) < 3:
        return None
    place = rng.randrange(1, len(plan.steps) - 1)
    shape = plan.steps[place].shape
    step = Step("Input", (Argument("shape", repr(shape), True),), (), shape)
    if not plan.is_chain:
        plan = replace(plan, model_inputs=(0,))
    return plan.inserted(place, step)


@fault("name used twice")
def _names(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: bool(s.inputs))
    if len(places) < 2:
        return None
    names = rng.choice([("same", "same"), ("same", "Same"), ("", "x"), (3, "x"), (None, "x")])
    for place, name in zip(rng.sample(places, 2), names, strict=True):
        plan = plan.with_step(place, plan.steps[place].given("name", name))
    return plan


@fault("layer called again on another shape")
def _again(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: bool(s.inputs) and not s.apart and len(s.inputs) == 1)
    if not places:
        return None
    first = rng.choice(places)
    second = rng.randrange(first, len(plan.steps))
    model = plan.steps[first]
    again = Step(model.layer, model.arguments, (0,), (), again=first)
    return plan.inserted(second, again)


@fault("layer that is not called")
def _not_called(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: bool(s.inputs))
    place = rng.choice(places)
    form = rng.choice(["not called", "called with its inputs as argument"])
    return plan.with_step(place, replace(plan.steps[place], form=form))


@fault("no such layer")
def _no_such_layer(rng: random.Random, plan: Plan) -> Plan:
    place = rng.choice(plan.places(lambda s: bool(s.inputs)))
    layer = plan.steps[place].layer
    wrong = rng.choice([layer.upper(), layer.capitalize(), layer.replace("D", "d")])
    return plan.with_step(place, replace(plan.steps[place], layer=wrong))


@fault("wrapper without a layer inside")
def _wrapper(rng: random.Random, plan: Plan) -> Plan:
    place = rng.randrange(len(plan.steps))
    wrapper = rng.choice(["Bidirectional", "TimeDistributed"])
    inner = rng.choice([Written("Dense(3)"), Written("LSTM"), 4, Written("Flatten()"), None,
                        Written("LSTM(2)")])  # fmt: skip
    return plan.inserted(place, new_step(wrapper, ("layer", inner)))

"""Faults of what a layer is made with."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tests.checks.drawn.plan import Argument, Plan
from tests.checks.drawn.planting import fault

_KEYWORDS = {
    "units": ["unit", "output_size", "units_"],
    "filters": ["filter", "channels"],
    "kernel_size": ["kernal_size", "filter_size"],
    "pool_size": ["pool", "poolsize"],
    "padding": ["pad", "boundary"],
    "activation": ["activations", "act"],
    "strides": ["stride", "step"],
    "rate": ["rates", "dropout"],
    "return_sequences": ["return_sequence"],
    "axis": ["axes", "dim"],
    "input_dim": ["vocab_size"],
    "target_shape": ["shape", "dims"],
}


@fault("unknown keyword")
def _keyword(rng: random.Random, plan: Plan) -> Plan | None:
    given = [(place, a) for place, s in enumerate(plan.steps) for a in s.arguments
             if a.name in _KEYWORDS]  # fmt: skip
    if not given or rng.randrange(3) == 0:
        place = rng.randrange(len(plan.steps))
        extra = rng.choice([
            ("activaton", "relu"), ("units", 3), ("training", True), ("size", 2),
            ("input_shape", (4,)), ("trainable", False), ("dtype", "float32"),
        ])  # fmt: skip
        return plan.with_step(place, plan.steps[place].given(*extra))
    place, argument = rng.choice(given)
    wrong = replace(argument, name=rng.choice(_KEYWORDS[argument.name]), leading=False)
    step = plan.steps[place]
    kept = tuple(a for a in step.arguments if a is not argument)
    return plan.with_step(place, replace(step, arguments=(*kept, wrong)))


_CHOICES: dict[str, list[object]] = {
    "padding": ["sam", "full", "causal", "SAME", 1, None],
    "activation": ["rellu", "ReLU", "soft_max", "leaky_relu", 3, ""],
    "data_format": ["channel_last", "channels_last", "first"],
    "kernel_initializer": ["glorot", "he_normal", "normal", "zero"],
    "kernel_regularizer": ["l2", "l3"],
    "embeddings_constraint": ["max_norm", "maxnorm", "small"],
    "merge_mode": ["concatenate", "concat", "add", None],
    "interpolation": ["bilinear", "cubic_", "nearest"],
    "recurrent_activation": ["hard_sigmoid", "sigmod"],
}


@fault("unknown choice")
def _choice(rng: random.Random, plan: Plan) -> Plan | None:
    given = [(place, a.name) for place, s in enumerate(plan.steps) for a in s.arguments
             if a.name in _CHOICES]  # fmt: skip
    more = {"Conv": ["padding", "activation", "kernel_initializer", "data_format"],
            "Dense": ["activation", "kernel_initializer", "kernel_regularizer"],
            "Embedding": ["embeddings_constraint"],
            "Pooling": ["padding", "data_format"], "Bidirectional": ["merge_mode"],
            "UpSampling2D": ["interpolation"],
            "LSTM": ["activation", "recurrent_activation"]}  # fmt: skip
    given += [(place, name) for place, s in enumerate(plan.steps) for kind, names in more.items()
              if kind in s.layer for name in names]  # fmt: skip
    if not given:
        return None
    place, name = rng.choice(given)
    return plan.with_step(place, plan.steps[place].given(name, rng.choice(_CHOICES[name])))


_NUMBERS: dict[str, list[object]] = {
    "units": [0, -3, 2.5, "8", None, (8,), [4]],
    "filters": [0, -4, 2.5, "8", None, (8,)],
    "kernel_size": [0, -1, (3,), (3, 3, 3, 3), 2.5, "3", None, (2, 0)],
    "pool_size": [0, -2, (2,), (2, 2, 2, 2), 1.5, None],
    "strides": [0, -1, (2,), (1, 1, 1, 1), None, 1.5],
    "dilation_rate": [0, -1, (2, 2, 2, 2)],
    "rate": [-0.1, 1.0, 1.5, "0.5", None],
    "input_dim": [0, -5, None, 2.5],
    "output_dim": [0, -5, None, "16"],
    "size": [0, -2, (2,), (2, 2, 2, 2)],
    "padding": [-1, (1,), (1, 1, 1, 1), 1.5],
    "depth_multiplier": [0, -1],
    "stddev": [-1, 2],
    "n": [0, -1, 2.5, "3"],
    "num_heads": [0, -1],
    "key_dim": [0, -1],
    "shape": [(-1, 3), "28", (0, 4), ("28", 28), (2.5,), None, [8, 8, 1]],
}


@fault("number out of range")
def _number_out_of_range(rng: random.Random, plan: Plan) -> Plan | None:
    given = [(place, a.name) for place, s in enumerate(plan.steps) for a in s.arguments
             if a.name in _NUMBERS and (a.name != "padding" or "Zero" in s.layer)]  # fmt: skip
    if not given:
        return None
    place, name = rng.choice(given)
    return plan.with_step(place, plan.steps[place].given(name, rng.choice(_NUMBERS[name])))


@fault("groups or filters not divisible")
def _groups(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: re.fullmatch(r"Conv\dD", s.layer) is not None)
    if not places:
        return None
    place = rng.choice(places)
    step = plan.steps[place].given("groups", rng.choice([0, 2, 3, 4, -1]))
    if rng.randrange(2):
        step = step.given("filters", rng.choice([3, 7, 12]))
    return plan.with_step(place, step)


@fault("strides with dilation")
def _strides(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: "Conv" in s.layer)
    if not places:
        return None
    place = rng.choice(places)
    rank = int(re.sub(r"\D", "", plan.steps[place].layer))
    step = plan.steps[place].given(
        "strides", rng.choice([2, (2,) * rank, (1,) * (rank - 1) + (2,)])
    )
    return plan.with_step(place, step.given("dilation_rate", rng.choice([2, (2,) * rank])))


@fault("missing argument")
def _missing(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: any(a.leading for a in s.arguments))
    if not places:
        return None
    place = rng.choice(places)
    step = plan.steps[place]
    argument = rng.choice([a for a in step.arguments if a.leading])
    kept = [replace(a, leading=False) for a in step.arguments if a is not argument]
    return plan.with_step(place, replace(step, arguments=tuple(kept)))


@fault("too many arguments")
def _too_many(rng: random.Random, plan: Plan) -> Plan:
    place = rng.randrange(len(plan.steps))
    step = plan.steps[place]
    options = [a for a in step.arguments if not a.leading]
    leading = [a for a in step.arguments if a.leading]
    values = [Argument("", rng.choice(["3", "None", "'relu'", "(2, 2)"]), True)] * rng.choice(
        [1, 2, 9]
    )
    return plan.with_step(place, replace(step, arguments=(*leading, *values, *options)))


@fault("output padding")
def _output_padding(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: "Transpose" in s.layer)
    if not places:
        return None
    place = rng.choice(places)
    step = plan.steps[place].given("output_padding", rng.choice([0, 1, 2, 3, -1, (1, 1, 1, 1)]))
    return plan.with_step(place, step.given("padding", rng.choice(["same", "valid"])))

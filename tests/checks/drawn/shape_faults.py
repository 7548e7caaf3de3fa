"""Faults of sizes, ranks and axes."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from math import prod

from tests.checks.drawn.drawing import MERGES, Written
from tests.checks.drawn.plan import Argument, Plan, Step
from tests.checks.drawn.planting import fault, new_step

SPATIAL = ("image", "series", "volume")

# --- windows and margins -------------------------------------------------------------------------

_WINDOW = re.compile(r"(Conv|SeparableConv|DepthwiseConv|MaxPooling|AveragePooling)\dD")


def _windows(plan: Plan) -> list[int]:
    return plan.places(lambda s: _WINDOW.fullmatch(s.layer) is not None)


def _size_argument(step: Step) -> str:
    return "pool_size" if "Pooling" in step.layer else "kernel_size"


@fault("window larger than input")
def _window(rng: random.Random, plan: Plan) -> Plan | None:
    places = _windows(plan)
    if not places:
        return None
    place = rng.choice(places)
    step, shape = plan.steps[place], plan.steps[plan.steps[place].inputs[0]].shape
    space = [n or 0 for n in (shape[1:] if plan.channels_first else shape[:-1])]
    rank = len(space)
    size = min(space) + rng.choice([0, 1, 1, 2, 5])
    window: object = size if rng.randrange(2) else (size,) * rank
    if rank > 1 and rng.randrange(3) == 0:
        window = (*(1,) * (rank - 1), space[-1] + rng.choice([0, 1, 2]))
    changed = step.given(_size_argument(step), window).without("dilation_rate")
    padding = rng.choice(["valid", "valid", "valid", "same"])
    return plan.with_step(place, changed.given("padding", padding))


@fault("too many pooling layers")
def _pooling(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: "Pooling" in s.layer and "Global" not in s.layer)
    if not places:
        return None
    place = rng.choice(places)
    for _ in range(rng.randint(2, 5)):
        plan = plan.inserted(place, plan.steps[place].without("strides"))
    return plan


@fault("cropping too large")
def _cropping(rng: random.Random, plan: Plan) -> Plan | None:
    if plan.family not in SPATIAL or plan.channels_first:
        return None
    rank = len(plan.steps[0].shape) - 1
    shape = plan.steps[0].shape
    least = min(n or 0 for n in shape[:-1])
    amount = least // 2 + rng.choice([-1, 0, 1, 3])
    if rng.randrange(2):
        pairs = ((amount, amount),) * rank
        crop: object = pairs[0] if rank == 1 else pairs
    else:
        crop = amount
    step = Step(f"Cropping{rank}D", (Argument("cropping", repr(crop), True),), (0,), shape)
    return plan.inserted(0, step)


# --- ranks ---------------------------------------------------------------------------------------

_GATHERING = ("Flatten", "GlobalAveragePooling", "GlobalMaxPooling")


@fault("missing Flatten")
def _flatten(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: s.layer.startswith(_GATHERING))
    if not places:
        return None
    place = rng.choice(places)
    plan = plan.removed(place)
    after = rng.choice(["LSTM", "RepeatVector", "Dense", None])
    if after is None:
        return plan
    argument = Argument("n" if after == "RepeatVector" else "units", "4", True)
    return plan.inserted(place - 1, Step(after, (argument,), (0,), ()))


@fault("layer for another rank")
def _rank(rng: random.Random, plan: Plan) -> Plan:
    place = rng.randrange(len(plan.steps))
    layer, *leading = rng.choice([
        ("Conv1D", ("filters", 4), ("kernel_size", 1)),
        ("Conv2D", ("filters", 4), ("kernel_size", 1)),
        ("MaxPooling2D", ("pool_size", 1)),
        ("MaxPooling1D", ("pool_size", 1)),
        ("GRU", ("units", 4)),
        ("Bidirectional", ("layer", Written("LSTM(3)"))),
        ("RepeatVector", ("n", 2)),
        ("GlobalAveragePooling2D",),
        ("ZeroPadding2D", ("padding", 1)),
        ("UpSampling1D", ("size", 2)),
        ("SpatialDropout1D", ("rate", 0.2)),
        ("ConvLSTM2D", ("filters", 2), ("kernel_size", 1)),
        ("TimeDistributed", ("layer", Written("Conv2D(2, 1)"))),
    ])  # fmt: skip
    return plan.inserted(place, new_step(layer, *leading))


@fault("batch axis in the input")
def _batch_axis(rng: random.Random, plan: Plan) -> Plan:
    place = rng.choice(plan.places(lambda s: not s.inputs))
    step = plan.steps[place]
    return plan.with_step(place, step.given("shape", (rng.choice([None, 32]), *step.shape)))


@fault("missing axis in the input")
def _axis_missing(rng: random.Random, plan: Plan) -> Plan:
    place = rng.choice(plan.places(lambda s: not s.inputs))
    step = plan.steps[place]
    return plan.with_step(place, step.given("shape", rng.choice([step.shape[:-1], step.shape[1:]])))


@fault("return_sequences missing")
def _return_sequences(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: s.argument("return_sequences") is not None
                         or "return_sequences" in str(s.argument("layer")))  # fmt: skip
    if not places:
        return None
    place = rng.choice(places)
    step = plan.steps[place].without("return_sequences")
    inner = step.argument("layer")
    if inner is not None:
        step = step.given("layer", Written(inner.text[1:].replace(", return_sequences=True", "")))
    return plan.with_step(place, step)


# --- several inputs ------------------------------------------------------------------------------


def _merging(plan: Plan) -> list[int]:
    return plan.places(lambda s: s.layer in (*MERGES, "Subtract", "Concatenate"))


@fault("merge of unequal shapes")
def _unequal(rng: random.Random, plan: Plan) -> Plan | None:
    places = _merging(plan)
    if not places:
        return None
    before = [p for p in plan.steps[rng.choice(places)].inputs if plan.steps[p].inputs]
    if not before:
        return None
    place = rng.choice(before)
    step = plan.steps[place]
    if step.argument("filters") is None:
        return plan.with_step(place, step.given("units", 5)) if step.argument("units") else None
    changes: Sequence[tuple[str, object]] = [("filters", 5), ("strides", 2), ("padding", "valid")]
    return plan.with_step(place, step.given(*rng.choice(changes)))


@fault("merge on the wrong number of inputs")
def _number(rng: random.Random, plan: Plan) -> Plan | None:
    places = _merging(plan)
    if rng.randrange(3) == 0 or not places:
        place = rng.randrange(len(plan.steps))
        layer = rng.choice([*MERGES, "Concatenate", "Subtract", "Dot"])
        leading = [("axes", 1)] if layer == "Dot" else []
        return plan.inserted(place, new_step(layer, *leading))
    place = rng.choice(places)
    step = plan.steps[place]
    if rng.randrange(2):
        other = rng.choice(["Dense", "BatchNormalization", "Subtract", "Flatten"])
        leading = [("units", 3)] if other == "Dense" else []
        return plan.with_step(place, replace(new_step(other, *leading), inputs=step.inputs))
    return plan.with_step(place, replace(step, apart=True))


@fault("Dot axes")
def _dot(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: s.layer == "Dot")
    if not places:
        return None
    axes = rng.choice([0, 1, 2, 3, -2, (1, 2), (2, 1), (0, 0), (1,), (1, 1, 1), "last", (4, 4)])
    place = rng.choice(places)
    return plan.with_step(place, plan.steps[place].given("axes", axes))


@fault("attention on unequal shapes")
def _attention(rng: random.Random, plan: Plan) -> Plan | None:
    places = plan.places(lambda s: s.layer.endswith("Attention"))
    if not places:
        return None
    place = rng.choice(places)
    step = plan.steps[place]
    what = rng.randrange(6)
    if what == 0:
        return plan.with_step(place, replace(step, inputs=step.inputs[:1]))
    if what == 1:
        return plan.with_step(place, replace(step, inputs=(*step.inputs, 0, 0)))
    if what == 2:
        return plan.with_step(place, replace(step, apart=not step.apart))
    if what == 3 and step.argument("num_heads"):
        return plan.with_step(place, step.given(*rng.choice([
            ("num_heads", 0), ("key_dim", -2), ("attention_axes", (5,)), ("output_shape", 3),
            ("num_heads", 2.5),
        ])))  # fmt: skip
    # One side gets another width, or loses its time axis.
    before = step.inputs[rng.randrange(len(step.inputs))]
    added = rng.choice([
        new_step("Dense", ("units", 5)), new_step("Flatten"),
        new_step("GlobalAveragePooling1D"), new_step("ZeroPadding1D", ("padding", 1)),
    ])  # fmt: skip
    changed = plan.inserted(before, added)
    inputs = tuple(dict.fromkeys((before, before + 1))) if len(set(step.inputs)) == 1 else None
    if inputs is None:
        return changed
    at = changed.places(lambda s: s.layer == step.layer)[-1]
    return changed.with_step(at, replace(changed.steps[at], inputs=inputs))


@fault("reshape to another size")
def _reshape(rng: random.Random, plan: Plan) -> Plan:
    place = rng.randrange(len(plan.steps))
    size = prod(n or 1 for n in plan.steps[place].shape)
    target = rng.choice([(size + 1,), (size, 1), (2, -1), (3, -1), (5, -1), (7, 7, -1), (-1, -1),
                         (size,), size, (0, size), (-2, size)])  # fmt: skip
    plan = plan.inserted(place, new_step("Reshape", ("target_shape", target)))
    if plan.steps[place].layer != "Flatten" and rng.randrange(2):
        plan = plan.inserted(place + 1, new_step("Flatten"))
    return plan


@fault("axis out of range")
def _axis(rng: random.Random, plan: Plan) -> Plan:
    axes = [-9, -5, -4, -3, -2, 0, 1, 2, 3, 4, 5, 9]
    places = plan.places(lambda s: s.argument("axis") is not None or "Normalization" in s.layer
                         or s.layer == "Softmax")  # fmt: skip
    if places and rng.randrange(2):
        place = rng.choice(places)
        return plan.with_step(place, plan.steps[place].given("axis", rng.choice(axes)))
    place = rng.randrange(len(plan.steps))
    layer = rng.choice(["BatchNormalization", "LayerNormalization", "Softmax", "Permute", "PReLU"])
    if layer == "Permute":
        rank = len(plan.steps[place].shape)
        dims = [*range(1, rank + 1)]
        rng.shuffle(dims)
        wrong = rng.choice([dims, [n - 1 for n in dims], dims[:-1], [*dims, rank + 1], [1] * rank])
        step = new_step("Permute", ("dims", tuple(wrong)))
    elif layer == "PReLU":
        step = new_step("PReLU", shared_axes=rng.choice([[1], [1, 2], [0], [4], 1]))
    else:
        step = new_step(layer, axis=rng.choice([*axes, [1, 2], [-1, -2], [1, 7]]))
    return plan.inserted(place, step)


# --- axes without a length -----------------------------------------------------------------------


@fault("axis of no length")
def _undefined(rng: random.Random, plan: Plan) -> Plan:
    place = rng.choice(plan.places(lambda s: not s.inputs))
    shape = plan.steps[place].shape
    opened = [None if rng.randrange(2) else n for n in shape]
    if None not in opened:
        opened[rng.randrange(len(shape))] = None
    return plan.with_step(place, plan.steps[place].given("shape", tuple(opened)))


@fault("embedding of what is no sequence")
def _embedding(rng: random.Random, plan: Plan) -> Plan:
    place = rng.randrange(len(plan.steps))
    return plan.inserted(place, new_step("Embedding", ("input_dim", 50), ("output_dim", 4)))

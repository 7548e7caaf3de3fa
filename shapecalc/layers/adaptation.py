"""What may be done to the weights of a layer once it is built: low-rank updates, quantization."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Dim, ceil_divide, total
from shapecalc.layers.layer import Layer
from shapecalc.rules.dtype_policy import quantized_policy
from shapecalc.rules.facts import KERNEL, STATE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.unknown import UndecidedError, Unknown

# Of the factors of a low-rank update, whatever the policy.
FACTOR_DTYPE = "float32"

# How many weights share a scale in int4, where `quantize` is told nothing else.
_BLOCK = 128
# How many steps back float8 looks for the greatest value.
_HISTORY = 1024


def has_rank(rank: Dim | None) -> bool:
    """Whether a `lora_rank` asks for an update: 0 means none; a symbol is at least 1."""
    return rank is not None and not (isinstance(rank, int) and rank == 0)


def with_lora(weights: list[Weight], rank: Dim | None) -> tuple[Weight, ...]:
    """Freeze the first of the weights and add its low-rank update, if it has one.

    The two factors are multiplied into the weight, so they draw no edges of their own.
    """
    if rank is None or not has_rank(rank):
        return tuple(weights)
    main = weights[0]
    return (
        main._replace(trainable=False),
        *weights[1:],
        _factor(f"lora_{main.name}_a", (*main.shape[:-1], rank)),
        _factor(f"lora_{main.name}_b", (rank, main.shape[-1])),
    )


def _factor(name: str, shape: tuple[Dim, ...]) -> Weight:
    return Weight(name, shape, role=STATE, dtype=FACTOR_DTYPE)


class LowRank(Layer):
    """A layer with a weight that a low-rank update may be added to.

    Class attributes:
        main: the name of that weight.
    """

    main: ClassVar[str] = "kernel"

    def enable_lora(self, rank: Dim, *_: Any, **__: Any) -> None:
        """Freeze the layer's main weight and train two factors of a low rank instead.

        Raises:
            InvalidArgument: the layer is not built, has an update already or a constraint.
        """
        state = self.__dict__
        built = state["_weights"]
        if built is None:
            raise InvalidArgument(f"{self.name} is not built yet", argument="rank")
        if has_rank(state["lora_rank"]):
            raise InvalidArgument(f"{self.name} has a low-rank update already", argument="rank")
        self.refuse_constrained(rank)
        state["lora_rank"] = rank
        if self.dtype_policy.quantization is not None:
            self.forget("a low-rank update of quantized weights is not modelled")
            return
        ordered = sorted(built, key=lambda weight: weight.name != self.main)
        state["_weights"] = with_lora(ordered, rank)

    def refuse_constrained(self, rank: Dim | None) -> None:
        """Refuse a low-rank update of a weight that is held to a constraint.

        Raises:
            InvalidArgument: both are given.
        """
        if has_rank(rank) and self.__dict__[f"{self.main}_constraint"] is not None:
            raise InvalidArgument(
                f"`lora_rank` does not go with the `{self.main}_constraint`", argument="lora_rank"
            )

    def forget(self, reason: str) -> None:
        """Take the weights as unknown from here on."""
        self.__dict__["_weights"] = ()
        self.__dict__["incomplete"] = reason


class Quantizable(LowRank):
    """A layer whose weights may be quantized, at once by its policy or once it is built.

    Class attributes:
        quantized_modes: the ones that Keras has for it.
        modelled: whether its quantized weights are known here.
    """

    quantized_modes: ClassVar[tuple[str, ...]] = ("int8", "int4", "float8", "gptq", "awq")
    modelled: ClassVar[bool] = True

    def quantize(self, mode: str = "int8") -> None:
        """Replace the weights by those that the mode keeps.

        Raises:
            InvalidArgument: the layer is not built or quantized already, or has no such mode.
        """
        state = self.__dict__
        if state["_weights"] is None:
            raise InvalidArgument(f"{self.name} is not built yet", argument="mode")
        if self.dtype_policy.quantization is not None:
            raise InvalidArgument(f"{self.name} is quantized already", argument="mode")
        if mode not in self.quantized_modes:
            raise InvalidArgument(f"{self.name} has no mode {mode!r}", argument="mode")
        policy = self.dtype_policy
        setting = f"int4/{_BLOCK}" if mode == "int4" else mode
        if not self.modelled or mode in ("gptq", "awq"):
            self.forget(f"the weights of {self.name} in {mode} are not modelled")
            return
        state["dtype_policy"] = quantized_policy(setting, policy)
        state["_weights"] = tuple(
            new.weight._replace(dtype=new.weight.dtype or policy.variable_dtype)
            for new in _quantized(state["_weights"], setting)
        )

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        setting = self.dtype_policy.quantization
        facts = super().facts(*inputs, **options)
        if setting is None:
            return facts
        word = setting.split("/")[0]
        if word not in self.quantized_modes:
            raise InvalidArgument(f"{self.name} has no mode {word!r}", argument="dtype")
        configured = self.__dict__.get("quantization_config") is not None and word != "int8"
        if not self.modelled or configured or word in ("gptq", "awq"):
            raise UndecidedError(Unknown(f"the weights of {self.name} in {word} are not modelled"))
        new = list(_quantized(facts.weights, setting))
        applied = total(n.applied for n in new)
        facts = facts._replace(
            weights=tuple(n.weight for n in new),
            edges=facts.edges + applied,
            macs=facts.macs + applied,
        )
        return facts.stored_as(self.dtype_policy.variable_dtype)


class _New:
    """A weight as it is kept, and how often the units that it packs are applied."""

    __slots__ = ("applied", "weight")

    def __init__(self, weight: Weight, applied: Dim = 0) -> None:
        self.weight = weight
        self.applied = applied


# For each weight that is quantized: the axis that each scale belongs to one place of.
_SCALED = {"kernel": 1, "embeddings": 0, "reverse_embeddings": 1}


def _quantized(weights: tuple[Weight, ...], setting: str) -> list[_New]:
    """The weights in their place, each with what comes with it."""
    if setting == "float8":
        return [*map(_New, weights), *map(_New, _float8())]
    mode, _, block = setting.partition("/")
    found: list[_New] = []
    for weight in weights:
        if weight.name not in _SCALED:
            found.append(_New(weight))
        elif mode == "int8":
            kept = weight._replace(dtype="int8", trainable=False)
            scale = _extra(weight, "scale", (weight.shape[_SCALED[weight.name]],))
            found += [_New(kept), _New(scale)]
        else:
            found += _int4(weight, int(block or -1))
    return found


def _int4(weight: Weight, block: int) -> list[_New]:
    """Two numbers to a byte, along the axis of the features that go out."""
    scaled = _SCALED[weight.name]
    packed = 0 if weight.name == "reverse_embeddings" else 1
    shape = list(weight.shape)
    shape[packed] = ceil_divide(shape[packed], 2)
    applied = weight.size * weight.uses if weight.role == KERNEL else 0
    kept = weight._replace(shape=tuple(shape), dtype="int8", trainable=False, role=STATE)
    if block < 1:
        return [_New(kept, applied), _New(_extra(weight, "scale", (weight.shape[scaled],)))]
    groups = list(weight.shape)
    groups[1 - scaled] = ceil_divide(groups[1 - scaled], block)
    zero = _extra(weight, "zero", tuple(groups))
    extras = [_extra(weight, "scale", tuple(groups))]
    if weight.name == "reverse_embeddings":
        extras.append(zero)
    else:
        index = Weight("g_idx", (weight.shape[1 - scaled],), role=STATE, trainable=False)
        extras += [zero._replace(dtype="int8"), index._replace(dtype="float32")]
    return [_New(kept, applied), *map(_New, extras)]


def _extra(weight: Weight, word: str, shape: tuple[Dim, ...]) -> Weight:
    return Weight(f"{weight.name}_{word}", shape, role=STATE, trainable=False)


def _float8() -> list[Weight]:
    """A scale and a history of greatest values, of what goes in, the kernel, and gradients."""
    return [
        Weight(f"{of}_{word}", shape, role=STATE, dtype="float32")
        for of in ("inputs", "kernel", "outputs_grad")
        for word, shape in (("scale", ()), ("amax_history", (_HISTORY,)))
    ]

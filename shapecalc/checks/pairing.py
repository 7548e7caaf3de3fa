"""Which loss, and which labels, belong to which output of a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shapecalc.checks.endings import Ending, ending_of
from shapecalc.graph.model import Network
from shapecalc.graph.objectives import Loss, loss_of, takes_logits
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, Objective
from shapecalc.source import Span


class Pair(NamedTuple):
    """An output and the loss that is computed of it.

    Attributes:
        place: which of the model's outputs it is.
        output: the output.
        ending: how the network ends there; None where it could not be followed.
        objective: the loss as the program names it.
        loss: what it is.
        logits: whether the loss is told that the output is logits; None where that is not known.
        span: where the program names the loss.
    """

    place: int
    output: Tensor
    ending: Ending | None
    objective: Objective
    loss: Loss
    logits: bool | None
    span: Span

    @property
    def words(self) -> str:
        """The loss as the program names it."""
        return str(self.objective.name)


def pairs_of(use: Compilation) -> Iterator[Pair]:
    """Each output with its loss, as far as that is Keras's own and used as Keras uses it."""
    if use.overridden or use.model.incomplete is not None:
        return
    outputs = use.outputs
    given = spread(use.argument("loss"), outputs, use.model)
    for place, (output, objective) in enumerate(zip(outputs, given or (), strict=False)):
        loss = loss_of(objective)
        if loss is not None:
            yield Pair(
                place,
                output,
                ending_of(output),
                objective,
                loss,
                takes_logits(objective),
                use.arguments.get("loss", use.span),
            )


def output_names(model: Network, outputs: tuple[Tensor, ...]) -> list[str] | None:
    """What Keras calls a model's outputs; None where that is not known."""
    if isinstance(model.output_structure, dict):
        return sorted(model.output_structure, key=str)  # the order that they are flattened in
    if model.kind == "subclass" or any(output.call is None for output in outputs):
        return None
    return [output.call.layer.name for output in outputs if output.call is not None]


def has_known_outputs(model: Network) -> bool:
    """Whether all outputs are known, and are one tensor, or a list or dict of nothing but these."""
    structure = model.output_structure
    if isinstance(structure, dict):
        structure = list(structure.values())
    each = structure if isinstance(structure, (list, tuple)) else [structure]
    return model.incomplete is None and all(isinstance(item, Tensor) for item in each)


def listed(names: Iterable[object]) -> str:
    """`"age", "size"`."""
    return ", ".join(f'"{name}"' for name in names)


def spread(value: Any, outputs: tuple[Tensor, ...], model: Network) -> list[Any] | None:
    """What is given for each output of a loss argument, or of labels.

    Returns:
        None where that is not known, or does not go with the outputs.
    """
    if isinstance(value, Objective):
        return [value] * len(outputs)
    if isinstance(value, dict):
        names = output_names(model, outputs)
        if names is None or not value.keys() <= set(names):
            return None
        return [value.get(name) for name in names]
    if isinstance(value, (list, tuple)):
        if isinstance(model.output_structure, dict):
            return None  # a list has no names to go by
        nested = any(isinstance(v, (list, tuple)) for v in value)
        return list(value) if len(value) == len(outputs) and not nested else None
    return [value] if len(outputs) == 1 else None

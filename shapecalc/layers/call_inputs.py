"""What a layer is called on: its inputs by name, and the axes that they must have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from shapecalc.dims import Shape, Symbolic
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import UnknownArgument, WrongInputs, WrongRank
from shapecalc.wording import counted

if TYPE_CHECKING:
    from shapecalc.layers.layer import Layer


def by_parameter(
    infer: Callable[..., Facts], kind: str, inputs: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Any]:
    """What a call is given, by the names of the parameters of a rule's `infer`.

    Args:
        infer: the bound method.
        kind: the rule's name.
        inputs: what is given by position.
        options: what is given by keyword.

    Raises:
        WrongInputs: too much by position, or too little.
        UnknownArgument: a keyword that the call does not take.
    """
    function = infer.__func__  # type: ignore[attr-defined]
    code = function.__code__
    names = code.co_varnames[1 : code.co_argcount]
    if len(inputs) > len(names):
        most = counted(len(names), "input")
        raise WrongInputs(f"a call of {kind} takes at most {most}, got {len(inputs)}")
    given = dict(zip(names, inputs, strict=False))
    for keyword, value in options.items():
        # Nearly every layer of Keras calls its first input so.
        name = names[0] if keyword == "inputs" and names else keyword
        if name not in names or name in given:
            raise UnknownArgument(f"a call of {kind} takes no `{keyword}`", argument=keyword)
        given[name] = value
    defaults = len(function.__defaults__ or ())
    missing = [n for n in names[: len(names) - defaults] if n not in given]
    if missing:
        raise WrongInputs(f"a call of {kind} needs `{missing[0]}`")
    return given


def check_rank(rule: Layer, shape: Shape) -> None:
    """Hold an input to the axes that the rule takes.

    Raises:
        WrongRank: it has too few or too many.
    """
    assert rule.takes is not None
    axes = rule.takes.split()
    named = [a for a in axes if a != "..."]
    if "..." in axes:
        if len(shape) < len(named):
            expected = f"at least {len(named)} axes ({', '.join(axes)})"
            raise WrongRank(shape, expected, help=rule.rank_help(shape))
    elif len(shape) != len(named) and not (rule.unbatched and len(shape) == len(named) - 1):
        expected = f"{len(named)} axes ({', '.join(named)})"
        if rule.unbatched:
            expected += f", or the last {len(named) - 1} of them"
        raise WrongRank(shape, expected, help=rule.rank_help(shape))


def is_shape(value: Any) -> bool:
    """Whether a structure is a single shape: a tuple of dims."""
    return isinstance(value, tuple) and all(isinstance(d, (int, Symbolic)) for d in value)


def leaves(value: Any) -> Iterator[Any]:
    """What a nested structure holds, in order."""
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    else:
        yield value

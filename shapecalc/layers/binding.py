"""How the arguments of a constructor's call find their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapecalc.rules import argument
from shapecalc.rules.refusal import InvalidArgument, UnknownArgument
from shapecalc.wording import closest

if TYPE_CHECKING:
    from shapecalc.layers.layer import Layer

# Arguments of Keras's base class; every layer takes them, by keyword only.
COMMON = {
    "activity_regularizer": argument.regularizer(),
    "trainable": argument.flag(True),
    "dtype": argument.inert(),
    "autocast": argument.inert(True),
    "name": argument.inert(),
    "input_shape": argument.inert(),
    "input_dim": argument.inert(),
    # Keras 1 and 2 only:
    "batch_input_shape": argument.inert(),
    "input_length": argument.inert(),
    "input_dtype": argument.inert(),
    "weights": argument.inert(),
}
for _name, _declared in COMMON.items():
    _declared.__set_name__(object, _name)


def bind_names(rule: type[Layer], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Arguments by their names of today.

    Raises:
        InvalidArgument: too many by position, or one given twice.
        UnknownArgument: a keyword that the layer does not take.
    """
    names = [*rule.arguments, *rule.last]
    if len(args) > len(names):
        raise InvalidArgument(
            f"{rule.__name__} takes at most {len(names)} arguments by position, got {len(args)}"
        )
    given = dict(zip(names, args, strict=False))
    for keyword, value in kwargs.items():
        name = keyword
        if name not in rule.arguments and name not in COMMON:
            name = rule.older.get(keyword, keyword)
        if not name:
            continue
        if name in given:
            raise InvalidArgument(f"{rule.__name__} got `{name}` twice", argument=keyword)
        if name not in rule.arguments and name not in COMMON:
            _refuse_keyword(rule, keyword)
        given[name] = value
    return given


def _refuse_keyword(rule: type[Layer], keyword: str) -> None:
    near = closest(keyword, [*rule.arguments, *COMMON])
    raise UnknownArgument(
        f"{rule.__name__} has no argument `{keyword}`",
        argument=keyword,
        help=f"did you mean `{near}`?" if near else None,
    )

"""Which calls of a layer a page shows: one that is plain, and what each choice changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from shapecalc.documentation.examples import example_of, shape_of, short_name, symbol
from shapecalc.layers.layer import Layer, is_shape
from shapecalc.rules import argument_kinds as kinds
from shapecalc.rules.refusal import show_shape


class Call(NamedTuple):
    """A call of a layer.

    Attributes:
        rule: the layer's rule.
        arguments: of the constructor, by keyword.
        inputs: the positional arguments of the call: shapes, or lists of them.
        options: its keyword arguments.
    """

    rule: type[Layer]
    arguments: dict[str, Any]
    inputs: tuple[Any, ...]
    options: dict[str, Any]

    @property
    def made(self) -> str:
        """How the layer is made, as source text."""
        return f"{short_name(self.rule)}({in_words(self.arguments)})"

    @property
    def given(self) -> str:
        """What it is called on."""
        return ", ".join(map(structure, self.inputs))


class Choice(NamedTuple):
    """A call that differs from the plain one in one choice, or in two that go together."""

    label: str
    call: Call


def in_words(arguments: dict[str, Any]) -> str:
    """Arguments as source text."""
    return ", ".join(f"{name}={written(value)}" for name, value in arguments.items())


def written(value: Any) -> str:
    """A value as source text; a layer with the arguments it needs."""
    if isinstance(value, Layer):
        required = {n: vars(value)[n] for n, a in value.arguments.items() if a.required}
        return f"{short_name(type(value))}({in_words(required)})"
    if isinstance(value, (list, tuple)):
        items = ", ".join(map(written, value))
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    return repr(value) if isinstance(value, (str, float)) else str(value)


def structure(value: Any) -> str:
    """A shape, or a nested structure of them, as text."""
    if is_shape(value):
        return show_shape(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {structure(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(structure, value)) + "]"


def base_call(rule: type[Layer]) -> Call | None:
    """The plain call: symbols for the sizes it needs; None if the inputs are not told."""
    inputs = _example_inputs(rule)
    if inputs is None:
        return None
    own = example_of(rule).arguments()
    arguments = {}
    for name, argument in rule.arguments.items():
        if name in own:
            arguments[name] = own[name]
        elif argument.required or _is_factor(argument):
            arguments[name] = _plain_value(argument)
    return Call(rule, arguments, inputs, {})


def _example_inputs(rule: type[Layer]) -> tuple[Any, ...] | None:
    axes = example_of(rule).inputs
    if axes is None:
        if rule.takes is None:
            return None
        axes = (_without_dots(rule.takes),)
    return tuple(map(_shapes, axes))


def _without_dots(takes: str) -> str:
    return {"...": "B T", "B ...": "B H W C"}.get(takes) or _plain_axes(takes)


def _plain_axes(takes: str) -> str:
    return " ".join(axis for axis in takes.split() if axis != "...")


def _shapes(axes: Any) -> Any:
    return shape_of(axes) if isinstance(axes, str) else [_shapes(item) for item in axes]


def _is_factor(argument: kinds.Argument) -> bool:
    """Whether formulas are clearer with a symbol than with the argument's default."""
    default = argument.default
    return bool(argument.symbol) and default is not None and default not in (1, (1, 1))


def symbol_of(argument: kinds.Argument) -> Any:
    """The dim variable that stands for an argument."""
    return symbol(argument.symbol or argument.name)


def _plain_value(argument: kinds.Argument) -> Any:
    """A value for an argument that must be given."""
    match argument:
        case kinds.Number():
            return 0.5
        case kinds.Named():
            return "relu" if argument.what == "an activation" else "zeros"
        case kinds.Flag():
            return True
        case kinds.Choice():
            return argument.options[0]
        case kinds.Integer() | kinds.Axes():
            return 1
    return symbol_of(argument) if argument.bears else 0.5


# --- choices -------------------------------------------------------------------------------


def choices(base: Call) -> Iterator[Choice]:
    """Calls that differ from the plain one; which of them matter, the facts tell."""
    rule = base.rule
    if rule.takes == "B ... C" and example_of(rule).inputs is None:
        inputs = (shape_of("B T C"),)
        yield Choice(f"On {structure(inputs[0])}", base._replace(inputs=inputs))
    for name, argument in rule.arguments.items():
        if name in base.arguments:
            continue
        if isinstance(argument, kinds.DataFormat):
            yield from _channels_first(base, name)
            continue
        for value in _other_values(rule, name, argument):
            yield _chosen(base, {name: value})
            if name == "padding" and "strides" in rule.arguments:
                strides = symbol_of(rule.arguments["strides"])
                yield _chosen(base, {name: value, "strides": strides})
    for name in _switches(rule):
        options = {name: True}
        yield Choice(f"Called with {in_words(options)}", base._replace(options=options))


def _chosen(base: Call, chosen: dict[str, Any]) -> Choice:
    return Choice(f"With {in_words(chosen)}", base._replace(arguments={**base.arguments, **chosen}))


def _other_values(rule: type[Layer], name: str, argument: kinds.Argument) -> list[Any]:
    """What an argument may be instead of its default, as far as it may bear on the facts."""
    if not argument.bears:
        return []
    match argument:
        case kinds.Flag():
            return [not argument.default]
        case kinds.Choice():
            allowed = argument.allowed(rule.__new__(rule))
            return [word for word in allowed if word != argument.default]
        case kinds.Integer() | kinds.Axes():
            return [1] if name == "axis" and argument.default == -1 else []
        case kinds.Size() | kinds.Window():
            return [symbol_of(argument)]
    return []


def _channels_first(base: Call, name: str) -> Iterator[Choice]:
    """The same with the channels before the spatial axes."""
    rank = base.rule.rank
    if not rank or len(base.inputs) != 1 or not is_shape(base.inputs[0]):
        return
    shape = base.inputs[0]
    front = len(shape) - 1 - rank
    moved = (*shape[:front], shape[-1], *shape[front:-1])
    arguments = {**base.arguments, name: "channels_first"}
    label = f"With {name}='channels_first', on {show_shape(moved)}"
    yield Choice(label, base._replace(arguments=arguments, inputs=(moved,)))


def _switches(rule: type[Layer]) -> list[str]:
    """The parameters of a call that are False by default."""
    code = rule.infer.__code__
    names = code.co_varnames[: code.co_argcount]
    defaults = rule.infer.__defaults__ or ()
    return [n for n, d in zip(names[len(names) - len(defaults) :], defaults, strict=True)
            if d is False]  # fmt: skip

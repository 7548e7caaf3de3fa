"""The base of every layer rule: how it is declared, bound to arguments, named and called.

A rule is a class whose arguments are declared in Keras's order and which has one pure
function, `infer`, from input shapes to `Facts`:

    @layer("keras.layers.Dense")
    class Dense(Layer):
        \"\"\"…\"\"\"

        takes = "B ... C"
        units: Dim = size(symbol="u")

        def infer(self, x: Shape) -> Facts: ...

The instance is the layer of a program: it carries a name, `trainable`, and the weights of its
first call. All else is fixed when it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

from shapecalc.dims import Comparison, Shape, Symbolic, compare
from shapecalc.rules import argument as kinds
from shapecalc.rules.argument import REQUIRED, Argument, closest
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import (
    BuiltForAnother,
    InvalidArgument,
    MissingArgument,
    Refusal,
    UnknownArgument,
    WrongInputs,
    WrongRank,
    show_shape,
)
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.unknown import Unknown
from shapecalc.source import Span

_LayerType = TypeVar("_LayerType", bound="type[Layer]")

REGISTRY: dict[str, type[Layer]] = {}

# Arguments of Keras's base class; every layer takes them, by keyword only.
_COMMON = {
    "activity_regularizer": kinds.regularizer(),
    "trainable": kinds.flag(True),
    "dtype": kinds.inert(),
    "autocast": kinds.inert(True),
    "name": kinds.inert(),
    "input_shape": kinds.inert(),
    "input_dim": kinds.inert(),
    # Keras 1 and 2 only:
    "batch_input_shape": kinds.inert(),
    "input_length": kinds.inert(),
    "input_dtype": kinds.inert(),
    "weights": kinds.inert(),
}
for _name, _argument in _COMMON.items():
    _argument.__set_name__(object, _name)


def layer(*names: str) -> Callable[[_LayerType], _LayerType]:
    """Register a rule under its public Keras names (the first is the canonical one).

    Raises:
        ValueError: a name is taken already.
    """

    def register(cls: _LayerType) -> _LayerType:
        for name in names:
            if name in REGISTRY:
                raise ValueError(f"{name} is registered twice")
            REGISTRY[name] = cls
        cls.keras_names = names
        return cls

    return register


class Layer:
    """A layer of a network.

    Class attributes that a rule may set:
        takes: the axes of its input, by name: `"B H W C"` (exactly these), `"B ... C"` (at
            least the named ones), `None` (the rule looks for itself).
        unbatched: whether an input without the first of those axes is taken too.
        rank: the number of spatial axes, for rules that are one body in several ranks.
        first: the arguments that come first, where a family does not declare them in order.
        last: those of every layer's arguments that may follow its own by position.
        older: old keywords and what they are called now (Keras 1 and 2); "" for those that
            are gone and bear on nothing.
        keeps_dtype: the output has the input's dtype, not the layer's compute dtype.
        hides_owners: its weights belong to layers that Keras makes when it builds this one, so
            that `trainable` reaches them only from then on.

    Attributes:
        name: as Keras names it, or as the program did.
        trainable: whether its trainable weights are trained; the one thing that may be set.
        weights: those of its first call and of the layers it holds, or None before it.
        span: where the program makes it, or None.
    """

    keras_names: ClassVar[tuple[str, ...]] = ()
    arguments: ClassVar[dict[str, Argument]] = {}
    takes: ClassVar[str | None] = None
    unbatched: ClassVar[bool] = False
    rank: ClassVar[int] = 0
    first: ClassVar[tuple[str, ...]] = ()
    last: ClassVar[tuple[str, ...]] = ()
    older: ClassVar[dict[str, str]] = {}
    keeps_dtype: ClassVar[bool] = False
    hides_owners: ClassVar[bool] = False

    # No arguments of the constructor, hence ClassVar for the type checker's eye.
    name: ClassVar[str]
    dtype: ClassVar[Any]
    span: ClassVar[Span | None]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {k: v for k, v in cls.__dict__.items() if isinstance(v, Argument)}
        merged = {**cls.arguments, **own}
        cls.arguments = {name: merged[name] for name in (*cls.first, *merged) if name in merged}
        # `weights` is the one argument whose name the layer itself needs.
        if "weights" in own:
            del cls.weights

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        state = self.__dict__
        state["given"] = frozenset(kwargs) | frozenset(list(self.arguments)[: len(args)])
        given = self._by_name(args, kwargs)
        for name, argument in self.arguments.items():
            value = given.pop(name, argument.default)
            if value is REQUIRED:
                raise MissingArgument(
                    f"{type(self).__name__} needs the argument `{name}`", argument=name
                )
            state[name] = argument.bind(value, self)
        common = {k: _COMMON[k].bind(v, self) for k, v in given.items()}
        self._start(common)
        self.validate()

    def _start(self, common: dict[str, Any]) -> None:
        """Set what is no argument of the rule."""
        state = self.__dict__
        # A few layers have their name or dtype among their own arguments.
        common = {**{n: state[n] for n in ("name", "dtype") if n in self.arguments}, **common}
        name = common.get("name")
        automatic = name is None or isinstance(name, Unknown)
        state["name"] = self._automatic_name() if automatic else str(name)
        state["dtype"] = common.get("dtype")
        trainable = common.get("trainable", True)
        state["_trainable"] = True if isinstance(trainable, Unknown) else trainable
        state["_weights"] = None
        state["_weights_train"] = self.hides_owners or state["_trainable"]
        state["span"] = None
        state["inbound"] = []
        state["input_shape_argument"] = self._declared_input(common)

    def _declared_input(self, common: dict[str, Any]) -> Any:
        """The input shape, with the batch axis, that the first layer of a stack may declare."""
        if common.get("batch_input_shape") is not None:
            return common["batch_input_shape"]
        shape = common.get("input_shape")
        if common.get("input_dim") is not None:
            shape = (common["input_dim"],)
            # Keras 1's recurrent layers and one-dimensional convolutions: (steps, features).
            if self.takes == "B T C":
                shape = (common.get("input_length"), *shape)
        if shape is None or isinstance(shape, Unknown):
            return shape
        return (None, *shape) if isinstance(shape, (tuple, list)) else (None, shape)

    @classmethod
    def _automatic_name(cls) -> str:
        return current_session().unique_name(snake_case(cls.__name__))

    def _by_name(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Arguments by their names of today.

        Raises:
            InvalidArgument: too many by position, or one given twice.
            UnknownArgument: a keyword that the layer does not take.
        """
        names = [*self.arguments, *self.last]
        if len(args) > len(names):
            raise InvalidArgument(
                f"{type(self).__name__} takes at most {len(names)} arguments by position, "
                f"got {len(args)}"
            )
        given = dict(zip(names, args, strict=False))
        for keyword, value in kwargs.items():
            name = keyword
            if name not in self.arguments and name not in _COMMON:
                name = self.older.get(keyword, keyword)
            if not name:
                continue
            if name in given:
                raise InvalidArgument(
                    f"{type(self).__name__} got `{name}` twice", argument=keyword
                )
            if name not in self.arguments and name not in _COMMON:
                self._refuse_keyword(keyword)
            given[name] = value
        return given

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """A call as Keras 1 wrote it, in the arguments of today; others unchanged."""
        formats = {"tf": "channels_last", "th": "channels_first"}
        ordering = kwargs.get("dim_ordering")
        if "data_format" in cls.arguments and isinstance(ordering, (str, Unknown)):
            kwargs = {k: v for k, v in kwargs.items() if k != "dim_ordering"}
            if isinstance(ordering, str):
                ordering = formats.get(ordering, None if ordering == "default" else ordering)
            kwargs["data_format"] = ordering
        return args, kwargs

    def _refuse_keyword(self, keyword: str) -> None:
        near = closest(keyword, [*self.arguments, *_COMMON])
        raise UnknownArgument(
            f"{type(self).__name__} has no argument `{keyword}`",
            argument=keyword,
            help=f"did you mean `{near}`?" if near else None,
        )

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "trainable" and (name in self.arguments or name in ("name", "weights")):
            raise AttributeError(f"`{name}` of a layer is fixed when it is made")
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        shown = [
            f"{name}={getattr(self, name)!r}"
            for name, argument in self.arguments.items()
            if argument.bears and argument.required
        ]
        return f"{type(self).__name__}({', '.join([*shown, f'name={self.name!r}'])})"

    @property
    def trainable(self) -> bool:
        """Whether its trainable weights are trained."""
        return bool(self.__dict__["_trainable"])

    @trainable.setter
    def trainable(self, value: bool) -> None:
        state = self.__dict__
        state["_trainable"] = bool(value)
        if state.get("_weights") is not None or not self.hides_owners:
            state["_weights_train"] = bool(value)
        for inner in self.sublayers():
            inner.trainable = value

    def sublayers(self) -> Iterator[Layer]:
        """The layers that it holds: none, for all but wrappers and models."""
        return iter(())

    def own_weights(self) -> Iterator[tuple[Weight, bool]]:
        """Its weights but for those of `sublayers`, and whether each is trained.

        As in Keras, that is a matter of the weight's own layer: `trainable=False` given to the
        constructor of a layer around it does not reach it, while setting `trainable` there does.
        """
        state = self.__dict__
        for weight in state.get("_weights") or ():
            yield weight, state["_weights_train"] and weight.trainable

    @property
    def weights(self) -> tuple[Weight, ...] | None:
        """Those of its first call and of the layers it holds, or None before it."""
        if self.__dict__["_weights"] is None:
            return None
        return tuple(weight for weight, _ in weights_within(self))

    # --- what a rule defines -----------------------------------------------------------------

    def validate(self) -> None:
        """Check what one argument alone can't tell. Raises a `Refusal`."""

    def infer(self, *inputs: Any, **options: Any) -> Facts:
        """From input shapes to facts. Pure: it reads the arguments and changes nothing."""
        raise NotImplementedError

    def plausible(self, *inputs: Any) -> Any:
        """The output to go on with after a refused call, or None for what `takes` tells."""
        return None

    def rank_help(self, shape: Shape) -> str | None:
        """What to do about an input of a rank that it does not take."""
        return None

    # --- how it is used ----------------------------------------------------------------------

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        """Call the layer on tensors, as in Keras's functional API.

        Raises:
            Refusal: Keras would refuse the call.
        """
        for value in _leaves((inputs, options)):
            apply_layer = getattr(value, "apply_layer", None)
            if apply_layer is not None:
                return apply_layer(self, inputs, options)
        raise WrongInputs(f"{type(self).__name__} is called on no tensor")

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        """`infer`, after a check of the inputs' rank, and held to the weights it was built with.

        Raises:
            Refusal: Keras would refuse the call.
        """
        given = self._by_parameter(inputs, options)
        if self.takes is not None:
            first = next(iter(given.values()))
            if not is_shape(first):
                raise WrongInputs(f"{type(self).__name__} takes one input tensor")
            check_rank(self, first)
        facts = self.infer(**given)
        if self.__dict__["_weights"] is not None:
            self._check_weights(facts.weights, inputs)
        return facts

    def _by_parameter(self, inputs: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """What a call is given, by the names of the parameters of `infer`.

        Raises:
            WrongInputs: too much by position, or too little.
            UnknownArgument: a keyword that the call does not take.
        """
        code = self.infer.__func__.__code__  # type: ignore[attr-defined]
        names = code.co_varnames[1 : code.co_argcount]
        if len(inputs) > len(names):
            raise WrongInputs(
                f"a call of {type(self).__name__} takes at most {len(names)} inputs, "
                f"got {len(inputs)}"
            )
        given = dict(zip(names, inputs, strict=False))
        for keyword, value in options.items():
            # Nearly every layer of Keras calls its first input so.
            name = names[0] if keyword == "inputs" and names else keyword
            if name not in names or name in given:
                raise UnknownArgument(
                    f"a call of {type(self).__name__} takes no `{keyword}`", argument=keyword
                )
            given[name] = value
        defaults = len(self.infer.__func__.__defaults__ or ())  # type: ignore[attr-defined]
        missing = [n for n in names[: len(names) - defaults] if n not in given]
        if missing:
            raise WrongInputs(f"a call of {type(self).__name__} needs `{missing[0]}`")
        return given

    def build_with(self, facts: Facts) -> None:
        """Keep the weights of the first call, here and in the layers it holds."""
        if self.__dict__["_weights"] is None:
            self.__dict__["_weights"] = facts.weights
        for inner in facts.inner:
            inner.layer.build_with(inner.facts)

    def _check_weights(self, weights: tuple[Weight, ...], inputs: tuple[Any, ...]) -> None:
        built = self.__dict__["_weights"]
        if len(built) == len(weights):
            for old, new in zip(built, weights, strict=True):
                for a, b in zip(old.shape, new.shape, strict=False):
                    if compare(a, b) is Comparison.DIFFERENT:
                        shapes = ", ".join(show_shape(s) for s in inputs if is_shape(s))
                        raise BuiltForAnother(
                            f"{self.name} has a {old.name} of shape {show_shape(old.shape)}, "
                            f"but an input of shape {shapes} needs {show_shape(new.shape)}"
                        )


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


def layers_within(root: Layer) -> Iterator[tuple[str, Layer]]:
    """A layer and all layers that it holds, each once, with its path within the first."""
    seen: set[int] = set()
    stack = [("", root)]
    while stack:
        path, current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield path, current
        held = [(f"{path}{inner.name}/", inner) for inner in current.sublayers()]
        stack.extend(reversed(held))


def weights_within(root: Layer) -> Iterator[tuple[Weight, bool]]:
    """The weights of a layer and of all that it holds, and whether each is trained."""
    for path, current in layers_within(root):
        for weight, trained in current.own_weights():
            yield weight._replace(name=path + weight.name), trained


def is_shape(value: Any) -> bool:
    """Whether a structure is a single shape: a tuple of dims."""
    return isinstance(value, tuple) and all(isinstance(d, (int, Symbolic)) for d in value)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    else:
        yield value


__all__ = [
    "REGISTRY",
    "Layer",
    "Refusal",
    "check_rank",
    "is_shape",
    "layer",
    "layers_within",
    "weights_within",
]

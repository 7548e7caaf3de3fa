"""The base of every layer rule: how it is declared, bound to arguments, named and called.

A rule is a class whose arguments are declared in Keras's order and which has one pure
function, `infer`, from input shapes to `Facts`:

    @layer("keras.layers.Dense")
    class Dense(Layer):
        \"\"\"…\"\"\"

        takes = "B ... C"
        units: Dim = argument.size(symbol="u")

        def infer(self, x: Shape) -> Facts: ...

The instance is the layer of a program: it carries a name, `trainable`, and the weights of its
first call. All else is fixed when it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

from shapecalc.dims import Comparison, Shape, compare
from shapecalc.layers.binding import COMMON, bind_names
from shapecalc.layers.call_inputs import by_parameter, check_rank, is_shape, leaves
from shapecalc.layers.nesting import layers_within, weights_within
from shapecalc.rules.argument_kinds import REQUIRED, Argument
from shapecalc.rules.dtype_policy import UNKNOWN, DTypePolicy, policy_of
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import (
    BuiltForAnother,
    InvalidArgument,
    MissingArgument,
    Refusal,
    WrongInputs,
    show_shape,
)
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.source import Span

_LayerType = TypeVar("_LayerType", bound="type[Layer]")

REGISTRY: dict[str, type[Layer]] = {}


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
        relabels: at inference, the output is the input, at most under another shape.
        makes: the names of layers that Keras makes when it builds this one; they are counted
            where layers get names.
        hides_owners: its weights belong to layers that Keras makes when it builds this one, so
            that `trainable` reaches them only from then on.

    Attributes:
        name: as Keras names it, or as the program did.
        trainable: whether its trainable weights are trained; the one thing that may be set.
        weights: those of its first call and of the layers it holds, or None before it.
        dtype_policy: in which dtypes it computes and keeps its weights.
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
    relabels: ClassVar[bool] = False
    makes: ClassVar[tuple[str, ...]] = ()
    hides_owners: ClassVar[bool] = False

    # No arguments of the constructor, hence ClassVar for the type checker's eye.
    name: ClassVar[str]
    dtype_policy: ClassVar[DTypePolicy]
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
        state["positional"] = args
        given = bind_names(type(self), args, kwargs)
        for name, argument in self.arguments.items():
            value = given.pop(name, argument.default)
            if value is REQUIRED:
                raise MissingArgument(
                    f"{type(self).__name__} needs the argument `{name}`", argument=name
                )
            state[name] = argument.bind(value, self)
        common = {k: COMMON[k].bind(v, self) for k, v in given.items()}
        self._start(common)
        self.validate()

    def _start(self, common: dict[str, Any]) -> None:
        """Set what is no argument of the rule."""
        state = self.__dict__
        # A few layers have their name or dtype among their own arguments.
        common = {**{n: state[n] for n in ("name", "dtype") if n in self.arguments}, **common}
        name = common.get("name")
        if isinstance(name, (int, float, bytes, tuple, list, dict)):
            raise InvalidArgument(f"`name` must be a string, got {name!r:.200}", argument="name")
        self.set_name(name)
        dtype = common.get("dtype")
        state["dtype_policy"] = policy_of(self._default_dtype() if dtype is None else dtype)
        autocast = common.get("autocast", True)
        state["_casts"] = isinstance(autocast, Unknown) or bool(autocast)
        trainable = common.get("trainable", True)
        state["_trainable"] = True if isinstance(trainable, Unknown) else trainable
        state["_weights"] = None
        state["_weights_train"] = self.hides_owners or state["_trainable"]
        state["span"] = None
        state["inbound"] = []
        state["input_shape_argument"] = self._declared_input(common)
        made = current_session().made
        if made is not None:
            made.append(self)

    def set_name(self, name: Any) -> None:
        """Take a name; None for the one that Keras finds, which counts those that it has found."""
        state = self.__dict__
        # Its name may be that of any other layer.
        state["unknown_name"] = name if isinstance(name, Unknown) else None
        if isinstance(name, Unknown):
            kind = getattr(self, "class_name", type(self).__name__)
            state["name"] = current_session().unique_name(f"{snake_case(kind)}_?")
        else:
            state["name"] = self._automatic_name() if name is None else str(name)

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
        # Anything else is refused where the stack is made.
        return (None, *shape) if isinstance(shape, (tuple, list)) else shape

    def _default_dtype(self) -> str | None:
        """The dtype policy of a layer that is given none; None for the global one."""
        return None

    @classmethod
    def _automatic_name(cls) -> str:
        return current_session().unique_name(snake_case(cls.__name__))

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

    @property
    def dtype(self) -> Any:
        """The dtype of its weights."""
        return self.dtype_policy.variable_dtype

    @property
    def compute_dtype(self) -> str:
        """The dtype that it computes in, and of its outputs unless its rule says otherwise."""
        return self.dtype_policy.compute_dtype

    def received_dtype(self, dtype: str) -> str:
        """The dtype in which it sees an input: floats are cast, unless `autocast` is False."""
        return self.dtype_policy.received(dtype) if self.__dict__["_casts"] else dtype

    def output_dtype(self, facts: Facts, given: str, place: int = 0) -> str:
        """The dtype of one of its outputs.

        Args:
            facts: what its rule states of the call.
            given: the dtype of the input that this output goes with.
            place: which output it is.
        """
        stated = facts.dtype
        if isinstance(stated, list):
            return str(stated[place]) if place < len(stated) else UNKNOWN
        if isinstance(stated, str):
            return stated
        return self.received_dtype(given) if self.keeps_dtype else self.compute_dtype

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
            UndecidedError: what it is called on is not known.
        """
        for value in leaves((inputs, options)):
            if isinstance(value, Unknown):
                raise UndecidedError(value)
            apply_layer = getattr(value, "apply_layer", None)
            if apply_layer is not None:
                return apply_layer(self, inputs, options)
        raise WrongInputs(f"{type(self).__name__} is called on no tensor")

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        """`infer`, after a check of the inputs' rank, and held to the weights it was built with.

        Raises:
            Refusal: Keras would refuse the call.
        """
        given = by_parameter(self.infer, type(self).__name__, inputs, options)
        if self.takes is not None:
            first = next(iter(given.values()))
            if not is_shape(first):
                raise WrongInputs(f"{type(self).__name__} takes one input tensor")
            check_rank(self, first)
        facts = self.infer(**given).stored_as(self.dtype_policy.variable_dtype)
        if self.__dict__["_weights"] is not None:
            self._check_weights(facts.weights, inputs)
        return facts

    def build_with(self, facts: Facts) -> None:
        """Keep the weights of the first call, here and in the layers it holds."""
        if self.__dict__["_weights"] is None:
            self.__dict__["_weights"] = facts.weights
            for name in self.makes:
                current_session().unique_name(name)
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

"""The rule of a tensor operation: how it is declared, found, bound to arguments and called.

A rule is a plain function with the signature of the Keras op, from operands to the output:

    @op("keras.ops.ravel", "tensorflow.…", "numpy.ravel")
    def ravel(x: TensorSpec) -> TensorSpec: ...

The first name is the canonical one, the others are spellings of the same. A tensor arrives as a
`TensorSpec`, a sequence of tensors as a list or tuple of them, everything else as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from shapecalc.ops import dtypes
from shapecalc.rules.refusal import InvalidArgument, MissingArgument, UnknownArgument
from shapecalc.rules.session import snake_case
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.wording import closest

_Function = TypeVar("_Function", bound=Callable[..., Any])

REGISTRY: dict[str, OpRule] = {}

# What TensorFlow, NumPy and Keras's old backend call an argument of ours: by keyword, the
# parameters that it may be, of which a rule has one. "" is one that bears on nothing.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "A": ("x", "a"),
    "B": ("b",),
    "a": ("x", "x1", "indices", "array"),
    "arr": ("x",),
    "array": ("x",),
    "arrays": ("xs", "x"),
    "b": ("x2",),
    "block_shape": ("block_size",),
    "clip_value_max": ("x_max",),
    "clip_value_min": ("x_min",),
    "a_max": ("x_max",),
    "a_min": ("x_min",),
    "data": ("x",),
    "delta": ("step",),
    "depth": ("num_classes",),
    "diagonal": ("x",),
    "dim": ("axis",),
    "dimension": ("axis",),
    "dims": ("shape", "axis"),
    "direction": ("",),
    "element": ("x1",),
    "equation": ("subscripts",),
    "features": ("x",),
    "filter": ("kernel",),
    "filters": ("kernel",),
    "ids": ("indices",),
    "image": ("images",),
    "input": ("x", "xs", "inputs"),
    "input_tensor": ("x",),
    "inputs": ("x",),
    "keep_dims": ("keepdims",),
    "limit": ("stop",),
    "logits": ("x",),
    "m": ("x",),
    "matrix": ("x", "a"),
    "max": ("x_max",),
    "max_value": ("x_max",),
    "min": ("x_min",),
    "min_value": ("x_min",),
    "multiples": ("repeats",),
    "n": ("repeats", "num_classes"),
    "name": ("",),
    "object": ("x",),
    "order": ("",),
    "out": ("",),
    "paddings": ("pad_width",),
    "params": ("x",),
    "pattern": ("axes",),
    "perm": ("axes",),
    "ref": ("x",),
    "reduction_axes": ("axis",),
    "reduction_indices": ("axis",),
    "reps": ("repeats",),
    "rhs": ("b",),
    "seed": ("",),
    "shape": ("newshape", "shape"),
    "t": ("x",),
    "target_tensor": ("target",),
    "tensor": ("x",),
    "tensors": ("xs", "x"),
    "tensor_a": ("x1",),
    "tensor_b": ("x2",),
    "tup": ("xs",),
    "unit": ("",),
    "v": ("x",),
    "value": ("x", "fill_value"),
    "values": ("xs", "x"),
    "vec": ("x",),
    "x": ("x1", "a"),
    "y": ("x2", "b"),
    "y_pred": ("output",),
    "y_true": ("target",),
}


class OpRule:
    """What one operation does to shapes and dtypes; call it with the operation's arguments.

    Attributes:
        name: its canonical name, `keras.ops.add`.
        names: all its names, the canonical one first.
        function: the arithmetic.
        node: the class that Keras gives its node in a functional graph, `Add`; None where it
            makes none.
        counted: whether the MACs that it takes are known: those that its result states.
    """

    __slots__ = ("counted", "function", "name", "names", "node")

    def __init__(
        self,
        names: tuple[str, ...],
        function: Callable[..., Any],
        node: str | None,
        counted: bool = True,
    ) -> None:
        self.counted = counted
        self.name = names[0]
        self.names = names
        self.function = function
        self.node = node

    def __repr__(self) -> str:
        return f"<OpRule {self.name}>"

    @property
    def __module__(self) -> str:  # type: ignore[override]
        return self.function.__module__

    def moved(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any] | None:
        """The operands whose elements the output is made of; None where it computes new ones."""
        names: tuple[str, ...] = getattr(self.function, "moves", ())
        given = {**dict(zip(self.parameters, args, strict=False)), **self._renamed(kwargs)}
        return [given[name] for name in names if name in given] or None

    @property
    def moves_every(self) -> bool:
        """Whether each element of the operands is in the output."""
        return bool(getattr(self.function, "moves_every", False))

    @property
    def layer_name(self) -> str | None:
        """What Keras names the node, before it is numbered: `add`."""
        return None if self.node is None else snake_case(self.node)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, but for `*operands` and `**options`."""
        code = self.function.__code__
        return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The output: a `TensorSpec`, a list or tuple of them, or a Python value.

        Raises:
            Refusal: Keras would refuse the call.
            UndecidedError: it depends on what is not known.
        """
        kwargs = {k: v for k, v in self._renamed(kwargs).items() if k}
        self._check(args, kwargs)
        if not self.name.startswith("numpy."):
            return self.function(*args, **kwargs)
        with dtypes.wide():
            return self.function(*args, **kwargs)

    def _renamed(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        if self.name.startswith("keras.ops."):
            return kwargs
        renamed: dict[str, Any] = {}
        for keyword, value in kwargs.items():
            name = self._parameter(keyword)
            # Of an old and a new spelling in one call, one says nothing.
            if value is not None or renamed.get(name) is None:
                renamed[name] = value
        return renamed

    def _parameter(self, keyword: str) -> str:
        names = self.parameters
        if keyword in names:
            return keyword
        return next((p for p in SPELLINGS.get(keyword, ()) if p in ("", *names)), keyword)

    def _check(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Hold a call to the parameters.

        Raises:
            InvalidArgument: too many by position, or one given twice.
            UnknownArgument: a keyword that the operation does not take.
            MissingArgument: a required one is not given.
        """
        function, code = self.function, self.function.__code__
        short = self.name.rpartition(".")[2]
        positional = code.co_varnames[: code.co_argcount]
        if len(args) > len(positional) and not code.co_flags & _TAKES_MORE:
            raise InvalidArgument(
                f"{short} takes at most {len(positional)} arguments by position, got {len(args)}"
            )
        for keyword in kwargs:
            if keyword in positional[: len(args)]:
                raise InvalidArgument(f"{short} got `{keyword}` twice", argument=keyword)
            if keyword not in self.parameters and not code.co_flags & _TAKES_ANY:
                near = closest(keyword, self.parameters)
                raise UnknownArgument(
                    f"{short} has no argument `{keyword}`",
                    argument=keyword,
                    help=f"did you mean `{near}`?" if near else None,
                )
        required = positional[: len(positional) - len(function.__defaults__ or ())]
        for name in required[len(args) :]:
            if name not in kwargs:
                raise MissingArgument(f"{short} needs the argument `{name}`", argument=name)


# Flags of a code object.
_TAKES_MORE, _TAKES_ANY = 0x04, 0x08


def op(
    *names: str, node: str | None = "", counted: bool = True
) -> Callable[[_Function], _Function]:
    """Register a rule under its public names, the first of which is the canonical one.

    A spelling of NumPy's becomes a rule of its own, as its dtypes are others.

    Args:
        names: of Keras, TensorFlow, NumPy.
        node: the class of its node in a Keras graph; "" for the name in camel case.
        counted: False where how much it multiplies is a matter of the algorithm.

    Raises:
        ValueError: a name is taken already.
    """

    def register(function: _Function) -> _Function:
        kind = _camel_case(names[0]) if node == "" else node
        groups: dict[str, list[str]] = {}
        for name in names:
            # The arguments of `keras.ops` are checked by name, those of older libraries translated.
            library = name.split(".", 1)[0]
            library = "keras.ops" if name.startswith("keras.ops.") else library
            groups.setdefault("numpy" if library == "numpy" else library, []).append(name)
        for group in groups.values():
            rule = OpRule(tuple(group), function, kind, counted)
            for name in group:
                if name in REGISTRY:
                    raise ValueError(f"{name} is registered twice")
                REGISTRY[name] = rule
        return function

    return register


def moving(*parameters: str, every: bool = False) -> Callable[[_Function], _Function]:
    """State that each element of a rule's output is an element of one of these operands.

    Args:
        parameters: the rule's parameters that take the operands.
        every: whether also each element of the operands is in the output.
    """

    def state(function: _Function) -> _Function:
        vars(function).update(moves=parameters, moves_every=every)
        return function

    return state


def _camel_case(name: str) -> str:
    words = name.rpartition(".")[2].split("_")
    return "".join(word[:1].upper() + word[1:] for word in words)


def give_up(reason: str) -> NoReturn:
    """End a rule whose output depends on what is not known.

    Raises:
        UndecidedError: always.
    """
    raise UndecidedError(Unknown(reason))

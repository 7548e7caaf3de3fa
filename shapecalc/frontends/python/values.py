"""Abstract values.

What is known is represented by itself: an int by an int, a list by a list of abstract values, a
dim by a dim, a tensor by a `Tensor`, a layer by a `Layer`. The classes here stand for what has
no such counterpart. What could not be followed is an `Unknown` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any

from shapecalc.dims import Variable
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown
from shapecalc.source import Span

if TYPE_CHECKING:
    from shapecalc.graph.model import Network

Value = Any


class Rest(Unknown):
    """The last item of a list, for however many more there may be.

    Attributes:
        item: what each of them is like, as a row of an array; None where that is not known.
        changes: how often the program changed how many there are.
    """

    __slots__ = ("changes", "item")

    def __init__(self, reason: str, span: Span | None = None, item: Tensor | None = None) -> None:
        super().__init__(reason, span)
        self.item = item
        self.changes = 0


class SomeLayer(Unknown):
    """A layer of a network, of which it is not known which one it is.

    Attributes:
        network: the network.
    """

    __slots__ = ("network",)

    def __init__(self, unknown: Unknown, network: Network) -> None:
        super().__init__(unknown.reason, unknown.span)
        self.network = network

    def doubt(self) -> None:
        """Say that its weights change, in a way that is not known of any of the layers."""
        self.network.incomplete = self.network.incomplete or self.reason


class _Others:
    """See `OTHERS`."""

    def __repr__(self) -> str:
        return "…"


# The key under which a dict has what stands for the keys that are not known.
OTHERS = _Others()


def rest_of(items: Any) -> Rest | None:
    """What stands for the items of a container whose number is not known, or None."""
    if isinstance(items, (list, tuple)):
        return items[-1] if items and type(items[-1]) is Rest else None
    if isinstance(items, dict):
        return items.get(OTHERS)
    if isinstance(items, set):
        return next((i for i in items if type(i) is Rest), None)
    return None


# Libraries whose constants are modelled: any other name there is a function's or a module's.
_OF_FUNCTIONS = frozenset(
    """
    jax keras math numpy tensorflow torch functools itertools operator
    bytes dict float frozenset int list set str tuple
    """.split()
)


class LibraryName:
    """Something of a library, known by its canonical dotted name: `keras.layers.Dense`."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __repr__(self) -> str:
        return self.path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LibraryName) and other.path == self.path

    @property
    def is_definite(self) -> bool:
        """Whether it is a module, class or function; what else has a name may be any value."""
        root, dot, rest = self.path.partition(".")
        last = rest.rpartition(".")[2]
        # `config.IMAGE_SIZE` is a constant, `config.Options` a class.
        is_class = last[:1].isupper() and (len(last) == 1 or not last.isupper())
        return not dot or is_class or root in _OF_FUNCTIONS

    def __hash__(self) -> int:
        return hash(self.path)


def may_be_anything(value: Value) -> bool:
    """Whether a value is known by its name in a library only, or by that in a library's object."""
    if type(value) is NativeMethod:
        return isinstance(value.receiver, LibraryObject)
    return type(value) is LibraryName and not value.is_definite


class Foreign(Unknown):
    """What a library only names: as often as a program asks for it, it is the same.

    Attributes:
        path: its canonical dotted name.
    """

    __slots__ = ("path",)

    def __init__(self, path: str, span: Span | None = None) -> None:
        super().__init__(f"the value of {path}", span)
        self.path = path


def definite(value: Value, span: Span | None = None) -> Value:
    """A value, or an unknown for one that a library only names, at `span`."""
    if not may_be_anything(value):
        return value
    method = isinstance(value, NativeMethod)
    return Foreign(f"{value.receiver.path}.{value.name}" if method else value.path, span)


class LibraryObject:
    """An instance of a library's class of which only that is known, with its arguments.

    Attributes:
        path: the class's canonical dotted name.
        args: what it was made with, by position.
        kwargs: what it was made with, by keyword.
        attributes: what the program set on it.
    """

    __slots__ = ("args", "attributes", "kwargs", "path")

    def __init__(
        self, path: str, args: tuple[Value, ...] = (), kwargs: dict[str, Value] | None = None
    ) -> None:
        self.path = path
        self.args = args
        self.kwargs = kwargs or {}
        self.attributes: dict[str, Value] = {}

    def __repr__(self) -> str:
        return self.path


class DataStream(LibraryObject):
    """What hands out data piece by piece: a `tf.data.Dataset`, a generator of batches.

    Attributes:
        element: what it hands out next: a tensor, or a tuple of inputs, labels and weights,
            each maybe nested.
    """

    __slots__ = ("element",)

    def __init__(self, path: str, element: Value) -> None:
        super().__init__(path)
        self.element = element if _has_few_parts(element) else Unknown("data of too many parts")


_MAX_PARTS = 1_000


def _has_few_parts(element: Value) -> bool:
    """Whether an element can be taken apart: one that holds itself twice, and so on, can't be."""
    waiting, count = [element], 0
    while waiting and count < _MAX_PARTS:
        part = waiting.pop()
        count += 1
        if isinstance(part, (tuple, list)):
            waiting.extend(part[:_MAX_PARTS])
        elif isinstance(part, dict):
            waiting.extend(part.values())
    return not waiting


class NativeMethod:
    """A method of a value that is modelled here: `model.add`, `[].append`, `"".join`."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: Value, name: str) -> None:
        self.receiver = receiver
        self.name = name


class Native:
    """A callable that is modelled by a Python function of ours (the value of `partial(f)`).

    Attributes:
        name: what it is called in reasons.
        call: the function.
        is_method: whether a class's objects are handed to it, as to a function of a class.
    """

    __slots__ = ("call", "is_method", "name")

    def __init__(self, name: str, call: Callable[..., Value], *, is_method: bool = False) -> None:
        self.name = name
        self.call = call
        self.is_method = is_method


class Iterator:
    """Items that can be taken once: what `iter`, `zip`, `map` or a generator gives.

    Attributes:
        state: `items`, those left or None before a generator's body is run, and `endless`.
        produce: runs the generator's body; returns its items and whether there are more.
    """

    __slots__ = ("produce", "state")

    def __init__(
        self,
        items: list[Value] | None,
        produce: Callable[[], tuple[list[Value], bool]] | None = None,
    ) -> None:
        self.state: dict[str, Any] = {"items": items, "endless": False}
        self.produce = produce

    def __repr__(self) -> str:
        return "<iterator>"


class Raised(Exception):
    """An exception that the program raises.

    Attributes:
        kind: the canonical name of its class (`ValueError`), or the program's `Class`.
        value: the exception object, as a value.
    """

    def __init__(self, kind: Any, value: Value = None) -> None:
        super().__init__(str(kind))
        self.kind = kind
        self.value = value

    @property
    def words(self) -> str:
        """It as Python says it: `ValueError: no such depth`."""
        detail = f": {self.value}" if isinstance(self.value, str) else ""
        return f"{getattr(self.kind, 'name', self.kind)}{detail}"


class DataShape(Unknown):
    """The shape of data that is not known: its axes have names, if no lengths.

    Attributes:
        owner: the unknown whose shape it is.
    """

    __slots__ = ("owner",)

    def __init__(self, owner: Unknown) -> None:
        super().__init__(owner.reason, owner.span)
        self.owner = owner


class KnownArray(Tensor):
    """An array of one axis whose numbers are known: `np.linspace(0, 0.1, 12)`.

    Attributes:
        items: the numbers. Operations on the array know its shape only.
        parts: the arrays that share its memory.
    """

    __slots__ = ("items", "parts")

    def __init__(self, items: list[Value], dtype: str) -> None:
        super().__init__((len(items),), dtype)
        self.items = items
        self.parts: list[KnownArray] = []

    def part(self, items: list[Value]) -> KnownArray:
        """An array of some of its numbers, which stay where they are."""
        whole = self.base if isinstance(self.base, KnownArray) else self
        made = KnownArray(items, self.dtype)
        made.base = whole
        if self.contents is not None:
            made.contents = self.contents._replace(all_occur=False)
        whole.parts.append(made)
        return made


class Parameter(Unknown):
    """What a function that nobody calls is given: anything, by its parameter's name.

    Attributes:
        name: the parameter's name.
        replaced: whether it may be something else by now, which has the same name.
    """

    PREFIX = "the parameter `"

    __slots__ = ("name", "replaced")

    def __init__(self, name: str, function: str) -> None:
        super().__init__(f"{self.PREFIX}{name}` of `{function}`")
        self.name = name
        self.replaced = False

    def or_another(self) -> Parameter:
        """This, or what a branch that may have been taken has put in its place."""
        found = copy(self)
        found.replaced = True
        return found

    @property
    def length(self) -> Variable:
        """The dim variable that it is where it is counted with."""
        return Variable(self.name, "data", self.reason)


# What a container holds, counted along every way: `x = (x, x)` doubles it each time.
MAX_PARTS = 100_000


def bounded(value: Value) -> Value:
    """A value that is put into a container, or an unknown for one of too many parts."""
    stack, left = [value], MAX_PARTS
    while stack:
        part = stack.pop()
        if isinstance(part, (list, tuple, set, dict)):
            left -= len(part)
            if left < 0:
                return Unknown("a structure of too many parts")
            stack.extend(part.values() if isinstance(part, dict) else part)
    return value


def describe(value: Value) -> str:
    """A value in a few words, for reasons and messages."""
    if isinstance(value, Unknown):
        return "an unknown value"
    if value is None or isinstance(value, (bool, int, float, str)):
        return f"{value!r:.60}"
    named = isinstance(value, (LibraryName, LibraryObject, Tensor))
    kind = "" if named else f"{type(value).__name__.lower()} "
    return f"{kind}{value!r:.60}"


def first_unknown(values: Any) -> Unknown | None:
    """The first unknown among values, looking into tuples, lists and dicts a little way."""
    stack = list(values)[::-1]
    left = len(stack) + _MOST_LOOKED_INTO
    while stack and left:
        left -= 1
        value = stack.pop()
        if isinstance(value, Unknown):
            return value
        if isinstance(value, (tuple, list, dict)) and len(value) <= 64:
            stack.extend(list(value.values() if isinstance(value, dict) else value)[::-1])
    return Unknown("a structure of too many parts") if stack else None


_MOST_LOOKED_INTO = 10_000

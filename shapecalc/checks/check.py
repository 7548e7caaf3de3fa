"""How a check is declared: one function with its code, its documentation and its examples.

    @check("SHC201", "window-larger-than-input", Severity.ERROR, explains=WindowTooLarge,
           bad=["…"], good=["…"])
    def window_larger_than_input(fault: Fault) -> Finding:
        \"\"\"A window does not fit into its input.

        Why that matters, and what it usually comes from.
        \"\"\"

A check explains what stands in the way (`explains`: a class of refusals, or a kind of gap) and
returns one finding, or it examines what there is (`examines`: a model, a call of `compile`,
`fit` and the like, a suppression comment) and yields any number of them.

The docstring is the documentation, and the examples are its tests: a bad one has the code in a
comment on the line that the finding belongs to. A check is pure: it returns what it found, and
prints and sorts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from shapecalc.diagnostics import Code, Fix, Note, Severity
from shapecalc.graph.idle import IdleLayer
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.spelling import Spelling
from shapecalc.graph.training import Usage
from shapecalc.rules.refusal import Refusal
from shapecalc.source import Span

if TYPE_CHECKING:
    # Imported for a budget only.
    # Imported for suppression comments only.
    from shapecalc.checks.comments import IdleEntry, UnknownEntry
    from shapecalc.graph.budget import Expense

    Subject = ModelRecord | Usage | Spelling | IdleLayer | Expense
    Examined = Subject | IdleEntry | UnknownEntry

_Run = TypeVar("_Run", bound=Callable[..., "Finding | Iterable[Finding]"])


class Finding(NamedTuple):
    """What a check has to say.

    Attributes:
        message: what is wrong, one sentence without its full stop.
        notes: further facts, in the order in which they are told.
        help: what to do about it, or None.
        argument: the argument at fault, where the refusal itself names none.
        span: where, instead of the argument or the call.
        fix: how to mend it, or None.
        severity: how bad it is here, where that is not the code's severity.
        cause: what it comes from, in any words: of findings with the same cause, also of several
            checks, only the worst is told, and the others in its notes; None where it stands for
            itself.
    """

    message: str
    notes: tuple[Note, ...] = ()
    help: str | None = None
    argument: str | None = None
    span: Span | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    cause: Hashable | None = None


class Check(NamedTuple):
    """A registered check.

    Attributes:
        code: its code, with the default severity and the summary.
        explains: what it turns into a diagnostic: a class of refusals, or a kind of gap; None
            for a check that examines.
        examines: the class of what it looks at; None for a check that explains.
        run: the function.
        why: what follows the summary in its docstring.
        bad: programs with exactly one finding of this code.
        good: the same programs, put right.
        budget: what the examples may have at the most, by quantity.
    """

    code: Code
    explains: type[Refusal] | str | None
    examines: type[Examined] | None
    run: Callable[[Any], Any]
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    budget: Mapping[str, str]


REGISTRY: dict[str, Check] = {}


def check(
    id: str,
    name: str,
    severity: Severity,
    *,
    explains: type[Refusal] | str | None = None,
    examines: type[Examined] | None = None,
    bad: Sequence[str] = (),
    good: Sequence[str] = (),
    budget: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[_Run], _Run]:
    """Register the decorated function as a check.

    Raises:
        ValueError: its code, its name or what it explains is taken, it is not documented, or it
            does not either explain or examine.
    """

    def register(run: _Run) -> _Run:
        summary, _, why = _unindented(run.__doc__ or "").partition("\n\n")
        if not summary or not why:
            raise ValueError(f"{id}: the docstring must say what it is and why it matters")
        if (explains is None) is (examines is None):
            raise ValueError(f"{id}: a check either explains or examines")
        for other in REGISTRY.values():
            same = explains is not None and explains == other.explains
            if id == other.code.id or name == other.code.name or same:
                raise ValueError(f"{id} ({name}): {other.code.id} ({other.code.name}) is there")
        code = Code(id, name, severity, " ".join(summary.split()).removesuffix("."))
        examples = (tuple(map(_example, bad)), tuple(map(_example, good)))
        REGISTRY[id] = Check(code, explains, examines, run, why, *examples, budget)
        return run

    return register


def _unindented(text: str) -> str:
    """A docstring without the indentation of its later lines."""
    first, _, rest = text.strip().partition("\n")
    lines = rest.split("\n")
    indent = min((len(s) - len(s.lstrip()) for s in lines if s.strip()), default=0)
    return "\n".join([first, *(s[indent:].rstrip() for s in lines)]).strip()


def _example(text: str) -> str:
    return _unindented("\n" + text.strip("\n")) + "\n" if text.startswith("\n") else text

"""Small faults planted in a module, one at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


# From the module down, by fields and indices.
Place = tuple[tuple[str, int | None], ...]
Change = Callable[[ast.AST], ast.AST | None]


class Mutant(NamedTuple):
    """A module with one fault.

    Attributes:
        path: the module's file, relative to the root.
        line: where the fault is.
        before: the code there.
        after: the faulty code.
        place: where in the module's tree it is.
        change: what makes the fault of the node there.
        statement: the first line of the statement within a function that it is in, None for what
            is computed when the function is defined.
    """

    path: str
    line: int
    before: str
    after: str
    place: Place
    change: Change
    statement: int | None

    @property
    def tree(self) -> ast.Module:
        """The whole module with the fault, its lines as they were."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8"))
        node = _at(tree, self.place)
        new = self.change(node)
        assert new is not None
        _put(tree, self.place, ast.copy_location(new, node))
        return ast.fix_missing_locations(tree)

    @property
    def module(self) -> str:
        """The module's dotted name."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def signature(self) -> str:
        """What it is called while lines come and go before it."""
        text = (ROOT / self.path).read_text(encoding="utf-8").splitlines()[self.line - 1].strip()
        return f"{self.path}: {text} [{self.before} → {self.after}]"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: `{self.before}` → `{self.after}`"


_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}  # fmt: skip


def _compare(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.Compare) or type(node.ops[0]) not in _COMPARISONS:
        return None
    node.ops[0] = _COMPARISONS[type(node.ops[0])]()
    return node


def _operate(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.BinOp) or type(node.op) not in _OPERATORS:
        return None
    node.op = _OPERATORS[type(node.op)]()
    return node


def _connect(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.BoolOp):
        return None
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _affirm(node: ast.AST) -> ast.AST | None:
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return node.operand if negated else None  # type: ignore[attr-defined]


def _negate(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, (ast.If, ast.IfExp, ast.While)):
        return None
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return node


def _count(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, int):
        return None
    value = not node.value if isinstance(node.value, bool) else node.value + 1
    return ast.Constant(value)


def _return_nothing(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.Return) or node.value is None:
        return None
    # None says no as well as False does.
    if isinstance(node.value, ast.Constant) and node.value.value in (None, False):
        return None
    return ast.Return(None)


def _leave_out(node: ast.AST) -> ast.AST | None:
    return ast.Pass() if isinstance(node, (ast.Expr, ast.Raise)) else None


CHANGES: tuple[Change, ...] = (
    _compare, _operate, _connect, _affirm, _negate, _count, _return_nothing, _leave_out,
)  # fmt: skip


_CHANGEABLE = (
    ast.Compare, ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.If, ast.IfExp, ast.While, ast.Constant,
    ast.Return, ast.Expr, ast.Raise,
)  # fmt: skip


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module: each change at each place within a function."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    name = str(path.relative_to(ROOT))
    for place in _places(tree):
        for change in CHANGES:
            node = _at(tree, place)
            new = change(copy.deepcopy(node)) if type(node) in _CHANGEABLE else None
            if new is not None:
                line = getattr(node, "lineno", 0)
                statement = _statement(tree, place)
                yield Mutant(name, line, _short(node), _short(new), place, change, statement)


def _short(node: ast.AST) -> str:
    head = copy.copy(node)
    if isinstance(head, (ast.If, ast.While)):
        return " ".join(ast.unparse(head.test).split())[:80]
    return " ".join(ast.unparse(ast.fix_missing_locations(head)).split())[:80]


def _places(tree: ast.AST, place: Place = (), inside: bool = False) -> Iterator[Place]:
    """The places within functions that a test could notice.

    No annotation or docstring is one, nor is the default of a parameter that the body never reads.
    """
    if isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)):
        inside = True
        _forget_unread_defaults(tree)
    if inside and place:
        yield place
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list", "bases"):
            continue
        if isinstance(tree, ast.keyword) and tree.arg == "strict":
            # It is true of every run that `zip` is strict about.
            continue
        if isinstance(value, ast.AST):
            yield from _places(value, (*place, (field, None)), inside)
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, ast.AST) and not _is_docstring(tree, field, i, item):
                    yield from _places(item, (*place, (field, i)), inside)


def _forget_unread_defaults(function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Take away what the defaults of parameters are that the body of a function never reads."""
    read = {n.id for part in function.body for n in ast.walk(part) if isinstance(n, ast.Name)}
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    for defaults, parameters in (
        (arguments.defaults, named[len(named) - len(arguments.defaults) :]),
        (arguments.kw_defaults, arguments.kwonlyargs),
    ):
        for place, parameter in enumerate(parameters):
            if parameter.arg not in read:
                defaults[place] = ast.Constant(None)


def _statement(tree: ast.AST, place: Place) -> int | None:
    """The line of the innermost statement in a function's body around a place."""
    line, inside = None, False
    for field, index in place:
        inside = inside or (isinstance(tree, ast.FunctionDef) and field == "body")
        value = getattr(tree, field)
        tree = value if index is None else value[index]
        if inside and isinstance(tree, ast.stmt):
            line = tree.lineno
    return line


def _is_docstring(owner: ast.AST, field: str, index: int, item: ast.AST) -> bool:
    first = field == "body" and index == 0 and isinstance(item, ast.Expr)
    return (
        first
        and isinstance(owner, (ast.FunctionDef, ast.ClassDef, ast.Module))
        and isinstance(item.value, ast.Constant)  # type: ignore[attr-defined]
    )


def _at(tree: ast.AST, place: Place) -> ast.AST:
    for field, index in place:
        value = getattr(tree, field)
        tree = value if index is None else value[index]
    return tree


def _put(tree: ast.AST, place: Place, node: ast.AST) -> None:
    owner = _at(tree, place[:-1])
    field, index = place[-1]
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node

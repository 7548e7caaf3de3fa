"""Dims as text, and back."""

from __future__ import annotations

# The parser's own module of node classes: `ast` would add its helpers' imports and nothing we use.
import _ast

from shapecalc.dims.dim import (
    BATCH,
    Dim,
    Variable,
    _computed,
    _door,
    form_of,
    maximum,
    minimum,
    total,
    written_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT = 20_000
MAX_NESTING = 150
MAX_EXPONENT = 64
MAX_POWER_BITS = 100_000


def show(dim: Dim) -> str:
    """Return the formula of a dim as a person writes it and Python reads it."""
    return str(dim)


def latex(dim: Dim) -> str:
    """Return the formula of a dim as LaTeX, without the dollar signs."""
    if isinstance(dim, int):
        return str(dim)
    text: str = _door().latex(form_of(dim), written_of(dim))
    return text


def parse(text: str, variables: Mapping[str, Variable] | None = None) -> Dim:
    """Read a formula as `show` writes it; nothing is evaluated.

    Args:
        text: integers, names, `+ - * // %`, `**` with a small exponent, brackets, `max`, `min`,
            `same_taps(n, window, stride, dilation)` and `causal_taps`.
        variables: the variables by name. A name that is not among them is the batch axis if it is
            `B`, else a new variable of kind "data"; an attribute, subscript or call, such as
            `x.shape[1]`, is such a name as a whole.

    Raises:
        ValueError: for another text, or for one that is too long or too deeply nested.
        ZeroDivisionError: for a division by 0.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"a formula of more than {MAX_TEXT} characters")
    try:
        tree = compile(text.strip(), "<formula>", "eval", _ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"not a formula: {text[:80]}") from None
    if not isinstance(tree, _ast.Expression):
        raise ValueError(f"not a formula: {text[:80]}")
    return _Reader(text.strip(), variables or {}).read(tree.body, 0)


class _Reader:
    """Turns the syntax tree of one formula into a dim."""

    def __init__(self, text: str, variables: Mapping[str, Variable]) -> None:
        self.lines = [line.encode() for line in text.splitlines(keepends=True)]
        self.variables = variables

    def read(self, node: _ast.expr, depth: int) -> Dim:
        """Return the dim of a node; a chain of operators of one rank is read without nesting."""
        if depth > MAX_NESTING:
            raise ValueError(f"a formula nested more than {MAX_NESTING} deep")
        chain: list[tuple[_ast.operator, _ast.expr]] = []
        while isinstance(node, _ast.BinOp):
            if isinstance(node.op, _ast.Pow):
                break
            chain.append((node.op, node.right))
            node = node.left
        value = self.operand(node, depth + 1)
        pending: list[Dim] = []
        for operator, right in reversed(chain):
            other = self.read(right, depth + 1)
            if isinstance(operator, (_ast.Add, _ast.Sub)):
                # Summed at once in the end: one by one would cost the square of their number.
                pending.append(other if isinstance(operator, _ast.Add) else -other)
                continue
            value = self.applied(operator, total([value, *pending]), other)
            pending = []
        return total([value, *pending])

    def operand(self, node: _ast.expr, depth: int) -> Dim:
        """Return the dim of a node that is no chain."""
        if isinstance(node, _ast.BinOp):
            return self.power(self.read(node.left, depth), node.right)
        if isinstance(node, _ast.Constant) and type(node.value) is int:
            return node.value
        if isinstance(node, _ast.UnaryOp) and isinstance(node.op, (_ast.USub, _ast.UAdd)):
            value = self.read(node.operand, depth)
            return -value if isinstance(node.op, _ast.USub) else value
        if isinstance(node, _ast.Call) and isinstance(node.func, _ast.Name):
            return self.call(node, node.func.id, depth)
        if isinstance(node, (_ast.Name, _ast.Attribute, _ast.Subscript, _ast.Call)):
            return self.variable(node)
        raise ValueError(f"not part of a formula: {self.source(node)[:80]}")

    def applied(self, operator: _ast.operator, left: Dim, right: Dim) -> Dim:
        """Return the result of * // or %."""
        if isinstance(operator, _ast.Mult):
            return left * right
        if isinstance(operator, _ast.FloorDiv):
            return left // right
        if isinstance(operator, _ast.Mod):
            return left % right
        raise ValueError(f"no operator of a formula: {type(operator).__name__}")

    def power(self, base: Dim, exponent: _ast.expr) -> Dim:
        """Return a small power."""
        count = exponent.value if isinstance(exponent, _ast.Constant) else None
        if type(count) is not int or not 0 <= count <= MAX_EXPONENT:
            raise ValueError(f"an exponent is a number up to {MAX_EXPONENT}")
        if isinstance(base, int) and base.bit_length() * count > MAX_POWER_BITS:
            raise ValueError("a number too large for a formula")
        result: Dim = 1
        for _ in range(count):
            result = base * result
        return result

    def call(self, node: _ast.Call, name: str, depth: int) -> Dim:
        """Return the value of a known function, else the variable named like the call."""
        known = name in ("max", "min", "same_taps", "causal_taps")
        if not known or node.keywords or name in self.variables:
            return self.variable(node)
        arguments = [self.read(argument, depth) for argument in node.args]
        if name.endswith("_taps"):
            if len(arguments) != 4:
                raise ValueError(f"{name} takes four arguments")
            return _computed(name, *arguments)
        if not arguments:
            raise ValueError(f"{name} takes arguments")
        result = arguments[0]
        for argument in arguments[1:]:
            result = maximum(result, argument) if name == "max" else minimum(result, argument)
        return result

    def variable(self, node: _ast.expr) -> Variable:
        """Return the variable that a node names."""
        name = self.source(node)
        if name in self.variables:
            return self.variables[name]
        return BATCH if name == BATCH.name else Variable(name)

    def source(self, node: _ast.expr) -> str:
        """Return the text of a node."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        if first != last:
            raise ValueError("a name in a formula stands on one line")
        return self.lines[first][node.col_offset : node.end_col_offset].decode()

"""Random formulas as trees, evaluated by whatever arithmetic their leaves bring along."""

from __future__ import annotations

from hypothesis import strategies as st

from shapecalc.dims import Dim, Variable, maximum, minimum

VARIABLES = (Variable("H"), Variable("W"), Variable("n", "free"))
BY_NAME = {v.name: v for v in VARIABLES}

Tree = tuple

GRID = (1, 2, 5, 10)

variable = st.tuples(st.just("variable"), st.integers(0, len(VARIABLES) - 1))
number = st.tuples(st.just("number"), st.integers(-9, 9))
divisor = st.tuples(st.just("number"), st.sampled_from([2, 3, 4, 5, 6, 8, -1, -2, -3]))


def _grow(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "max", "min"]), inner, inner),
        st.tuples(st.sampled_from(["//", "%"]), inner, divisor),
        st.tuples(st.sampled_from(["//", "//", "%"]), inner, st.one_of(divisor, divisor, variable)),
    )


trees = st.recursive(st.one_of(variable, variable, number), _grow, max_leaves=7)
points = st.tuples(*[st.sampled_from([*GRID, 3, 16, 64, 97]) for _ in VARIABLES])


def evaluate(tree: Tree, leaves: tuple[Dim, ...]) -> Dim:
    """Return the value of a tree: an int on ints, a formula on variables."""
    operator, *rest = tree
    if operator == "variable":
        return leaves[rest[0]]
    if operator == "number":
        return rest[0]
    a, b = (evaluate(branch, leaves) for branch in rest)
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    if operator == "//":
        return a // b
    if operator == "%":
        return a % b
    return maximum(a, b) if operator == "max" else minimum(a, b)


def at(point: tuple[int, ...]) -> dict[str | Variable, Dim]:
    """Return a point as `substitute` takes it."""
    return dict(zip(VARIABLES, point, strict=True))

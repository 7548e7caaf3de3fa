"""Relations between forms, decided or solved where a proof is at hand.

A form in one variable whose divisors are constants is, on each residue class of the variable
modulo the period, a polynomial; its values at a few points decide it there completely.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import gcd, lcm
from typing import Any

from shapecalc.dims._bounds import lower, upper
from shapecalc.dims._sympy import (
    Add,
    FloorDiv,
    Integer,
    Maximum,
    Minimum,
    Mul,
    Pow,
    Symbol,
    Taps,
    expanded_product,
    from_terms,
    split,
)

# How many integer evaluations one decision may cost.
MAX_POINTS = 4096
# How far the zeros of one polynomial are looked for, one value at a time.
MAX_STEPS = 64
# No threshold beyond this is looked for.
MAX_THRESHOLD = 1 << 70

Solution = tuple[Any, ...]
ALL: Solution = ("all",)
NONE: Solution = ("none",)
OPEN: Solution = ("open",)


def evaluator(form: Any) -> Callable[[int], int]:
    """Return the form, which has one variable, as a function on ints."""
    if form.is_Integer:
        value = int(form)
        return lambda _: value
    if isinstance(form, Symbol):
        return lambda x: x
    parts = [evaluator(part) for part in form.args]
    if isinstance(form, Add):
        return lambda x: sum(part(x) for part in parts)
    if isinstance(form, FloorDiv):
        top, bottom = parts
        return lambda x: top(x) // bottom(x)
    if isinstance(form, Pow):
        base, exponent = parts
        return lambda x: base(x) ** exponent(x)
    if isinstance(form, (Maximum, Minimum)):
        choose = max if isinstance(form, Maximum) else min
        return lambda x: choose(part(x) for part in parts)
    if isinstance(form, Taps):
        kind = type(form)
        return lambda x: int(kind(*(Integer(part(x)) for part in parts)))
    return _multiplier(parts)


def _multiplier(parts: list[Callable[[int], int]]) -> Callable[[int], int]:
    def multiplied(x: int) -> int:
        result = 1
        for part in parts:
            result *= part(x)
        return result

    return multiplied


def shape_of(form: Any) -> tuple[int, int] | None:
    """Return (period, degree): on each class modulo the period, a polynomial of that degree.

    None for a form that is no such thing (a maximum, an opaque quotient).
    """
    if form.is_Integer:
        return 1, 0
    if isinstance(form, Symbol):
        return 1, 1
    if isinstance(form, FloorDiv) and form.args[1].is_Integer:
        inner = shape_of(form.args[0])
        return None if inner is None else (inner[0] * int(form.args[1]), inner[1])
    if isinstance(form, Pow):
        inner = shape_of(form.base)
        return None if inner is None else (inner[0], inner[1] * int(form.exp))
    if not isinstance(form, (Add, Mul)):
        return None
    shapes = [shape_of(part) for part in form.args]
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes):
        return None
    degrees = [degree for _, degree in known]
    degree = max(degrees) if isinstance(form, Add) else sum(degrees)
    return lcm(*(period for period, _ in known)), degree


def trend(form: Any) -> int | None:
    """Return 1 or -1 when the form never falls or never rises as its variable grows, else None."""
    terms, _ = split(form)
    signs = set()
    for coefficient, monomial in terms:
        factors = Mul.make_args(monomial)
        bases = [factor.as_base_exp()[0] for factor in factors]
        if not all(_rises(base) for base in bases):
            return None
        if (len(bases) > 1 or bases[0] != monomial) and not all(
            (lower(base) or 0) >= 0 and lower(base) is not None for base in bases
        ):
            return None
        signs.add(1 if coefficient > 0 else -1)
    return signs.pop() if len(signs) == 1 else None


def _rises(atom: Any) -> bool:
    if isinstance(atom, Symbol):
        return True
    if isinstance(atom, FloorDiv):
        return bool(atom.args[1].is_Integer) and trend(atom.args[0]) == 1
    if isinstance(atom, (Maximum, Minimum)):
        return all(part.is_Integer or trend(part) == 1 for part in atom.args)
    return False


def _first(holds: Callable[[int], bool]) -> int | None:
    """Return the first x >= 1 where a condition that stays true once it is holds."""
    high = 1
    while not holds(high):
        high *= 2
        if high > MAX_THRESHOLD:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def classes(form: Any) -> tuple[int, list[list[int]]] | None:
    """Return the period L and, for r = 1..L, the forward differences of form(r + L*y) at y = 0.

    p(y) is the sum of difference k times binomial(y, k), so that all of one sign tells p's sign.
    None when the form is no such polynomial, or when it would cost too much.
    """
    found = shape_of(form)
    if found is None or found[0] * (found[1] + 1) > MAX_POINTS:
        return None
    period, degree = found
    value = evaluator(form)
    rows = []
    for start in range(1, period + 1):
        row = [value(start + period * y) for y in range(degree + 1)]
        differences = []
        while row:
            differences.append(row[0])
            row = [b - a for a, b in pairwise(row)]
        rows.append(differences)
    return period, rows


def _range(symbol: Any, low: int | None, high: int | None) -> Solution:
    """Return the solution low <= symbol <= high; `low` None means no value, `high` None no end."""
    if low is None or (high is not None and high < low):
        return NONE
    if low <= 1 and high is None:
        return ALL
    return ("range", symbol, low, high)


def _residues(symbol: Any, period: int, chosen: set[int]) -> Solution:
    """Return the solution in which the symbol is congruent to one of the chosen numbers."""
    if not chosen:
        return NONE
    chosen = {r % period for r in chosen}
    for modulus in (m for m in range(1, period + 1) if period % m == 0):
        reduced = {r % modulus for r in chosen}
        if len(reduced) * (period // modulus) == len(chosen):
            return ALL if modulus == 1 else ("residues", symbol, modulus, tuple(sorted(reduced)))
    return OPEN


def not_negative(form: Any) -> Solution:
    """Solve form >= 0."""
    least, most = lower(form), upper(form)
    if least is not None and least >= 0:
        return ALL
    if most is not None and most < 0:
        return NONE
    symbols = form.free_symbols
    if len(symbols) != 1:
        return OPEN
    (symbol,) = symbols
    direction = trend(form)
    if direction is not None:
        value = evaluator(form)
        if direction > 0:
            low = _first(lambda x: value(x) >= 0)
            return OPEN if low is None else _range(symbol, low, None)
        past = _first(lambda x: value(x) < 0)
        return OPEN if past is None else _range(symbol, 1, past - 1)
    found = classes(form)
    if found is None:
        return OPEN
    chosen = set()
    for start, row in enumerate(found[1], 1):
        if min(row) >= 0:
            chosen.add(start)
        elif row[0] >= 0 or max(row) > 0:
            return OPEN
    return _residues(symbol, found[0], chosen)


def is_zero(form: Any) -> Solution:
    """Solve form == 0."""
    terms, constant = split(form)
    if not terms:
        return NONE if constant else ALL
    if constant % gcd(*(c for c, _ in terms)):
        return NONE
    least, most = lower(form), upper(form)
    if least == most == 0:
        return ALL
    if (least is not None and least > 0) or (most is not None and most < 0):
        return NONE
    symbols = form.free_symbols
    if len(symbols) != 1:
        return _zero_by_classes(form)
    (symbol,) = symbols
    direction = trend(form)
    if direction is not None:
        value = evaluator(form)
        low = _first(lambda x: direction * value(x) >= 0)
        past = _first(lambda x: direction * value(x) > 0)
        if low is not None and past is not None:
            return _range(symbol, low, past - 1)
    found = classes(form)
    return OPEN if found is None else _zero_classes(symbol, *found)


def _zero_classes(symbol: Any, period: int, rows: list[list[int]]) -> Solution:
    """Return where the polynomials of the residue classes vanish."""
    chosen: set[int] = set()
    points: set[int] = set()
    for start, row in enumerate(rows, 1):
        if not any(row):
            chosen.add(start)
        else:
            roots = _roots(row)
            if roots is None:
                return OPEN
            points.update(start + period * y for y in roots)
    if not points:
        return _residues(symbol, period, chosen)
    low, high = min(points), max(points)
    if chosen or high - low + 1 != len(points):
        return OPEN
    return _range(symbol, low, high)


def _roots(row: list[int]) -> list[int] | None:
    """Return all y >= 0 where the polynomial with these differences vanishes, None if too far."""
    if not any(row[2:]) and len(row) > 1 and row[1]:
        steps, left = divmod(-row[0], row[1])
        return [steps] if left == 0 and steps >= 0 else []
    roots = []
    row = [*row, 0]
    for y in range(MAX_STEPS):
        if row[0] == 0:
            roots.append(y)
        elif min(row) >= 0 or max(row) <= 0:
            # All differences of one sign: from here on it only moves away from 0.
            return roots
        row = [*(a + b for a, b in pairwise(row)), 0]
    return None


# The residue classes of several variables together that are worth trying.
MAX_CLASSES = 36


def _zero_by_classes(form: Any) -> Solution:
    """Decide form == 0 in several variables, by the residue classes of each."""
    periods: dict[Any, int] = {}
    for quotient in form.atoms(FloorDiv):
        if not quotient.args[1].is_Integer:
            return OPEN
        for symbol in quotient.free_symbols:
            periods[symbol] = lcm(periods.get(symbol, 1), int(quotient.args[1]))
    cases = [form]
    for symbol, period in periods.items():
        if len(cases) * period > MAX_CLASSES:
            return OPEN
        cases = [
            opened(case, {symbol: from_terms([(period, symbol)], start - period)})
            for case in cases
            for start in range(1, period + 1)
        ]
    if not periods:
        return OPEN
    if all(case == 0 for case in cases):
        return ALL
    return NONE if all(_never_zero(case) for case in cases) else OPEN


def _never_zero(form: Any) -> bool:
    terms, constant = split(form)
    if not terms:
        return constant != 0
    if constant % gcd(*(c for c, _ in terms)):
        return True
    least, most = lower(form), upper(form)
    return (least is not None and least > 0) or (most is not None and most < 0)


def opened(form: Any, values: dict[Any, Any]) -> Any:
    """Return a polynomial form with quotients by constants, its symbols replaced."""
    if form in values:
        return values[form]
    if not form.args:
        return form
    parts = [opened(part, values) for part in form.args]
    if isinstance(form, Add):
        return Add(*parts)
    if isinstance(form, Mul):
        result: Any = Integer(1)
        for part in parts:
            result = expanded_product(result, part)
        return result
    if isinstance(form, Pow):
        result = Integer(1)
        for _ in range(int(parts[1])):
            result = expanded_product(result, parts[0])
        return result
    return form.func(*parts)


def floors_opened(form: Any) -> Any:
    """Return a form that is >= 0 exactly where this one is, without its outermost quotient."""
    while True:
        terms, constant = split(form)
        if len(terms) != 1 or not isinstance(terms[0][1], FloorDiv):
            return form
        coefficient, quotient = terms[0]
        top, bottom = quotient.args
        if not bottom.is_Integer:
            return form
        if coefficient > 0:
            # n//q >= t is n >= q*t.
            form = Add(top, -bottom * -(constant // coefficient))
        else:
            # n//q <= t is n <= q*t + q - 1.
            limit = constant // -coefficient
            form = Add(bottom * limit + bottom - 1, expanded_product(Integer(-1), top))

"""Arithmetic on forms: what `dim` calls once a symbol is really computed with."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from math import gcd
from typing import Any

from shapecalc.dims._bounds import lower, upper
from shapecalc.dims._lattice import padding_before
from shapecalc.dims._solving import Solution, floors_opened, is_zero, not_negative
from shapecalc.dims._sympy import (
    TAPS,
    Add,
    FloorDiv,
    Integer,
    Maximum,
    Minimum,
    Mul,
    PolynomialError,
    Pow,
    Remainder,
    Symbol,
    Taps,
    div,
    expanded_product,
    from_terms,
    preorder,
    split,
    terms_of,
)
from shapecalc.dims._writing import LatexWriter, PythonWriter, with_remainders

# A formula that doubles in a loop must end in an error, not in a full memory.
MAX_NODES = 20_000
MAX_DEPTH = 100
MAX_BITS = 100_000
MAX_DEGREE = 10_000
MAX_WRITTEN = 2_000
# Up to so many taps are written out one by one.
MAX_TAPS_WRITTEN = 16


@lru_cache(maxsize=4096)
def symbol(name: str, kind: str) -> Any:
    """Return the symbol of a variable; the kind is in its name, so that kinds stay apart."""
    return Symbol(f"{name}\0{kind}", integer=True, positive=True)


def name_and_kind(form: Any) -> tuple[str, str]:
    """Return what `symbol` was given."""
    name, _, kind = form.name.rpartition("\0")
    return name, kind


def symbols(form: Any) -> set[Any]:
    """Return the symbols that occur in a form."""
    return set(form.free_symbols)


def integer(value: int) -> Any:
    """Return the form of an int."""
    return Integer(value)


def bounded(form: Any) -> Any:
    """Return the form; raise OverflowError when it is too large to go on with."""
    pending, nodes = [(form, 0)], 0
    while pending:
        node, depth = pending.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise OverflowError(f"a dim formula of more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise OverflowError(f"a dim formula nested more than {MAX_DEPTH} deep")
        if node.is_Integer and int(node).bit_length() > MAX_BITS:
            raise OverflowError(f"a dim formula with a number of more than {MAX_BITS} bits")
        if isinstance(node, Pow) and not (node.exp.is_Integer and node.exp <= MAX_DEGREE):
            raise OverflowError(f"a dim formula of a degree above {MAX_DEGREE}")
        pending.extend((part, depth + 1) for part in node.args)
    return form


def add(*forms: Any) -> Any:
    """Return the sum."""
    return bounded(Add(*forms))


def negate(form: Any) -> Any:
    """Return the form with its sign changed."""
    return expanded_product(Integer(-1), form)


def subtract(left: Any, right: Any) -> Any:
    """Return the difference."""
    return bounded(Add(left, negate(right)))


def multiply(left: Any, right: Any) -> Any:
    """Return the product."""
    return bounded(expanded_product(left, right))


def power(base: Any, exponent: int) -> Any:
    """Return a small power, by repeated multiplication."""
    result: Any = Integer(1)
    for _ in range(exponent):
        result = multiply(result, base)
    return result


def floor_divide(numerator: Any, divisor: Any) -> Any:
    """Return the floor of the quotient; ZeroDivisionError when the divisor is 0."""
    if divisor.is_Integer:
        return bounded(FloorDiv(numerator, divisor))
    highest = upper(divisor)
    if highest is not None and highest < 0:
        return floor_divide(negate(numerator), negate(divisor))
    least = lower(divisor)
    if least is None or least < 1:
        # The divisor may be 0, so nothing may be cancelled.
        return bounded(FloorDiv(numerator, divisor))
    return bounded(_cancelled(numerator, divisor))


def _cancelled(numerator: Any, divisor: Any) -> Any:
    """Return the quotient by a positive form: what it divides comes out, the rest is opaque."""
    (scale, monomial), *others = terms_of(divisor)
    if not others:
        pieces = [(term, _exact(term, scale, monomial)) for term in Add.make_args(numerator)]
        out = Add(*[quotient for _, quotient in pieces if quotient is not None])
        rest = Add(*[term for term, quotient in pieces if quotient is None])
    else:
        try:
            quotient, remainder = div(numerator, divisor, domain="ZZ")
        except PolynomialError:
            return FloorDiv(numerator, divisor)
        quotient = expanded_product(Integer(1), quotient.expand())
        if remainder != 0:
            return FloorDiv(numerator, divisor)
        return quotient
    return out if rest == 0 else Add(out, _reduced(rest, divisor))


def _exact(term: Any, scale: Any, monomial: Any) -> Any:
    """Return the term divided by scale*monomial, or None when that is no form."""
    coefficient, rest = term.as_coeff_Mul()
    quotient = Mul(rest, Pow(monomial, -1))
    if int(coefficient) % int(scale) or any(
        factor.as_base_exp()[1].is_negative for factor in Mul.make_args(quotient)
    ):
        return None
    return Mul(Integer(int(coefficient) // int(scale)), quotient)


def _reduced(numerator: Any, divisor: Any) -> Any:
    """Divide a common integer factor out of an opaque quotient by a positive form."""
    terms, constant = split(numerator)
    below, offset = split(divisor)
    common = gcd(offset, *(c for c, _ in terms), *(c for c, _ in below))
    if terms and common > 1:
        numerator = from_terms([(c // common, m) for c, m in terms], constant // common)
        divisor = from_terms([(c // common, m) for c, m in below], offset // common)
    return FloorDiv(numerator, divisor)


def remainder(numerator: Any, divisor: Any) -> Any:
    """Return numerator - divisor*(numerator//divisor)."""
    return subtract(numerator, expanded_product(divisor, floor_divide(numerator, divisor)))


def maximum(*forms: Any) -> Any:
    """Return the greatest; an argument that another one always reaches is dropped."""
    return _extreme(Maximum, forms)


def minimum(*forms: Any) -> Any:
    """Return the least; an argument that always reaches another one is dropped."""
    return _extreme(Minimum, forms)


def _extreme(kind: Any, forms: tuple[Any, ...]) -> Any:
    kept: list[Any] = []
    flat = [part for form in forms for part in (form.args if isinstance(form, kind) else (form,))]
    for form in flat:
        if any(_dominates(kind, other, form) for other in kept):
            continue
        kept = [other for other in kept if not _dominates(kind, form, other)]
        kept.append(form)
    if len(kept) == 1:
        return kept[0]
    return bounded(kind(*sorted(kept, key=lambda form: form.sort_key())))


def _dominates(kind: Any, form: Any, other: Any) -> bool:
    """Say whether `other` may be left out beside `form`."""
    difference = Add(form, negate(other)) if kind is Maximum else Add(other, negate(form))
    least = lower(difference)
    return least is not None and least >= 0


def taps(n: Any, window: Any, stride: Any, dilation: Any, padding: str) -> Any:
    """Return the number of taps on real units, written out when window and stride are small."""
    kind = TAPS[padding]
    if window == 1 and (n.is_Symbol or (lower(n) or 0) >= 1):
        return add(floor_divide(subtract(n, Integer(1)), stride), Integer(1))
    small = window.is_Integer and 0 < window <= MAX_TAPS_WRITTEN and dilation.is_Integer
    if not (small and stride == 1):
        return bounded(kind(n, window, stride, dilation))
    # With stride 1 there are n places; tap t misses as many of them as it is shifted by.
    before = padding_before(1, int(window), 1, int(dilation), padding)
    shifts = [abs(t * int(dilation) - before) for t in range(int(window))]
    return add(*[maximum(Integer(0), subtract(n, Integer(shift))) for shift in shifts])


def same_taps(n: Any, window: Any, stride: Any, dilation: Any) -> Any:
    """Return the taps on real units with padding "same"."""
    return taps(n, window, stride, dilation, "same")


def causal_taps(n: Any, window: Any, stride: Any, dilation: Any) -> Any:
    """Return the taps on real units with padding "causal"."""
    return taps(n, window, stride, dilation, "causal")


def rebuilt(form: Any, values: dict[Any, Any]) -> Any:
    """Return the form with symbols replaced, every operation done anew."""
    done: dict[Any, Any] = dict(values)

    def visit(node: Any) -> Any:
        if node in done:
            return done[node]
        if not node.args:
            return node
        parts = [visit(part) for part in node.args]
        done[node] = result = _applied(node, parts)
        return result

    return visit(form)


def _applied(node: Any, parts: list[Any]) -> Any:
    """Return the operation of a node on other operands."""
    if isinstance(node, Add):
        return add(*parts)
    if isinstance(node, Mul):
        result: Any = Integer(1)
        for part in parts:
            result = multiply(result, part)
        return result
    if isinstance(node, Pow):
        return Integer(int(parts[0]) ** int(parts[1])) if parts[0].is_Integer else power(*parts)
    if isinstance(node, FloorDiv):
        return floor_divide(*parts)
    if isinstance(node, Maximum):
        return maximum(*parts)
    if isinstance(node, Minimum):
        return minimum(*parts)
    if isinstance(node, Taps):
        n, window, stride, dilation = parts
        return taps(n, window, stride, dilation, node.padding)
    raise TypeError(f"no operation {type(node).__name__} in a dim")


def as_written(operation: str, operands: list[Any]) -> Any:
    """Return a sum or product of formulas without expanding it, for showing; else None."""
    if operation == "multiply":
        written = Mul(*operands)
    elif operation == "add":
        written = Add(*operands)
    elif operation == "subtract":
        written = Add(operands[0], Mul(-1, operands[1]))
    else:
        return None
    # What is larger than this is no help to a reader, and might grow without end.
    return written if sum(1 for _ in islice(preorder(written), MAX_WRITTEN)) < MAX_WRITTEN else None


def text(form: Any, written: Any = None) -> str:
    """Return a form as Python reads it; `written` is how it came about, if that is known."""
    return PythonWriter().text(form, written)


def latex(form: Any, written: Any = None) -> str:
    """Return a form as LaTeX."""
    return LatexWriter().text(form, written)


def equality(left: Any, right: Any) -> bool | None:
    """Say whether two forms are equal for all values (True), for none (False), or open (None)."""
    solution = is_zero(subtract(left, right))
    return {"all": True, "none": False}.get(solution[0])


def solve(kind: str, left: Any, right: Any) -> Solution:
    """Solve left == right, left >= right or left % right == 0.

    Returns:
        ("all",), ("none",), ("range", name, low, high or None),
        ("residues", name, modulus, residues) or ("open", text).
    """
    if kind == "at_least":
        form = floors_opened(subtract(left, right))
        solution = not_negative(form)
        signs = " >= ", " <= "
    else:
        form = subtract(left, right) if kind == "equal" else remainder(left, right)
        solution = is_zero(form)
        signs = " == ", " == "
    if solution[0] in ("range", "residues"):
        return (solution[0], name_and_kind(solution[1])[0], *solution[2:])
    if solution[0] != "open":
        return solution
    if kind == "divides":
        return ("open", f"{text(Remainder(left, right))} == 0")
    written = with_remainders(form)
    if kind == "equal" and isinstance(written.as_coeff_Mul()[1], Remainder):
        return ("open", f"{text(written.as_coeff_Mul()[1])} == 0")
    moved = _moved(form, *signs)
    return ("open", moved or f"{text(left)}{signs[0]}{text(right)}")


def _moved(form: Any, sign: str, mirrored: str) -> str | None:
    """Return a linear relation with what counts positively on the left; None for other forms."""
    terms, constant = split(form)
    if not all(monomial.is_Symbol for _, monomial in terms):
        return None
    common = gcd(*(c for c, _ in terms))
    constant //= common
    left = [(c // common, m) for c, m in terms if c > 0]
    right = [(-c // common, m) for c, m in terms if c < 0]
    if not left:
        return text(from_terms(right)) + mirrored + str(constant)
    if not right:
        return text(from_terms(left)) + sign + str(-constant)
    if constant > 0:
        return text(from_terms(left, constant)) + sign + text(from_terms(right))
    return text(from_terms(left)) + sign + text(from_terms(right, -constant))

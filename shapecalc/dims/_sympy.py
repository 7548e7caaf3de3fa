"""The one door to sympy: its node classes, and ours with the rules that keep the normal form.

A *form* is a sympy expression in normal form: an expanded sum of integer multiples of products of
symbols (each an integer >= 1) and of the functions below. Nothing here calls `simplify`, `equals`,
`floor` or `ceiling`, or takes the truth of a relation: they answer wrongly or slowly for integers.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from sympy import (
    Add,
    Expr,
    Function,
    Integer,
    Mul,
    Pow,
    Rational,
    Symbol,
    div,
    factor_list,
    preorder_traversal,
)
from sympy.polys.polyerrors import PolynomialError

from shapecalc.dims._lattice import count_taps

__all__ = [
    "TAPS",
    "Add",
    "Expr",
    "FloorDiv",
    "Integer",
    "Maximum",
    "Minimum",
    "Mul",
    "PolynomialError",
    "Pow",
    "Rational",
    "Remainder",
    "Symbol",
    "Taps",
    "div",
    "expanded_product",
    "factor_list",
    "from_terms",
    "preorder",
    "split",
    "terms_of",
]

preorder = preorder_traversal

# Above so many terms a product stays a product: (a + 1)*(b + 1)*... doubles with every factor.
MAX_TERMS = 500


def terms_of(form: Any) -> list[tuple[Any, Any]]:
    """Return the terms of a form as (coefficient, monomial); the constant's monomial is 1."""
    return [term.as_coeff_Mul() for term in Add.make_args(form)]


def split(form: Any) -> tuple[list[tuple[int, Any]], int]:
    """Return the non-constant terms as (integer coefficient, monomial), and the constant."""
    constant = 0
    terms = []
    for coefficient, monomial in terms_of(form):
        if monomial.is_Integer:
            constant += int(coefficient) * int(monomial)
        else:
            terms.append((int(coefficient), monomial))
    return terms, constant


def from_terms(terms: list[tuple[int, Any]], constant: int = 0) -> Any:
    """Return the sum of coefficient times monomial, and of the constant."""
    return Add(*[expanded_product(Integer(c), m) for c, m in terms], Integer(constant))


def expanded_product(left: Any, right: Any) -> Any:
    """Return the product of two forms as a form; a huge one is left as a product."""
    lefts, rights = Add.make_args(left), Add.make_args(right)
    if len(lefts) == len(rights) == 1 or _weight(lefts) * _weight(rights) > MAX_TERMS:
        return Mul(left, right)
    return Add(*[Mul(a, b) for a in lefts for b in rights])


def _weight(terms: tuple[Any, ...]) -> int:
    """Return the number of terms, those of sums that stayed factors included."""
    weight = 0
    for term in terms:
        sums = [f.as_base_exp()[0] for f in Mul.make_args(term)]
        weight += max(len(s.args) if s.is_Add else 1 for s in sums)
    return weight


class _IntegerFunction(Function):  # type: ignore[misc]
    """A function whose values are integers."""

    is_integer = True
    is_commutative = True
    is_real = True
    is_finite = True


class FloorDiv(_IntegerFunction):
    """The floor of a quotient, with a canonical form for constant divisors.

    In FloorDiv(n, q) no coefficient of n is a multiple of q, n and q have no common factor, the
    constant of n lies in (-q, 0], most terms of n are positive, and n is not itself a single
    quotient plus a rest (nested divisors are merged).
    """

    nargs = 2

    @classmethod
    def eval(cls, numerator: Any, divisor: Any) -> Any:
        """Return the canonical form, or None when it is this one."""
        if not divisor.is_Integer:
            return None
        if divisor == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        if divisor < 0:
            return cls(from_terms([(-1, numerator)]), -divisor)
        return _divided(numerator, int(divisor))


def _divided(numerator: Any, divisor: int) -> Any:
    """Return the canonical quotient by a positive constant; None when already canonical."""
    if divisor == 1:
        return numerator
    terms, constant = split(numerator)
    if not terms:
        return Integer(constant // divisor)
    whole = [(c // divisor, m) for c, m in terms if c % divisor == 0]
    parts = [(c, m) for c, m in terms if c % divisor]
    if not parts:
        return from_terms(whole, constant // divisor)
    if _reads_negative(parts):
        # floor(n/q) = -floor((-n + q - 1)/q): the ceiling idiom -(-n//q) becomes (n - 1)//q + 1.
        mirrored = from_terms([(-c, m) for c, m in parts], divisor - 1 - constant)
        quotient = FloorDiv(mirrored, Integer(divisor))
        return from_terms([*whole, (-1, quotient)])
    common = gcd(divisor, *(c for c, _ in parts))
    shift = -(-constant // divisor)
    inner = _inner_quotient(parts)
    if common == 1 and shift == 0 and inner is None and not whole:
        return None
    if common > 1:
        # Sound because what is left of the numerator is an integer: its fraction never carries.
        parts = [(c // common, m) for c, m in parts]
        quotient = FloorDiv(from_terms(parts, constant // common), Integer(divisor // common))
        return from_terms([*whole, (1, quotient)])
    constant -= shift * divisor
    if inner is None:
        quotient = FloorDiv(from_terms(parts, constant), Integer(divisor))
    else:
        top, bottom = inner.args
        rest = from_terms([(c, m) for c, m in parts if m != inner], constant)
        merged = Add(top, expanded_product(bottom, rest))
        quotient = FloorDiv(merged, Integer(divisor * int(bottom)))
    return from_terms([*whole, (1, quotient)], shift)


def _reads_negative(parts: list[tuple[int, Any]]) -> bool:
    """Say whether a numerator should be mirrored; of n and -n exactly one should."""
    balance = sum(1 if c > 0 else -1 for c, _ in parts)
    if balance:
        return balance < 0
    first = min(parts, key=lambda part: part[1].sort_key())
    return first[0] < 0


def _inner_quotient(parts: list[tuple[int, Any]]) -> Any:
    """Return the only constant quotient among the terms, if it may be merged with its outer one."""
    found = [(c, m) for c, m in parts if isinstance(m, FloorDiv) and m.args[1].is_Integer]
    if len(found) == 1 and found[0][0] == 1:
        return found[0][1]
    return None


class Maximum(_IntegerFunction):
    """The greatest of its arguments; the caller drops arguments that others exceed."""

    @classmethod
    def eval(cls, *arguments: Any) -> Any:
        """Return the answer when all arguments are integers."""
        if all(a.is_Integer for a in arguments):
            return max(arguments, key=int)
        return None


class Minimum(_IntegerFunction):
    """The least of its arguments; the caller drops arguments that exceed others."""

    @classmethod
    def eval(cls, *arguments: Any) -> Any:
        """Return the answer when all arguments are integers."""
        if all(a.is_Integer for a in arguments):
            return min(arguments, key=int)
        return None


class Taps(_IntegerFunction):
    """How many taps fall on real units; arguments (n, window, stride, dilation)."""

    nargs = 4
    is_nonnegative = True
    padding = ""

    @classmethod
    def eval(cls, *arguments: Any) -> Any:
        """Count when all arguments are integers."""
        if all(a.is_Integer for a in arguments):
            n, window, stride, dilation = map(int, arguments)
            return Integer(count_taps(n, window, stride, dilation, cls.padding))
        return None


class same_taps(Taps):  # noqa: N801  (the name is what a formula shows)
    """Taps of a window with padding "same"."""

    padding = "same"


class causal_taps(Taps):  # noqa: N801
    """Taps of a window with padding "causal"."""

    padding = "causal"


class Remainder(_IntegerFunction):
    """How n - k*(n//k) is written; a form never contains it."""

    nargs = 2


TAPS: dict[str, type[Taps]] = {"same": same_taps, "causal": causal_taps}

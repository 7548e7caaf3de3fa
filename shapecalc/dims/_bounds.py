"""Bounds of forms: every variable is an integer >= 1, every answer is proved."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from shapecalc.dims._sympy import (
    Add,
    FloorDiv,
    Integer,
    Maximum,
    Minimum,
    Mul,
    Rational,
    Symbol,
    Taps,
    expanded_product,
    terms_of,
)

# A maximum is proved by cases; each one may double the work.
MAX_CASES = 5
# Relaxing opens one level of nested quotients at a time.
MAX_LEVELS = 8


# Cached because nested quotients ask for the same bound twice a level.
@lru_cache(maxsize=4096)
def lower(form: Any, cases: int = MAX_CASES) -> int | None:
    """Return an integer which the form never falls below, or None when none was found."""
    if form.is_Integer:
        return int(form)
    if form.is_Symbol:
        return 1
    choice = _choice(form) if cases else None
    if choice is not None:
        coefficient, atom = choice
        rest = Add(form, Mul(-coefficient, atom))
        bounds = [lower(Add(rest, _scaled(coefficient, a)), cases - 1) for a in atom.args]
        # c*max(a, b) is at least c*a and at least c*b; c*min(a, b) only the lesser of them.
        if isinstance(atom, Maximum) == (coefficient > 0):
            return max((b for b in bounds if b is not None), default=None)
        return None if None in bounds else min(b for b in bounds if b is not None)
    return _max(_shifted(form, cases), _shifted(_relaxed(form), cases))


def upper(form: Any) -> int | None:
    """Return an integer which the form never exceeds, or None when none was found."""
    below = lower(_scaled(-1, form))
    return None if below is None else -below


def _max(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else max(a, b)


def _scaled(coefficient: Any, form: Any) -> Any:
    return expanded_product(Integer(coefficient), form)


def _choice(form: Any) -> tuple[Any, Any] | None:
    """Return a term that is a multiple of a maximum or a minimum, if there is one."""
    for coefficient, monomial in terms_of(form):
        if isinstance(monomial, (Maximum, Minimum)):
            return coefficient, monomial
    return None


def _relaxed(form: Any) -> Any:
    """Return a rational polynomial not above the form: quotients replaced by what they exceed."""
    for _ in range(MAX_LEVELS):
        found = False
        relaxed = []
        for coefficient, monomial in terms_of(form):
            if isinstance(monomial, FloorDiv) and monomial.args[1].is_Integer:
                top, bottom = monomial.args
                least = top - bottom + 1 if coefficient > 0 else top
                relaxed.append(expanded_product(Rational(coefficient, bottom), least))
                found = True
            else:
                relaxed.append(coefficient * monomial)
        if not found:
            break
        form = Add(*relaxed)
    return form


def _shifted(form: Any, cases: int) -> int | None:
    """Write every atom as its bound plus y >= 0: if no y counts negatively, drop them."""
    shifted: Any = Integer(0)
    for coefficient, monomial in terms_of(form):
        term = coefficient
        for factor in Mul.make_args(monomial):
            base, exponent = factor.as_base_exp()
            if base.is_Integer:
                continue
            least = _atom_lower(base, cases)
            if least is None or not exponent.is_Integer or exponent > 8:
                return None
            for _ in range(int(exponent)):
                term = expanded_product(term, Add(base, Integer(least)))
        shifted = Add(shifted, term)
    constant = 0
    for coefficient, monomial in terms_of(shifted):
        if monomial == 1:
            constant = coefficient
        elif coefficient < 0:
            return None
    # The form is an integer, so it is at least the next integer above a rational bound.
    return -int((-constant) // 1)


def _atom_lower(atom: Any, cases: int) -> int | None:
    """Return a lower bound of one factor of a monomial."""
    if isinstance(atom, Symbol):
        return 1
    if isinstance(atom, Taps):
        return 0
    if isinstance(atom, FloorDiv):
        top, bottom = atom.args
        least = lower(top, cases)
        if bottom.is_Integer:
            return None if least is None else least // int(bottom)
        divisor = lower(bottom, cases)
        return (
            0 if least is not None and least >= 0 and divisor is not None and divisor > 0 else None
        )
    if isinstance(atom, (Maximum, Minimum)):
        bounds = [lower(a, cases) for a in atom.args]
        known = [b for b in bounds if b is not None]
        if isinstance(atom, Maximum):
            return max(known, default=None)
        return min(known) if len(known) == len(bounds) else None
    return lower(atom, cases - 1) if cases and isinstance(atom, Add) else None

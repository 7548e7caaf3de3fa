"""`math` and `random`."""

from __future__ import annotations

import math
from typing import Any

from shapecalc.dims import Symbolic, ceil_divide, product
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import CONSTANTS, FUNCTIONS, Entry, models
from shapecalc.frontends.python.values import Raised, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("math", "random")

for _name in ("pi", "e", "tau", "inf", "nan"):
    CONSTANTS[f"math.{_name}"] = getattr(math, _name)

_PLAIN = """acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees dist erf exp
expm1 fabs floor fmod frexp fsum gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp
lgamma log log10 log1p log2 modf radians remainder sin sinh sqrt tan tanh trunc""".split()


def _plain(function: Any) -> Any:
    def model(run: Interpreter, *args: Value) -> Value:
        if any(isinstance(a, Symbolic) for a in args):
            if function in (math.floor, math.ceil, math.trunc):
                return args[0]
            return run.unknown(f"math.{function.__name__} of a length that is not a number")
        if not all(isinstance(a, (int, float)) for a in args):
            return run.unknown(f"math.{function.__name__} of what is no number")
        try:
            return function(*args)
        except (ValueError, OverflowError) as error:
            raise Raised(type(error).__name__, str(error)) from None

    return model


for _name in _PLAIN:
    FUNCTIONS[f"math.{_name}"] = Entry(_plain(getattr(math, _name)), unknowns=False)


@models("math.prod")
def prod(run: Interpreter, values: Value, *, start: Value = 1) -> Value:
    items = run.iterate(values)
    if isinstance(items, Unknown):
        return items
    if all(isinstance(i, (int, Symbolic)) for i in (*items, start)):
        return product([*items, start])
    return math.prod(items, start=start)


@models("math.pow")
def power(run: Interpreter, base: Value, exponent: Value) -> Value:
    if not all(isinstance(v, (int, float)) for v in (base, exponent)):
        return run.unknown("a power of what is no number")
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError) as error:
        raise Raised(type(error).__name__, str(error)) from None


@models("math.comb", "math.perm", "math.factorial")
def counting(run: Interpreter, n: Value, k: Value = None) -> Value:
    if isinstance(n, int) and 0 <= n <= 170 and k is None:
        return math.factorial(n)
    return run.unknown("a count of arrangements")


@models("random.seed", unknowns=True)
def seed(*args: Value) -> None:
    return None


__all__ = ["ceil_divide"]

"""Forms as text: as Python reads them, and as LaTeX."""

from __future__ import annotations

from math import gcd
from typing import Any

from shapecalc.dims._sympy import (
    Add,
    FloorDiv,
    Integer,
    Maximum,
    Mul,
    PolynomialError,
    Pow,
    Remainder,
    Symbol,
    Taps,
    expanded_product,
    factor_list,
    terms_of,
)

# Factoring larger sums than these costs more than it shows.
MAX_FACTORED_TERMS = 40
MAX_FACTORED_ATOMS = 8
MAX_FACTORED_DEGREE = 12


class PythonWriter:
    """Writes what Python, and `parse`, would read back."""

    times = "*"

    def __init__(self) -> None:
        # A part is asked for several times a level: without this a nest would cost 2**depth.
        self._texts: dict[Any, str] = {}

    def text(self, form: Any, written: Any = None) -> str:
        """Return the shortest of the sum, of its factors, and of the way it was written."""
        if written is None and form in self._texts:
            return self._texts[form]
        known, form = form, with_remainders(form)
        texts = [self.sum(form)]
        parts = _factors(form)
        if parts is not None:
            texts.append(self.product(*parts))
        if written is not None:
            texts.append(self.sum(with_remainders(written)))
        self._texts[known] = min(texts, key=self.cost)
        return self._texts[known]

    def cost(self, text: str) -> int:
        """Return how much there is to read: operators and brackets."""
        text = text.replace("**", "^").replace("//", "/")
        return sum(text.count(mark) for mark in "+-*/%^(")

    def sum(self, form: Any) -> str:
        """Return a sum of terms, highest degree first, a positive one in front if there is one."""
        parts: dict[frozenset[Any], int] = {}
        for c, m in terms_of(form):
            number, pairs = _content(int(c), _powers(m))
            key = frozenset(pairs)
            parts[key] = parts.get(key, 0) + number
        terms = [(c, [*key], self.product(1, [*key])) for key, c in parts.items() if c]
        if not terms:
            return "0"
        terms.sort(key=lambda term: (-_degree(term[1]), not _is_plain(term[1]), term[2]))
        first = next((i for i, (c, powers, _) in enumerate(terms) if c > 0 and powers), None)
        if first is None:
            first = next((i for i, (c, _, _) in enumerate(terms) if c > 0), 0)
        terms.insert(0, terms.pop(first))
        text = ""
        for coefficient, powers, _ in terms:
            sign = "-" if coefficient < 0 else "+"
            if text:
                text += f" {sign} "
            elif sign == "-":
                text = "-"
                if coefficient == -1 and len(powers) == 1:
                    text += self.factor(*powers[0])
                    continue
            text += self.product(abs(coefficient), powers)
        return text

    def product(self, coefficient: int, powers: list[tuple[Any, int]]) -> str:
        """Return coefficient*base**exponent*..."""
        if not powers:
            return str(coefficient)
        if coefficient == 1 and len(powers) == 1 and powers[0][1] == 1:
            return self.bare(powers[0][0])
        factors = sorted(
            (not isinstance(base, Symbol), self.factor(base, exponent)) for base, exponent in powers
        )
        texts = [text for _, text in factors]
        if coefficient == -1:
            return "-" + self.times.join(texts)
        return self.times.join(texts if coefficient == 1 else [str(coefficient), *texts])

    def factor(self, base: Any, exponent: int) -> str:
        """Return one factor of a product."""
        text = self.bare(base)
        if self.needs_brackets(base):
            text = self.bracketed(text)
        return text if exponent == 1 else self.power(text, exponent)

    def bare(self, atom: Any) -> str:
        """Return an atom that stands alone."""
        if isinstance(atom, Symbol):
            return self.name(atom.name.rpartition("\0")[0])
        if isinstance(atom, FloorDiv):
            return self.quotient(*atom.args)
        if isinstance(atom, Remainder):
            return self.remainder(*atom.args)
        if isinstance(atom, (Add, Mul, Pow)) or atom.is_Integer:
            return self.text(atom)
        word = ("max" if isinstance(atom, Maximum) else "min") if not isinstance(atom, Taps) else ""
        return self.call(word or type(atom).__name__, [self.text(a) for a in atom.args])

    def needs_brackets(self, atom: Any) -> bool:
        """Say whether an atom needs brackets as a factor."""
        if isinstance(atom, Symbol):
            return not _is_primary(atom.name.rpartition("\0")[0])
        return isinstance(atom, (FloorDiv, Remainder, Add, Mul, Pow))

    def name(self, name: str) -> str:
        """Return a variable's name."""
        return name

    def bracketed(self, text: str) -> str:
        """Return the text in brackets."""
        return f"({text})"

    def power(self, text: str, exponent: int) -> str:
        """Return a power."""
        return f"{text}**{exponent}"

    def operands(self, top: Any, bottom: Any) -> tuple[str, str]:
        """Return both sides of // or %, in brackets where Python needs them."""
        over, under = self.text(top), self.text(bottom)
        # A product reads from left to right, so only it and an atom may stand bare on the left.
        single = with_remainders(top)
        if isinstance(single, (Add, FloorDiv, Remainder)) and not _bare_product(over):
            over = self.bracketed(over)
        if not (bottom.is_Integer or isinstance(bottom, Symbol)):
            under = self.bracketed(under)
        return over, under

    def quotient(self, top: Any, bottom: Any) -> str:
        """Return a floor division."""
        return "{}//{}".format(*self.operands(top, bottom))

    def remainder(self, top: Any, bottom: Any) -> str:
        """Return a remainder."""
        return "{} % {}".format(*self.operands(top, bottom))

    def call(self, word: str, arguments: list[str]) -> str:
        """Return a function of arguments."""
        return f"{word}({', '.join(arguments)})"


class LatexWriter(PythonWriter):
    """Writes LaTeX for math mode."""

    times = r" \, "

    def cost(self, text: str) -> int:
        """Return how much there is to read."""
        return sum(text.count(mark) for mark in (r"\,", "+", " - ", "^", r"\left("))

    def name(self, name: str) -> str:
        """Return a one-letter name as it is, a longer one upright, with `_1` as a subscript."""
        head, _, index = name.rpartition("_")
        if head.isalpha() and index.isalnum() and len(head) == 1:
            return f"{head}_{{{index}}}"
        if len(name) == 1 and name.isalpha():
            return name
        escapes = {"\\": r"\backslash ", "^": r"\^{}", "~": r"\~{}"}
        marks = "".join("\\" + c if c in "_#$%&{}" else escapes.get(c, c) for c in name)
        return rf"\mathrm{{{marks}}}"

    def bracketed(self, text: str) -> str:
        """Return the text in brackets that grow."""
        return rf"\left({text}\right)"

    def power(self, text: str, exponent: int) -> str:
        """Return a power."""
        return f"{text}^{{{exponent}}}"

    def needs_brackets(self, atom: Any) -> bool:
        """Say whether an atom needs brackets: a floor brings its own."""
        return isinstance(atom, (Remainder, Add, Mul, Pow))

    def quotient(self, top: Any, bottom: Any) -> str:
        """Return a fraction between floor marks."""
        return rf"\left\lfloor \frac{{{self.text(top)}}}{{{self.text(bottom)}}} \right\rfloor"

    def remainder(self, top: Any, bottom: Any) -> str:
        """Return a remainder."""
        return r"{} \bmod {}".format(*self.operands(top, bottom))

    def call(self, word: str, arguments: list[str]) -> str:
        """Return a function of arguments."""
        head = rf"\{word}" if word in ("max", "min") else rf"\operatorname{{{self._plain(word)}}}"
        return rf"{head}\left({', '.join(arguments)}\right)"

    @staticmethod
    def _plain(word: str) -> str:
        return word.replace("_", r"\_")


def _powers(monomial: Any) -> list[tuple[Any, int]]:
    """Return the factors of a monomial as (base, exponent)."""
    pairs = [factor.as_base_exp() for factor in Mul.make_args(monomial) if not factor.is_Integer]
    return [(base, int(exponent)) for base, exponent in pairs]


def _content(coefficient: int, powers: list[tuple[Any, int]]) -> tuple[int, Any]:
    """Return a term with the common integer factors of its sums drawn to the front."""
    drawn: dict[Any, int] = {}
    for base, exponent in powers:
        common = gcd(*(int(c) for c, _ in terms_of(base))) if isinstance(base, Add) else 1
        if common > 1:
            base = Add(*[c / common * m for c, m in terms_of(base)])
            coefficient *= common**exponent
        drawn[base] = drawn.get(base, 0) + exponent
    return coefficient, [*drawn.items()]


def _degree(powers: list[tuple[Any, int]]) -> int:
    return sum(exponent for _, exponent in powers)


def _is_plain(powers: list[tuple[Any, int]]) -> bool:
    return all(isinstance(base, Symbol) for base, _ in powers)


def _bare_product(text: str) -> bool:
    """Say whether a text is already one product of brackets and atoms."""
    depth = 0
    for i, mark in enumerate(text):
        depth += (mark in "([{") - (mark in ")]}")
        if depth == 0 and (mark in " +-%" or text[i : i + 2] == "//"):
            return False
    return True


def _is_primary(name: str) -> bool:
    """Say whether a name is a name, or names with calls and subscripts behind them."""
    depth = 0
    for mark in name:
        depth += (mark in "([{") - (mark in ")]}")
        if depth == 0 and not (mark.isalnum() or mark in "_.)]}'\""):
            return False
    return depth == 0


def _factors(form: Any) -> tuple[int, list[tuple[Any, int]]] | None:
    """Return a sum as (coefficient, factors), or None when it is not worth it."""
    if not isinstance(form, Add) or len(form.args) > MAX_FACTORED_TERMS:
        return None
    monomials = [m for _, m in terms_of(form)]
    degree = max(_degree(_powers(m)) for m in monomials)
    atoms = {base for m in monomials for base, _ in _powers(m)}
    if not 1 < degree <= MAX_FACTORED_DEGREE or len(atoms) > MAX_FACTORED_ATOMS:
        return None
    try:
        coefficient, factors = factor_list(form, *sorted(atoms, key=str))
    except PolynomialError:
        return None
    if len(factors) == 1 and factors[0][1] == 1 and coefficient == 1:
        return None
    powers = []
    for base, exponent in factors:
        negative = isinstance(base, Add) and all(c < 0 for c, m in terms_of(base) if m != 1)
        if negative:
            base, coefficient = expanded_product(Integer(-1), base), coefficient * (-1) ** exponent
        powers.append((base, int(exponent)))
    return int(coefficient), powers


def with_remainders(form: Any) -> Any:
    """Return the form with n - k*(n//k) written as a remainder wherever it stands."""
    if not isinstance(form, Add):
        return form
    for term in form.args:
        coefficient, monomial = term.as_coeff_Mul()
        for factor in Mul.make_args(monomial):
            if not isinstance(factor, FloorDiv):
                continue
            scale = _scale(coefficient, Mul(monomial, Pow(factor, -1)), factor.args[1])
            if scale is None:
                continue
            whole = expanded_product(scale, factor.args[0])
            if _contains(form, whole):
                rest = Add(form, -term, expanded_product(Integer(-1), whole))
                return with_remainders(Add(rest, Mul(scale, Remainder(*factor.args))))
    return form


def _scale(coefficient: Any, rest: Any, divisor: Any) -> Any:
    """Return c such that the term is -c*divisor*(n//divisor), or None."""
    quotient = -coefficient * rest * Pow(divisor, -1)
    number, monomial = quotient.as_coeff_Mul()
    whole = number.is_Integer and all(e > 0 for _, e in _powers_or_none(monomial))
    return quotient if whole else None


def _powers_or_none(monomial: Any) -> list[tuple[Any, int]]:
    return [
        (base, int(exponent) if exponent.is_Integer else -1)
        for base, exponent in (factor.as_base_exp() for factor in Mul.make_args(monomial))
        if not base.is_Integer
    ]


def _contains(form: Any, part: Any) -> bool:
    """Say whether every term of a part, but for the constant, is a term of the form."""
    have = {m: c for c, m in terms_of(form)}
    return all(m == 1 or have.get(m) == c for c, m in terms_of(part))

"""How two sides of a comparison are held against each other; each returns what differs."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Variable, is_unknown, substitute
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.requirement import recording, shown_as_none
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError
from tests.ops.case import Case, T, attempt, map_tensors


def differences(ours: Any, keras: Any) -> list[str]:
    """In what our answer and Keras's differ; nothing where they agree."""
    refused = isinstance(keras, str) and type(keras).__name__ == "Refused"
    if isinstance(ours, Refusal) or refused:
        if isinstance(ours, Refusal) and refused:
            return []
        return [f"ours: {ours!r}; Keras: {keras!r}"]
    if isinstance(keras, (list, tuple)):
        if not isinstance(ours, (list, tuple)) or len(ours) != len(keras):
            return [f"ours: {ours!r}; Keras: {keras!r}"]
        pairs = zip(ours, keras, strict=True)
        return [found for one, other in pairs for found in differences(one, other)]
    if isinstance(ours, TensorSpec):
        return _of_tensors(ours, keras)
    same = _same_length(ours, keras) if isinstance(ours, Dim) else ours == keras
    return [] if same else [f"ours: {ours!r}; Keras: {keras!r}"]


def _of_tensors(ours: TensorSpec, keras: Any) -> list[str]:
    shape = getattr(keras, "shape", None)
    if shape is None:
        return [f"ours: {ours!r}; Keras: {keras!r}"]
    found = []
    alike = len(ours.shape) == len(shape) and all(map(_same_length, ours.shape, shape))
    if not alike:
        found.append(f"shape: ours {ours.shape}, Keras {tuple(shape)}")
    if ours.dtype != str(keras.dtype):
        found.append(f"dtype: ours {ours.dtype}, Keras {keras.dtype}")
    return found


def _same_length(ours: Dim, keras: Any) -> bool:
    """Whether our length is Keras's, or says more than its None."""
    return keras is None or (isinstance(ours, int) and type(ours) is int and ours == keras)


# Operations that take one of several possible outputs, and say which by an assumption.
ASSUMES_MORE = {
    "squeeze": "without axes, a length that is open is taken to be more than 1",
    "corrcoef": "an open number of variables is taken to be more than 1",
    "cross": "vectors of an open length are taken to have three elements",
    "image.rgb_to_grayscale": "channels of an open number are taken to be three",
}


def is_loose(dim: Dim) -> bool:
    """Whether a length is one that even its formula does not fix."""
    return shown_as_none(dim) or is_unknown(dim)


def made_symbolic(case: Case, chosen: int, shared: bool) -> tuple[Case, dict[Variable, int]]:
    """A case with variables for some lengths, as the bits of `chosen` say, and the lengths."""
    values: dict[Variable, int] = {}

    def dim(length: Any) -> Any:
        nonlocal chosen
        chosen, bit = divmod(chosen, 2)
        if not bit or not isinstance(length, int) or length < 1:
            return length
        variable = Variable(f"n{length}" if shared else f"x{len(values)}")
        values[variable] = length
        return variable

    def symbolic(tensor: T) -> T:
        return T(tuple(map(dim, tensor.shape)), tensor.dtype)

    args, kwargs = map_tensors(symbolic, (case.args, case.kwargs))
    return Case(case.name, args, kwargs), values


def commuting_differences(case: Case, symbolic: Case, values: dict[Variable, int]) -> list[str]:
    """In what infer-then-substitute and substitute-then-infer differ.

    Where the plain run is refused, the symbolic one must be refused or rest on an assumption
    that the values break.
    """
    plain = attempt(case)
    with recording() as assumptions:
        formula = attempt(symbolic)
    if isinstance(formula, UndecidedError):
        return []
    broken = [a for a in assumptions if a.substitute(values).holds() is False]
    if isinstance(plain, Refusal):
        told = isinstance(formula, Refusal) or broken
        return [] if told else [f"refused on ints only: {plain.message}"]
    if isinstance(formula, Refusal):
        return [f"refused on symbols only: {formula.message}"]
    if broken:
        told = case.name in ASSUMES_MORE
        return [] if told else [f"{broken} do not hold for {values}"]
    mine, theirs = list(_dims(plain)), list(_dims(formula))
    if len(mine) != len(theirs):
        return [f"ints give {plain}, symbols {formula}"]
    return [
        f"{a} on ints, but {b} gives {substitute(b, values)}"
        for a, b in zip(mine, theirs, strict=True)
        if not is_loose(a) and substitute(b, values) != a
    ]


def _dims(output: Any) -> list[Dim]:
    if isinstance(output, TensorSpec):
        return list(output.shape)
    if isinstance(output, (list, tuple)):
        return [dim for item in output for dim in _dims(item)]
    return [output] if isinstance(output, Dim) else []

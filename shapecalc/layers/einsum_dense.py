"""A dense layer whose product is written as an einsum equation."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from shapecalc.dims import Dim, Shape, Symbolic, Variable, equal, product
from shapecalc.layers.adaptation import Quantizable, with_lora
from shapecalc.layers.layer import is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.argument import REQUIRED
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import (
    InvalidArgument,
    MismatchedShapes,
    WrongInputs,
    WrongRank,
    show_axis,
    show_shape,
)
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.unknown import Unknown, unknown_dim

# The forms of an equation, as Keras reads them: it looks at their beginning only.
_PLAIN = re.compile(r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)")
_ELIDED_LEFT = re.compile(r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)")
_ELIDED_RIGHT = re.compile(r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0")


class _Equation(NamedTuple):
    """An equation taken apart: the letters of the axes of input, kernel and output."""

    input: str
    kernel: str
    output: str
    elided_left: bool


def _accept_output(value: Any, _owner: Any) -> tuple[Dim | None, ...]:
    dims = (value,) if isinstance(value, (int, Symbolic)) else value
    if not isinstance(dims, (tuple, list)):
        raise ValueError("a size or a tuple of sizes and None")
    known = tuple(unknown_dim(d.reason) if isinstance(d, Unknown) else d for d in dims)
    if not all(d is None or isinstance(d, (int, Symbolic)) for d in known):
        raise ValueError("a size or a tuple of sizes and None")
    return known


@layer("keras.layers.EinsumDense")
class EinsumDense(Quantizable):
    """Multiply the input by a kernel, axis by axis as the equation says."""

    modelled = False

    equation: Any = argument.inert(REQUIRED)
    output_shape: Any = argument.checked(_accept_output)
    activation: object = argument.activation()
    bias_axes: Any = argument.inert()
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    lora_rank: Dim | None = argument.size(None, symbol="r", least=0, optional=True)
    lora_alpha: object = argument.inert()
    gptq_unpacked_column_size: object = argument.inert()
    quantization_config: object = argument.inert()

    def validate(self) -> None:
        self.refuse_constrained(self.lora_rank)

    def infer(self, inputs: Any) -> Facts:
        if not is_shape(inputs):
            raise WrongInputs("EinsumDense takes one input tensor")
        product_of = _Product(self._parsed(), inputs, self.output_shape)
        product_of.check(self.name)
        weights = [Weight("kernel", product_of.kernel(), product_of.kernel_uses())]
        if self.bias_axes is not None:
            shape = product_of.bias(self.bias_axes)
            weights.append(Weight("bias", shape, product_of.bias_uses(self.bias_axes), BIAS))
        return Facts(product_of.output(self.name), with_lora(weights, self.lora_rank))

    def _parsed(self) -> _Equation:
        """The equation, taken apart.

        Raises:
            InvalidArgument: it is of no form that Keras reads.
        """
        text = self.equation.replace("...", "0") if isinstance(self.equation, str) else ""
        for form in (_PLAIN, _ELIDED_LEFT, _ELIDED_RIGHT):
            found = form.match(text)
            if found:
                return _Equation(found[1], found[2], found[3], form is _ELIDED_LEFT)
        raise InvalidArgument(
            f"the equation {self.equation!r} has none of the forms X,Y->Z and ...X,Y->...Z and "
            "X...,Y->Z...",
            argument="equation",
        )


class _Product:
    """An equation with the lengths of its axes.

    Attributes:
        of_input: the length of each of the input's letters.
        declared: the length of each of the output's letters as `output_shape` has it.
        elided: the lengths of the axes that the dots stand for.
    """

    def __init__(self, equation: _Equation, x: Shape, output: tuple[Dim | None, ...]) -> None:
        self.equation = equation
        self.x = x
        count = len(x) - len(equation.input)
        if count < 0:
            raise WrongRank(x, f"at least {len(equation.input)} axes ({equation.input})")
        left = equation.elided_left
        own = x[count:] if left else x[: len(equation.input)]
        self.elided = x[:count] if left else x[len(equation.input) :]
        self.of_input = dict(zip(equation.input, own, strict=True))
        # Keras puts the elided axes after the batch axis one by one, and so the last one first.
        middle = self.elided[:0:-1] if left else ()
        self.given = (x[0], *middle, *output, *(() if left else self.elided))
        letters = self.given[count if left else 0 :]
        if len(letters) < len(equation.output):
            raise InvalidArgument(
                f"`output_shape` must have a size for each letter of {equation.output!r}",
                argument="output_shape",
            )
        self.declared = dict(zip(equation.output, letters, strict=False))

    def check(self, name: str) -> None:
        """Hold the output to the input where they share a letter.

        Raises:
            MismatchedShapes: the lengths differ.
            InvalidArgument: a letter of the output comes from nowhere.
        """
        for letter in self.equation.input:
            told, length = self.declared.get(letter), self.of_input[letter]
            if told is None or shown_as_none(told):
                continue
            refusal = MismatchedShapes(
                f"`{letter}` of {name} is {show_axis(told)} in `output_shape`, but "
                f"{show_axis(length)} in the input {show_shape(self.x)}",
                [self.x],
            )
            if shown_as_none(length):
                raise refusal
            require(equal(told, length), refusal)
        for letter in self.equation.output:
            if letter not in self.equation.input and letter not in self.equation.kernel:
                raise InvalidArgument(
                    f"`{letter}` of the output is in neither input nor kernel", argument="equation"
                )

    def _sure(self, letter: str, length: Dim | None) -> Dim:
        """A length that a weight can have.

        Raises:
            InvalidArgument: it is none.
        """
        if length is None or shown_as_none(length) or (isinstance(length, int) and length < 0):
            shown = None if length is None else show_axis(length)
            raise InvalidArgument(
                f"a weight needs the length of `{letter}`, but it is {shown}",
                argument="output_shape",
            )
        return length

    def kernel(self) -> Shape:
        """The kernel's shape."""
        shape = []
        for letter in self.equation.kernel:
            if letter not in self.declared and letter not in self.of_input:
                raise InvalidArgument(
                    f"`{letter}` of the kernel is in neither input nor output", argument="equation"
                )
            told = self.declared if letter in self.declared else self.of_input
            shape.append(self._sure(letter, told[letter]))
        return tuple(shape)

    def kernel_uses(self) -> Dim:
        """How many places of one sample share the kernel."""
        shared = [n for c, n in self.of_input.items() if c not in self.equation.kernel]
        return self._of_sample(shared, self.equation.input[0] not in self.equation.kernel)

    def _of_sample(self, lengths: list[Dim], batch_first: bool) -> Dim:
        """The product of letters' lengths and the elided ones, but for the batch axis."""
        if self.equation.elided_left and self.elided:
            return product(self.elided[1:]) * product(lengths)
        return product(lengths[1:] if batch_first else lengths) * product(self.elided)

    def bias(self, axes: Any) -> Shape:
        """The bias's shape: length one where it is the same along an axis.

        Raises:
            InvalidArgument: `axes` are not among the output's letters.
        """
        letters = self.equation.output
        if not isinstance(axes, str) or not axes or any(c not in letters for c in axes):
            raise InvalidArgument(
                f"`bias_axes` must be letters of the output {letters!r}, got {axes!r}",
                argument="bias_axes",
            )
        first = min(letters.find(c) for c in axes)
        shape = [self._sure(c, self.declared[c]) if c in axes else 1 for c in letters[first:]]
        return (*shape, *(() if self.equation.elided_left else [1] * len(self.elided)))

    def bias_uses(self, axes: str) -> Dim:
        """How many places of one sample share the bias."""
        letters = self.equation.output
        lengths = [self._length(c) for c in dict.fromkeys(letters) if c not in axes]
        return self._of_sample(lengths, letters[0] not in axes)

    def _length(self, letter: str) -> Dim:
        told = self.of_input.get(letter, self.declared.get(letter))
        assert told is not None
        return told

    def output(self, name: str) -> Shape:
        """The output shape. What `output_shape` leaves open stays so, as in Keras."""
        first = len(self.elided) if self.equation.elided_left else 0
        shape: list[Dim] = []
        for i, told in enumerate(self.given):
            letters = self.equation.output[i - first : i - first + 1] if i >= first else ""
            length = self.of_input.get(letters) if told is None else told
            if length is None or (told is None and not shown_as_none(length)):
                length = Variable(f"{name}[{i}]", "free")
            shape.append(length)
        return tuple(shape)

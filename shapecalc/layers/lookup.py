"""Layers that look words or integers up in a vocabulary.

They have no weights that Keras counts, and no connections: they prepare the data.
"""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Dim, Shape, Symbolic, Variable, at_least
from shapecalc.layers.encoding import (
    accept_salt,
    length_of,
    one_hot,
    refuse_sparse_integers,
)
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import InvalidArgument, WrongInputs
from shapecalc.rules.requirement import require
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, unknown_dim

_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf", "binary", "tf-idf")


def _tf_idf(mode: Any) -> bool:
    return not isinstance(mode, Unknown) and mode in ("tf_idf", "tf-idf")


class Vocabulary(Layer):
    """What is looked up in: the words, and how many places there are for them."""

    takes = "..."

    max_tokens: Any
    output_mode: Any
    pad_to_max_tokens: Any
    vocabulary: Any
    idf_weights: Any
    vocabulary_size: Any
    sparse: Any

    # As `mask_token`, `oov_token` and `num_oov_indices`, for those that have no such arguments.
    masked = True
    # Of the words, and in Keras of the layer, whatever its policy.
    words_dtype: ClassVar[str] = "string"
    oov: Any = "[UNK]"
    mask: Any = ""
    # What formulas call the number of words that only the data knows, if not after the layer.
    size_name: str | None = None

    def validate(self) -> None:
        refuse_sparse_integers(self.sparse, self.output_mode)
        if isinstance(self.max_tokens, Symbolic):
            refusal = InvalidArgument("`max_tokens` must be at least 2", argument="max_tokens")
            require(at_least(self.max_tokens, 2), refusal)
        if self.pad_to_max_tokens is True and self.max_tokens is None:
            raise InvalidArgument(
                "`pad_to_max_tokens` needs `max_tokens`", argument="pad_to_max_tokens"
            )
        tf_idf = _tf_idf(self.output_mode)
        if self.idf_weights is not None and not tf_idf:
            message = "`idf_weights` goes with the mode 'tf_idf' only"
            raise InvalidArgument(message, argument="idf_weights")
        if tf_idf and self.vocabulary is not None and self.idf_weights is None:
            message = "in the mode 'tf_idf', a `vocabulary` needs `idf_weights`"
            raise InvalidArgument(message, argument="idf_weights")
        self._check_vocabulary()

    def _check_vocabulary(self) -> None:
        words = self._words()
        if words is None:
            return
        if not self.vocabulary:
            raise InvalidArgument("`vocabulary` is empty", argument="vocabulary")
        if len(set(words)) < len(words):
            raise InvalidArgument("`vocabulary` has a word twice", argument="vocabulary")
        reserved = {self.mask, self.oov if vars(self).get("invert") else None} - {None}
        if not reserved.isdisjoint(words):
            message = f"`vocabulary` has a reserved token, one of {self._special()}, in its midst"
            raise InvalidArgument(message, argument="vocabulary")
        size = len(words) + len(self._special())
        if isinstance(self.max_tokens, int) and size > self.max_tokens:
            message = f"`vocabulary` has {size} words, but `max_tokens` is {self.max_tokens}"
            raise InvalidArgument(message, argument="vocabulary")
        weights = length_of(self.idf_weights)
        if isinstance(weights, int) and weights != len(self.vocabulary):
            message = f"{len(self.vocabulary)} words, but {weights} weights"
            raise InvalidArgument(message, argument="idf_weights")

    @property
    def dtype(self) -> str:
        return self.words_dtype

    @property
    def compute_dtype(self) -> str:
        return self.words_dtype

    def _special(self) -> list[Any]:
        """The tokens before the words: the mask, where there is one, and what is unknown."""
        mask = [self.mask] if self.mask is not None and self.output_mode == "int" else []
        return mask + [self.oov] * vars(self).get("num_oov_indices", 1)

    def _words(self) -> list[Any] | None:
        """The words without the special tokens that may stand first; None if not known."""
        words = self.vocabulary
        if not isinstance(words, (list, tuple)) or isinstance(self.output_mode, Unknown):
            return None
        values = [*words, *vars(self).values()]
        if any(isinstance(value, Unknown) for value in values):
            return None
        special = self._special()
        found = list(words[: len(special)]) == special
        return list(words[len(special) :] if found else words)

    def _depth(self) -> Dim:
        """How many places the encoding of a word has."""
        if self.pad_to_max_tokens:
            size: Dim = self.max_tokens
            return size
        if self.vocabulary_size is not None:
            size = self.vocabulary_size
            return size
        return self.count_words()

    def count_words(self) -> Dim:
        """How many words it tells apart, those included that stand for none or an unknown one."""
        words = self._words()
        if words is not None:
            return len(words) + len(self._special())
        if self.vocabulary is None:
            # As many as `adapt` finds in the data.
            return Variable(self.size_name or f"{self.name}_size", "data")
        length = None if isinstance(self.vocabulary, str) else length_of(self.vocabulary)
        return unknown_dim("how many words the vocabulary has") if length is None else length

    def _encoded(self, x: Shape) -> Facts:
        if self.output_mode == "int":
            return Facts(x, dtype="int64")
        if self.output_mode == "one_hot":
            return Facts(one_hot(x, self._depth()), dtype=current_session().dtype)
        return Facts((*x[:-1], self._depth()), dtype=current_session().dtype)


class IndexLookup(Vocabulary):
    """Turn words into integers, or integers back into words."""

    num_oov_indices: Any
    mask_token: Any
    oov_token: Any
    invert: Any

    def validate(self) -> None:
        state = self.__dict__
        state.update(mask=self.mask_token, oov=self.oov_token)
        known = self.invert is True and not isinstance(self.output_mode, Unknown)
        if known and self.output_mode != "int":
            message = "`invert` goes with the mode 'int' only"
            raise InvalidArgument(message, argument="output_mode")
        super().validate()

    def infer(self, inputs: Shape) -> Facts:
        return self._encoded(inputs)


@layer("keras.layers.StringLookup")
class StringLookup(IndexLookup):
    """Turn words into integers by a vocabulary, or integers back into words."""

    older: ClassVar[dict[str, str]] = {"num_oov_tokens": "num_oov_indices"}

    max_tokens: Any = argument.size(None, symbol="n", least=2, optional=True)
    num_oov_indices: Any = argument.integer(1, least=0)
    mask_token: Any = argument.inert()
    oov_token: Any = argument.inert("[UNK]")
    vocabulary: Any = argument.inert()
    idf_weights: Any = argument.inert()
    invert: Any = argument.flag(False)
    output_mode: Any = argument.choice(*_MODES, default="int", fold_case=False)
    pad_to_max_tokens: Any = argument.flag(False)
    sparse: Any = argument.flag(False)
    encoding: object = argument.inert("utf-8")
    name: Any = argument.inert()  # type: ignore[misc]
    salt: object = argument.checked(accept_salt, None, bears=False)
    # By keyword only, in Keras: what a saved layer knows.
    vocabulary_size: Any = argument.size(None, optional=True)
    has_input_vocabulary: object = argument.inert()


@layer("keras.layers.IntegerLookup")
class IntegerLookup(IndexLookup):
    """Turn integers into others by a vocabulary, or back."""

    older: ClassVar[dict[str, str]] = {
        "max_values": "max_tokens",
        "num_oov_tokens": "num_oov_indices",
        "mask_value": "mask_token",
        "oov_value": "oov_token",
    }

    words_dtype = "int64"

    max_tokens: Any = argument.size(None, symbol="n", least=2, optional=True)
    num_oov_indices: Any = argument.integer(1, least=0)
    mask_token: Any = argument.inert()
    oov_token: Any = argument.inert(-1)
    vocabulary: Any = argument.inert()
    vocabulary_dtype: object = argument.choice("int64", default="int64", fold_case=False)
    idf_weights: Any = argument.inert()
    invert: Any = argument.flag(False)
    output_mode: Any = argument.choice(*_MODES, default="int", fold_case=False)
    sparse: Any = argument.flag(False)
    pad_to_max_tokens: Any = argument.flag(False)
    oov_method: Any = argument.choice("floormod", "farmhash", default="floormod", fold_case=False)
    salt: Any = argument.checked(accept_salt, None, bears=False)
    name: Any = argument.inert()  # type: ignore[misc]
    # By keyword only, in Keras: what a saved layer knows.
    vocabulary_size: Any = argument.size(None, optional=True)
    has_input_vocabulary: object = argument.inert()

    def validate(self) -> None:
        method = self.oov_method
        if self.salt is not None and not isinstance(method, Unknown) and method != "farmhash":
            message = "`salt` goes with `oov_method='farmhash'` only"
            raise InvalidArgument(message, argument="salt")
        super().validate()


def _accept_function(*words: str) -> Any:
    """A check for one of several words, None, or a function of the program's."""

    def accept(value: Any, _owner: Any) -> Any:
        if value in words or not isinstance(value, (str, bool, int, float, list, tuple, dict)):
            return value
        raise ValueError(f"{', '.join(map(repr, words))}, None or a function")

    return accept


def _accept_ngrams(value: Any, _owner: Any) -> Any:
    lengths = value if isinstance(value, tuple) else (value,)
    if value is not None and not all(isinstance(n, (int, Unknown)) for n in lengths):
        raise ValueError("None, an integer or a tuple of integers")
    return value


@layer("keras.layers.TextVectorization")
class TextVectorization(Vocabulary):
    """Split texts into words and look each of them up in a vocabulary."""

    max_tokens: Any = argument.size(None, symbol="n", least=2, optional=True)
    standardize: object = argument.checked(
        _accept_function("lower_and_strip_punctuation", "lower", "strip_punctuation"),
        "lower_and_strip_punctuation",
        bears=False,
    )
    split: Any = argument.checked(_accept_function("whitespace", "character"), "whitespace")
    ngrams: object = argument.checked(_accept_ngrams, None, bears=False)
    output_mode: Any = argument.choice(*_MODES, default="int", fold_case=False)
    output_sequence_length: Any = argument.size(None, symbol="l", least=0, optional=True)
    pad_to_max_tokens: Any = argument.flag(False)
    vocabulary: Any = argument.inert()
    idf_weights: Any = argument.inert()
    sparse: Any = argument.flag(False)
    ragged: Any = argument.flag(False)
    encoding: object = argument.inert("utf-8")
    name: Any = argument.inert()  # type: ignore[misc]
    # By keyword only, in Keras: what a saved layer knows.
    vocabulary_size: Any = argument.size(None, optional=True)
    has_input_vocabulary: object = argument.inert()

    def validate(self) -> None:
        if not isinstance(self.output_mode, Unknown) and self.output_mode != "int":
            for name in ("output_sequence_length", "ragged"):
                if vars(self)[name] not in (None, False):
                    message = f"`{name}` goes with the mode 'int' only"
                    raise InvalidArgument(message, argument=name)
        super().validate()

    def infer(self, inputs: Shape) -> Facts:
        if not inputs:
            raise WrongInputs("TextVectorization takes a batch of texts")
        words = self.output_sequence_length
        if words is None:
            words = Variable(current_session().unique_name(f"{self.name}_words"), "free")
        if self.output_mode == "int":
            return Facts((inputs[0], words), dtype="int64")
        if self.split is not None:
            return self._encoded((*inputs, words))
        return self._encoded((*inputs, 1) if len(inputs) < 2 else inputs)

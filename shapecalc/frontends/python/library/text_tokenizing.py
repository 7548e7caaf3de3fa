"""The older `Tokenizer` of Keras: words as integers, texts as sequences of them."""

from __future__ import annotations

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.library.tensor_operations import is_length
from shapecalc.frontends.python.values import LibraryObject, Value, rest_of
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unranked, unknown_dim

LIBRARIES = ("keras.legacy.preprocessing", "keras.preprocessing.text")

_TOKENIZER = "keras.preprocessing.text.Tokenizer"


@models(_TOKENIZER, "keras.legacy.preprocessing.text.Tokenizer", unknowns=True)
def tokenizer(run: Interpreter, num_words: Value = None, *args: Value, **kwargs: Value) -> Value:
    made = LibraryObject(_TOKENIZER)
    # One unknown each, so that the number of words is the same wherever it is asked for.
    for name in ("word_index", "index_word", "word_counts", "word_docs", "document_count"):
        made.attributes[name] = run.unknown("the words of the texts")
    made.attributes["num_words"] = num_words
    return made


@object_methods(f"{_TOKENIZER}.fit_on_texts", f"{_TOKENIZER}.fit_on_sequences", unknowns=True)
def fit(run: Interpreter, made: LibraryObject, texts: Value) -> None:
    return None


@object_methods(f"{_TOKENIZER}.texts_to_sequences", unknowns=True)
def texts_to_sequences(run: Interpreter, made: LibraryObject, texts: Value) -> Value:
    """A row of integers for each text, of a length of its own."""
    limit = made.attributes["num_words"]
    known = isinstance(limit, int) and not isinstance(limit, bool) and limit > 1
    contents = Contents(1, limit - 1, whole=True, reached=True) if known else None
    return Tensor((_count(texts), unknown_dim("the words of a text")), "int64", contents=contents)


def _count(texts: Value) -> Dim:
    """How many texts there are."""
    if isinstance(texts, (list, tuple)) and rest_of(texts) is None:
        return len(texts)
    if isinstance(texts, Tensor) and not isinstance(texts.shape, Unranked) and texts.shape:
        return texts.shape[0]
    return unknown_dim("the number of texts")


@object_methods(f"{_TOKENIZER}.texts_to_matrix", f"{_TOKENIZER}.sequences_to_matrix",
                unknowns=True)  # fmt: skip
def texts_to_matrix(
    run: Interpreter, made: LibraryObject, texts: Value, mode: Value = "binary"
) -> Value:
    """A place for each word, one row a text."""
    limit = made.attributes["num_words"]
    words = limit if is_length(limit) and limit != 0 else unknown_dim("the words of the texts")
    binary = isinstance(mode, str) and mode == "binary"
    contents = Contents(0, 1, whole=True) if binary else None
    return Tensor((_count(texts), words), "float64", contents=contents)


__all__: list[str] = []

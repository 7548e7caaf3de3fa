"""What messages of every room are worded with: numbers of things, and words like a given one."""

from __future__ import annotations

from collections.abc import Iterable


def counted(count: int, word: str, plural: str | None = None) -> str:
    """`1 loss`, `2 losses`.

    Args:
        count: how many.
        word: what one is called.
        plural: what several are called, if not that with an s.
    """
    return f"1 {word}" if count == 1 else f"{count} {plural or word + 's'}"


def closest(word: str, words: Iterable[str], least: float = 0.6) -> str | None:
    """The one of `words` most like `word`, if any is near, for a suggestion.

    Args:
        word: what was written.
        words: what could be.
        least: how much alike they are at least, from 0 to 1.
    """
    import difflib  # only when something is wrong already

    matches = difflib.get_close_matches(word, list(words), n=1, cutoff=least)
    return matches[0] if matches else None

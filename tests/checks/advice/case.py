"""How a broken program is written down, with what its finding must tell."""

from __future__ import annotations

from typing import NamedTuple

from shapecalc.diagnostics import Severity

HEAD = "import keras\nfrom keras import layers\n"


class Way(NamedTuple):
    """A change that mends a program: one text in the place of another.

    Attributes:
        old: what stands in the program.
        new: what the help says to write.
        around: how the new text is written into the program; `{}` is the text itself.
    """

    old: str
    new: str
    around: str = "{}"

    def of(self, text: str) -> str:
        assert self.old in text
        return text.replace(self.old, self.around.format(self.new))


class Case(NamedTuple):
    """A broken program, and what its finding must tell.

    Attributes:
        code: the finding's code.
        marked: the program, with what is to be underlined between marks.
        told: what its notes must tell, in order; `4: words` is a note that points at line 4.
        ways: what its help must offer.
        silent: words that its help must not have.
        severity: how bad it is, where that is not its code's severity.
    """

    code: str
    marked: str
    told: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    silent: tuple[str, ...] = ()
    severity: Severity | None = None

    @property
    def text(self) -> str:
        return HEAD + self.marked.replace("‹", "").replace("›", "")


def sequential(*layers: str) -> str:
    """A stack; its first layer, the input, stands on line 4."""
    return "model = keras.Sequential([\n" + "".join(f"    {one},\n" for one in layers) + "])\n"

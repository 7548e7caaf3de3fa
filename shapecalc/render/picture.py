"""A DOT graph as a picture, drawn by the engine of Graphviz."""

from __future__ import annotations

import subprocess

import graphviz

FORMATS = ("svg", "png", "pdf", "dot")

MISSING_ENGINE = """\
Graphviz draws the picture, and its program `dot` is not installed. Any of these installs it:
  Debian, Ubuntu   sudo apt install graphviz
  Fedora           sudo dnf install graphviz
  Arch             sudo pacman -S graphviz
  macOS            brew install graphviz
  Windows          winget install graphviz
  conda            conda install graphviz
  pip              pip install 'shapecalc[diagram]'
Without it, `--format dot` writes the graph as text, which web pages such as viz-js.com draw."""


class NoEngine(Exception):
    """No engine that could draw is installed."""

    def __str__(self) -> str:
        return MISSING_ENGINE


class EngineFailed(Exception):
    """The engine could not draw the graph."""


def draw(graph: graphviz.Digraph, format: str) -> bytes:
    """The graph in one of `FORMATS`.

    Raises:
        NoEngine: neither the program `dot` nor pygraphviz is there.
        EngineFailed: the engine refused.
    """
    text: str = graph.source
    if format == "dot":
        return text.encode("utf-8")
    try:
        # What the engine has to say is not for the user's terminal.
        picture: bytes = graph.pipe(format=format, quiet=True)
    except graphviz.ExecutableNotFound:
        return _draw_in_process(text, format)
    except subprocess.CalledProcessError as error:
        raise EngineFailed(f"dot failed with exit code {error.returncode}") from None
    return picture


def _draw_in_process(text: str, format: str) -> bytes:
    """Draw with the engine that the wheels of pygraphviz carry."""
    try:
        import pygraphviz
    except ImportError:
        raise NoEngine from None
    graph = pygraphviz.AGraph(string=text)
    picture: bytes = graph.draw(format=format, prog="dot")
    return picture

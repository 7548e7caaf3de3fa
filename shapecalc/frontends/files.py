"""Files of each kind as what is analysed: programs as they are, notebooks as one program."""

from __future__ import annotations

import os

from shapecalc.source import SourceFile, UnreadableSource, read_source

# Most would parse as no Python, some as a program without a model: neither tells the user why.
_SAVED_MODELS = (".keras", ".h5", ".hdf5", ".json", ".yaml", ".yml", ".pb", ".tflite", ".onnx")


def read_file(path: str) -> SourceFile:
    """Read a file as the kind that its name says it is.

    Raises:
        UnreadableSource: it cannot be read, or is of a kind that is not analysed.
    """
    if os.path.isfile(path):
        _refuse_saved_model(path)
    return as_program(read_source(path))


def as_program(source: SourceFile) -> SourceFile:
    """A text that is read already as the kind that its name says it is.

    Raises:
        UnreadableSource: it is not what its name says, or of a kind that is not analysed.
    """
    _refuse_saved_model(source.path)
    if not is_notebook(source.path):
        return source
    from shapecalc.frontends.notebook import read_notebook

    return read_notebook(source.path, source.text)


def is_notebook(path: str) -> bool:
    """Whether a file is a notebook, by its name."""
    return path.endswith(".ipynb")


def _refuse_saved_model(path: str) -> None:
    if path.lower().endswith(_SAVED_MODELS):
        raise UnreadableSource(
            path, "saved models are not analysed; name the program that builds the model"
        )

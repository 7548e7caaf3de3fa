"""Library models are found by the names of what they model."""

import importlib
import pkgutil

import pytest

from shapecalc.frontends.python import library
from shapecalc.frontends.python.library import registry

MODULES = [f"{library.__name__}.{found.name}" for found in pkgutil.iter_modules(library.__path__)]
for _module in MODULES:
    importlib.import_module(_module)


def is_found(path, module):
    """Whether naming `path` in a program imports the file with its model."""
    words = path.split(".")
    named = {".".join(words[:count]) for count in (1, 2, 3)} if len(words) > 1 else {""}
    return any(module in registry.modules_by_library().get(name, ()) for name in named)


@pytest.mark.parametrize("table", ["FUNCTIONS", "OBJECT_METHODS"])
def test_each_model_is_in_a_file_for_its_library(table):
    # What is no name in Python, "tensor operator", is asked for by the interpreter itself.
    missed = [
        path
        for path, entry in getattr(registry, table).items()
        if " " not in path and not is_found(path, entry.function.__module__)
    ]
    assert missed == []


def test_a_model_in_a_file_for_another_library_is_noticed():
    assert not is_found("jax.numpy.zeros", registry.FUNCTIONS["numpy.zeros"].function.__module__)


def test_what_files_declare_is_read_without_importing_them(monkeypatch):
    """The text says what importing says: the slow way of an installation without sources."""
    read = registry.modules_by_library()

    def no_sources(package, folder):
        raise OSError(folder)

    monkeypatch.setattr(registry, "texts_of", no_sources)
    monkeypatch.setattr(registry, "_modules", None)
    assert registry.modules_by_library() == read

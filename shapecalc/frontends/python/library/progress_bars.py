"""Progress bars around what a loop goes through."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.values import LibraryName, LibraryObject, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("tqdm",)

_MODULES = ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std")


class ProgressBar(LibraryObject):
    """What `tqdm` makes.

    Attributes:
        iterable: what it hands on, item by item.
    """

    __slots__ = ("iterable",)

    def __init__(self, iterable: Value) -> None:
        super().__init__("tqdm.tqdm")
        self.iterable = iterable


@models("tqdm.tqdm_notebook", *(f"{module}.tqdm" for module in _MODULES), unknowns=True)
def progress_bar(
    run: Interpreter, iterable: Value = None, *args: Value, **kwargs: Value
) -> ProgressBar:
    return ProgressBar(iterable)


@models("tqdm.tnrange", *(f"{module}.trange" for module in _MODULES), unknowns=True)
def range_with_progress(run: Interpreter, *bounds: Value, **kwargs: Value) -> ProgressBar:
    return ProgressBar(run.call(LibraryName("range"), bounds))


@methods(ProgressBar, "__iter__", unknowns=True)
def items(run: Interpreter, bar: ProgressBar) -> list[Value] | Unknown:
    return run.iterate(bar.iterable)

"""Shapes, parameters and connections of a neural network, from its source alone.

>>> import shapecalc
>>> for finding in shapecalc.check_source("import keras; keras.layers.Dense(0)"):
...     print(finding.code, finding.message)
SHC213 `Dense`: `units` must be a positive integer, got 0
>>> inputs = shapecalc.Input((28, 28, 1))
>>> model = shapecalc.Sequential([inputs, shapecalc.layers.Conv2D(32, 3)])
>>> shapecalc.summarize(model).params.total
320
"""

__version__ = "0.1.0"

# As in `typing`, whose import would cost more than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from shapecalc import layers
    from shapecalc.api import analyze, analyze_source, check_paths, check_source
    from shapecalc.diagnostics import Diagnostic, Severity
    from shapecalc.graph.model import Input, Model
    from shapecalc.graph.sequential import Sequential
    from shapecalc.graph.summary import ModelSummary, summarize
    from shapecalc.reports.report import FileReport, Report
    from shapecalc.rules.refusal import Refusal, ShapecalcError
    from shapecalc.source import Span

# Where each public name lives. They are imported when they are first asked for.
_HOMES = {
    "Diagnostic": "shapecalc.diagnostics",
    "FileReport": "shapecalc.reports.report",
    "Input": "shapecalc.graph.model",
    "Model": "shapecalc.graph.model",
    "ModelSummary": "shapecalc.graph.summary",
    "Refusal": "shapecalc.rules.refusal",
    "Report": "shapecalc.reports.report",
    "Sequential": "shapecalc.graph.sequential",
    "Severity": "shapecalc.diagnostics",
    "ShapecalcError": "shapecalc.rules.refusal",
    "Span": "shapecalc.source",
    "analyze": "shapecalc.api",
    "analyze_source": "shapecalc.api",
    "check_paths": "shapecalc.api",
    "check_source": "shapecalc.api",
    "layers": "",
    "summarize": "shapecalc.graph.summary",
}

__all__ = [
    "Diagnostic",
    "FileReport",
    "Input",
    "Model",
    "ModelSummary",
    "Refusal",
    "Report",
    "Sequential",
    "Severity",
    "ShapecalcError",
    "Span",
    "analyze",
    "analyze_source",
    "check_paths",
    "check_source",
    "layers",
    "summarize",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(home or f"{__name__}.{name}")
    value: object = getattr(module, name) if home else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})

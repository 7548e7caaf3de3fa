"""`tf.distribute`: a strategy runs the program's functions, on as many devices as there are."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models, properties
from shapecalc.frontends.python.values import LibraryObject, Value

LIBRARIES = ("tensorflow.distribute",)

_STRATEGIES = """
    CentralStorageStrategy MirroredStrategy MultiWorkerMirroredStrategy OneDeviceStrategy
    TPUStrategy experimental.CentralStorageStrategy experimental.MultiWorkerMirroredStrategy
    experimental.TPUStrategy get_strategy
""".split()


class Strategy(LibraryObject):
    """How a program's training is spread over devices."""

    __slots__ = ()


@models(*(f"tensorflow.distribute.{name}" for name in _STRATEGIES), unknowns=True)
def strategy(*args: Value, **kwargs: Value) -> Strategy:
    return Strategy("tensorflow.distribute.Strategy")


@methods(Strategy, "run", "experimental_run_v2", unknowns=True)
def run_on_each(
    run: Interpreter, strategy: Strategy, fn: Value, args: Value = (), kwargs: Value = None
) -> Value:
    """What a function returns, on a device."""
    items = run.iterate(args) if args is not None else []
    if not isinstance(items, list) or not isinstance(kwargs, (dict, type(None))):
        return run.unknown("what a strategy runs with unknown arguments")
    return run.call(fn, tuple(items), kwargs)


@methods(Strategy, "experimental_distribute_dataset", unknowns=True)
def distribute(strategy: Strategy, dataset: Value, *args: Value, **kwargs: Value) -> Value:
    # A device sees a part of each batch: of samples, it has the same.
    return dataset


@properties(Strategy, "num_replicas_in_sync")
def replicas(run: Interpreter, strategy: Strategy) -> Value:
    return run.unknown("how many devices there are")

"""The oracle: what the live Keras says of a call on symbolic tensors."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import keras
import keras.src.backend

from tests.ops.case import Case, T, map_tensors

# Its tracebacks are never shown here, and filtering them takes longer than the call.
keras.config.disable_traceback_filtering()

_SECTIONS = ("image", "linalg", "nn", "numpy")


class Refused(str):
    """Why Keras refuses."""


def function_of(name: str) -> Any:
    """The function that Keras exports, by its name under `keras.ops`."""
    found: Any = keras.ops
    for part in name.split("."):
        found = getattr(found, part)
    return found


def exported_names() -> list[str]:
    """Every function under `keras.ops`, and under `keras.ops.image`."""
    plain = [n for n in dir(keras.ops) if n[0] != "_" and n not in _SECTIONS]
    return plain + [f"image.{n}" for n in dir(keras.ops.image) if n[0] != "_"]


def sectioned_names() -> list[str]:
    """Every function that Keras exports under `keras.ops` once more, with its section."""
    return [
        f"{section}.{name}"
        for section in _SECTIONS
        if section != "image"
        for name in dir(getattr(keras.ops, section))
        if name[0] != "_"
    ]


def signature_of(function: Any) -> list[tuple[str, Any, Any]]:
    """The parameters of a function: name, kind and default."""
    parameters = inspect.signature(function).parameters.values()
    return [(p.name, p.kind, p.default) for p in parameters]


def ask(case: Case) -> Any:
    """What Keras gives, or why it refuses: any exception is a refusal."""
    args, kwargs = map_tensors(_symbolic, (case.args, case.kwargs))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function_of(case.name)(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - however Keras refuses
        return Refused(f"{type(error).__name__}: {error}")


def trace(case: Case) -> Any:
    """What Keras gives when the operation is traced with its backend, not as it states it."""
    tensors: list[Any] = []
    map_tensors(lambda tensor: tensors.append(_symbolic(tensor)), (case.args, case.kwargs))

    def function(*values: Any) -> Any:
        waiting = iter(values)
        args, kwargs = map_tensors(lambda _: next(waiting), (case.args, case.kwargs))
        return function_of(case.name)(*args, **kwargs)

    try:
        return keras.src.backend.compute_output_spec(function, *tensors)
    except Exception as error:  # noqa: BLE001 - however Keras refuses
        return Refused(f"{type(error).__name__}: {error}")


def node_of(output: Any) -> tuple[str, str] | None:
    """The class and the name of the node that made a symbolic output, or None."""
    for leaf in output if isinstance(output, (list, tuple)) else [output]:
        history = getattr(leaf, "_keras_history", None)
        if history is not None:
            operation = history.operation
            return type(operation).__name__, operation.name.rstrip("0123456789").rstrip("_")
    return None


def _symbolic(tensor: T) -> Any:
    return keras.KerasTensor(tensor.shape, tensor.dtype)


def result_type(*dtypes: Any) -> str:
    """Keras's promotion."""
    promoted: str = keras.backend.result_type(*dtypes)
    return promoted

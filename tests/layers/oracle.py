"""The oracle: what the live Keras says of a case. The only test file that imports keras.

Layers are really built and called, but within a `StatelessScope`, where Keras puts off filling
its variables: so no array is ever made, and a case takes well below a millisecond.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import keras
import keras.src.backend
from keras.src.backend.common import global_state

from tests.layers.case import Case, Inner, Report, map_drawn, resolve
from tests.layers.tensorflow_stand_in import NEEDS_TENSORFLOW, stand_in

# Its tracebacks are never shown here, and filtering them takes longer than the call.
keras.config.disable_traceback_filtering()


def ask_keras(case: Case, *, traced: bool = False) -> Report:
    """What Keras says of a case: any exception is a refusal.

    Args:
        case: the call.
        traced: whether to trace the layer's `call` too; of most layers, Keras works out the
            output shape without it.
    """
    try:
        with warnings.catch_warnings(), _scope(case.arguments):
            warnings.simplefilter("ignore")
            return _call(case, traced)
    except Exception as error:  # noqa: BLE001 - however Keras refuses
        return Report(refusal=f"{type(error).__name__}: {error}")
    finally:
        # Else the variables that were never filled would pile up.
        global_state.set_global_attribute("uninitialized_variables", [])


def _scope(value: Any) -> AbstractContextManager[Any]:
    """The scope without arrays; none where a layer keeps state, which it must make for real."""
    if _keeps_state(value):
        return contextlib.nullcontext()
    scope: AbstractContextManager[Any] = keras.StatelessScope(initialize_variables=False)
    return scope


def _keeps_state(value: Any) -> bool:
    if isinstance(value, Inner):
        return _keeps_state(value.arguments)
    if isinstance(value, dict):
        return bool(value.get("stateful")) or any(_keeps_state(v) for v in value.values())
    return isinstance(value, (list, tuple)) and any(_keeps_state(v) for v in value)


def _call(case: Case, traced: bool) -> Report:
    inputs, options = map_drawn(_tensor, case.inputs), map_drawn(_tensor, case.options)
    with stand_in() if case.name in NEEDS_TENSORFLOW else contextlib.nullcontext():
        layer = _make(Inner(case.name, case.arguments))
        output = layer(*inputs, **options)
    if traced:
        keras.src.backend.compute_output_spec(layer.call, *inputs, **options)
    weights = tuple((w.name, tuple(w.shape), w.trainable) for w in layer.weights)
    return Report(_shapes(output), weights)


def run_keras(case: Case) -> Report:
    """Keras's report of a case that is run on arrays of zeros; an open axis has a length of 32."""

    def zeros(shape: tuple[int | None, ...]) -> Any:
        return keras.ops.zeros((shape[0] or 1, *(32 if n is None else n for n in shape[1:])))

    try:
        inputs, options = map_drawn(zeros, case.inputs), map_drawn(zeros, case.options)
        output = _make(Inner(case.name, case.arguments))(*inputs, **options)
    except Exception as error:  # noqa: BLE001 - however Keras refuses
        return Report(refusal=str(error) or type(error).__name__)
    return Report(_shapes(output))


def _make(inner: Inner) -> Any:
    return keras_class(inner.name)(**resolve(inner.arguments, _make))


def _tensor(shape: tuple[int | None, ...]) -> Any:
    return keras.KerasTensor(shape)


def _shapes(output: Any) -> Any:
    if isinstance(output, (list, tuple)):
        return [_shapes(item) for item in output]
    if isinstance(output, dict):
        return {key: _shapes(item) for key, item in output.items()}
    return tuple(output.shape)


@functools.cache
def keras_class(name: str) -> Any:
    """The class that Keras exports under `keras.layers`, by its name there."""
    return getattr(keras.layers, name)


def constructor(name: str) -> list[tuple[str, Any]]:
    """The names and defaults of a layer's own constructor arguments, in Keras's order."""
    parameters = list(inspect.signature(keras_class(name).__init__).parameters.values())[1:]
    return [
        (p.name, p.default)
        for p in parameters
        if p.kind not in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    ]


def exported_names() -> dict[str, Any]:
    """Every layer class that Keras exports, by its public name."""
    return {
        name: value
        for name, value in vars(keras.layers).items()
        if isinstance(value, type) and issubclass(value, keras.layers.Layer)
    }


def dtype_of(name: str, arguments: dict[str, Any], shape: tuple[Any, ...], dtype: str) -> str:
    """The dtype of what a layer makes of a tensor."""
    with stand_in() if name in NEEDS_TENSORFLOW else contextlib.nullcontext():
        made: str = _make(Inner(name, arguments))(keras.KerasTensor(shape, dtype=dtype)).dtype
    return made


def public_names() -> list[str]:
    """Every public name of `keras.layers`, layer or not."""
    return [name for name in dir(keras.layers) if not name.startswith("_")]


NO_DEFAULT = inspect.Parameter.empty


def sum_over_ones(case: Case) -> float | None:
    """Run a linear layer without bias, all weights 1, on one sample of ones; sum what comes out.

    Where every connection goes from an input unit straight to an output unit, that is their
    number: each carries a 1. None where Keras refuses.
    """
    try:
        layer = _make(Inner(case.name, case.arguments))
        (shape,) = case.inputs
        layer.build((1, *shape[1:]))
        for weight in layer.weights:
            weight.assign(keras.ops.ones(weight.shape))
        return float(keras.ops.sum(layer(keras.ops.ones((1, *shape[1:])))))
    except Exception:  # noqa: BLE001 - however Keras refuses
        return None


# --- dtypes ----------------------------------------------------------------------------------


@contextlib.contextmanager
def _fresh_settings() -> Iterator[None]:
    """Keras's settings of dtypes as they are in a fresh process."""
    keras.config.set_floatx("float32")
    global_state.set_global_attribute("dtype_policy", None)
    try:
        yield
    finally:
        keras.config.set_floatx("float32")
        global_state.set_global_attribute("dtype_policy", None)


def ask_dtypes(case: Case, given: str, policy: str | None) -> Any:
    """The dtypes of the outputs, of the weights (counted), and of the layer.

    None where Keras refuses.

    Args:
        case: the call.
        given: the dtype of its inputs.
        policy: the global policy, if one is set.
    """
    try:
        with warnings.catch_warnings(), _fresh_settings(), _scope(case.arguments):
            warnings.simplefilter("ignore")
            if policy is not None:
                keras.config.set_dtype_policy(policy)
            inputs, options = map_drawn(
                lambda shape: keras.KerasTensor(shape, given), (case.inputs, case.options)
            )
            with stand_in() if case.name in NEEDS_TENSORFLOW else contextlib.nullcontext():
                layer = _make(Inner(case.name, case.arguments))
                output = layer(*inputs, **options)
            weights = Counter(w.dtype for w in layer.weights)
            return [t.dtype for t in keras.tree.flatten(output)], weights, layer.variable_dtype
    except Exception:  # noqa: BLE001 - however Keras refuses
        return None
    finally:
        global_state.set_global_attribute("uninitialized_variables", [])


def run_settings(steps: list[tuple[str, str]]) -> list[Any]:
    """What layers and inputs are of, where a program sets dtypes step by step."""
    found: list[Any] = []
    with _fresh_settings():
        for word, value in steps:
            match word:
                case "floatx":
                    keras.config.set_floatx(value)
                case "policy":
                    keras.config.set_dtype_policy(value)
                case "clear":
                    keras.utils.clear_session(free_memory=False)
                case "input":
                    found.append(keras.Input((2,)).dtype)
                case "layer":
                    made = keras.layers.Dense(1)
                    found.append((made.dtype, made.compute_dtype))
    return found


def read_policy(name: str) -> Any:
    """The name, compute and variable dtype and quantization of a policy; None if refused."""
    try:
        found = keras.dtype_policies.get(name)
    except Exception:  # noqa: BLE001 - however Keras refuses
        return None
    return found.name, found.compute_dtype, found.variable_dtype, found.quantization_mode

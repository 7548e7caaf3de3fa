"""Keras's settings, and what bears on training only."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Native, Value
from shapecalc.rules.session import current_session

# --- the backend and its settings --------------------------------------------------------------


@models("keras.backend.image_data_format", "keras.config.image_data_format",
        "keras.backend.image_dim_ordering")  # fmt: skip
def image_data_format() -> Value:
    return current_session().data_format


@models("keras.backend.set_image_data_format", "keras.config.set_image_data_format")
def set_image_data_format(run: Interpreter, data_format: Value) -> None:
    run.effect()
    if data_format in ("channels_first", "channels_last"):
        current_session().data_format = data_format


@models("keras.backend.set_image_dim_ordering")
def set_image_dim_ordering(run: Interpreter, dim_ordering: Value) -> None:
    run.effect()
    current_session().data_format = "channels_first" if dim_ordering == "th" else "channels_last"


@models("keras.backend.clear_session", "keras.utils.clear_session", unknowns=True)
def clear_session(run: Interpreter, free_memory: Value = True) -> None:
    run.effect()
    current_session().clear()


@models("keras.backend.backend", "keras.config.backend")
def backend_name() -> Value:
    return "tensorflow"


@models("keras.utils.set_random_seed", "keras.utils.plot_model", "keras.utils.model_to_dot",
        "keras.utils.plot", unknowns=True)  # fmt: skip
def no_bearing(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("a picture or a setting")


@models("tensorflow.function", unknowns=True)
def tf_function(run: Interpreter, function: Value = None, **kwargs: Value) -> Value:
    return Native("tf.function", lambda inner: inner) if function is None else function


@models("keras.saving.register_keras_serializable", "keras.utils.register_keras_serializable",
        unknowns=True)  # fmt: skip
def register_serializable(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return Native("register_keras_serializable", lambda inner: inner)

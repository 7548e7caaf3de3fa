"""Keras's settings, and what bears on training only."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.keyed import put, views
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import LibraryObject, Native, Value, rest_of
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras", "tensorflow")

# --- the backend and its settings --------------------------------------------------------------


@models("keras.backend.image_data_format", "keras.config.image_data_format")
def image_data_format() -> Value:
    return current_session().data_format


@models("keras.backend.image_dim_ordering")
def image_dim_ordering() -> Value:
    """What Keras 1 calls the data format, in its own words."""
    return "th" if current_session().data_format == "channels_first" else "tf"


# --- the program's own objects by their names --------------------------------------------------


@models("keras.utils.get_custom_objects", "keras.saving.get_custom_objects")
def get_custom_objects() -> Value:
    return current_session().custom_objects


@models("keras.utils.custom_object_scope", "keras.utils.CustomObjectScope",
        "keras.saving.custom_object_scope", "keras.saving.CustomObjectScope",
        unknowns=True)  # fmt: skip
def custom_object_scope(run: Interpreter, *objects: Value, **kwargs: Value) -> Value:
    """Names that hold within a block; what is asked for behind it would be refused there."""
    registered = current_session().custom_objects
    for value in (*objects, *kwargs.values()):
        pairs = views(value) if isinstance(value, dict) else [(run.unknown("a scope"), None)]
        for name, made in pairs:
            put(run, registered, name, made)
    return LibraryObject("keras.saving.CustomObjectScope")


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


@models("keras.layers.InputSpec", unknowns=True)
def input_spec(
    dtype: Value = None,
    shape: Value = None,
    ndim: Value = None,
    max_ndim: Value = None,
    min_ndim: Value = None,
    axes: Value = None,
    allow_last_axis_squeeze: Value = False,
    name: Value = None,
    optional: Value = False,
) -> Value:
    """What a layer asks of its input; it holds what it is given."""
    made = LibraryObject("keras.layers.InputSpec")
    told = isinstance(shape, (tuple, list)) and rest_of(shape) is None
    made.attributes.update(
        dtype=dtype,
        shape=tuple(shape) if told else shape,
        ndim=len(shape) if told else ndim if shape is None else Unknown("how many axes it has"),
        max_ndim=max_ndim,
        min_ndim=min_ndim,
        axes={} if axes is None else axes,
        allow_last_axis_squeeze=allow_last_axis_squeeze,
        name=name,
        optional=optional,
    )
    return made

"""The oracle: what the live Keras builds. The only file of this folder that imports keras."""

from __future__ import annotations

import contextlib
import warnings
from typing import Any
from unittest import mock

import keras
from keras.src.backend.common import global_state
from keras.src.models.model import Model

from tests.zoo.record import REFUSED, LayerRecord, Record

keras.config.disable_traceback_filtering()


def build(
    application: str, /, *args: Any, tensor: tuple[Any, ...] | None = None, **kwargs: Any
) -> Record:
    """Build an application in a fresh session, without filling a weight or reading a file.

    Args:
        application: its short name.
        args: its arguments.
        tensor: the shape of an input to call it on, after a convolution.
        kwargs: its arguments, by keyword.
    """
    keras.backend.clear_session(free_memory=False)
    try:
        with _without_arrays():
            if tensor is not None:
                image = keras.Input(tensor)
                kwargs["input_tensor"] = keras.layers.Conv2D(3, 1, name="before")(image)
            model = getattr(keras.applications, application)(*args, **kwargs)
            return _record(model)
    except Exception as error:  # noqa: BLE001 - however Keras refuses
        return REFUSED._replace(refused=f"{type(error).__name__}: {error}")
    finally:
        global_state.set_global_attribute("uninitialized_variables", [])


@contextlib.contextmanager
def _without_arrays() -> Any:
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(keras.StatelessScope(initialize_variables=False))
        stack.enter_context(mock.patch.object(Model, "load_weights"))
        stack.enter_context(mock.patch("keras.src.utils.file_utils.get_file"))
        # Whether a file is there, we do not ask: one with a suffix is.
        stack.enter_context(
            mock.patch("keras.src.utils.file_utils.exists", lambda path: "." in str(path))
        )
        yield


def _record(model: Any) -> Record:
    def size(weights: Any) -> int:
        return sum(int(weight.shape.num_elements()) if hasattr(weight.shape, "num_elements")
                   else _product(weight.shape) for weight in weights)  # fmt: skip

    return Record(
        model.name,
        size(model.weights),
        size(model.trainable_weights),
        tuple(
            LayerRecord(
                type(layer).__name__, layer.name, tuple(layer.output.shape), layer.count_params()
            )
            for layer in model.layers
        ),
    )


def _product(shape: Any) -> int:
    result = 1
    for length in shape:
        result *= length
    return result

"""The oracle: a case file executed with the live Keras, as an `Observed`.

The case files are our own programs. Imports of TensorFlow and of modules that Keras 3 has no more
(`keras.layers.convolutional`) are led to Keras 3, which every spelling is to mean.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import io
import math
import re
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import keras.src.backend
from keras.src.backend.common import global_state
from keras.src.models.functional import Functional
from keras.src.ops.operation import Operation

from tests.frontends.expectations import Fields, Observed

keras.config.disable_traceback_filtering()


@dataclass
class Outcome:
    """What running a program comes to.

    Attributes:
        observed: the layers and models, by line.
        refusal: what Keras raised, or None.
        line: the program's innermost line that raised.
        maker: the line that made the layer that raised, or None where no layer did.
        models: the models in the order in which they are made, each by its layers.
    """

    observed: Observed
    refusal: str | None
    line: int | None
    models: list[Fields]
    maker: int | None = None


def run(path: str, text: str, *, arrays: bool = True, traced: bool = False) -> Outcome:
    """Execute a program as `__main__` would be.

    Args:
        path: what its file is called.
        text: the program.
        arrays: whether weights are filled, which takes nearly all of the time.
        traced: whether each model is traced once more as it would run: when it is made, Keras
            works out the output shapes of most layers without their `call`.
    """
    made: list[tuple[int, Any]] = []
    failed: list[Any] = []
    refusal, line, maker = None, None, None
    keras.utils.clear_session()
    # The program does not have the future statements of this file.
    code = compile(text, path, "exec", dont_inherit=True)
    scope = {"__name__": "__main__", "__file__": path}
    with (
        # With a module of the name tensorflow, Keras looks for its classes in it.
        _aliases() if _OLD_SPELLINGS.search(text) else contextlib.nullcontext(),
        _watched(path, made),
        _noting(failed),
        warnings.catch_warnings(),
        _quiet(),
        contextlib.nullcontext() if arrays else _without_arrays(),
    ):
        warnings.simplefilter("ignore")
        try:
            exec(code, scope)  # noqa: S102 - our own case files
            if traced:
                _trace([m for _, m in made if isinstance(m, keras.Model) and m.inputs])
        except Exception as error:  # noqa: BLE001 - however Keras refuses
            refusal = f"{type(error).__name__}: {error}"
            line = _innermost_line(error, path)
            maker = _line_of_maker(error, path, made)
    models = [(n, m) for n, m in made if isinstance(m, keras.Model)
              and not any(m is other for other in failed)]  # fmt: skip
    return Outcome(_observed(made, models), refusal, line, [_model_fields(m) for _, m in models],
                   maker)  # fmt: skip


def _trace(models: list[Any]) -> None:
    for model in models:
        model = getattr(model, "_functional", None) or model
        keras.src.backend.compute_output_spec(model.call, model._inputs_struct)


@contextlib.contextmanager
def _without_arrays() -> Iterator[None]:
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        # Else the variables that were never filled would pile up.
        global_state.set_global_attribute("uninitialized_variables", [])


def _quiet() -> contextlib.AbstractContextManager[Any]:
    return contextlib.redirect_stdout(io.StringIO())


def _innermost_line(error: BaseException, path: str) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _line_of_maker(error: BaseException, path: str, made: list[tuple[int, Any]]) -> int | None:
    """Where the program made the outermost layer within which its innermost line raised."""
    maker, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            maker = None
        elif maker is None:
            at_work = _at_work(trace.tb_frame)
            maker = next((n for n, layer in made if any(layer is a for a in at_work)), None)
        trace = trace.tb_next
    return maker


def _at_work(frame: types.FrameType) -> list[Any]:
    """The layers that a function of Keras works for: its own, or the one that it calls."""
    inside = frame.f_locals
    candidates = [inside.get("self"), *inside.get("args", ())[:1]]
    if frame.f_code.co_name == "build":  # of a stack, layer by layer
        candidates.append(inside.get("layer"))
    candidates.append(getattr(inside.get("fn"), "__self__", None))
    return [c for c in candidates if isinstance(c, keras.Layer) and not isinstance(c, keras.Model)]


# --- watching what the program makes -----------------------------------------------------------


@contextlib.contextmanager
def _watched(path: str, made: list[tuple[int, Any]]) -> Iterator[None]:
    original = Operation.__dict__["__new__"]
    inner = original.__func__ if isinstance(original, staticmethod) else original

    def watching(cls: Any, *args: Any, **kwargs: Any) -> Any:
        instance = inner(cls, *args, **kwargs)
        line = _line_in_program(path)
        if line is not None and isinstance(instance, keras.Layer):
            made.append((line, instance))
        return instance

    Operation.__new__ = watching  # type: ignore[method-assign]
    try:
        yield
    finally:
        Operation.__new__ = original


def _line_in_program(path: str) -> int | None:
    """The line of the program that makes a layer, unless another layer of Keras makes it."""
    frame: types.FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename == path:
            return frame.f_lineno
        if isinstance(frame.f_locals.get("self"), keras.Layer):
            return None
        frame = frame.f_back
    return None


@contextlib.contextmanager
def _noting(failed: list[Any]) -> Iterator[None]:
    """Note the models whose constructor raises: the program never has them."""
    originals = {cls: cls.__init__ for cls in (keras.Sequential, Functional)}

    def noting(inner: Any) -> Any:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            try:
                inner(self, *args, **kwargs)
            except Exception:
                failed.append(self)
                raise

        return init

    for cls, inner in originals.items():
        cls.__init__ = noting(inner)
    try:
        yield
    finally:
        for cls, inner in originals.items():
            cls.__init__ = inner


# --- what is there -----------------------------------------------------------------------------


def _observed(made: list[tuple[int, Any]], models: list[tuple[int, Any]]) -> Observed:
    observed = Observed()
    members = {id(layer) for _, m in models for layer in m._flatten_layers()}
    for line, layer in made:
        if isinstance(layer, keras.Model) or id(layer) not in members:
            continue
        observed.layers.setdefault(line, []).append(_layer_fields(layer))
    for line, model in models:
        observed.models.setdefault(line, []).append(_model_fields(model))
    return observed


def _layer_fields(layer: Any) -> Fields:
    nodes = layer._inbound_nodes
    shapes = [tuple(t.shape) for t in nodes[0].output_tensors] if nodes else []
    return {
        "shape": _shown(shapes) if shapes else "?",
        "params": str(layer.count_params()) if layer.built else "0",
        "trainable": str(_size(layer.trainable_weights)),
        "name": layer.name,
        "class": type(layer).__name__,
        "by": "keras",
    }


def _model_fields(model: Any) -> Fields:
    fields = {
        "params": str(_size(model.weights)),
        "trainable": str(_size(model.trainable_weights)),
        "name": model.name,
        "kind": _kind(model),
        "by": "keras",
    }
    if _kind(model) != "subclass" and model.built and model.inputs:
        fields["in"] = _shown([tuple(t.shape) for t in model.inputs])
        fields["out"] = _shown([tuple(t.shape) for t in model.outputs])
        fields["names"] = " ".join(layer.name for layer in model.layers)
    return fields


def _kind(model: Any) -> str:
    if isinstance(model, keras.Sequential):
        return "sequential"
    return "functional" if isinstance(model, Functional) else "subclass"


def _size(weights: Sequence[Any]) -> int:
    return sum(math.prod(w.shape) for w in weights)


def _shown(shapes: Sequence[tuple[int | None, ...]]) -> str:
    texts = [str(s) for s in shapes]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


# --- imports of the past -----------------------------------------------------------------------

_OLD_ROOTS = {
    "tensorflow.python.keras": "keras",
    "tensorflow.keras": "keras",
    "tf_keras": "keras",
}
_OLD_LAYER_MODULES = ("convolutional", "core", "recurrent", "pooling", "embeddings", "merge")
_OLD_SPELLINGS = re.compile(rf"tensorflow|tf_keras|keras\.layers\.({'|'.join(_OLD_LAYER_MODULES)})")


class _Alias(types.ModuleType):
    """A module that has what another one has."""

    def __init__(self, name: str, target: Any) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__dict__["_target"] = target

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.__dict__["_target"], name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        found = _target(name)
        return None if found is None else importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec: Any) -> types.ModuleType:
        return _Alias(spec.name, _target(spec.name))

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def _target(name: str) -> Any:
    for root, meaning in _OLD_ROOTS.items():
        if name == root or name.startswith(root + "."):
            return _target_in_keras(meaning + name[len(root) :])
    if name in ("tensorflow", "tensorflow.python"):
        # Keras asks of what it serializes whether it is TensorFlow's: nothing here is.
        types_of_tensorflow = dict.fromkeys(("TensorShape", "DType", "TypeSpec"), ())
        return types.SimpleNamespace(keras=keras, **types_of_tensorflow)
    if name.startswith("keras.layers.") and name.split(".")[2] in _OLD_LAYER_MODULES:
        return keras.layers
    return None


def _target_in_keras(name: str) -> Any:
    found: Any = keras
    for part in name.split(".")[1:]:
        if part not in _OLD_LAYER_MODULES and part not in ("np_utils", "vis_utils"):
            found = getattr(found, part)
    return found


@contextlib.contextmanager
def _aliases() -> Iterator[None]:
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    before = set(sys.modules)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in set(sys.modules) - before:
            if isinstance(sys.modules[name], _Alias):
                _forget(name)


def _forget(name: str) -> None:
    """Undo an import: the import system also bound the module to its parent."""
    module = sys.modules.pop(name)
    parent, _, last = name.rpartition(".")
    bound_to = vars(sys.modules[parent]) if parent in sys.modules else {}
    if bound_to.get(last) is module:
        del bound_to[last]

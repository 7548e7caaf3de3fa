"""What `from library import *` binds."""

from __future__ import annotations

from shapecalc.frontends.python.library.registry import CONSTANTS, FUNCTIONS, load, load_within
from shapecalc.frontends.python.modules import canonical
from shapecalc.frontends.python.values import LibraryName, Value

_KERAS_NAMES = (
    "Input", "Layer", "Model", "Sequential", "activations", "applications", "backend",
    "callbacks", "config", "constraints", "datasets", "initializers", "layers", "losses",
    "metrics", "models", "ops", "optimizers", "random", "regularizers", "saving", "utils",
)  # fmt: skip


def star_import(module: str) -> dict[str, Value]:
    """The names that `from module import *` binds, as far as they matter."""
    if module in ("keras.layers", "keras.models"):
        from shapecalc.layers import rule_names

        names = {n.rpartition(".")[2]: LibraryName(n) for n in rule_names()}
        names |= {n: LibraryName(f"keras.models.{n}") for n in ("Model", "Sequential")}
        from shapecalc.layers.merging import FUNCTIONS as MERGING

        load("keras.layers.")
        load_within("keras.layers")
        written = [p for p in (*FUNCTIONS, *MERGING) if p.startswith("keras.layers.")]
        names |= {p.rpartition(".")[2]: LibraryName(p) for p in written}
        return dict(names)
    if module in ("keras", "tensorflow"):
        words = _KERAS_NAMES if module == "keras" else ("keras",)
        return {word: LibraryName(canonical(f"{module}.{word}")) for word in words}
    if module == "keras.applications" or module.startswith("keras.applications."):
        return _applications(f"{module}.")
    load(f"{module}.")
    load_within(module)
    prefix = module + "."
    found: dict[str, Value] = {
        path[len(prefix) :]: LibraryName(path)
        for path in FUNCTIONS
        if path.startswith(prefix) and "." not in path[len(prefix) :]
    }
    found |= {p[len(prefix) :]: v for p, v in CONSTANTS.items() if p.startswith(prefix)}
    return found


def _applications(prefix: str) -> dict[str, Value]:
    """The networks and the modules of networks within `keras.applications`."""
    from shapecalc.zoo import application_names

    inner = (n[len(prefix) :] for n in application_names() if n.startswith(prefix))
    words = [*dict.fromkeys(name.partition(".")[0] for name in inner)]
    if prefix != "keras.applications.":
        words += ["preprocess_input", "decode_predictions"]
    return {word: LibraryName(prefix + word) for word in words}

"""Models of Keras's dtypes and dtype policies, for the process and for a layer."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.construction import guarded
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models, properties
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer
from shapecalc.rules.dtype_policy import (
    DTypePolicy,
    dtype_name,
    global_policy,
    policy_of,
    quantized_policy,
)
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras",)


@models("keras.backend.floatx", "keras.config.floatx")
def floatx() -> Value:
    return current_session().dtype


@models("keras.backend.set_floatx", "keras.config.set_floatx", unknowns=True)
def set_floatx(run: Interpreter, value: Value = None, *, node: Any = None) -> None:
    def change() -> None:
        current_session().dtype = dtype_name(dtype_value(value))

    guarded(run, change, node, "set_floatx")


@models(
    "keras.config.set_dtype_policy", "keras.mixed_precision.set_dtype_policy",
    "keras.mixed_precision.set_global_policy", "keras.mixed_precision.experimental.set_policy",
    unknowns=True,
)  # fmt: skip
def set_dtype_policy(run: Interpreter, policy: Value = None, *, node: Any = None) -> None:
    def change() -> None:
        current_session().dtype_policy = policy_of(dtype_value(policy))

    guarded(run, change, node, "set_dtype_policy")


@models(
    "keras.config.dtype_policy", "keras.mixed_precision.dtype_policy",
    "keras.mixed_precision.global_policy", "keras.mixed_precision.experimental.global_policy",
)  # fmt: skip
def dtype_policy() -> Value:
    return global_policy()


@models(
    "keras.DTypePolicy", "keras.FloatDTypePolicy", "keras.dtype_policies.DTypePolicy",
    "keras.dtype_policies.FloatDTypePolicy", "keras.dtype_policies.get",
    "keras.mixed_precision.DTypePolicy", "keras.mixed_precision.Policy",
    "keras.mixed_precision.experimental.Policy",
    unknowns=True,
)  # fmt: skip
def policy(
    run: Interpreter, name: Value = None, loss_scale: Value = None, *, node: Any = None
) -> Value:
    return guarded(
        run, lambda: policy_of(dtype_value(name)), node, "DTypePolicy", Unknown("a dtype policy")
    )


@models(
    "keras.dtype_policies.QuantizedDTypePolicy",
    "keras.dtype_policies.QuantizedFloat8DTypePolicy",
    "keras.dtype_policies.Int4DTypePolicy",
    "keras.dtype_policies.GPTQDTypePolicy",
    "keras.dtype_policies.AWQDTypePolicy",
)
def quantized(
    run: Interpreter,
    mode: Value,
    source_name: Value = None,
    amax_history_length: Value = 1024,
    *,
    node: Any = None,
) -> Value:
    return guarded(
        run,
        lambda: quantized_policy(mode, policy_of(source_name)),
        node,
        "QuantizedDTypePolicy",
        Unknown("a dtype policy"),
    )


@models("keras.dtype_policies.DTypePolicyMap", unknowns=True)
def policy_map(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("a policy that differs from layer to layer")


@properties(DTypePolicy, "name")
def policy_name(policy: DTypePolicy) -> Value:
    return policy.name


@properties(DTypePolicy, "compute_dtype")
def policy_compute_dtype(policy: DTypePolicy) -> Value:
    return policy.compute_dtype


@properties(DTypePolicy, "variable_dtype")
def policy_variable_dtype(policy: DTypePolicy) -> Value:
    return policy.variable_dtype


@properties(Layer, "dtype", "variable_dtype")
def variable_dtype(layer: Layer) -> Value:
    return layer.dtype


@properties(Layer, "compute_dtype")
def compute_dtype(layer: Layer) -> Value:
    return layer.compute_dtype


@properties(Layer, "dtype_policy")
def policy_of_layer(layer: Layer) -> Value:
    return layer.dtype_policy

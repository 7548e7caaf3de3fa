"""`keras.applications`: the constructors, from the zoo, and what their own sources call."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.call_arguments import argument_spans
from shapecalc.frontends.python.certainty import certain
from shapecalc.frontends.python.construction import guarded
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import FACTORIES, models
from shapecalc.frontends.python.recording import record_model
from shapecalc.frontends.python.values import Raised, Value, first_unknown
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from shapecalc.zoo import application_for

LIBRARIES = ("keras.applications",)


def application(
    run: Interpreter,
    path: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """A call of a constructor of `keras.applications`; None for another name."""
    if not path.startswith("keras.applications."):
        return None
    constructor = application_for(path)
    if constructor is None:
        return None
    run.effect()
    args = tuple(certain(run, value) for value in args)
    kwargs = {word: certain(run, value) for word, value in kwargs.items()}
    unknown = first_unknown((*args, *kwargs.values()))
    try:
        model = constructor(*args, **kwargs)
    except UndecidedError as undecided:
        return Unknown(undecided.unknown.reason, run.span(node))
    except Refusal as refusal:
        if unknown is not None:
            return Unknown(unknown.reason, run.span(node))
        spans = argument_spans(run, None, node)
        run.refuse(refusal, run.span(node), arguments=spans, subject=path.rpartition(".")[2])
        return Unknown(f"{path} is refused", run.span(node))
    place(model, run, node)
    return model


def place(model: Network, run: Interpreter, node: ast.expr | None) -> None:
    """Say that a model and its layers are made where the program calls the constructor."""
    span = run.span(node) or run.here()
    for layer in model.operations:
        layer.__dict__["span"] = span
    model.__dict__["span"] = span
    record_model(run, model, node)


FACTORIES.append(application)


# --- what the sources of keras.applications call ----------------------------------------------


@models("keras.applications.imagenet_utils.obtain_input_shape",
        "keras.applications.imagenet_utils._obtain_input_shape")  # fmt: skip
def obtain_input_shape(
    run: Interpreter,
    input_shape: Value,
    default_size: Value,
    min_size: Value,
    data_format: Value,
    require_flatten: Value,
    weights: Value = None,
) -> Value:
    from shapecalc.zoo.entry import image_shape

    try:
        shape = image_shape(
            input_shape,
            size=default_size,
            least=min_size,
            whole=bool(require_flatten),
            imagenet=weights == "imagenet",
        )
    except Refusal as refusal:
        raise Raised("ValueError", str(refusal)) from None
    return (shape[-1], *shape[:-1]) if data_format == "channels_first" else shape


@models("keras.applications.imagenet_utils.correct_pad")
def correct_pad(run: Interpreter, inputs: Value, kernel_size: Value) -> Value:
    """The padding that makes a strided convolution of `valid` windows cover an odd size."""
    from shapecalc.rules.session import current_session

    if not isinstance(inputs, Tensor) or isinstance(inputs.shape, Unranked):
        return run.unknown("the padding for a tensor of unknown shape")
    first = 2 if current_session().data_format == "channels_first" else 1
    kernel = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    sizes = inputs.shape[first : first + 2]
    # Keras goes by the height: where it is None, both axes are taken for odd.
    known = isinstance(sizes[0], int)
    pads = []
    for size, window in zip(sizes, kernel, strict=True):
        if known and not isinstance(size, int):
            return run.unknown("the padding for an axis that is None")
        even = 1 - size % 2 if known else 1
        pads.append((window // 2 - even, window // 2))
    return tuple(pads)


@models("keras.applications.resnet.ResNet", unknowns=True)
def resnet(
    run: Interpreter,
    stack_fn: Value,
    preact: Value,
    use_bias: Value,
    name: Value = "resnet",
    include_top: Value = True,
    weights: Value = "imagenet",
    *args: Value,
    weights_name: Value = None,
    node: Any = None,
    **kwargs: Value,
) -> Value:
    """A ResNet whose stages the program's function makes."""
    from shapecalc.zoo.resnet import ResNetV1, ResNetV2

    def stages(self: Any, x: Tensor) -> Value:
        made = run.call(stack_fn, (x,))
        if isinstance(made, Unknown):
            run.gap("unknown", made.reason, made.span)
        return made

    if use_bias is not True or not isinstance(preact, bool):
        return run.unknown("a ResNet whose first convolution is not known", node)
    family: Any = ResNetV2 if preact else ResNetV1
    design = type("ResNet", (family,), {"stages": stages})
    run.effect()
    given = dict(zip(("input_tensor", "input_shape", "pooling", "classes"), args, strict=False))
    model = guarded(
        run,
        lambda: design(
            name=name, include_top=include_top, weights=weights, **given, **kwargs
        ).build(),
        node,
        "ResNet",
        otherwise=Unknown("the model is refused"),
    )
    if isinstance(model, Network):
        place(model, run, node)
    return model


@models("keras.applications.resnet.stack_residual_blocks_v1",
        "keras.applications.resnet.stack_residual_blocks_v2")  # fmt: skip
def stack_residual_blocks(
    run: Interpreter,
    x: Value,
    filters: Value,
    blocks: Value,
    stride1: Value = 2,
    name: Value = None,
    *,
    node: Any = None,
) -> Value:
    """A stage of a ResNet; the first version halves in its first block, the second in its last."""
    from shapecalc.zoo.resnet import ResNetV1, ResNetV2

    first = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("v1")
    design: Any = ResNetV1 if first else ResNetV2
    halves = 1 if first else blocks
    for i in range(1, blocks + 1):
        stride = stride1 if i == halves else 1
        x = design().bottleneck(x, filters, stride, f"{name}_block{i}", widens=i == 1)
    return x


@models("keras.applications.imagenet_utils.validate_activation", unknowns=True)
def validate_activation(*args: Value) -> None:
    return None


__all__: list[Any] = ["application", "guarded"]

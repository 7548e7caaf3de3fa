"""The base of every application: its arguments, what Keras refuses, and the frame of the model.

An application is a class whose attributes are its arguments, with Keras's defaults, and which
adds the network's body to an image:

    @application("keras.applications.VGG16", "keras.applications.vgg16.VGG16")
    class VGG16(VGG):
        \"\"\"…\"\"\"

        name = "vgg16"
        convolutions = (2, 2, 3, 3, 3)

Calling what is registered makes the model; an instance is one such call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from shapecalc.graph.model import Functional
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.dense import Dense
from shapecalc.rules.refusal import InvalidArgument, Refusal, UnknownArgument
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim
from shapecalc.wording import closest
from shapecalc.zoo import blocks
from shapecalc.zoo.entry import ImageShape, entry_tensor, image_shape, source_inputs
from shapecalc.zoo.weights import IMAGENET, check_activation, check_classes, check_weights

_ApplicationType = TypeVar("_ApplicationType", bound="type[Application]")

REGISTRY: dict[str, Constructor] = {}


class Application:
    """A network for images that Keras ships, as its constructor is called.

    Class attributes that a family may set:
        parameters: the arguments in Keras's order; their defaults are class attributes.
        default_size: the height and width of the images it was made for.
        least_size: the least height and width that Keras accepts.
        channels_last_only: whether Keras refuses the other data format.
        top_pooling: how the pooling layer before the classifier is named; None for Keras's own.
        names_pooling: whether the pooling layer that `pooling` asks for is named.

    Attributes:
        image: the shape of the images, once `shape` has found it.
    """

    parameters: ClassVar[tuple[str, ...]] = (
        "include_top", "weights", "input_tensor", "input_shape", "pooling", "classes",
        "classifier_activation", "name",
    )  # fmt: skip
    least_size: ClassVar[int] = 32
    channels_last_only: ClassVar[bool] = False
    top_pooling: ClassVar[str | None] = "avg_pool"
    names_pooling: ClassVar[bool] = False
    # A call may take it from the image instead.
    default_size: int = 224
    image: ImageShape = ()

    include_top: Any = True
    weights: Any = IMAGENET
    input_tensor: Any = None
    input_shape: Any = None
    pooling: Any = None
    classes: Any = 1000
    classifier_activation: Any = "softmax"
    name: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kind = type(self).__name__
        if len(args) > len(self.parameters):
            raise InvalidArgument(
                f"{kind} takes at most {len(self.parameters)} arguments, got {len(args)}"
            )
        given = dict(zip(self.parameters, args, strict=False))
        for word, value in kwargs.items():
            if word not in self.parameters:
                near = closest(word, self.parameters)
                raise UnknownArgument(
                    f"{kind} has no argument `{word}`",
                    argument=word,
                    help=f"did you mean `{near}`?" if near else None,
                )
            if word in given:
                raise InvalidArgument(f"{kind} got `{word}` twice", argument=word)
            given[word] = value
        self.__dict__.update(given)
        if isinstance(self.classes, Unknown):
            self.classes = unknown_dim(self.classes.reason)
        if isinstance(self.name, Unknown):
            self.name = type(self).name
        if self.name is not None and (not isinstance(self.name, str) or "/" in self.name):
            raise InvalidArgument(
                f"`name` must be a text without a slash, got {self.name!r:.100}", argument="name"
            )

    # --- what a family defines ---------------------------------------------------------------

    def check(self) -> None:
        """Check what the arguments that every application has can't tell. Raises a `Refusal`."""

    def shape(self) -> ImageShape:
        """The image's shape, without the batch axis; None for an axis of any length."""
        return image_shape(
            self.input_shape,
            size=self.default_size,
            least=self.least_size,
            whole=bool(self.include_top),
            imagenet=self.imagenet,
        )

    def body(self, x: Tensor) -> Tensor:
        """Everything from the image to the features."""
        raise NotImplementedError

    def top(self, x: Tensor) -> Tensor:
        """From the features to the classes."""
        return self.classifier(blocks.global_average(x, name=self.top_pooling))

    def pool(self, x: Tensor) -> Tensor:
        """What `pooling` does with the features, without a top."""
        if self.pooling == "avg":
            return blocks.global_average(x, name="avg_pool" if self.names_pooling else None)
        if self.pooling == "max":
            return blocks.global_maximum(x, name="max_pool" if self.names_pooling else None)
        return x

    def model_name(self) -> Any:
        """The model's name; None for Keras's own."""
        return self.name

    # --- the frame ---------------------------------------------------------------------------

    @property
    def imagenet(self) -> bool:
        """Whether the published weights are asked for."""
        return isinstance(self.weights, str) and self.weights == IMAGENET

    def check_activation(self) -> None:
        """Hold the classifier's activation to the weights. Raises `InvalidArgument`."""
        check_activation(self.classifier_activation, self.weights)

    def classifier(self, x: Tensor) -> Tensor:
        """The last layer, in most families."""
        self.check_activation()
        last = Dense(self.classes, activation=self.classifier_activation, name="predictions")
        return blocks.apply(last, x)

    def build(self) -> Functional:
        """The model.

        Raises:
            Refusal: Keras would refuse the arguments.
            UndecidedError: the layers depend on an argument that is unknown.
        """
        if current_session().data_format == "channels_first":
            if self.channels_last_only:
                raise Refusal(f"{type(self).__name__} has the data format channels_last only")
            raise UndecidedError(Unknown("keras.applications in channels_first is not modelled"))
        check_weights(self.weights)
        if self.imagenet and self.include_top:
            check_classes(self.classes)
        with recording() as assumptions:
            self.check()
            self.image = self.shape()
        image = entry_tensor(self.input_tensor, self.image)
        if image.call is not None:
            image.call.assumptions.extend(assumptions)
        features = self.body(image)
        output = self.top(features) if self.include_top else self.pool(features)
        entry: Any = image if self.input_tensor is None else source_inputs(image)
        return Functional(entry, output, name=self.model_name())


class Constructor:
    """What a program calls to make an application's model.

    Attributes:
        names: its public names, the canonical one first.
        design: the application.
    """

    def __init__(self, design: type[Application], names: tuple[str, ...]) -> None:
        self.design = design
        self.names = names
        self.__name__ = design.__name__
        self.__doc__ = design.__doc__

    def __repr__(self) -> str:
        return f"<application {self.names[0]}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Functional:
        """Make the model.

        Raises:
            Refusal: Keras would refuse the arguments; one inner layer's refusal is the model's.
            UndecidedError: the layers depend on an argument that is unknown.
        """
        session = current_session()
        listener, session.on_refusal = session.on_refusal, None
        try:
            return self.design(*args, **kwargs).build()
        finally:
            session.on_refusal = listener

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments, in order."""
        return self.design.parameters

    @property
    def __signature__(self) -> Any:
        from inspect import Parameter, Signature  # for help() and editors only

        kind = Parameter.POSITIONAL_OR_KEYWORD
        return Signature(
            [Parameter(n, kind, default=getattr(self.design, n)) for n in self.parameters]
        )


def application(*names: str) -> Callable[[_ApplicationType], _ApplicationType]:
    """Register an application under its public names (the first is the canonical one).

    Raises:
        ValueError: a name is taken already.
    """

    def register(design: _ApplicationType) -> _ApplicationType:
        constructor = Constructor(design, names)
        for name in names:
            if name in REGISTRY:
                raise ValueError(f"{name} is registered twice")
            REGISTRY[name] = constructor
        return design

    return register

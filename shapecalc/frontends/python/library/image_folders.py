"""Data that is read from folders: images, texts and sounds, with the labels that folders give."""

from __future__ import annotations

import ast

from shapecalc.dims import BATCH, Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.data_streams import DATASET, batch_of, each, one_of
from shapecalc.frontends.python.library.label_encodings import ONE_HOT, as_array
from shapecalc.frontends.python.library.registry import models, object_methods, properties
from shapecalc.frontends.python.library.tensor_operations import is_length
from shapecalc.frontends.python.values import DataStream, LibraryObject, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.refusal import WrongRank
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = ("keras.legacy", "keras.preprocessing", "keras.src", "keras.utils")

_PIXELS = Contents(0, 255, reached=True)
_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}


def _image(run: Interpreter, size: Value, mode: Value, contents: Contents | None) -> Value:
    """A batch of images, channels last."""
    sides = run.iterate(size) if isinstance(size, (tuple, list)) else run.unknown("an image size")
    if isinstance(sides, Unknown):
        sides = [sides, sides]
    dims = [side if is_length(side) else unknown_dim("the size of the images") for side in sides]
    channels: Dim = _CHANNELS.get(mode, 0) if isinstance(mode, str) else 0
    channels = channels or unknown_dim("the colour mode of the images")
    return Tensor((BATCH, *dims, channels), "float32", contents=contents)


def _classes(run: Interpreter, owner: LibraryObject, names: Value, attribute: str) -> Dim:
    """How many classes folders make: as many as are named, or a dim variable.

    The attribute by which a program asks for the classes is set, so that its length is the same.
    """
    if isinstance(names, (list, tuple)):
        owner.attributes[attribute] = list(names)
        return len(names)
    unknown = run.unknown("the folders that are there")
    owner.attributes[attribute] = unknown
    expression = ast.Call(ast.Name("len", ast.Load()), [ast.Name(attribute, ast.Load())], [])
    return run.lengths.of(unknown, "len", expression)


def _labels(mode: Value, classes: Dim, *, column: bool, dtype: str) -> Value:
    """Labels as a data set of Keras or an older generator hands them out."""
    most = classes - 1 if isinstance(classes, int) else None
    if mode in ("int", "sparse"):
        return Tensor((BATCH,), dtype, contents=Contents(0, most, whole=True))
    if mode == "categorical":
        return Tensor((BATCH, classes), "float32", contents=ONE_HOT)
    if mode == "binary":
        shape = (BATCH, 1) if column else (BATCH,)
        # Nothing holds more classes that are named to be two.
        several = not column and most is not None and most > 1
        contents = Contents(0, most if several else 1, whole=True, all_occur=several)
        return Tensor(shape, "float32", contents=contents)
    return Unknown("labels of a kind that is not modelled")


def _from_directory(run: Interpreter, inputs: Value, kwargs: dict[str, Value]) -> Value:
    labels, mode = kwargs.get("labels", "inferred"), kwargs.get("label_mode", "int")
    names = kwargs.get("class_names")

    def made() -> DataStream:
        stream = DataStream(DATASET, inputs)
        if labels is not None and mode is not None:
            classes = _classes(run, stream, names, "class_names")
            target: Value = run.unknown("the kind of labels")
            if isinstance(mode, str) and isinstance(labels, (str, list, tuple)):
                target = _labels(mode, classes, column=True, dtype="int32")
            stream.element = (inputs, target)
        if kwargs.get("batch_size", 32) is None:
            parts = stream.element if isinstance(stream.element, tuple) else (stream.element,)
            alone = tuple(one_of(part) if isinstance(part, Tensor) else part for part in parts)
            stream.element = alone if isinstance(stream.element, tuple) else alone[0]
        return stream

    return (made(), made()) if kwargs.get("subset") == "both" else made()


@models("keras.utils.image_dataset_from_directory",
        "keras.preprocessing.image_dataset_from_directory",
        "keras.preprocessing.image.image_dataset_from_directory", unknowns=True)  # fmt: skip
def image_dataset_from_directory(
    run: Interpreter,
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    color_mode: Value = "rgb",
    batch_size: Value = 32,
    image_size: Value = (256, 256),
    **kwargs: Value,
) -> Value:
    contents = _PIXELS if kwargs.get("interpolation", "bilinear") in ("bilinear", "nearest") else (
        None)  # fmt: skip
    images = _image(run, image_size, color_mode, contents)
    if kwargs.get("data_format") not in (None, "channels_last"):
        images = Tensor(Unranked("images whose channels come first"), "float32")
    kwargs.update(labels=labels, label_mode=label_mode, class_names=class_names)
    return _from_directory(run, images, {**kwargs, "batch_size": batch_size})


@models("keras.utils.text_dataset_from_directory",
        "keras.preprocessing.text_dataset_from_directory", unknowns=True)  # fmt: skip
def text_dataset_from_directory(
    run: Interpreter,
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    batch_size: Value = 32,
    **kwargs: Value,
) -> Value:
    kwargs.update(labels=labels, label_mode=label_mode, class_names=class_names)
    return _from_directory(run, Tensor((BATCH,), "string"), {**kwargs, "batch_size": batch_size})


@models("keras.utils.audio_dataset_from_directory", unknowns=True)
def audio_dataset_from_directory(
    run: Interpreter,
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    batch_size: Value = 32,
    sampling_rate: Value = None,
    output_sequence_length: Value = None,
    **kwargs: Value,
) -> Value:
    length: Dim = unknown_dim("the length of the sounds")
    if is_length(output_sequence_length):
        length = output_sequence_length
    sounds = Tensor((BATCH, length, unknown_dim("the channels of the sounds")), "float32")
    kwargs.update(labels=labels, label_mode=label_mode, class_names=class_names)
    return _from_directory(run, sounds, {**kwargs, "batch_size": batch_size})


@models("keras.utils.timeseries_dataset_from_array",
        "keras.preprocessing.timeseries_dataset_from_array", unknowns=True)  # fmt: skip
def timeseries_dataset_from_array(
    run: Interpreter,
    data: Value,
    targets: Value,
    sequence_length: Value,
    sequence_stride: Value = 1,
    sampling_rate: Value = 1,
    batch_size: Value = 128,
    **kwargs: Value,
) -> Value:
    data, targets = as_array(run, data), as_array(run, targets)
    if not isinstance(data, Tensor):
        return DataStream(DATASET, run.unknown("windows of a series"))
    length: Dim = unknown_dim("the length of the windows")
    if is_length(sequence_length):
        length = sequence_length
    element: Value = batch_of(one_of(data), length)
    if targets is not None:
        element = (element, one_of(targets) if isinstance(targets, Tensor) else targets)
    return DataStream(DATASET, element if batch_size is None else each(batch_of, element))


# --- ImageDataGenerator ------------------------------------------------------------------------

_GENERATOR = "keras.preprocessing.image.ImageDataGenerator"
_IMAGE_RANK = 4
# Options that move pixels whole, or none.
_MOVING = frozenset(
    {"rescale", "validation_split", "horizontal_flip", "vertical_flip", "dtype", "data_format"}
)


@models(_GENERATOR, "keras.src.legacy.preprocessing.image.ImageDataGenerator",
        "keras.legacy.preprocessing.image.ImageDataGenerator", unknowns=True)  # fmt: skip
def image_data_generator(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return LibraryObject(_GENERATOR, args, kwargs)


def _rescaled(generator: LibraryObject, contents: Contents | None) -> Contents | None:
    """The pixels that a generator hands out."""
    if contents is None or generator.args or set(generator.kwargs) - _MOVING:
        return None
    factor = generator.kwargs.get("rescale")
    low, high = contents.low, contents.high
    if factor is None:
        return contents._replace(all_occur=False)
    if not isinstance(factor, (int, float)) or isinstance(factor, bool) or not factor:
        return None
    if low is None or high is None or factor < 0:
        return None
    from shapecalc.graph.computed_contents import fitted

    scaled = Contents(low * factor, high * factor, reached=contents.reached)
    return fitted(scaled, "float32")


def _channels_last(generator: LibraryObject) -> bool:
    return generator.kwargs.get("data_format") in (None, "channels_last") and not generator.args


@object_methods(f"{_GENERATOR}.flow_from_directory", unknowns=True)
def flow_from_directory(
    run: Interpreter,
    generator: LibraryObject,
    directory: Value,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    *args: Value,
    **kwargs: Value,
) -> Value:
    return _flow(run, generator, (target_size, color_mode, classes, class_mode))


@object_methods(f"{_GENERATOR}.flow_from_dataframe", unknowns=True)
def flow_from_dataframe(
    run: Interpreter,
    generator: LibraryObject,
    dataframe: Value,
    directory: Value = None,
    x_col: Value = "filename",
    y_col: Value = "class",
    weight_col: Value = None,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    **kwargs: Value,
) -> Value:
    if weight_col is not None:
        return DataStream("generator", run.unknown("images with weights"))
    return _flow(run, generator, (target_size, color_mode, classes, class_mode))


def _flow(
    run: Interpreter, generator: LibraryObject, given: tuple[Value, Value, Value, Value]
) -> Value:
    size, colours, names, mode = given
    images = _image(run, size, colours, _rescaled(generator, _PIXELS))
    if not _channels_last(generator):
        images = Tensor(Unranked("images whose channels may come first"), "float32")
    stream = DataStream("generator", images)
    if mode is not None:
        count = _classes(run, stream, names, "class_indices")
        if mode == "input":
            stream.element = (images, images)
        elif isinstance(mode, str):
            stream.element = (images, _labels(mode, count, column=False, dtype="float32"))
        else:
            stream.element = (images, run.unknown("the kind of labels"))
        stream.attributes["num_classes"] = count
    return stream


@object_methods(f"{_GENERATOR}.flow", unknowns=True)
def flow(
    run: Interpreter,
    generator: LibraryObject,
    x: Value,
    y: Value = None,
    *args: Value,
    **kwargs: Value,
) -> Value:
    if not isinstance(x, Tensor) or kwargs.get("sample_weight") is not None:
        return DataStream("generator", run.unknown("images of an array that is not known"))
    if isinstance(x.shape, tuple) and len(x.shape) != _IMAGE_RANK:
        help = "add the channels: x[..., np.newaxis]" if len(x.shape) == _IMAGE_RANK - 1 else None
        refusal = WrongRank(x.shape, "4 axes (samples, rows, columns, channels)", help=help)
        run.refuse(refusal, run.span(run.node), subject="flow")
        return DataStream("generator", run.unknown("images of an array that is refused"))
    images = batch_of(one_of(x))
    contents = _rescaled(generator, images.contents)
    images = Tensor(images.shape, "float32", contents=contents)
    if y is None:
        return DataStream("generator", images)
    y = as_array(run, y)
    target = batch_of(one_of(y)) if isinstance(y, Tensor) else y
    return DataStream("generator", (images, target))


@object_methods(f"{_GENERATOR}.fit", unknowns=True)
def fit(*args: Value) -> None:
    return None


@properties(DataStream, "class_mode", "samples", "n", "classes", "filenames")
def of_files(run: Interpreter, stream: DataStream) -> Value:
    return run.unknown("what the files are")

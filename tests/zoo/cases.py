"""What the applications are tried with: a representative of each family, and arguments."""

from __future__ import annotations

from typing import Any

# One of each family, or several where a family has several bodies.
REPRESENTATIVES = (
    "ConvNeXtTiny", "DenseNet121", "EfficientNetB0", "EfficientNetV2B0", "EfficientNetV2S",
    "InceptionResNetV2", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Large",
    "MobileNetV3Small", "NASNetLarge", "NASNetMobile", "ResNet50", "ResNet50V2", "VGG16",
    "Xception",
)  # fmt: skip

Arguments = dict[str, Any]

# `tensor` stands for an `input_tensor`: a convolution on an input of that shape.
ACCEPTED: list[Arguments] = [
    {"weights": None},
    {},
    {"include_top": False},
    {"weights": "weights.h5", "include_top": False, "pooling": "avg"},
    {"weights": None, "include_top": False, "pooling": "max", "input_shape": (160, 192, 3)},
    {"weights": None, "include_top": False, "pooling": "mean"},
    {"weights": None, "classes": 10, "input_shape": (97, 131, 1)},
    {"weights": None, "input_shape": [128, 128, 3]},
    {"weights": None, "input_shape": (128, 128, 4)},
    {"weights": None, "input_shape": ()},
    {"weights": None, "classifier_activation": None},
    {"weights": None, "classifier_activation": "relu"},
    {"classifier_activation": "linear"},
    {"include_top": False, "classifier_activation": "relu"},
    {"include_top": False, "input_shape": (128, 128, 3)},
    {"include_top": False, "input_shape": (96, 200, 3)},
    {"weights": None, "include_top": False, "input_shape": (None, None, 1)},
    {"weights": None, "include_top": False, "input_shape": (None, 128, 3)},
    {"weights": None, "tensor": (224, 224, 3)},
    {"weights": None, "include_top": False, "tensor": (200, 160, 5)},
    {"include_top": False, "tensor": (160, 160, 3), "input_shape": (160, 160, 3)},
    {"include_top": False, "tensor": (None, None, 3)},
]

# Keras refuses these everywhere, or in some families only.
DOUBTFUL: list[Arguments] = [
    {"classes": 10},
    {"weights": "imagenett"},
    {"weights": 3},
    {"weights": None, "input_shape": (20, 20, 3)},
    {"weights": None, "input_shape": (32, 32, 3)},
    {"weights": None, "input_shape": (71, 71, 3)},
    {"weights": None, "input_shape": (31, 75, 3), "include_top": False},
    {"weights": None, "include_top": False, "input_shape": (128, None, 3)},
    {"weights": None, "input_shape": (None, None, 3)},
    {"weights": None, "input_shape": (224, 224, None), "include_top": False},
    {"weights": None, "input_shape": (1, 128, 128, 3)},
    {"weights": None, "input_shape": (128, 128)},
    {"weights": None, "input_shape": 128},
    {"weights": None, "input_shape": ("a", "b", 3)},
    {"weights": None, "input_shape": (224.0, 224.0, 3)},
    {"weights": None, "include_top": False, "input_shape": (-5, 224, 3)},
    {"input_shape": (128, 128, 3)},
    {"input_shape": [224, 224, 3]},
    {"include_top": False, "input_shape": (128, 128, 1)},
    {"classifier_activation": "relu"},
    {"weights": None, "classifier_activation": "nope"},
    {"weights": None, "classes": 0},
    {"weights": None, "classes": "ten"},
    {"weights": None, "input_tensor": 3},
    {"weights": None, "include_top": False, "tensor": (20, 20, 3)},
    {"include_top": False, "tensor": (160, 128, 3), "input_shape": (160, 160, 3)},
    {"weights": None, "number_of_classes": 3},
    {"weights": None, "name": None},
    {"weights": None, "name": 3},
    {"weights": None, "name": "mine"},
    {"include_top": False, "name": "mine"},
]

# Of one family, by the beginning of its name.
SPECIAL: dict[str, list[Arguments]] = {
    "MobileNet": [
        {"weights": None, "alpha": alpha, "input_shape": (96, 96, 3)}
        for alpha in (0.25, 0.6, 1.3, 0, "wide")
    ]
    + [{"alpha": alpha, "include_top": False} for alpha in (0.35, 0.5, 0.75)],
    "MobileNet ": [
        {"weights": None, "depth_multiplier": 2},
        {"depth_multiplier": 2},
        {"weights": None, "dropout": 0},
        {"weights": None, "dropout": 2},
    ],
    "MobileNetV3": [
        {"weights": None, "minimalistic": True, "input_shape": (None, None, 3)},
        {"minimalistic": True, "alpha": 0.75},
        {"minimalistic": True},
        {"weights": None, "dropout_rate": 0, "input_shape": (None, 200, 1)},
        {"weights": None, "dropout_rate": "a lot"},
        {"weights": None, "include_preprocessing": False},
    ],
    "EfficientNetV2": [
        {"weights": None, "include_preprocessing": False},
        {"weights": None, "name": "efficientnetv2-s"},
        {"weights": None, "name": "efficientnetv2-b3", "input_shape": (64, 64, 1)},
    ],
    "ConvNeXt": [
        {"weights": None, "include_preprocessing": False},
        {"include_top": False, "name": "my_convnext_tiny"},
    ],
}


def special(name: str) -> list[Arguments]:
    """The arguments that only an application's family knows."""
    return [
        arguments
        for beginning, found in SPECIAL.items()
        if f"{name} ".startswith(beginning)
        for arguments in found
    ]

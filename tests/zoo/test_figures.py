"""Published figures of the applications, and of two older networks built layer by layer.

Papers' "FLOPs" are multiply-accumulates of convolutions and dense layers, mostly truncated.
"""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc import zoo
from shapecalc.graph.summary import ModelSummary, summarize, weights_of
from shapecalc.layers.layer import layers_within
from shapecalc.rules.session import new_session


def summary(name: str, **arguments: Any) -> ModelSummary:
    with new_session():
        return summarize(getattr(zoo, name)(weights=None, **arguments))


# Total and trainable parameters as keras.io/api/applications prints them in the summaries of the
# models; millions of multiply-accumulates at the default size, which no page prints.
KERAS_IO = [
    ("Xception", 22_910_480, 22_855_952, 8_357.40),
    ("VGG16", 138_357_544, 138_357_544, 15_470.26),
    ("VGG19", 143_667_240, 143_667_240, 19_632.06),
    ("ResNet50", 25_636_712, 25_583_592, 3_857.97),
    ("ResNet101", 44_707_176, 44_601_832, 7_570.19),
    ("ResNet152", 60_419_944, 60_268_520, 11_282.42),
    ("ResNet50V2", 25_613_800, 25_568_360, 3_482.26),
    ("ResNet101V2", 44_675_560, 44_577_896, 7_194.48),
    ("ResNet152V2", 60_380_648, 60_236_904, 10_906.70),
    ("InceptionV3", 23_851_784, 23_817_352, 5_713.22),
    ("InceptionResNetV2", 55_873_736, 55_813_192, 13_155.79),
    ("MobileNet", 4_253_864, 4_231_976, 568.74),
    ("MobileNetV2", 3_538_984, 3_504_872, 300.77),
    ("DenseNet121", 8_062_504, 7_978_856, 2_834.16),
    ("DenseNet169", 14_307_880, 14_149_480, 3_359.84),
    ("DenseNet201", 20_242_984, 20_013_928, 4_291.37),
    ("NASNetMobile", 5_326_716, 5_289_978, 563.64),
    ("NASNetLarge", 88_949_818, 88_753_150, 23_783.41),
    ("EfficientNetB0", 5_330_571, 5_288_548, 385.81),
    ("EfficientNetB1", 7_856_239, 7_794_184, 686.80),
    ("EfficientNetB2", 9_177_569, 9_109_994, 993.56),
    ("EfficientNetB3", 12_320_535, 12_233_232, 1_827.14),
    ("EfficientNetB4", 19_466_823, 19_341_616, 4_393.77),
    ("EfficientNetB5", 30_562_527, 30_389_784, 10_266.38),
    ("EfficientNetB6", 43_265_143, 43_040_704, 19_067.59),
    ("EfficientNetB7", 66_658_687, 66_347_960, 37_745.88),
    ("EfficientNetV2B0", 7_200_312, 7_139_704, 718.09),
    ("EfficientNetV2B1", 8_212_124, 8_141_052, 1_196.82),
    ("EfficientNetV2B2", 10_178_374, 10_096_086, 1_697.54),
    ("EfficientNetV2B3", 14_467_622, 14_358_406, 3_011.46),
    ("EfficientNetV2S", 21_612_360, 21_458_488, 8_365.62),
    ("EfficientNetV2M", 54_431_388, 54_139_356, 24_582.46),
    ("EfficientNetV2L", 119_027_848, 118_515_272, 56_079.70),
    ("ConvNeXtTiny", 28_589_128, 28_589_128, 4_455.53),
    ("ConvNeXtSmall", 50_223_688, 50_223_688, 8_683.71),
    ("ConvNeXtBase", 88_591_464, 88_591_464, 15_354.73),
    ("ConvNeXtLarge", 197_767_336, 197_767_336, 34_361.43),
    ("ConvNeXtXLarge", 350_196_968, 350_196_968, 60_921.03),
]


@pytest.mark.parametrize(("name", "total", "trainable", "millions"), KERAS_IO)
def test_keras_io(name: str, total: int, trainable: int, millions: float) -> None:
    found = summary(name)
    assert found.params == (total, trainable, total - trainable, True)
    assert found.exact_counts
    assert round(found.macs / 1e6, 2) == millions  # type: ignore[operator]
    assert found.coverage.exact == found.coverage.layers


# Billions of operations from each network's paper, as printed.
PAPERS = [
    # He et al., Deep Residual Learning, 2015, table 1 (3.8 is truncated, the others are rounded).
    ("ResNet50", 3.8),
    ("ResNet101", 7.6),
    ("ResNet152", 11.3),
    # Zoph et al., Learning Transferable Architectures, 2017, tables 2 and 3.
    ("NASNetMobile", 0.564),
    ("NASNetLarge", 23.8),
    # Tan and Le, EfficientNet, 2019, table 2. Those it prints for B4 (4.2) and B5 (9.9) are not
    # those of the networks it describes.
    ("EfficientNetB0", 0.39),
    ("EfficientNetB1", 0.70),
    ("EfficientNetB2", 1.0),
    ("EfficientNetB3", 1.8),
    ("EfficientNetB6", 19),
    # Liu et al., A ConvNet for the 2020s, 2022, table 1.
    ("ConvNeXtTiny", 4.5),
    ("ConvNeXtSmall", 8.7),
    ("ConvNeXtBase", 15.4),
    ("ConvNeXtLarge", 34.4),
    ("ConvNeXtXLarge", 60.9),
]


@pytest.mark.parametrize(("name", "billions"), PAPERS)
def test_papers(name: str, billions: float) -> None:
    printed = f"{billions}"
    places = len(printed.partition(".")[2])
    ours = summary(name).macs / 1e9  # type: ignore[operator]
    rounded, truncated = round(ours, places), int(ours * 10**places) / 10**places
    assert billions in (rounded, truncated, round(ours, 1))


def test_vgg_of_the_paper() -> None:
    """Simonyan and Zisserman, 2014, table 2: D has 138, E 144 million parameters."""
    assert round(summary("VGG16").params.total / 1e6) == 138  # type: ignore[operator]
    assert round(summary("VGG19").params.total / 1e6) == 144  # type: ignore[operator]
    assert summary("VGG16").macs == 15_470_264_320


# Howard et al., MobileNets, 2017: millions of multiply-adds, tables 6 and 7, by width and height.
# The list that came with the first release has another network at the width 0.75.
MOBILENET = {
    (1.0, 224): 569, (1.0, 192): 418, (1.0, 160): 291, (1.0, 128): 186, (0.75, 224): 325,
    (0.5, 224): 149, (0.5, 192): 110, (0.5, 160): 77, (0.5, 128): 49, (0.25, 224): 41,
    (0.25, 160): 21, (0.25, 128): 14,
}  # fmt: skip


@pytest.mark.parametrize(("alpha", "height"), MOBILENET)
def test_mobilenet(alpha: float, height: int) -> None:
    macs = summary("MobileNet", alpha=alpha, input_shape=(height, height, 3)).macs
    exact = macs / 1e6  # type: ignore[operator]
    assert MOBILENET[alpha, height] in (round(exact), int(exact))


# The list of checkpoints of MobileNetV2 (Sandler et al., 2018), as Keras's own page repeats it:
# millions of multiply-adds by height, truncated, and millions of parameters without those of the
# normalizations.
MOBILENET_V2 = {
    1.4: ({224: 582}, 6.06),
    1.3: ({224: 509}, 5.34),
    1.0: ({224: 300, 192: 221, 160: 154, 128: 99, 96: 56}, 3.47),
    0.75: ({224: 209, 192: 153, 160: 107, 128: 69, 96: 39}, 2.61),
    0.5: ({224: 97, 192: 71, 160: 50, 128: 32, 96: 18}, 1.95),
    0.35: ({224: 59, 192: 43, 160: 30, 128: 20, 96: 11}, 1.66),
}


@pytest.mark.parametrize("alpha", MOBILENET_V2)
def test_mobilenet_v2(alpha: float) -> None:
    published, params = MOBILENET_V2[alpha]
    for height, millions in published.items():
        macs = summary("MobileNetV2", alpha=alpha, input_shape=(height, height, 3)).macs
        assert macs // 10**6 == millions
    with new_session():
        model = zoo.MobileNetV2(weights=None, alpha=alpha)
        weighed = sum(
            int(weight.size)  # type: ignore[arg-type]
            for _, layer in layers_within(model)
            if type(layer).__name__ in ("Conv2D", "DepthwiseConv2D", "Dense")
            for weight, _ in weights_of(layer)
        )
    assert params in (round(weighed / 1e6, 2), weighed // 10**4 / 100)


# Howard et al., Searching for MobileNetV3, 2019, as Keras's page repeats it. Its rows for the small
# network are of another one than Keras builds.
MOBILENET_V3 = [({}, 217), ({"alpha": 0.75}, 155), ({"minimalistic": True}, 209)]


@pytest.mark.parametrize(("arguments", "millions"), MOBILENET_V3)
def test_mobilenet_v3(arguments: dict[str, Any], millions: int) -> None:
    macs = summary("MobileNetV3Large", input_shape=(224, 224, 3), **arguments).macs
    assert round(macs / 1e6) == millions  # type: ignore[operator]


def test_xception_of_the_paper() -> None:
    """Chollet, 2016, table 3: 22,855,952 parameters, those that are trained."""
    assert summary("Xception").params.trainable == 22_855_952

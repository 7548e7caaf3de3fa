"""How applications are found and called; what is unknown or symbolic in their arguments."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shapecalc import zoo
from shapecalc.dims import Variable, is_unknown, show
from shapecalc.graph.model import Functional, Input
from shapecalc.graph.summary import ModelSummary, summarize
from shapecalc.layers.convolution import Conv2D
from shapecalc.rules.refusal import InvalidArgument, Refusal, UnknownArgument
from shapecalc.rules.session import current_session, new_session
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.zoo import application_for, application_names


def summary(name: str, **arguments: object) -> ModelSummary:
    with new_session():
        return summarize(getattr(zoo, name)(**arguments))


def test_spellings_are_one_constructor() -> None:
    found = application_for("keras.applications.ResNet50")
    assert found is not None
    assert found is application_for("keras.applications.resnet.ResNet50")
    assert found is application_for("keras.applications.resnet50.ResNet50")
    assert found is zoo.ResNet50


def test_unknown_names() -> None:
    assert application_for("keras.applications.ResNet51") is None
    assert application_for("keras.applications.vgg16.preprocess_input") is None
    with pytest.raises(AttributeError, match="ResNet51"):
        _ = zoo.ResNet51


def test_one_family_is_imported() -> None:
    code = (
        "import sys; from shapecalc.zoo import application_for, application_names;"
        "assert len(application_names()) == 79;"
        "assert 'shapecalc.zoo.application' not in sys.modules;"
        "application_for('keras.applications.VGG16');"
        "print(*(m for m in sys.modules if m.startswith('shapecalc.zoo.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {
        f"shapecalc.zoo.{file}" for file in ("application", "blocks", "entry", "vgg", "weights")
    }


def test_every_name_is_found() -> None:
    for name in application_names():
        constructor = application_for(name)
        assert constructor is not None
        assert name in constructor.names
        assert constructor.parameters


def test_the_result_is_a_model() -> None:
    with new_session():
        model = zoo.MobileNetV2(weights=None, input_shape=(96, 96, 3))
        assert isinstance(model, Functional)
        assert model.name == "mobilenetv2_1.00_96"
        assert model.get_layer("block_1_expand").trainable
        model.trainable = False
        assert summarize(model).params.trainable == 0


def test_a_given_tensor_is_gone_on_from() -> None:
    with new_session():
        image = Input((64, 64, 3), name="image")
        model = zoo.VGG16(
            include_top=False, weights=None, input_tensor=Conv2D(3, 1, name="first")(image)
        )
        assert [layer.name for layer in model.layers[:3]] == ["image", "first", "block1_conv1"]
        assert model.inputs == (image,)


def test_refusals_name_the_argument() -> None:
    with pytest.raises(InvalidArgument) as refused:
        zoo.ResNet50(classes=10)
    assert refused.value.argument == "classes"
    with pytest.raises(UnknownArgument, match="include_tpo") as unknown:
        zoo.ResNet50(include_tpo=False)
    assert unknown.value.help == "did you mean `include_top`?"
    with pytest.raises(InvalidArgument, match="twice"):
        zoo.ResNet50(True, include_top=False)
    with pytest.raises(InvalidArgument, match="at most 8"):
        zoo.ResNet50(*range(9))


def test_a_refusal_within_is_the_model_s() -> None:
    heard: list[object] = []
    with new_session():
        current_session().on_refusal = lambda *told: heard.append(told)
        with pytest.raises(Refusal):
            zoo.VGG16(weights=None, classes=0)
        assert current_session().on_refusal is not None
    assert heard == []


def test_unknown_classes() -> None:
    found = summary("MobileNet", classes=Unknown("read from a file"))
    assert found.params.total == 4_253_864 - 1_025_000
    assert not found.params.exact
    assert is_unknown(found.outputs[0][1])  # type: ignore[index,arg-type]


def test_symbolic_classes() -> None:
    found = summary("VGG16", weights=None, classes=Variable("k"))
    assert show(found.outputs[0][1]) == "k"  # type: ignore[index,arg-type]
    assert show(found.params.total) == "4097*k + 134260544"


def test_unknown_weights_change_nothing_where_no_layer_depends_on_them() -> None:
    known = summary("ResNet50V2")
    assert summary("ResNet50V2", weights=Unknown("an option")).params == known.params
    with pytest.raises(UndecidedError, match="an option"):
        zoo.EfficientNetB0(weights=Unknown("an option"))


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("VGG16", "include_top"),
        ("VGG16", "input_tensor"),
        ("MobileNet", "alpha"),
        ("MobileNetV3Small", "minimalistic"),
        ("MobileNetV3Small", "dropout_rate"),
        ("ConvNeXtTiny", "include_preprocessing"),
    ],
)
def test_what_decides_the_layers_must_be_known(name: str, argument: str) -> None:
    with new_session(), pytest.raises(UndecidedError, match="an option"):
        getattr(zoo, name)(**{argument: Unknown("an option")})


def test_unknown_pooling_matters_without_a_top_only() -> None:
    assert summary("VGG16", pooling=Unknown("an option")).params.exact
    with new_session(), pytest.raises(UndecidedError):
        zoo.VGG16(include_top=False, pooling=Unknown("an option"))


def test_an_unknown_image_leaves_the_params_known() -> None:
    side = Unknown("an option")
    found = summary("ResNet50", include_top=False, input_shape=(side, side, 3))
    assert found.params.total == 23_587_712
    assert found.params.exact
    assert summary("ResNet50", input_shape=Unknown("an option")).macs == 3_857_973_248


def test_a_symbolic_image() -> None:
    side = Variable("n")
    found = summary("InceptionV3", weights=None, include_top=False, input_shape=(side, side, 3))
    assert found.params.total == 21_802_784
    assert "n >= 75" in {str(assumption.condition) for assumption in found.assumptions}


def test_margins_of_a_symbolic_image() -> None:
    """Halving an image of n units gives (n + 1)//2, whether n is even or odd."""
    side = Variable("n")
    found = summary("MobileNetV2", weights=None, include_top=False, input_shape=(side, side, 3))
    shape = found.outputs[0]
    for n in (32, 33, 95, 96, 97, 224):
        known = summary("MobileNetV2", weights=None, include_top=False, input_shape=(n, n, 3))
        from shapecalc.dims import substitute

        assert tuple(substitute(d, {"n": n}) for d in shape[1:]) == known.outputs[0][1:]  # type: ignore[union-attr,index]


def test_the_other_data_format() -> None:
    with new_session() as session:
        session.data_format = "channels_first"
        with pytest.raises(Refusal, match="channels_last"):
            zoo.DenseNet121(weights=None)
        with pytest.raises(UndecidedError):
            zoo.ResNet50(weights=None)

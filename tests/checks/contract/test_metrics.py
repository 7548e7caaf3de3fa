"""Which metrics measure something beside a loss, held to what the live Keras computes."""

import pytest

from shapecalc import check_source
from shapecalc.graph.objectives import Judged, judged_of, metric_class, metric_spellings
from shapecalc.graph.training import Objective

ARGUMENTS = {
    "IoU": "3, [0]", "MeanIoU": "3", "OneHotIoU": "3, [0]", "OneHotMeanIoU": "3",
    "PrecisionAtRecall": "0.5", "RecallAtPrecision": "0.5", "SensitivityAtSpecificity": "0.5",
    "SpecificityAtSensitivity": "0.5", "SparseTopKCategoricalAccuracy": "1",
    "TopKCategoricalAccuracy": "1",
}  # fmt: skip
MORE = ["MeanIoU(3, sparse_y_pred=False)", "IoU(3, [0], sparse_y_pred=False)"]
KINDS = {"sparse_categorical_crossentropy": False, "categorical_crossentropy": True}
NAMES = {metric_class(Objective(spelling)) for spelling in metric_spellings()} - {None}
METRICS = [
    f"{cls}({ARGUMENTS.get(cls, '')})"
    for cls in sorted(filter(None, NAMES))
    if judged_of(cls) is not Judged.OTHER
]


def is_warned_of(metric: str, loss: str) -> bool:
    text = (
        "import keras\nmodel = keras.Sequential([keras.Input((8,)), "
        "keras.layers.Dense(3, activation='softmax')])\n"
        f"model.compile('adam', '{loss}', metrics=[keras.metrics.{metric}])\n"
    )
    return any(d.code.id == "SHC309" for d in check_source(text))


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("metric", [*METRICS, *MORE])
@pytest.mark.parametrize(("loss", "one_hot"), KINDS.items())
def test_a_metric_is_warned_of_where_it_tells_nothing_apart(metric, loss, one_hot):
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    import numpy as np

    classes = np.arange(12) % 3
    labels = np.eye(3)[classes] if one_hot else classes

    def value(predicted):
        measure = eval(f"metrics.{metric}", {"metrics": keras.metrics})  # noqa: S307 - our own
        measure.update_state(labels, 0.1 + 0.7 * np.eye(3)[predicted])
        return np.asarray(measure.result())

    try:
        tells = not np.allclose(value(classes), value((classes + 1) % 3))
    except (ValueError, TypeError):
        tells = False
    assert is_warned_of(metric, loss) is not tells

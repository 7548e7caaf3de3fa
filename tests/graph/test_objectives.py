"""The table of losses, held to the live Keras."""

import inspect

import pytest

from shapecalc.graph.agreement import Agreement, agreement
from shapecalc.graph.objectives import (
    BY_SHAPE,
    LOSSES,
    OLDER_LOSSES,
    Fit,
    loss_of,
    loss_spellings,
    metric_spellings,
    takes_logits,
)
from shapecalc.graph.training import Objective
from shapecalc.rules.unknown import Unknown


def test_a_loss_is_found_by_each_of_its_spellings():
    for spelling in ("mse", "MSE", "mean_squared_error", "MeanSquaredError"):
        loss = loss_of(Objective(spelling))
        assert loss is not None
        assert loss.name == "mean_squared_error"


@pytest.mark.parametrize("other", [None, Objective(None), Objective("mine"), Unknown("why"), "mse"])
def test_what_is_no_loss_of_keras_is_none(other):
    assert loss_of(other) is None


def test_logits_are_told_by_name_or_by_position():
    def told(name, *args, **options):
        return takes_logits(Objective(name, True, args, options))

    assert told("BinaryCrossentropy") is False
    assert told("BinaryCrossentropy", True) is True
    assert told("BinaryFocalCrossentropy", True) is False
    assert told("BinaryFocalCrossentropy", False, 0.25, 2.0, True) is True
    assert told("SparseCategoricalCrossentropy", from_logits=True) is True
    assert told("MeanSquaredError") is False
    assert told("CategoricalCrossentropy", Unknown("a flag")) is None
    assert told("CategoricalCrossentropy", from_logits=Unknown("a flag")) is None


keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
oracle = pytest.mark.oracle


@oracle
def test_every_loss_that_keras_exports_is_in_the_table():
    base = {"Loss", "get", "serialize", "deserialize"}
    exported = {name for name in dir(keras.losses) if not name.startswith("_")} - base
    assert exported == {name for loss in LOSSES for name in (loss.name, loss.cls)}


@oracle
def test_keras_resolves_these_texts_and_no_others():
    from keras.src import losses

    bases = {"Loss", "LossFunctionWrapper"}
    assert set(losses.ALL_OBJECTS_DICT) - bases == set(loss_spellings()) - BY_SHAPE
    for older in OLDER_LOSSES:
        with pytest.raises(ValueError, match="Could not interpret"):
            keras.losses.get(older)


@oracle
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_the_classes_take_logits_where_the_table_says(loss):
    parameters = list(inspect.signature(getattr(keras.losses, loss.cls)).parameters.values())
    places = [i for i, p in enumerate(parameters) if p.name == "from_logits"]
    assert places == ([] if loss.logits is None else [loss.logits])
    assert all(parameters[i].default is False for i in places)


SHAPES = [(6,), (6, 1), (6, 4), (6, 3), (1, 4), (6, 5, 4), (6, 5)]


@oracle
@pytest.mark.parametrize("loss", [x for x in LOSSES if x.fit is not Fit.FREE], ids=lambda x: x.name)
@pytest.mark.parametrize("output", [(6, 1), (6, 4), (6, 5, 4)])
def test_keras_takes_the_shapes_of_labels_that_the_table_says(loss, output):
    import numpy

    def takes(labels):
        try:
            getattr(keras.losses, loss.cls)()(numpy.ones(labels), numpy.full(output, 0.5))
        except (ValueError, TypeError):
            return False
        return True

    for labels in SHAPES:
        refused = agreement(loss.fit, labels, output) is Agreement.REFUSED
        assert takes(labels) is not refused, labels


@oracle
def test_keras_resolves_these_texts_as_metrics_and_no_others():
    from keras.src import metrics

    assert set(metrics.ALL_OBJECTS_DICT) == set(metric_spellings())

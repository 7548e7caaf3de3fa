"""Which layers hand masks on, held to the live Keras."""

from __future__ import annotations

import pytest

from shapecalc.frontends.python.masks import HAND_ON, OTHERWISE, RECURRENT
from shapecalc.layers import rule_for, rule_names

keras = pytest.importorskip("keras", reason="the `keras` extra is missing")
pytestmark = pytest.mark.oracle

MAKE = frozenset({"Embedding", "Masking"})
ARGUMENTS = {
    "Activation": ("relu",), "AlphaDropout": (0.1,), "Dense": (2,), "Dropout": (0.1,),
    "GaussianDropout": (0.1,), "GaussianNoise": (0.1,), "Rescaling": (0.1,),
    "SpatialDropout1D": (0.1,), "SpatialDropout2D": (0.1,), "SpatialDropout3D": (0.1,),
}  # fmt: skip
RULES = (rule_for(path) for path in rule_names() if path.startswith("keras.layers."))
NAMES = sorted(
    {r.__name__ for r in RULES if r and isinstance(getattr(keras.layers, r.__name__, None), type)}
)


@pytest.mark.parametrize("name", sorted(HAND_ON))
def test_a_layer_that_hands_masks_on_says_so_to_keras(name):
    layer = getattr(keras.layers, name)(*ARGUMENTS.get(name, ()))
    assert layer.supports_masking
    assert type(layer).compute_mask is keras.layers.Layer.compute_mask


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_with_a_rule_of_its_own_for_masks_is_known_to_have_one(name):
    cls = getattr(keras.layers, name)
    own = cls.compute_mask is not keras.layers.Layer.compute_mask
    assert not own or name in MAKE | RECURRENT | OTHERWISE


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_that_loses_masks_says_so_to_keras(name):
    if name in HAND_ON | MAKE | RECURRENT | OTHERWISE:
        pytest.skip("it does not lose them")
    try:
        layer = getattr(keras.layers, name)()
    except (ImportError, TypeError, ValueError):
        pytest.skip("it needs arguments")
    assert not layer.supports_masking

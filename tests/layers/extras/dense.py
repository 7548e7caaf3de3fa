"""Fully connected layers."""

from tests.layers import counting
from tests.layers.strategies import Extra

EXTRAS = {"Dense": Extra(count=counting.dense)}

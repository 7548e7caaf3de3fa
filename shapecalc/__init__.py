"""Shapes, parameters and connections of a neural network, from its source alone."""

__version__ = "0.1.0"

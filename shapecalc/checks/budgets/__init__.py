"""Checks of how much a model may have at the most."""

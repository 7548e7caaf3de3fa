"""Formats of `summary`: models as tables."""

"""Formats of `check`: diagnostics as text."""

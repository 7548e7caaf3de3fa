"""Checks of how models are compiled and of the data that they are given."""

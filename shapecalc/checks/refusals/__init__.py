"""Checks that explain a refused call: one file for each class of refusals."""

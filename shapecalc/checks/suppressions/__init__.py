"""Checks that look at the comments which silence findings, and at nothing else."""

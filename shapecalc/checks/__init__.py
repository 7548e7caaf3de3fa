"""Checks: what makes diagnostics of a program's refused calls and gaps."""

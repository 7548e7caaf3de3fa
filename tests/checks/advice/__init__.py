"""Broken programs, by what is wrong, with what their findings must tell."""

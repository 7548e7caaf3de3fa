"""Checks that report what could not be read or followed: one file for each kind of gap."""

"""Checks, told about named people."""

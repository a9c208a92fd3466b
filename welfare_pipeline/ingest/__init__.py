"""Landed files -> tables of the contract's shape, every row that cannot be used on record. Starts at `delivery.py`.

Nothing here judges a person or compares tables: that is for checks, linkage and reconcile.
"""

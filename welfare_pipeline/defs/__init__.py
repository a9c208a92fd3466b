"""The wiring: which tables are made by which step, for which partition, when, and what a failed check does.

The only room that imports Dagster. What a step computes is written in the room of its stage.
"""

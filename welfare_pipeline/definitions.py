"""Dagster's entry point: everything it can show and run."""

from welfare_pipeline.defs.everything import definitions

defs = definitions()

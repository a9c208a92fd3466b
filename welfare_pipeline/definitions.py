"""Dagster's entry point: everything it can show and run."""

from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.instance import know_landed_districts
from welfare_pipeline.defs.resources import data_root

defs = definitions()
know_landed_districts(data_root())

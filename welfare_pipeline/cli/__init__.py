"""`welfare`: the commands people type. What they do is written in other rooms; here are words and exit codes."""

from welfare_pipeline.cli.entry import main

__all__ = ["main"]

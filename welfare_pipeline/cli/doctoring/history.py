"""Dagster's instance: whether its run history can be opened and asked, as it lies there."""

from pathlib import Path

import dagster as dg

from welfare_pipeline.cli.doctoring.finding import Finding
from welfare_pipeline.defs.damaged_history import is_damaged, lacking_variables
from welfare_pipeline.lake import DataRoot

WHAT = "Dagster instance"


def instance(root: DataRoot) -> Finding:
    """Whether the run history answers; one that is not there is made by the first run."""
    home = root.dagster
    if not home.exists() and not home.is_symlink():
        return Finding(WHAT, "is made by the first run")
    if not home.is_dir():
        return _wrong(home, "is no folder")
    if is_damaged(home):
        return _wrong(home, "has a run history that cannot be read: the next run moves it aside and begins a new one")
    if not (home / "dagster.yaml").exists():
        return Finding(WHAT, f"{home} has no settings: the next run puts the shipped ones there")
    return _asked(home)


def _asked(home: Path) -> Finding:
    if lacking := lacking_variables(home):
        return _wrong(home, f"wants {' and '.join(lacking)} in the environment, where it is not set")
    try:
        with dg.DagsterInstance.from_config(str(home)) as opened:
            runs = opened.get_runs_count()
    except Exception as error:  # noqa: BLE001  whatever a store or its settings raise; words may quote a password
        return _wrong(
            home, f"cannot be opened ({type(error).__name__}): see dagster.yaml in it, and its database server"
        )
    return Finding(WHAT, f"{home}: {runs} runs")


def _wrong(home: Path, words: str) -> Finding:
    return Finding(WHAT, f"{home} {words}", is_wrong=True)

"""The errors that linkage with the shipped model leaves: measured by benchmarks/linkage/calibrate.py, kept beside it.

A run reckons with at least these, as its own lists cannot show what was overlooked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb


@dataclass(frozen=True)
class ErrorRates:
    """Upper bounds (97.5 %) of the shares of wrong links, and of overlooked people, over once and twice usual errors.

    `false_exact`: of links by an equal valid NIK with agreeing name. `false_compared`: of links found by comparing.
    `missed_compared`: overlooked people by links found through comparing: both grow with how badly a list is written.
    `false_accepted`: of the links that a guard accepted, by guard; none that the calibration did not meet.
    """

    model_version: str
    false_exact: float
    false_compared: float
    missed_compared: float
    false_accepted: Mapping[str, float]

    def parameters(self) -> dict[str, Any]:
        """The rates as parameters of `linkage_quality.sql`."""
        return {
            "false_exact": self.false_exact,
            "false_compared": self.false_compared,
            "missed_compared": self.missed_compared,
        }


def load_error_rates() -> ErrorRates:
    """The rates this version ships."""
    content = json.loads(files("welfare_pipeline.people").joinpath("error_rates.json").read_text("utf-8"))
    return ErrorRates(**{name: content[name] for name in ErrorRates.__dataclass_fields__})


def see_accepting(con: duckdb.DuckDBPyConnection, rates: ErrorRates) -> None:
    """Make `accepting`: guard, false_share."""
    con.execute("create table accepting (guard varchar, false_share double)")
    for guard, false_share in rates.false_accepted.items():
        con.execute("insert into accepting values (?, ?)", [guard, false_share])

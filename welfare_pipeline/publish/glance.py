"""How every district of a month stands and its main figures, side by side: for the overview and the provinces' pages.

Only counts; what is published is read, nothing is computed anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import district_name, province_names
from welfare_pipeline.contracts.tables import CHECK_RESULTS, DISTRICT_STATUS, DISTRICT_SUMMARY
from welfare_pipeline.contracts.vocabulary import DistrictState, Severity
from welfare_pipeline.lake import DataRoot, Partition, read_frame

_FAILED = """
select district_code, "table", "check", severity, failing_rows, explanation, {indonesian}
from check_results
where passed is false
order by district_code, severity, "table", "check"
"""
Standing = tuple[DistrictState, str | None, str | None]  # why it is stale, and the reason
_AT_STAKE = ("off_target_amount", "to_verify_amount")


@dataclass(frozen=True)
class FailedCheck:
    """A check of the newest delivery that did not pass, with what was found in English and Bahasa Indonesia."""

    table: str
    check: str
    severity: Severity
    failing_rows: int | None
    explanation: str
    explanation_id: str


@dataclass(frozen=True)
class DistrictMonth:
    """A district's month: how it stands, its row of `district_summary` (empty: nothing is published), failed checks."""

    district: str
    state: DistrictState
    stale_because: str | None = None
    reason: str | None = None
    figures: Mapping[str, int | float | None] = field(default_factory=dict)
    failed: Sequence[FailedCheck] = ()

    @property
    def name(self) -> str:
        """The district's name."""
        return district_name(self.district) or self.district

    @property
    def province(self) -> str:
        """The province's 2-digit code."""
        return self.district[:2]

    @property
    def province_name(self) -> str:
        """The province's name."""
        return province_names().get(self.province, self.province)

    @property
    def is_published(self) -> bool:
        """Whether there are figures to show."""
        return bool(self.figures)

    def figure(self, name: str) -> int | float | None:
        """A measure of `district_summary`; `None` if nothing is published or it is not known."""
        return self.figures.get(name)

    def households(self, kind: str) -> int | None:
        """Poor households `unregistered` or `misranked`, certain and possible together."""
        found = [self.figure(f"{kind}_households_{certainty}") for certainty in ("certain", "possible")]
        return None if None in found else int(sum(count or 0 for count in found))

    @property
    def at_stake(self) -> int | None:
        """Rupiah a month paid to rows that are off target or to verify; `None` if that is not known."""
        amounts = [self.figure(name) for name in _AT_STAKE]
        known = [amount for amount in amounts if amount is not None]
        return int(sum(known)) if known else None


def read_glance(root: DataRoot, period: str) -> tuple[DistrictMonth, ...]:
    """Every district that landed, was run or is expected in the period, in order of its code."""
    standings = _standings(root, period)
    figures = _figures(root, period)
    failed = _failed_checks(root, period)
    unnoted = dict.fromkeys(figures.keys() - standings.keys(), (DistrictState.RECONCILED, None, None))
    return tuple(
        DistrictMonth(code, state, stale, reason, figures.get(code, {}), tuple(failed.get(code, ())))
        for code, (state, stale, reason) in sorted((standings | unnoted).items())
    )


def read_month(partition: Partition) -> DistrictMonth:
    """A district's month that was just decided."""
    with partition.look(DISTRICT_SUMMARY.name, CHECK_RESULTS.name) as con:
        figures = con.execute("from district_summary").pl().to_dicts()
        failed = [_check(*row[1:]) for row in con.execute(_failed(con)).fetchall()]
    return DistrictMonth(
        partition.district, DistrictState.RECONCILED, figures=figures[0] if figures else {}, failed=failed
    )


def _failed(con: duckdb.DuckDBPyConnection) -> str:
    """The question; a file of an older version has no words in Bahasa Indonesia."""
    has_both = "explanation_id" in con.table(CHECK_RESULTS.name).columns
    return _FAILED.format(indonesian="explanation_id" if has_both else "explanation")


def _check(table: str, check: str, severity: str, *told: Any) -> FailedCheck:
    return FailedCheck(table, check, Severity(severity), *told)


def _standings(root: DataRoot, period: str) -> dict[str, Standing]:
    """State, why it is stale and the reason, as noted when the months were looked at last."""
    nothing = pl.DataFrame(schema=dict.fromkeys(DISTRICT_STATUS.column_types(), pl.String))
    noted = pl.concat([nothing, *map(read_frame, root.noted_status())]).filter(pl.col("period") == period)
    rows = noted.select("district_code", "state", "stale_because", "reason").iter_rows()
    return {code: (DistrictState(state), stale, reason) for code, state, stale, reason in rows}


def _figures(root: DataRoot, period: str) -> dict[str, dict[str, int | float | None]]:
    published = [partition for partition in root.partitions() if partition.period == period]
    with root.across(published, [DISTRICT_SUMMARY.name]) as con:
        rows = con.execute("from district_summary").pl().to_dicts()
    return {row["district_code"]: row for row in rows}


def _failed_checks(root: DataRoot, period: str) -> dict[str, list[FailedCheck]]:
    newest = [partition for partition in root.newest_deliveries() if partition.period == period]
    found: dict[str, list[FailedCheck]] = {}
    with root.across(newest, [CHECK_RESULTS.name]) as con:
        for code, *told in con.execute(_failed(con)).fetchall():
            found.setdefault(code, []).append(_check(*told))
    return found

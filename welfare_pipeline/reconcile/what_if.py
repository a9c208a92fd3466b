"""A month decided by the policy in force and by another one, side by side; what comes of it is kept nowhere.

Reading and linking stay as they are: a policy's thresholds about files and links change nothing here.
"""

from collections.abc import Mapping
from importlib.resources import files

import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import Policy, ProgrammeRule
from welfare_pipeline.lake import Partition
from welfare_pipeline.reconcile.district import reconcile_district

_DECIDED = ("recipient_outcomes", "programme_rules")
OF_ROWS = (
    "rows", "entitled", "enter", "enter_amount", "leave", "leave_amount", "amount_before", "amount_after",
    "to_verify_before", "to_verify_after",
)  # fmt: skip
OF_REGISTRY = ("registered_within_before", "registered_within_after")
SUMS = (*OF_ROWS, *OF_REGISTRY)
ROW = ("programme", "source_file", "source_row")
_HIGHEST = 10


def compared(partition: Partition, policy: Policy, other: Policy) -> pl.DataFrame:
    """One row per programme and village of the partition: who enters and leaves by the other policy.

    `rows` of the list, `entitled` of them by the policy in force (not off target), `enter` and `leave` the entitlement;
    amounts are those of the entitled, in rupiah a month; registered: families (or persons) within the decile limit.
    Columns beside `SUMS`: district_code, district_name, village_code, village_name, programme.
    """
    rules = [(rule.programme, rule.label_en) for rule in other.rules(partition.period)]  # none can be taken away
    named = pl.DataFrame(rules, schema=["programme", "label"], orient="row").with_row_index("place")
    key = ["programme", "village_code"]
    rows, registry = _of_rows(partition, policy, other), _of_registry(partition, policy, other)
    counted = rows.join(registry, on=key, how="full", coalesce=True, nulls_equal=True)
    return (
        counted.join(named, on="programme")
        .join(_villages(partition), on="village_code", how="left")
        .with_columns(
            pl.col(SUMS).fill_null(0).cast(pl.Int64),
            programme="label",
            district_code=pl.lit(partition.district),
            district_name=pl.lit(district_name(partition.district) or partition.district),
        )
        .sort("place", "village_code", nulls_last=True)
    )


def _of_rows(partition: Partition, policy: Policy, other: Policy) -> pl.DataFrame:
    before, after = (_decided(partition, chosen) for chosen in (policy, other))
    both = before.join(after.select(*ROW, "is_entitled", "is_to_verify", "amount"), on=ROW, suffix="_after")
    was, will = pl.col("is_entitled"), pl.col("is_entitled_after")
    amount, amount_after = pl.col("amount"), pl.col("amount_after")
    return both.group_by("programme", "village_code").agg(
        rows=pl.len(),
        entitled=was.sum(),
        enter=(will & ~was).sum(),
        enter_amount=amount_after.filter(will & ~was).sum(),
        leave=(was & ~will).sum(),
        leave_amount=amount.filter(was & ~will).sum(),
        amount_before=amount.filter(was).sum(),
        amount_after=amount_after.filter(will).sum(),
        to_verify_before=pl.col("is_to_verify").sum(),
        to_verify_after=pl.col("is_to_verify_after").sum(),
    )


def _decided(partition: Partition, policy: Policy) -> pl.DataFrame:
    """One row per accepted recipient row: whether it is entitled by that policy, and its amount."""
    with partition.draft() as draft:
        reconcile_district(draft, policy, _DECIDED)
        with draft.connect(tables=_DECIDED) as con:
            return con.execute(_query("what_if")).pl()


def _of_registry(partition: Partition, policy: Policy, other: Policy) -> pl.DataFrame:
    """By programme with a decile limit and village: how many of the registry are within it, if only to be verified."""
    with partition.connect(tables=("registry", "links")) as con:
        registered = con.execute(_query("what_if_ranks")).pl()
    before, after = (_limited(chosen, partition.period) for chosen in (policy, other))
    rows = [
        (name, str(rule.unit), _reach(before.get(name)), _reach(after.get(name)))
        for name, rule in {**before, **after}.items()
    ]
    types = {"programme": pl.String, "unit": pl.String, "before": pl.Int64, "after": pl.Int64}
    limits = pl.DataFrame(rows, schema=types, orient="row")
    there, within = limits.join(registered, on="unit"), pl.col("decile_lowest")
    return there.group_by("programme", "village_code").agg(
        registered_within_before=pl.col("registered").filter(within <= pl.col("before")).sum(),
        registered_within_after=pl.col("registered").filter(within <= pl.col("after")).sum(),
    )


def _limited(policy: Policy, period: str) -> Mapping[str, ProgrammeRule]:
    return {rule.programme: rule for rule in policy.rules(period) if rule.decile_limit is not None}


def _reach(rule: ProgrammeRule | None) -> int:
    """The highest decile that the rule lets in; without a rule every one."""
    return _HIGHEST if rule is None else max(rule.decile_limit or 0, rule.verify_limit or 0)


def _villages(partition: Partition) -> pl.DataFrame:
    with partition.connect(tables=("population",)) as con:
        return con.execute(_query("what_if_villages")).pl()


def _query(name: str) -> str:
    return files("welfare_pipeline.reconcile").joinpath(f"{name}.sql").read_text("utf-8")

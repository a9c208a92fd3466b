"""A month decided by the policy in force and by another one, side by side; what comes of it is kept nowhere.

Reading and linking stay as they are: a policy's thresholds about files and links change nothing here.
"""

from importlib.resources import files

import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.lake import Partition
from welfare_pipeline.reconcile.district import reconcile_district

_DECIDED = ("recipient_outcomes", "programme_rules")
SUMS = (
    "rows", "entitled", "enter", "enter_amount", "leave", "leave_amount", "amount_before", "amount_after",
    "to_verify_before", "to_verify_after",
)  # fmt: skip
ROW = ("programme", "source_file", "source_row")


def compared(partition: Partition, policy: Policy, other: Policy) -> pl.DataFrame:
    """One row per programme and village of the partition: who enters and leaves by the other policy.

    `rows` of the list, `entitled` of them by the policy in force (not off target), `enter` and `leave` the entitlement;
    amounts are those of the entitled, in rupiah a month. Columns beside `SUMS`: district_code, district_name,
    village_code, village_name, programme.
    """
    before, after = (_decided(partition, chosen) for chosen in (policy, other))
    both = before.join(after.select(*ROW, "is_entitled", "is_to_verify", "amount"), on=ROW, suffix="_after")
    was, will = pl.col("is_entitled"), pl.col("is_entitled_after")
    amounts = {"before": pl.col("amount"), "after": pl.col("amount_after")}
    return (
        both.group_by("place", "programme_label", "village_code", "village_name")
        .agg(
            rows=pl.len(),
            entitled=was.sum(),
            enter=(will & ~was).sum(),
            enter_amount=amounts["after"].filter(will & ~was).sum(),
            leave=(was & ~will).sum(),
            leave_amount=amounts["before"].filter(was & ~will).sum(),
            amount_before=amounts["before"].filter(was).sum(),
            amount_after=amounts["after"].filter(will).sum(),
            to_verify_before=pl.col("is_to_verify").sum(),
            to_verify_after=pl.col("is_to_verify_after").sum(),
        )
        .with_columns(
            pl.col(SUMS).cast(pl.Int64),
            district_code=pl.lit(partition.district),
            district_name=pl.lit(district_name(partition.district) or partition.district),
        )
        .sort("place", "village_code", nulls_last=True)
        .rename({"programme_label": "programme"})
        .drop("place")
    )


def _decided(partition: Partition, policy: Policy) -> pl.DataFrame:
    """One row per accepted recipient row: whether it is entitled by that policy, and its amount."""
    query = files("welfare_pipeline.reconcile").joinpath("what_if.sql").read_text("utf-8")
    with partition.draft() as draft:
        reconcile_district(draft, policy, _DECIDED)
        with draft.connect(tables=(*_DECIDED, "population")) as con:
            return con.sql(query).pl()

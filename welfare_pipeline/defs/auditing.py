"""Write, audit, publish: what becomes of a step's drafted tables once they are checked."""

from collections.abc import Sequence

from welfare_pipeline.checks import Finding, held_back_because
from welfare_pipeline.contracts.tables import RECORDS
from welfare_pipeline.defs.failures import held_back
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import Draft, Partition
from welfare_pipeline.publish import withdraw_month

RECORD_NAMES = tuple(table.name for table in RECORDS)


def keep_or_hold_back(draft: Draft, findings: Sequence[Finding], maker: Maker) -> str | None:
    """Put the drafted tables in place and return `None`; after a blocking finding only the records, and return why.

    Held back, the partition loses every other table, those of an earlier run too.
    """
    reason = held_back_because(findings)
    maker.sign(draft, only=RECORD_NAMES if reason else None)
    if reason is None:
        draft.keep()
        return None
    draft.hold_back(RECORD_NAMES)
    return reason


def stop_if_held_back(data: WelfareData, partition: Partition, reason: str | None) -> None:
    """Fail the run with the reason, once the district's officers can read in their database what went wrong."""
    if reason is None:
        return
    partition.promote()
    withdraw_month(data.root, partition.period, partition.district)
    raise held_back(reason)

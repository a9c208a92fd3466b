"""Write, audit, publish: what becomes of a step's drafted tables once they are checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from welfare_pipeline.checks import Finding, held_back_because
from welfare_pipeline.contracts.tables import RECORDS
from welfare_pipeline.defs.failures import held_back
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import Draft, Ground, Partition
from welfare_pipeline.publish import publish_district

RECORD_NAMES = tuple(table.name for table in RECORDS)


@dataclass(frozen=True)
class Audited:
    """The version that a step has made; `reason`: why it is held back, and holds records only."""

    partition: Partition
    reason: str | None


def keep_or_hold_back(
    draft: Draft, findings: Sequence[Finding], maker: Maker, ground: Ground | None = None, *, decided: bool = False
) -> Audited:
    """Make the next version of the drafted tables, resting on that `ground`; everybody reads it if it is `decided`.

    After a blocking finding it holds the records only, and what was published before stays.
    """
    reason = held_back_because(findings)
    maker.sign(draft, only=RECORD_NAMES if reason else None)
    if reason is not None:
        return Audited(draft.hold_back(RECORD_NAMES, reason, maker.run_id), reason)
    if decided:
        return Audited(draft.accept(maker.run_id, ground, int(maker.policy.thresholds["kept_versions"])), None)
    return Audited(draft.keep(maker.run_id, ground), None)


def stop_if_held_back(data: WelfareData, audited: Audited) -> None:
    """Fail the run with the reason, once the district's officers can read in their database what went wrong."""
    if audited.reason is None:
        return
    publish_district(data.root, audited.partition.district)
    raise held_back(audited.reason)

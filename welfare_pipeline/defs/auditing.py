"""Write, audit, publish: what becomes of a step's drafted tables once they are checked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg

from welfare_pipeline.checks import Finding, held_back_because
from welfare_pipeline.contracts.tables import RECORDS
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.defs.failures import HELD_BACK, NOT_MADE, NOTHING_LANDED, SUPERSEDED, held_back, superseded
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.partitions import period_and_district
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.defs.standing import note_standings
from welfare_pipeline.lake import DataRoot, Draft, Ground, Partition, StoreError, SupersededError
from welfare_pipeline.publish.databases import publish_district
from welfare_pipeline.publish.reports import publish_report

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


@contextmanager
def noting_failure(context: dg.AssetExecutionContext, root: DataRoot) -> Iterator[None]:
    """Inside, a step that fails leaves its sentence in the month's pointer; what is published stays."""
    try:
        yield
    except dg.Failure as failure:
        if not {HELD_BACK, NOTHING_LANDED, NOT_MADE, SUPERSEDED} & failure.metadata.keys():
            reason, run_id = failure.description or "", context.run.run_id
            newest = root.partition(*period_and_district(context.partition_key))
            try:
                newest.point(lambda pointer: pointer.ended(DistrictState.FAILED, reason, run_id))
            except SupersededError as error:
                raise superseded(str(error)) from None
            except StoreError:  # it cannot be noted; why the step failed is told all the same
                raise failure from None
        raise


def stop_if_held_back(data: WelfareData, audited: Audited) -> None:
    """Fail the run with the reason, once the district's officers can read in their database what went wrong."""
    if audited.reason is None:
        return
    note_standings(data.root, audited.partition.district)
    publish_district(data.root, audited.partition.district)
    if data.root.published_partition(*audited.partition.name).has_any():
        publish_report(data.root, *audited.partition.name)  # it says that a newer delivery is held back
    raise held_back(audited.reason)

"""Districts that another machine went on with, while more has landed than it has read."""

from collections.abc import Mapping

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import RUN_MANIFEST
from welfare_pipeline.contracts.versions import policy_version
from welfare_pipeline.defs.delivered import Deliveries
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.ingest.watching import KnownFiles, look_into
from welfare_pipeline.lake import DataRoot, read_frame


def unread(root: DataRoot, period: str, ended: Mapping[str, RecordedRun]) -> list[str]:
    """Those of the superseded districts whose newest version does not rest on what is there now: they are run again."""
    superseded = [district for district, run in ended.items() if run.is_superseded]
    if superseded:
        root.refresh(period)
    return [district for district in superseded if not _is_read(root, period, district)]


def _is_read(root: DataRoot, period: str, district: str) -> bool:
    policy = load_policy(root.policy)
    look = look_into(root.landing(period, district), KnownFiles.kept_in(root.known_files, policy))
    newest = root.partition(period, district)
    if not Deliveries(root).has(f"{period}/{district}", look.content) or not newest.has(RUN_MANIFEST.name):
        return False
    rules = {*read_frame(newest.path(RUN_MANIFEST.name))["policy_version"]}
    return rules == {policy_version(policy)}

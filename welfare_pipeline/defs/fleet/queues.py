"""Which of the two queues a run waits in: by what its district has landed, for that is what its memory follows."""

from collections.abc import Iterable

from welfare_pipeline.contracts.policy import usable_policy
from welfare_pipeline.defs.fleet.settings import LARGE, SMALL
from welfare_pipeline.defs.partitions import period_and_district
from welfare_pipeline.lake import DataRoot


def queue_of(root: DataRoot, partition_key: str) -> str:
    """The queue of a run; what is of a whole month (the step between districts, publication) is taken by anyone."""
    if "|" not in partition_key:
        return SMALL
    policy, _ = usable_policy(root.policy)
    landed = landed_bytes(root, *period_and_district(partition_key))
    return LARGE if landed >= policy.thresholds["large_district_bytes"] else SMALL


def largest_first(root: DataRoot, period: str, districts: Iterable[str]) -> list[str]:
    """The districts in the order they are submitted: the largest takes longest, so it begins first."""
    return sorted(districts, key=lambda district: (-landed_bytes(root, period, district), district))


def landed_bytes(root: DataRoot, period: str, district: str) -> int:
    """How much has landed of a district; nothing, if its folder cannot be read (its run will say so)."""
    try:
        return root.landed_bytes(period, district)
    except OSError:
        return 0

"""What every step is given: the data root, the policy, and a turn of its own on the partition."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.lake import DataRoot, Partition, adopt
from welfare_pipeline.publish import months_ever_published, remove_abandoned

DATA_VARIABLE = "WELFARE_DATA"
DEFAULT_DATA = "data"


def data_root() -> DataRoot:
    """The data root that `WELFARE_DATA` names, else `./data`."""
    return DataRoot(Path(os.environ.get(DATA_VARIABLE) or DEFAULT_DATA).resolve())


class WelfareData(dg.ConfigurableResource["WelfareData"]):
    """The data root of the deployment. A run has its district to itself; a second one waits for its turn."""

    path: str

    @property
    def root(self) -> DataRoot:
        """The folders of the deployment."""
        return DataRoot(Path(self.path))

    def policy(self) -> Policy:
        """The dated rules, with the deployment's own over the shipped ones; `PolicyError` if they cannot be used."""
        return load_policy(self.root.policy)

    def partition(self, context: dg.AssetExecutionContext) -> Partition:
        """The tables that the run makes; until it promotes them, everybody else reads the former ones."""
        return self.root.partition(*period_and_district(context.partition_key)).pending()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WelfareData"]:
        """Hold the lock of the run's district (a month builds on the last one), or of the month it publishes."""
        remove_abandoned(self.root)
        adopt(self.root, lambda: months_ever_published(self.root))
        tags = context.run.tags if context.run else {}
        turn = tags.get("dagster/partition/district") or tags.get("dagster/partition")
        if turn is None:
            yield self
            return
        with self.root.alone(turn):
            yield self


def period_and_district(partition_key: str) -> tuple[str, str]:
    """Month and district code of a partition key of Dagster (dimensions in alphabetical order)."""
    district, period = partition_key.split("|")
    return period, district

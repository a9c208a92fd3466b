"""What every step is given: the data root, the policy, and a turn of its own on the partition."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import RUN_MANIFEST
from welfare_pipeline.defs.failures import not_made, nothing_landed, told_after, without_stack_traces
from welfare_pipeline.defs.partitions import name_tags, period_and_district
from welfare_pipeline.lake import DataRoot, Partition, migrate, pointer_of
from welfare_pipeline.publish.sweeping import remove_abandoned

DATA_VARIABLE = "WELFARE_DATA"
DEFAULT_DATA = "data"


def data_root() -> DataRoot:
    """The data root that `WELFARE_DATA` names, else `./data`."""
    return DataRoot(Path(os.environ.get(DATA_VARIABLE) or DEFAULT_DATA).resolve())


class WelfareData(dg.ConfigurableResource["WelfareData"]):
    """The data root of the deployment. A run has its district to itself; a second one waits for its turn.

    A dependency, not a setting: whoever may launch a run must not be able to point it at another folder of the machine.
    """

    root: dg.ResourceDependency[DataRoot]

    def policy(self) -> Policy:
        """The dated rules, with the deployment's own over the shipped ones; `PolicyError` if they cannot be used."""
        file = self.root.policy
        return _policy(file, file.read_bytes() if file.is_file() else None)

    def partition(self, context: dg.AssetExecutionContext, *, made: str | None = None) -> Partition:
        """What the steps before have made; others read what is published until the delivery is decided.

        Raises:
            dg.Failure: the table `made` by the step before is not there, so that nothing could be made of it.

        """
        partition = self.root.partition(*period_and_district(context.partition_key))
        if made is not None:
            require_made(partition, made)
        return partition

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WelfareData"]:
        """Hold the lock of the run's district (a month builds on the last one), or of the month it publishes."""
        tags = context.run.tags if context.run else {}
        partition = tags.get("dagster/partition", "")
        self.root.refresh(*(reversed(partition.split("|")) if "|" in partition else ()))
        remove_abandoned(self.root)
        migrate(self.root)
        turn = partition.partition("|")[0] or None
        if turn is None or (district_name(turn) is None and not is_period(turn)):  # Dagster refuses such a partition
            yield self
            return
        with self.root.alone(turn), told_to_people(context):
            yield self


@lru_cache(maxsize=2)
def _policy(file: Path, _content: bytes | None) -> Policy:
    """Every step of a run asks for the policy; it is read again when its content is another."""
    return load_policy(file)


@contextmanager
def told_to_people(context: dg.InitResourceContext) -> Iterator[None]:
    """Inside, the run bears its district's name, and says in a sentence why it fails."""
    run, instance = context.run, context.instance
    if run is None or instance is None:
        yield
        return
    instance.add_run_tags(run.run_id, name_tags(run.tags.get("dagster/partition", "").partition("|")[0]))
    with without_stack_traces(), told_after(instance, run):
        yield


def require_made(partition: Partition, table: str) -> None:
    """See that a step's tables can be made at all, when somebody starts it by itself.

    Raises:
        dg.Failure: they cannot; says what to land or to run.

    """
    if partition.path(table).exists():
        return
    period, district = partition.period, partition.district
    run = f"run the job 'reconcile_district' (or `welfare run --period {period} --district {district}`)"
    pointer = pointer_of(partition.lake, period, district)
    if pointer.is_refused and not pointer.is_published:
        message = f"{period} of district {district} was withdrawn: nothing of it is shown; to bring it back, {run}."
    elif partition.path(RUN_MANIFEST.name).exists():
        message = f"{period} of district {district} has no {table}: its delivery is held back, or not yet read; {run}."
    else:
        message = (
            f"Nothing of {period} has been read for district {district}: put its files into landing/{period}/{district}"
            f" (population, registry and at least one programme), then {run}."
        )
        raise nothing_landed(message)
    raise not_made(message)


def require_month(root: DataRoot, period: str) -> None:
    """See that there is something to publish of a month.

    Raises:
        dg.Failure: no district of it was ever read; says what to land or to run.

    """
    if period in {made for made, _ in root.ever_made()}:
        return
    message = (
        f"Nothing of {period} has been read: put each district's files into landing/{period}/<district code>, "
        f"then `welfare run --period {period}`."
    )
    raise nothing_landed(message)

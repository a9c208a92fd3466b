"""A data root with two landed districts, an instance in memory, and stages whose results each test chooses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import pytest

from welfare_pipeline import checks
from welfare_pipeline.checks import Check, Finding
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.defs import auditing, landing, linking, publication, reconciliation
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.history import history_kept_open
from welfare_pipeline.defs.partitions import know_districts, partition_key
from welfare_pipeline.ingest.delivery import Delivery
from welfare_pipeline.lake import DataRoot, Draft
from welfare_pipeline.publish.worklists.folder import PublishedWorklists

PERIOD = "2021-11"
KAMPAR, BENGKALIS = "1401", "1403"
FEW_CHECKS = {"registry_does_not_exceed_population", "nothing_odd_landed", "count_is_recent"}  # of landing, of 129


@dataclass
class Stages:
    """What the faked stages are to do, and whom they published."""

    failing: set[tuple[str, str]] = field(default_factory=set)  # (district, check)
    not_executed: set[str] = field(default_factory=set)  # checks
    crashing: set[tuple[str, str]] = field(default_factory=set)  # (district, stage)
    landed: tuple[str, ...] = ("registry", "recipient_rows", "proposals")
    published: list[str] = field(default_factory=list)

    def drafts(self, stage: str, *tables: str) -> Callable[..., None]:
        """A stage that drafts empty tables."""

        def work(draft: Draft) -> None:
            if (draft.partition.district, stage) in self.crashing:
                message = "SITI AMINAH 1401015507800001"
                raise ValueError(message)
            write_empty(draft, *(tables or self.landed))

        return work

    def finds(self, specs: tuple[Check, ...]) -> Callable[..., list[Finding]]:
        """A stage's checks, of which those of `failing` fail."""
        return lambda draft, *_: [self._finding(spec, draft.partition.district) for spec in specs]

    def _finding(self, spec: Check, district: str) -> Finding:
        if spec.check in self.not_executed:
            words = "Not checked: the population list did not arrive."
            return Finding(spec.table, spec.check, spec.severity, None, None, None, None, words)
        failed = (district, spec.check) in self.failing
        counts = (3, 12, 0.25) if failed else (0, 12, 0.0)
        words = f"3 of 12 rows break {spec.check}." if failed else "Nothing to report."
        return Finding(spec.table, spec.check, spec.severity, not failed, *counts, words)


def write_empty(draft: Draft, *tables: str) -> None:
    """Draft tables without rows."""
    with draft.connect(tables=tables) as con:
        for table in tables:
            con.execute(f"create or replace temp table nothing as from {table} where false")
            columns = ", ".join(f'"{name}"' for name in TABLE_BY_NAME[table].column_types())
            draft.write_query(con, table, f"select {columns} from nothing")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataRoot:
    """A data root where Kampar and Bengkalis have landed for November 2021."""
    return landed(tmp_path, monkeypatch)


def landed(folder: Path, patch: pytest.MonkeyPatch) -> DataRoot:
    """The data root in a folder, which is that of the process until the patch is undone."""
    root = DataRoot(folder)
    for district in (KAMPAR, BENGKALIS):
        root.landing(PERIOD, district).mkdir(parents=True)
        (root.landing(PERIOD, district) / "registry.csv").write_text("nik,nama\n", encoding="utf-8")
    patch.setenv("WELFARE_DATA", str(folder))
    return root


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    """The stages replaced by ones that only draft empty tables and find what they are told."""
    return fake_stages(monkeypatch)


def fake_stages(monkeypatch: pytest.MonkeyPatch, *, every_check: bool = False, pages: bool = False) -> Stages:
    """Replace the stages until the patch is undone.

    Unless asked for, landing has few checks (Dagster takes long to note all), and no worklists or report are written.
    """
    stages = Stages()
    if not every_check:
        declare_few_checks(monkeypatch)
    if not pages:
        monkeypatch.setattr(publication, "publish_worklists", no_worklists)
        for module in (publication, auditing):
            monkeypatch.setattr(module, "publish_report", DataRoot.report)
    land, link = stages.drafts("land"), stages.drafts("link", "links", "review_pairs")
    decide = stages.drafts("reconcile", "recipient_outcomes", "district_summary")

    def ingest_delivery(_folder: Path, _policy: Policy, draft: Draft) -> Delivery:
        land(draft)
        return Delivery((), (), frozenset())

    monkeypatch.setattr(landing, "ingest_delivery", ingest_delivery)
    monkeypatch.setattr(linking, "link_people", lambda draft, _policy, _secret: link(draft))
    monkeypatch.setattr(reconciliation, "reconcile_district", lambda draft, _policy: decide(draft))
    monkeypatch.setattr(checks, "check_delivery", stages.finds(checks.declared_checks(load_policy().sources)))
    monkeypatch.setattr(checks, "check_links", stages.finds(checks.declared_link_checks()))
    monkeypatch.setattr(checks, "check_reconciliation", stages.finds(checks.declared_reconciliation_checks()))

    def publish_district(root: DataRoot, district: str) -> Path:
        stages.published.append(district)
        return root.path

    for module in (publication, auditing):
        monkeypatch.setattr(module, "publish_district", publish_district)
    return stages


def declare_few_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let landing declare only `FEW_CHECKS`, and leave out the library that its real checks need."""
    few = tuple(spec for spec in checks.declared_checks(load_policy().sources) if spec.check in FEW_CHECKS)
    monkeypatch.setattr(checks, "declared_checks", lambda _: few)
    monkeypatch.setattr(landing, "import_module", lambda _: None)


def no_worklists(root: DataRoot, period: str, district: str) -> PublishedWorklists:
    return PublishedWorklists(root.worklists(period, district), (), {})


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A Dagster instance in memory that knows the two districts."""
    with in_memory() as instance:
        yield instance


@contextmanager
def in_memory() -> Iterator[dg.DagsterInstance]:
    """Inside, there is such an instance."""
    with dg.DagsterInstance.ephemeral() as instance, history_kept_open(instance):
        know_districts(instance, [KAMPAR, BENGKALIS])
        yield instance


@pytest.fixture
def reconcile(
    root: DataRoot,  # noqa: ARG001  what the stages work on
    stages: Stages,  # noqa: ARG001
    instance: dg.DagsterInstance,
) -> Callable[[str], dg.ExecuteInProcessResult]:
    """Runs one district's month."""
    return runner(instance)


def runner(instance: dg.DagsterInstance) -> Callable[[str], dg.ExecuteInProcessResult]:
    """Runs one district's month, with the stages and the data root of this moment."""
    job = definitions().resolve_job_def("reconcile_district")
    return lambda district: job.execute_in_process(
        instance=instance,
        partition_key=partition_key(PERIOD, district),
        raise_on_error=False,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )

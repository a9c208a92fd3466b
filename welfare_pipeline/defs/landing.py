"""First step of a district's run: read the landed files, check them, and let them into the lake or hold them back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread

import dagster as dg

from welfare_pipeline import checks
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.tables import LANDED, PERSON_ROWS, RECIPIENT_ROWS, RECORDS, RUN_MANIFEST
from welfare_pipeline.defs.auditing import keep_or_hold_back, noting_failure, stop_if_held_back
from welfare_pipeline.defs.failures import nothing_landed, told_plainly
from welfare_pipeline.defs.findings import Shown, check_results, check_specs
from welfare_pipeline.defs.in_words import BOTH, Languages, languages_of
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, period_and_district
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.defs.specs import NO_CONFIG, asset_spec, list_materializations, list_spec, materializations
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.ingest.landing_folder import leads_out_of
from welfare_pipeline.lake import (
    LOCKED_OUT,
    Draft,
    Ground,
    Partition,
    damages_in,
    draft_person_rows,
    is_locked,
    memory_damages,
    told_damages,
)

MADE = (*LANDED, PERSON_ROWS, *RECORDS)


def landing_step(sources: Sources, languages: Languages = BOTH) -> dg.AssetsDefinition:
    """The step that lands these lists: an asset for each of them, programmes' lists behind `recipient_rows`."""
    programmes = [source.asset for source in sources.programmes]

    @dg.multi_asset(
        name="land",
        description="Read the landed files, check them, and hold the district back if they would mislead.",
        specs=[
            *(asset_spec(table, "landing", programmes if table is RECIPIENT_ROWS else (), languages) for table in MADE),
            *(list_spec(source, RECIPIENT_ROWS, languages) for source in sources.programmes),
        ],
        check_specs=check_specs(checks.declared_checks(sources), languages),
        partitions_def=DISTRICT_MONTHS,
        config_schema=NO_CONFIG,
    )
    def land(context: dg.AssetExecutionContext, data: WelfareData) -> Iterator[dg.MaterializeResult[None] | Shown]:
        """The landed tables of a month and district, or (held back) the record of why they are not used."""
        with noting_failure(context, data.root), told_plainly("land", data.root):
            policy = _policy_of(data, sources)
            with data.root.nothing(*period_and_district(context.partition_key)).draft() as draft:
                findings, read = _drafted_and_checked(draft, data, policy)
                audited = keep_or_hold_back(draft, findings, Maker(context.run.run_id, policy), read)
            yield from list_materializations(audited.partition, () if audited.reason else programmes)
            yield from materializations(audited.partition, RECORDS if audited.reason else MADE)
            yield from check_results(findings, languages_of(policy))
            stop_if_held_back(data, audited)

    return land


def _policy_of(data: WelfareData, sources: Sources) -> Policy:
    """The policy, whose programmes must be those that these definitions were loaded with."""
    policy = data.policy()
    if policy.sources != sources:
        message = "policy.toml declares other programmes than when this page was loaded: reload the definitions."
        raise dg.Failure(message, allow_retries=False)
    return policy


def _lists(policy: Policy) -> list[str]:
    return [source.name for source in policy.sources.lists]


def _drafted_and_checked(draft: Draft, data: WelfareData, policy: Policy) -> tuple[list[checks.Finding], Ground]:
    folder = _folder(data, draft.partition)
    read = data.root.read_now(*draft.partition.name, _lists(policy))
    with _imported_meanwhile("welfare_pipeline.checks.suite"):
        delivery = ingest_delivery(folder, policy, draft)
        draft_person_rows(draft, policy)
    strangers = [(stranger.name, None, stranger.advice, stranger.meant) for stranger in delivery.strangers]
    findings = checks.check_delivery(draft, policy, strangers)
    checks.write_findings(draft, findings)
    return findings, read


@contextmanager
def _imported_meanwhile(module: str) -> Iterator[None]:
    """Import a module on the other core; by the end it is there.

    Great Expectations takes seconds. Not any earlier: while Dagster opens its databases, the import of the same
    SQLAlchemy in a thread makes it fail now and then.
    """
    importing = Thread(target=_import_quietly, args=(module,), daemon=True)
    importing.start()
    yield
    importing.join()


def _import_quietly(module: str) -> None:
    """A thread's error would be printed with its traceback; whoever imports the module next meets it again."""
    with suppress(Exception):
        import_module(module)


def _is_locked(data: WelfareData, district: str) -> bool:
    """Whether a month of the district has a key that is not there: a run would leave its database without, or mixed."""
    sound = (
        partition for partition in data.root.partitions(district) if not damages_in(partition, {RUN_MANIFEST.name})
    )
    records = (partition.path(RUN_MANIFEST.name) for partition in sound)
    return any(is_locked(file) for file in records if file.exists())


def _damaged_memory(data: WelfareData, partition: Partition) -> str | None:
    """What has to be mended first, because a month builds on the district's earlier ones."""
    told = told_damages(data.root, memory_damages(data.root, partition.period, partition.district))
    if not told:
        return None
    return "\n".join(
        ["This month builds on what the lake holds of earlier ones, which have to be mended first:", *told]
    )


def _folder(data: WelfareData, partition: Partition) -> Path:
    folder = data.root.landing(partition.period, partition.district)
    where = f"landing/{partition.period}/{partition.district}"
    problem = None
    if leads_out_of(data.root.landings, folder):
        problem = (
            f"{where} is a link that leads out of the landing folder and is not followed: land the files themselves."
        )
    elif not folder.is_dir():
        nothing = f"Nothing has landed: put the district's files into {where}."
        raise nothing_landed(nothing)
    elif not os.access(folder, os.R_OK | os.X_OK):
        problem = f"{where} may not be read by the user who runs this: give that user the right to read it."
    elif (damaged := _damaged_memory(data, partition)) is not None:
        problem = damaged
    elif _is_locked(data, partition.district):
        problem = LOCKED_OUT
    if problem is not None:
        raise dg.Failure(problem, allow_retries=False)
    return folder

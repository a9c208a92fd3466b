"""`welfare verify`: whether what is published is what the landed files give."""

from collections.abc import Iterator

import click
import polars as pl

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.cli.stores import stale_months_told
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.versions import code_version, model_version, policy_version
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.contracts.words import Language, state_in_words
from welfare_pipeline.ingest.landing_folder import landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.worklist_search import with_worklists
from welfare_pipeline.lake import (
    DataRoot,
    Partition,
    damages_in,
    read_frame,
    sha256_of,
    told_damages,
)
from welfare_pipeline.publish.verifying import published_differences, unaccounted_files


@click.command("verify")
@data_option
def command(root: DataRoot) -> int:
    """Compare landed files, lake and published databases. Exits with 1 if they are not of one piece.

    Hashes of the landed files and of the lake are computed anew, rows of every file are added up, and every published
    row is held against the lake. A damage does not end it: all are told, each with what mends it.
    """
    policy = policy_in_force(root, done="Nothing was verified.")
    with root.snapshot("verify") as lake:
        partitions = lake.newest_deliveries()
        versions = {*lake, *partitions}
        damages = [*{damage for partition in versions for damage in damages_in(partition)}, *lake.lost()]
        if not partitions and not damages:
            message = f"nothing has been reconciled in {root.path}: there is nothing to verify."
            raise click.UsageError(message)
        damaged = {damage.where for damage in damages}
        whole = [partition for partition in partitions if partition.name not in damaged]
        published = [partition for partition in lake if partition.name not in damaged]
        differences = [*told_damages(root, damages), *published_differences(root, published, whole, damaged)]
        for partition in whole:
            found = [*_landing_differences(root, partition, policy), *unaccounted_files(partition)]
            differences += [f"{partition.district} {partition.period}: {difference}" for difference in found]
        for line in (*differences, *_notes(root, policy, whole), *_set_aside(root)):
            click.echo(line)
        tables = sum(len(partition.tables()) for partition in partitions)
    verdict = f"{len(differences)} differences; run the month again." if differences else "All of one piece."
    click.echo(f"{len(partitions)} months and districts, {tables} tables. {verdict}")
    return int(bool(differences))


def _landing_differences(root: DataRoot, partition: Partition, policy: Policy) -> Iterator[str]:
    if not partition.path("landed_files").exists():
        return
    files = read_frame(partition.path("landed_files"))
    read = dict(files.select("source_file", "sha256").iter_rows())
    folder = root.landing(partition.period, partition.district)
    named = dict(files.select("source_file", "landed_name").iter_rows())
    sources = policy.sources
    landing = with_worklists(landed_in(folder, sources), Limits.of(policy), sources) if folder.is_dir() else None
    found = {file.name: file.path for file in landing.files} if landing else {}
    for name in sorted({*read, *found}):
        if name not in found:
            is_there = (folder / (named.get(name) or name)).exists()
            is_gone = (
                "is of no list that the policy declares any more" if is_there else "is no longer in the landing folder"
            )
            yield f"{name}: {is_gone}"
        elif name not in read:
            yield f"{name}: has landed since the run"
        elif read[name] and sha256_of(found[name]) != read[name]:
            yield f"{name}: has been changed since the run"


def _notes(root: DataRoot, policy: Policy, partitions: list[Partition]) -> list[str]:
    """What has been renewed since; the published rows stand, a run would make them anew."""
    problem = root.secret_problem()
    secret = [f"Note: the next run will stop: {problem}"] if problem else []
    records = [partition.path("run_manifest") for partition in partitions]
    if not records:
        return secret
    now = {
        "the program": ("code_version", code_version()),
        "the policy": ("policy_version", policy_version(policy)),
        "the linkage model": ("model_version", model_version()),
    }
    made = pl.concat([read_frame(file) for file in records if file.exists()])
    renewed = [what for what, (column, version) in now.items() if made.filter(pl.col(column) != version).height]
    return [*secret, *(f"Note: some tables were made before {what} was changed." for what in renewed)]


def _set_aside(root: DataRoot) -> list[str]:
    """What is published on purpose, or for want of something better, although other files were read since."""
    told = {state: state_in_words(state, Language.ENGLISH) for state in DistrictState}
    found = ((name, pointer) for name in root.ever_made() if (pointer := root.pointer(*name)) and pointer.state)
    aside = [
        f"Note: {name[1]} {name[0]}: {told[pointer.state]}"
        for name, pointer in found
        if pointer.state and told[pointer.state]
    ]
    return [*aside, *(f"Note: {line}" for line in stale_months_told(root))]

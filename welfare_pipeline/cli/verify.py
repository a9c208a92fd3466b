"""`welfare verify`: whether what is published is what the landed files give."""

from collections.abc import Iterator

import click
import polars as pl

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.versions import code_version, model_version, policy_version
from welfare_pipeline.ingest.landing_folder import landed_in
from welfare_pipeline.lake import DataRoot, Partition, read_frame, sha256_of
from welfare_pipeline.publish.verifying import lake_differences, published_differences


@click.command("verify")
@data_option
def command(root: DataRoot) -> int:
    """Compare landed files, lake and published databases. Exits with 1 if they are not of one piece.

    Hashes of the landed files are computed anew, rows of every file are added up, and every published row is held
    against the lake.
    """
    policy = policy_in_force(root, done="Nothing was verified.")
    partitions = [partition for partition in root.partitions() if partition.path("run_manifest").exists()]
    if not partitions:
        message = f"nothing has been reconciled in {root.path}: there is nothing to verify."
        raise click.UsageError(message)
    differences = list(published_differences(root))
    for partition in partitions:
        found = [*_landing_differences(root, partition), *lake_differences(partition)]
        differences += [f"{partition.district} {partition.period}: {difference}" for difference in found]
    for line in (*differences, *_notes(policy, partitions)):
        click.echo(line)
    tables = sum(len(partition.tables()) for partition in partitions)
    verdict = f"{len(differences)} differences; run the month again." if differences else "All of one piece."
    click.echo(f"{len(partitions)} months and districts, {tables} tables. {verdict}")
    return int(bool(differences))


def _landing_differences(root: DataRoot, partition: Partition) -> Iterator[str]:
    read = dict(read_frame(partition.path("landed_files")).select("source_file", "sha256").iter_rows())
    folder = root.landing(partition.period, partition.district)
    landing = landed_in(folder, policy_in_force(root).sources) if folder.is_dir() else None
    found = {file.name: file.path for file in landing.files} if landing else {}
    for name in sorted({*read, *found}):
        if name not in found:
            yield f"{name}: is no longer in the landing folder"
        elif name not in read:
            yield f"{name}: has landed since the run"
        elif read[name] and sha256_of(found[name]) != read[name]:
            yield f"{name}: has been changed since the run"


def _notes(policy: Policy, partitions: list[Partition]) -> list[str]:
    """What has been renewed since; the published rows stand, a run would make them anew."""
    now = {
        "the program": ("code_version", code_version()),
        "the policy": ("policy_version", policy_version(policy)),
        "the linkage model": ("model_version", model_version()),
    }
    made = pl.concat([read_frame(partition.path("run_manifest")) for partition in partitions])
    renewed = [what for what, (column, version) in now.items() if made.filter(pl.col(column) != version).height]
    return [f"Note: some tables were made before {what} was changed." for what in renewed]

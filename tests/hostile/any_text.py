"""A district whose every list has any text in every column, and its month from landing to what people get."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import polars as pl

from tests.hostile.workbooks import workbook
from tests.unit.ingest.landing import DISTRICT, PERIOD, VILLAGES
from welfare_pipeline import checks
from welfare_pipeline.checks import Finding
from welfare_pipeline.contracts.column import Kind, Source, SourceColumn
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.sources import POPULATION
from welfare_pipeline.ingest.delivery import Delivery, ingest_delivery
from welfare_pipeline.lake import DataRoot, draft_person_rows
from welfare_pipeline.people import link_people
from welfare_pipeline.publish.databases import publish_analysts, publish_district
from welfare_pipeline.publish.reports import publish_report
from welfare_pipeline.publish.worklists.folder import publish_worklists
from welfare_pipeline.reconcile import reconcile_district

FORMATS = ("csv", "csv", "xlsx", "xlsx")
SOURCES = load_policy().sources.lists
IN_PARQUET = 3  # lists: each takes a process of its own
_PLAIN = {
    Kind.TEXT: "1",
    Kind.VILLAGE_CODE: "1401012001",
    Kind.SEMESTER: "Semester I 2021",
    Kind.SNAPSHOT: "TW III 2025",
    Kind.INTEGER: "3",
    Kind.DECIMAL: "3,5",
    Kind.MONEY: "600.000",
    Kind.DECILE: "3",
    Kind.STAGE: "1",
    Kind.YES_NO: "YA",
}
_LETTERS = "ABDEGHIKLMNOPRSTU"


def rows_with(source: Source, texts: Sequence[str], dice: Random) -> list[list[str]]:
    """For each column and text a row with the text there and sound values elsewhere; and rows of nothing else."""
    alone = (
        [text if column is spoilt else _plain(column, dice) for column in source.columns]
        for spoilt in source.columns
        for text in texts
    )
    everywhere = ([text] * len(source.columns) for text in texts)
    return [*alone, *everywhere]


def one_each(source: Source, texts: Sequence[str], dice: Random) -> list[list[str]]:
    """The same with one of the texts in a row."""
    return [dice.choice(rows) for rows in zip(*[iter(rows_with(source, texts, dice))] * len(texts), strict=True)]


def _plain(column: SourceColumn, dice: Random) -> str:
    if column.kind is Kind.NIK:
        return f"140101{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(50, 99)}{dice.randint(1, 9999):04}"
    if column.kind is Kind.NAME:
        return " ".join("".join(dice.choices(_LETTERS, k=6)) for _ in range(2))
    if column.kind is Kind.DATE:
        return f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.randint(1950, 2020)}"
    if column.kind is Kind.CARD:
        return f"140101200510{dice.randint(1, 9999):04}"
    return next(iter(column.codes.values)) if column.codes else _PLAIN[column.kind]


def land(folder: Path, texts: Sequence[str], dice: Random) -> int:
    """Land every list, in any of the formats; how many."""
    folder.mkdir(parents=True)
    (folder / "population.csv").write_text(VILLAGES, encoding="utf-8")
    in_parquet = dice.sample(SOURCES, IN_PARQUET)
    for source in SOURCES:
        rows = one_each(source, texts, dice)
        header = [column.name for column in source.columns]
        name = f"{source.name}.spoilt" if source.name == POPULATION.name else source.name
        ending = "parquet" if source in in_parquet else dice.choice(FORMATS)
        (folder / f"{name}.{ending}").write_bytes(_written(ending, header, rows))
    return len(SOURCES) + 1


def _written(ending: str, header: list[str], rows: list[list[str]]) -> bytes:
    if ending == "csv":
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows([header, *rows])
        return text.getvalue().replace("\0", " ").encode("utf-8", "surrogatepass")  # a NUL refuses the file
    whole = [[_without_surrogates(value) for value in row] for row in rows]
    if ending == "xlsx":
        return workbook([header, *([value[:32_000] for value in row] for row in whole)])
    buffer = io.BytesIO()
    pl.DataFrame(whole, schema=dict.fromkeys(header, pl.String), orient="row").write_parquet(buffer)
    return buffer.getvalue()


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def month_of(root: DataRoot, *, thorough: bool) -> tuple[Delivery, list[Finding]]:
    """Ingest, check (if `thorough` the delivery, too: it takes long), link, decide and publish, whatever is found."""
    policy = load_policy()
    with root.nothing(PERIOD, DISTRICT).draft() as draft:
        delivery = ingest_delivery(root.landing(PERIOD, DISTRICT), policy, draft)
        draft_person_rows(draft, policy)
        findings = checks.check_delivery(draft, policy) if thorough else []
        checks.write_findings(draft, findings)
        link_people(draft, policy, "a secret of tests")
        findings += checks.check_links(draft, policy)
        reconcile_district(draft, policy)
        findings += checks.check_reconciliation(draft, policy)
        draft.accept()
    publish_district(root, DISTRICT)
    publish_worklists(root, PERIOD, DISTRICT)
    publish_report(root, PERIOD, DISTRICT)
    publish_analysts(root)
    return delivery, findings


def accounts(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that are the pipeline's own fault if they fail, whatever landed."""
    own = {spec.check for spec in (*checks.declared_reconciliation_checks(), *checks.declared_link_checks())}
    own |= {"rows_are_accounted_for", "rows_follow_the_contract", "codes_are_known", "numbers_are_in_range"}
    own -= {"few_links_need_review", "rows_are_fully_compared"}
    return (finding for finding in findings if finding.check in own)

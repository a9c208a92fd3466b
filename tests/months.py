"""A district's months from landed files to decisions, stage by stage and without Dagster: cheap stories of years."""

from collections.abc import Iterable, Mapping
from typing import Any

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, Partition, draft_person_rows
from welfare_pipeline.people import link_people
from welfare_pipeline.reconcile import reconcile_district

DISTRICT, KEYED_WITH = "1401", "secret"
POPULATION = [{"kode_desa": "1401012001", "desa": "BATU BELAH", "kecamatan": "KAMPAR", "total": 4000}]
Lists = Mapping[str, Iterable[Mapping[str, Any]]]


def land(root: DataRoot, period: str, lists: Lists) -> None:
    """Write the lists of a month as CSV files; a column that a row does not have is empty."""
    folder = root.landing(period, DISTRICT)
    folder.mkdir(parents=True, exist_ok=True)
    for source, rows in ({"population": POPULATION} | lists).items():
        told = list(rows)
        names = list(dict.fromkeys(name for row in told for name in row))
        lines = [";".join("" if row.get(name) is None else str(row[name]) for name in names) for row in told]
        folder.joinpath(f"{source}.csv").write_text("\n".join([";".join(names), *lines]) + "\n", encoding="utf-8")


def run(root: DataRoot, period: str, secret: str = KEYED_WITH) -> Partition:
    """Land, link and decide the month; what it made is what everybody reads."""
    policy = load_policy(root.policy)
    with root.partition(period, DISTRICT).draft() as draft:
        ingest_delivery(root.landing(period, DISTRICT), policy, draft)
        draft_person_rows(draft, policy)
        link_people(draft, policy, secret)
        reconcile_district(draft, policy)
        return draft.accept()


def ask(root: DataRoot, period: str, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query over what is published of the month."""
    [partition] = [p for p in root.partitions() if (p.period, p.district) == (period, DISTRICT)]
    with partition.connect(threads=1) as con:
        return con.sql(query).fetchall()


def reasons(root: DataRoot, period: str, programme: str = "sembako") -> dict[str, list[str]]:
    """The reasons by name of the recipient."""
    return dict(ask(root, period, f"select name, reasons from recipient_outcomes where programme = '{programme}'"))


def keys(root: DataRoot, period: str) -> dict[str, tuple[str, str]]:
    """The keys of person and family by name of the recipient."""
    rows = ask(root, period, "select name, person_key, family_key from recipient_outcomes")
    return {name: (person, family) for name, person, family in rows}

"""The checks that follow from the contract alone: what `sources.py` and `tables.py` declare of a landed table.

Ingest lets no other rows pass, so a failure is a fault of the pipeline and holds the district back.
"""

from collections import defaultdict
from collections.abc import Iterator

from welfare_pipeline.checks.check import Check, Indonesian, rows_of
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.tables import PARTITION, TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import CardStatus, NikStatus, Severity
from welfare_pipeline.lake import literal

FILLED, CODED = "required_values_are_present", "codes_are_known"
BOUNDED, UNIQUE = "numbers_are_in_range", "keys_are_unique"
SENTENCES = {
    FILLED: "Every value that the contract requires is there",
    CODED: "coded values are of their code list",
    BOUNDED: "numbers are within their declared range",
    UNIQUE: "no row number stands twice",
}
ADVICE_ID = "Aplikasi salah membaca daftar ini: laporkan nama berkasnya, dan jangan pakai angkanya dahulu."
WHOLE_CONTRACT = "rows_follow_the_contract"
STATUSES = {"nik_status": tuple(NikStatus), "card_status": tuple(CardStatus)}
REPEATED = "(select coalesce(sum(n), 0) from (select count(*) as n from {batch} group by row_id) where n > 1)"
ADVICE = "The pipeline misread the list: report it with the file's name, and use nothing of the district until then."


def contract_checks(sources: Sources) -> tuple[Check, ...]:
    """One check per list, and one per kind of demand for the two lists that no district can do without."""
    return tuple(check for source in sources.lists for check in _checks(source))


def _checks(source: Source) -> Iterator[Check]:
    demands = _demands(source)
    if source.required:
        yield from (_check(source, kind, SENTENCES[kind].capitalize(), demands[kind]) for kind in demands)
    else:
        everything = tuple(demand for kind in demands.values() for demand in kind)
        yield _check(source, WHOLE_CONTRACT, "; ".join(SENTENCES.values()), everything)


def _check(source: Source, check: str, sentence: str, demands: tuple[tuple[str, str], ...]) -> Check:
    held = "1 rule of the contract holds" if len(demands) == 1 else f"{len(demands)} rules of the contract hold"
    return Check(
        source.asset,
        check,
        Severity.BLOCKING,
        f"{sentence}.",
        ADVICE,
        batch=rows_of(source),
        indonesian=Indonesian(
            "Setiap baris mengikuti kontrak data: isian wajib ada, kode dikenal, angka dalam batas, nomor baris unik.",
            ADVICE_ID,
            fails="Daftar ini melanggar kontrak data:",
            holds="Semua aturan kontrak data dipenuhi oleh {rows:,} baris.",
        ),
        fails=f"The table {source.asset} breaks the contract:",
        holds=f"{held} for {{rows:,}} rows of {source.asset}.",
        needs=(source.name,),
        demands=demands,
    )


def _demands(source: Source) -> dict[str, tuple[tuple[str, str], ...]]:
    """By kind, what would break the contract: in words, and as an aggregate of the landed table that counts it."""
    columns = TABLE_BY_NAME[source.table].columns
    required = {c.name for c in source.columns if c.required and not (source.about_people and c.name == "name")}
    found = defaultdict(list)
    for name in (c.name for c in columns if _must_be_filled(c.name, c.nullable, required)):
        found[FILLED].append((f"{name} are empty", f'count(*) - count("{name}")'))
    for name, codes in _codes(source, [c.name for c in columns]).items():
        listed = ", ".join(map(literal, codes))
        found[CODED].append((f"{name} are of no code list", f'count(*) filter ("{name}" not in ({listed}))'))
    for name, (low, high) in ((c.name, c.bounds) for c in source.columns if c.bounds):
        outside = f'count(*) filter ("{name}" not between {low} and {high})'
        found[BOUNDED].append((f"{name} are not between {low:,} and {high:,}", outside))
    found[UNIQUE].append(("row_id are not unique", REPEATED))
    return {kind: tuple(demands) for kind, demands in found.items()}


def _must_be_filled(name: str, nullable: bool, required: set[str]) -> bool:  # noqa: FBT001
    return name in required or not (nullable or name in {column.name for column in PARTITION})


def _codes(source: Source, columns: list[str]) -> dict[str, tuple[str, ...]]:
    """The codes of its coded columns, but of those where a code nobody knows stays as landed."""
    landed = {c.name: tuple(c.codes.values) for c in source.columns if c.codes and not c.blank_means_all}
    return {name: codes for name, codes in STATUSES.items() if name in columns} | landed

"""What earlier months asked a district's villages, held against what they answer: ids nobody gave out, or of others.

Worklists of the present layout carry a seal and are judged by it in `worklist_rows.py`; those handed out before have
none, and their ids are looked up here.
"""

import polars as pl

from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS, plain
from welfare_pipeline.ingest.sheet import CONTRADICTS
from welfare_pipeline.lake import Partition, earlier_months, read_matching

ROW = ("source_file", "source_row")
FINDING = {**dict.fromkeys(ROW, pl.String), "source_row": pl.Int64, "finding": pl.String, "column_name": pl.String}
_PAIR_SIDES = (("name", "nik"), ("registry_name", "registry_nik"))
_PERSON_SIDES = (("name", "nik"),)


def with_checked_ids(landed: pl.DataFrame, source: str, partition: Partition) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The landed answers, `contradicts` filled in where an old worklist's id is another's; and what is odd."""
    if source not in ANSWERS or landed.is_empty():
        return landed, pl.DataFrame(schema=FINDING)
    if source != "review_answers":
        unsealed = _unsealed(landed, "key", _PERSON_SIDES)
        shown = ("recipient_outcomes", "identity_repairs")
        asked = _asked(partition, shown, "person_key", unsealed["id"]) if unsealed.height else None
        return _with_owners(landed, unsealed, asked, _PERSON_SIDES)
    unsealed = _unsealed(landed, "pair_id", _PAIR_SIDES)
    asked = _asked(partition, ("review_pairs",), "pair_id", pl.concat([unsealed["id"], _pairs_named(landed)]))
    checked, contradicting = _with_owners(landed, unsealed, asked, _PAIR_SIDES)
    return checked, pl.concat([contradicting, _unknown(landed, asked)])


def found(rows: pl.DataFrame, finding: DeliveryFinding, column: str | None) -> pl.DataFrame:
    """One finding about each of the rows."""
    told = rows.select(*ROW, finding=pl.lit(str(finding)), column_name=pl.lit(column, pl.String))
    return told.cast(pl.Schema(FINDING))


def _asked(partition: Partition, tables: tuple[str, ...], key: str, ids: pl.Series) -> pl.DataFrame:
    """Whom the district's earlier months showed under these ids, as `id` and the plain fields of each side."""
    fields = [field for side in _PAIR_SIDES for field in side]
    paths = [earlier.path(table) for earlier in earlier_months(partition) for table in tables]
    shown = [read_matching(path, key, ids, (key, *fields)).rename({key: "id"}) for path in paths if path.exists()]
    schema = dict.fromkeys(("id", *fields), pl.String)
    return pl.concat([pl.DataFrame(schema=schema), *shown], how="diagonal").unique().drop_nulls("id")


def _pairs_named(landed: pl.DataFrame) -> pl.Series:
    """The id of a pair in each row, without what spreadsheets put around it."""
    if "pair_id" not in landed.columns:
        return pl.Series([], dtype=pl.String)
    return landed["pair_id"].str.strip_chars(" '`\t")


def _unknown(landed: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    if "pair_id" not in landed.columns:
        return pl.DataFrame(schema=FINDING)
    named = _pairs_named(landed)
    rows = landed.filter((named != "") & ~named.is_in(asked["id"].implode()))
    return found(rows, DeliveryFinding.UNKNOWN_PAIR, "pair_id")


def _unsealed(landed: pl.DataFrame, key: str, sides: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    """The rows of worklists without a seal: their ids and what is printed beside them."""
    if not {"seal", key}.issubset(landed.columns):
        return pl.DataFrame(schema=dict.fromkeys((*ROW, "id"), pl.String))
    rows = landed.filter(pl.col("seal").is_null() & pl.col(key).is_not_null() & pl.col("sheet").is_not_null())
    printed = [field for side in sides for field in side if field in landed.columns]
    return rows.select(*ROW, pl.col(key).alias("id"), *printed)


def _with_owners(
    landed: pl.DataFrame, unsealed: pl.DataFrame, asked: pl.DataFrame | None, sides: tuple[tuple[str, str], ...]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Marks the rows whose id was never shown beside such a name or number."""
    if asked is None or unsealed.is_empty():
        return landed, pl.DataFrame(schema=FINDING)
    both = unsealed.join(asked, on="id", suffix="_asked")
    fits = [_fits(side, both.columns).alias(side[0]) for side in sides]
    shown = both.select(*ROW, *fits).group_by(ROW).agg(pl.all().any())
    blamed = pl.coalesce(pl.when(~pl.col(side[0])).then(pl.lit(side[0])) for side in sides)
    wrong = shown.select(*ROW, blamed=blamed).drop_nulls("blamed")
    marked = landed.join(wrong, on=ROW, how="left", maintain_order="left")
    marked = marked.with_columns(pl.coalesce(CONTRADICTS, "blamed").alias(CONTRADICTS)).drop("blamed")
    return marked, found(wrong, DeliveryFinding.CONTRADICTS_WORKLIST, None)


def _fits(side: tuple[str, str], columns: list[str]) -> pl.Expr:
    """Whether the name or the number is the one that was shown; so is a side of which nothing is printed."""
    both = [field for field in side if field in columns and f"{field}_asked" in columns]
    same = [_plain(field).eq(_plain(f"{field}_asked")) & pl.col(field).is_not_null() for field in both]
    nothing = pl.all_horizontal(pl.lit(value=True), *(pl.col(field).is_null() for field in both))
    return pl.any_horizontal(nothing, *same).fill_null(value=False)


def _plain(field: str) -> pl.Expr:
    return pl.col(field).map_elements(plain, pl.String)

"""The rows of a worklist's sheets: which are answered, which cannot be used, what is odd about each.

An answer counts only where it belongs, beside the id that it was printed with. Whatever else somebody wrote is a
finding; a row with such a writing and no answer is a data row, too, and will be rejected for want of its answer.
"""

from collections.abc import Iterator

import polars as pl

from welfare_pipeline.contracts.column import Kind
from welfare_pipeline.contracts.vocabulary import DeliveryFinding as Found
from welfare_pipeline.contracts.worklists import ANSWERS, FURTHER_ANSWERS, IDENTIFYING, SHEETS, Use, mark_of, plain
from welfare_pipeline.ingest.cells import with_tidied
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.plain_answers import plain_answer
from welfare_pipeline.ingest.sheet import CONTRADICTS, FOUND, MALFORMED, RawList, is_number_row
from welfare_pipeline.ingest.workbook_marks import Mark
from welfare_pipeline.ingest.worklist_pages import Page, fields_of_use

_OTHER = "other_text"  # what stands in columns that are none of the sheet's
_NUMBER = ("number",)
_SECRET = ("key", "seal")
_WIDENS = "programme"  # without it, a decision would be one for all programmes
Finding = tuple[Found, str | None, pl.Expr]


def rows_of_pages(pages: list[Page], source: str) -> RawList:
    """The answered rows of a source's sheets, with the findings about all of its rows."""
    if not pages:
        return RawList(KeptRows.of(pl.DataFrame(schema={"source_row": pl.Int64, MALFORMED: pl.String})), (), 0)
    read = [_rows(page) for page in pages]
    sheets = tuple(page.read_sheet(rows.height) for page, rows in zip(pages, read, strict=True))
    rows = _with_ids(pl.concat(read, how="diagonal"))
    rows = rows.with_row_index("source_row", 1).cast({"source_row": pl.Int64})
    judged = _judged(rows, source)
    findings = [_column_findings(pages, source), *_row_findings(judged, source)]
    texts = [name for name in judged.columns if judged[name].dtype == pl.String and name != _OTHER]
    landed = judged.filter("landed").select("source_row", *texts, pl.lit(None, pl.String).alias(MALFORMED))
    return RawList(KeptRows.of(landed), sheets, judged.height - landed.height, pl.concat(findings))


def _rows(page: Page) -> pl.DataFrame:
    """A sheet's data rows by field; blank rows, repeated headings and the row that numbers the columns are none."""
    grid, names = page.grid, page.grid.cells.columns
    body = grid.cells.with_row_index("place").slice(page.header + 1)
    body = with_tidied(body, dict.fromkeys(names, Kind.TEXT))
    heads = [pl.col(names[i]).eq_missing(pl.lit(page.texts[i])) for i in page.fields.values()]
    body = body.filter(~pl.all_horizontal(pl.col(names).is_null()) & ~pl.all_horizontal(heads))
    if body.height and is_number_row(body.row(0)[1:]):
        body = body.slice(1)
    others = [name for i, name in enumerate(names) if i not in page.fields.values()]
    shown = body.select(
        "place",
        *(pl.col(names[i]).alias(field) for field, i in page.fields.items()),
        (pl.concat_str(others, separator=" ", ignore_nulls=True) if others else pl.lit(None, pl.String)).alias(_OTHER),
    )
    told = shown.with_columns(
        pl.lit(grid.shown, pl.String).alias("sheet"), pl.lit(grid.title, pl.String).alias("sheet_name"),
        pl.when(pl.col(_OTHER) != "").then(_OTHER).alias(_OTHER),
    )  # fmt: skip
    return _with_marks(told, page)


def _with_marks(rows: pl.DataFrame, page: Page) -> pl.DataFrame:
    """The marks of the row's cells, as lists of fields: `noted`, `merged`, `without_value`."""
    marked: dict[Mark, dict[int, list[str]]] = {mark: {} for mark in Mark}
    marks = page.grid.marks
    fields = {place: field for field, place in page.fields.items()}
    for cell in marks.cells if marks else ():
        field = fields.get(cell.column - marks.first_column if marks else 0, _OTHER)
        same_column = cell.mark is not Mark.MERGED or (cell.left == cell.column and cell.top != cell.row)
        filled = cell.mark is not Mark.MERGED or _is_filled(page, cell.top, cell.left)
        if same_column and filled:
            marked[cell.mark].setdefault(cell.row, []).append(field)
    return rows.with_columns(
        pl.col("place").replace_strict(marked[mark], default=[], return_dtype=pl.List(pl.String)).alias(name)
        for mark, name in ((Mark.NOTE, "noted"), (Mark.MERGED, "merged"), (Mark.NO_VALUE, "without_value"))
    )


def _is_filled(page: Page, row: int, column: int) -> bool:
    cells, place = page.grid.cells, column - (page.grid.marks.first_column if page.grid.marks else 0)
    return 0 <= place < cells.width and row < cells.height and bool((cells[row, place] or "").strip())


def _with_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Copied rows with the hidden ids of the one row of the file that has the same print."""
    hidden = [
        name
        for name in ("key", "seal", "pair_id", "sex", "mother_name", "village_code", "reason")
        if name in rows.columns
    ]
    printed = [name for name in IDENTIFYING if name in rows.columns]
    if "key" not in hidden or not printed:
        return rows
    print_of = pl.struct(printed).map_elements(lambda row: "|".join(map(plain, row.values())), pl.String)
    told = rows.with_columns(had_key=pl.col("key").is_not_null()).with_columns(printed=print_of)
    known = told.filter("had_key").select("printed", *hidden).unique()
    known = known.filter(pl.len().over("printed") == 1)
    joined = told.join(known, on="printed", how="left", suffix="_known", maintain_order="left")
    filled = [
        pl.when("had_key").then(name).otherwise(pl.coalesce(name, f"{name}_known")).alias(name) for name in hidden
    ]
    return joined.with_columns(filled).drop("printed", *(f"{name}_known" for name in hidden))


def _judged(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    given = _answers(source)
    lacking = [name for name in (*given, *_SECRET) if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking)
    if "had_key" not in rows.columns:
        rows = rows.with_columns(had_key=pl.col("key").is_not_null())
    rows = rows.with_columns(changed=_changed(rows))
    typed = [name for name in _typed(source) if name in rows.columns]
    marks = pl.col("noted").list.len() + pl.col("without_value").list.len() > 0
    answers = [*given, *typed]
    covered = pl.col("merged").list.set_intersection(answers).list.len() > 0
    rows = rows.join(_elsewhere(rows, source), on="source_row", how="left", maintain_order="left").with_columns(
        pl.col("elsewhere").fill_null([]),
        answered=pl.any_horizontal(pl.col(answer).is_not_null() for answer in given),
        typed=pl.any_horizontal(pl.lit(value=False), *(pl.col(n).is_not_null() for n in typed if n != "right_number")),
        contradicts=_contradicts(rows),
    )
    touched = pl.col("typed") | (pl.col("elsewhere").list.len() > 0) | marks | covered
    return rows.with_columns(landed=pl.col("answered") | touched).rename({"contradicts": CONTRADICTS})


def _answers(source: str) -> list[str]:
    """The fields of which one makes a row answered."""
    return [ANSWERS[source], *([FURTHER_ANSWERS[source]] if source in FURTHER_ANSWERS else [])]


def _typed(source: str) -> tuple[str, ...]:
    return fields_of_use(source, Use.DATE, Use.FREE)


def _printed(rows: pl.DataFrame, source: str) -> list[str]:
    names = ("name", "registry_name", "address", *_NUMBER)
    return [f for f in fields_of_use(source, Use.READ) if f in rows.columns and f not in names]


def _elsewhere(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """By row the fields for something else that say an answer.

    A printed text may have such words itself (`meninggal menurut Dukcapil`): it has to be another than before.
    """
    written = [name for name in (*_typed(source), _OTHER) if name in rows.columns]
    cells = rows.unpivot(
        [*written, *_printed(rows, source)],
        index=["source_row", "seal", "changed"],
        variable_name="elsewhere",
        value_name="text",
    ).drop_nulls("text")
    choices = {choice for sheet in SHEETS if sheet.source == source for choice in sheet.choices}
    bare = pl.col("seal").is_null() & pl.col("text").str.to_uppercase().is_in(sorted(map(str, choices)))
    changed = pl.col("changed").list.contains(pl.col("elsewhere"))
    asked = cells.filter(pl.col("elsewhere").is_in(written) | changed | bare)
    said = asked.filter(plain_answer(pl.col("text"), source).is_not_null())
    return said.group_by("source_row").agg(pl.col("elsewhere").sort())


def _changed(rows: pl.DataFrame) -> pl.Series:
    """The printed fields that are not what the row's seal says, as far as their columns are there."""
    sealed = [name for name in rows.columns if name not in ("seal", "key")]
    told = rows.select(pl.struct("seal", *(n for n in sealed if rows[n].dtype == pl.String)).alias("row")).to_series()
    return told.map_elements(_broken_marks, pl.List(pl.String), skip_nulls=False)


def _broken_marks(row: dict[str, str | None]) -> list[str]:
    marks = (mark.split(":") for mark in (row["seal"] or "").split(" ") if ":" in mark)
    asked = (*row, _WIDENS)  # a column that was deleted says nothing, but for this one
    return [field for field, mark in marks if field in asked and mark_of(row.get(field)) != mark]


def _contradicts(rows: pl.DataFrame) -> pl.Expr:
    """The first field that says that the id is another row's: a printed one that differs, not one that was emptied."""
    said = {field: pl.col(field).is_not_null() for field in IDENTIFYING if field in rows.columns}
    said[_WIDENS] = pl.lit(value=True)
    differs = {field: pl.col("changed").list.contains(field) & there for field, there in said.items()}
    return pl.coalesce(pl.when(differs[field]).then(pl.lit(field)) for field in IDENTIFYING if field in differs)


def _column_findings(pages: list[Page], source: str) -> pl.DataFrame:
    answer = ANSWERS[source]
    lacking = [page.grid for page in pages if answer not in page.fields and _has_answer(page, answer)]
    missing = [(grid.shown, grid.title, None, str(Found.COLUMN_MISSING), answer) for grid in lacking]
    return pl.DataFrame(missing, schema=FOUND, orient="row")


def _has_answer(page: Page, answer: str) -> bool:
    """Whether the sheet was handed out with that answer; one of another name was, unless it has a further one."""
    own = [sheet for sheet in SHEETS if sheet.name == page.grid.title]
    if own:
        return any(column.field == answer for column in own[0].columns)
    return not page.fields.keys() & {*_answers(page.source)}


def _row_findings(rows: pl.DataFrame, source: str) -> Iterator[pl.DataFrame]:
    """Every finding about the rows, by row."""
    answer = ANSWERS[source]
    landed, answered = pl.col("landed"), pl.col("answered")
    elsewhere = pl.col("elsewhere").list.len() > 0
    other = pl.col(_OTHER).is_not_null()
    unexplained = ~elsewhere & pl.col("without_value").list.len().eq(0) & pl.col("noted").list.len().eq(0)
    covered = pl.col("merged").list.contains(answer)
    unclear = pl.col(answer).is_not_null() & plain_answer(pl.col(answer), source).is_null()
    simple: list[Finding] = [
        (Found.CONTRADICTS_WORKLIST, None, landed & pl.col(CONTRADICTS).is_not_null()),
        (Found.ID_MISSING, "key", landed & ~pl.col("had_key")),
        (Found.ANSWER_MISSING, answer, landed & ~answered & pl.col("typed") & unexplained & ~covered),
        (Found.ANSWER_NOT_PLAIN, answer, unclear),
        (Found.EDIT_NOT_READ, None, other & ~(elsewhere & ~answered)),
    ]
    if "right_number" in rows.columns:
        simple.append((Found.EDIT_NOT_READ, "right_number", pl.col("right_number").is_not_null() & ~elsewhere))
    for finding, column, holds in simple:
        yield _told(rows.filter(holds), finding, pl.lit(column, pl.String))
    lists = (
        (Found.ANSWER_ELSEWHERE, "elsewhere", ~answered),
        (Found.MERGED_CELLS, "merged", pl.lit(value=True)),
        (Found.FORMULA_WITHOUT_VALUE, "without_value", pl.lit(value=True)),
        (Found.NOTE_NOT_READ, "noted", pl.lit(value=True)),
        (Found.PRINTED_TEXT_CHANGED, "changed", pl.col(CONTRADICTS).is_null() | ~landed),
    )
    for finding, fields, holds in lists:
        each = rows.filter(holds).explode(fields).filter(pl.col(fields).is_not_null())
        yield _told(each, finding, pl.col(fields).replace(_OTHER, None))


def _told(rows: pl.DataFrame, finding: Found, column: pl.Expr) -> pl.DataFrame:
    return rows.select("sheet", "sheet_name", "source_row", finding=pl.lit(str(finding)), column_name=column).cast(
        pl.Schema(FOUND)
    )

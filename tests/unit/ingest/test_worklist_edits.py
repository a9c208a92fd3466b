"""What village offices do to a worklist in a spreadsheet program, and what is made of it. All people are made up.

Nothing is lost without a word and nobody gets another's answer: an answer counts beside the id it was printed with,
every other writing is a row of `delivery_findings`, and an answer that cannot be used is a rejected row as well.
"""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Keep
from tests.unit.ingest.landing import BUDI, DISTRICT, PERIOD, RINI, SITI, TONO, VILLAGES, Landed, put, read
from tests.worklists import HEADER, Grid, fill, grids, save, sorted_by_filter
from welfare_pipeline.contracts.worklists import SHEETS
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.worklists.cells import lines_of
from welfare_pipeline.publish.worklists.workbook import Heading, write_workbook

FIELDS = [column.field for sheet in SHEETS for column in sheet.columns]
NAME = "worklist.1401012001.xlsx"
OLD = Path(__file__).parent / "handed_out" / "2021-10.xlsx"  # as it was handed out before rows had seals
PEOPLE = (("SITI AMINAH", SITI), ("BUDI SANTOSO", BUDI), ("RINI WULANDARI", RINI), ("TONO SIREGAR", TONO))
Edit = Callable[[Path], None]


@pytest.fixture
def worklist(printed: bytes, tmp_path: Path) -> Path:
    """A copy of October's worklist."""
    path = tmp_path / "1401012001.xlsx"
    path.write_bytes(printed)
    return path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """October's worklist: four people to be judged, a pair of each with somebody in the registry."""
    judged = [
        {"number": f"{i}", "name": name, "nik": nik, "family_card_number": f"140101200510000{i}", "sex": "P"}
        | {
            "programme": "PKH",
            "standing": "Perlu verifikasi",
            "address": f"JL {i}",
            "evidence": "Meninggal.",
            "key": f"key {name}",
        }
        | {"birth_date": "17/08/1990", "mother_name": f"IBU {name}", "village_code": "1401012001"}
        for i, (name, nik) in enumerate(PEOPLE, 1)
    ]
    pairs = [
        {"number": f"{i}", "name": name, "nik": nik, "registry_name": f"{name} X", "registry_nik": nik[:-1] + "9"}
        | {"pair_id": f"pair {name}", "key": f"pair {name}"}
        for i, (name, nik) in enumerate(PEOPLE, 1)
    ]
    rows = {"Penerima": judged, "Pasangan": pairs}
    everything = dict.fromkeys([*FIELDS, "key"], pl.String)
    frames = ((sheet, pl.DataFrame(rows.get(sheet.name, []), schema=everything)) for sheet in SHEETS)
    lines = {sheet.name: lines_of(sheet, frame) for sheet, frame in frames}
    path = tmp_path_factory.mktemp("printed") / "1401012001.xlsx"
    write_workbook(path, Heading("KAMPAR", "2021-10", "BATU BELAH"), lines, PERIOD)
    return path.read_bytes()


def landed_as(folder: Path, **files: bytes) -> Landed:
    """The district's month with the files of these names (`__` a dot) beside its lists."""
    landing = folder / "landing" / PERIOD / DISTRICT
    put(folder, population_csv=VILLAGES, registry_csv=f"nik;nama\n{BUDI};BUDI SANTOSO\n")
    for name, content in files.items():
        (landing / name.replace("__", ".")).write_bytes(content)
    return read(folder)


def land_worklist(worklist: Path, name: str = NAME) -> Landed:
    return landed_as(worklist.parent, **{name: worklist.read_bytes()})


def found(landed: Landed, *but: str) -> list[tuple[Any, ...]]:
    """Finding, sheet, row and column of everything odd, but what is not the story's."""
    keys = ("finding", "sheet_name", "source_row", "column_name")
    rows = [tuple(row[key] for key in keys) for row in landed.rows("delivery_findings")]
    return sorted((row for row in rows if row[0] not in ("UNKNOWN_PAIR", *but)), key=str)


def decided(landed: Landed) -> dict[str, str]:
    return {row["name"]: row["outcome"] for row in landed.tables.get("eligibility_decisions", [])}


def answered(landed: Landed) -> dict[str, str]:
    return {row["pair_id"]: row["answer"] for row in landed.tables.get("review_answers", [])}


def place(grid: Grid, heading: str) -> int:
    return grid[HEADER - 1].index(heading)


def visible(grid: Grid) -> Grid:
    """The columns that are not hidden."""
    hidden = {"Jenkel", "Nama Ibu", "Kode Desa", "ID Pasangan"}
    shown = [i for i, text in enumerate(grid[HEADER - 1]) if text not in hidden and "DAFTAR KERJA" not in (text or "")]
    return [[row[i] for i in shown] for row in grid]


def edited(worklist: Path, edit: Callable[[dict[str, Grid]], None], **beside: Any) -> None:
    sheets = grids(worklist)
    edit(sheets)
    save(worklist, sheets, **beside)


def rows_add_up(landed: Landed) -> bool:
    return all(f.rows_landed == f.rows_accepted + f.rows_rejected for f in landed.delivery.files)


# Sorting.


@pytest.mark.parametrize("heading", ["Nama pada Daftar", "NIK pada Daftar", "Jawaban"])
def test_ids_move_with_their_rows_when_a_sheet_is_sorted(worklist: Path, heading: str) -> None:
    for row, (name, _) in enumerate(PEOPLE, 1):
        fill(worklist, "Pasangan", row, Jawaban="SAMA" if name.startswith(("SITI", "TONO")) else "BEDA")
    sorted_by_filter(worklist, {"Pasangan": heading}, reverse=heading == "Jawaban")
    landed = land_worklist(worklist)
    assert answered(landed) == {
        "pair SITI AMINAH": "SAME", "pair TONO SIREGAR": "SAME",
        "pair BUDI SANTOSO": "DIFFERENT", "pair RINI WULANDARI": "DIFFERENT",
    }  # fmt: skip
    assert found(landed) == []


def test_an_id_beside_another_print_rejects_the_row(worklist: Path) -> None:
    fill(worklist, "Pasangan", 1, Jawaban="SAMA")
    fill(worklist, "Penerima", 3, Hasil="MD")

    def swap(sheets: dict[str, Grid]) -> None:
        for sheet, column in (("Pasangan", "ID Pasangan"), ("Penerima", "SEGEL DAFTAR KERJA")):
            grid = sheets[sheet]
            at = place(grid, column)
            grid[HEADER][at], grid[HEADER + 1][at] = grid[HEADER + 1][at], grid[HEADER][at]
            grid[HEADER + 2][at], grid[HEADER + 3][at] = grid[HEADER + 3][at], grid[HEADER + 2][at]
        pairs = sheets["Pasangan"]
        at = place(pairs, "SEGEL DAFTAR KERJA")
        pairs[HEADER][at], pairs[HEADER + 1][at] = pairs[HEADER + 1][at], pairs[HEADER][at]

    edited(worklist, swap)
    landed = land_worklist(worklist)
    assert landed.rejections() == [
        (NAME, 3, "CONTRADICTS_WORKLIST", "name"),
        (NAME, 1, "CONTRADICTS_WORKLIST", "name"),
    ]
    assert (decided(landed), answered(landed), rows_add_up(landed)) == ({}, {}, True)
    assert {row[:3] for row in found(landed, "PRINTED_TEXT_CHANGED")} == {
        ("CONTRADICTS_WORKLIST", "Penerima", 3),
        ("CONTRADICTS_WORKLIST", "Pasangan", 1),
    }


def test_what_a_spreadsheet_does_to_a_print_is_no_contradiction(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")

    def retype(sheets: dict[str, Grid]) -> None:
        row = sheets["Penerima"][HEADER]
        for heading, text in (("Nama", " siti  Aminah"), ("NIK", f"'{SITI}"), ("Tgl Lahir", "1990-08-17 00:00:00")):
            row[place(sheets["Penerima"], heading)] = text

    edited(worklist, retype)
    landed = land_worklist(worklist)
    assert len(decided(landed)) == 1
    assert found(landed) == []


def test_an_emptied_print_is_a_finding_and_a_lost_programme_a_contradiction(worklist: Path) -> None:
    """Cards merged over a family leave all but one empty; a decision without its programme would be one for all."""
    fill(worklist, "Penerima", 1, Hasil="LAYAK")
    fill(worklist, "Penerima", 2, Hasil="LAYAK")

    def empty(sheets: dict[str, Grid]) -> None:
        grid = sheets["Penerima"]
        grid[HEADER][place(grid, "No KK")] = None
        grid[HEADER + 1][place(grid, "Program")] = None

    edited(worklist, empty)
    landed = land_worklist(worklist)
    assert list(decided(landed)) == ["SITI AMINAH"]
    assert landed.rejections() == [(NAME, 2, "CONTRADICTS_WORKLIST", "programme")]
    assert ("PRINTED_TEXT_CHANGED", "Penerima", 1, "family_card_number") in found(landed)


def test_a_deleted_programme_column_makes_no_decision_one_for_all(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="TIDAK LAYAK")

    def delete(sheets: dict[str, Grid]) -> None:
        at = place(sheets["Penerima"], "Program")
        sheets["Penerima"] = [row[:at] + row[at + 1 :] for row in sheets["Penerima"]]

    edited(worklist, delete)
    landed = land_worklist(worklist)
    assert (decided(landed), [row[2:] for row in landed.rejections()]) == ({}, [("CONTRADICTS_WORKLIST", "programme")])


# Worklists handed out before.


def asked(keep: Keep) -> None:
    keep(
        "2021-10",
        DISTRICT,
        review_pairs=[
            {"pair_id": "pair of Tono", "name": "TONO", "nik": TONO, "registry_name": "TONO SIREGAR"},
            {"pair_id": "pair of Rini", "name": "RINI", "nik": RINI, "registry_name": "RINI WULANDARI"},
        ],
        recipient_outcomes=[
            {"person_key": "key of Siti", "name": "SITI AMINAH", "nik": SITI, "programme": "pkh"},
            {"person_key": "key of Budi", "name": "BUDI SANTOSO", "nik": BUDI, "programme": "sembako"},
        ],
    )


@pytest.fixture
def old(root: DataRoot, keep: Keep) -> Path:
    """October's worklist in the layout of before, answered, whose ids the lake knows."""
    asked(keep)
    path = root.path / "old.xlsx"
    path.write_bytes(OLD.read_bytes())
    for row, outcome, said in ((1, "LAYAK", "SAMA"), (2, "TIDAK LAYAK", "BEDA")):
        fill(path, "Penerima", row, Hasil=outcome)
        fill(path, "Pasangan", row, Jawaban=said)
    return path


def test_a_worklist_of_the_former_layout_is_read(old: Path) -> None:
    landed = land_worklist(old)
    assert decided(landed) == {"SITI AMINAH": "LAYAK", "BUDI SANTOSO": "TIDAK LAYAK"}
    assert answered(landed) == {"pair of Tono": "SAME", "pair of Rini": "DIFFERENT"}
    assert landed.rows("delivery_findings") == []


def test_its_ids_that_a_sorted_sheet_left_behind_stand_for_nobody_else(old: Path) -> None:
    sorted_by_filter(old, {"Pasangan": "Nama pada Daftar", "Penerima": "Nama"})
    landed = land_worklist(old)
    assert (decided(landed), answered(landed)) == ({}, {})
    assert {row[2] for row in landed.rejections()} == {"CONTRADICTS_WORKLIST"}
    assert len(landed.rejections()) == 4
    assert rows_add_up(landed)


def test_an_answer_about_a_pair_nobody_asked_about_is_a_finding(root: DataRoot, keep: Keep) -> None:
    asked(keep)
    answers = "pair_id;jawaban\npair of Tono;SAMA\nno such pair;BEDA\n"
    landed = landed_as(root.path, review_answers__csv=answers.encode())
    rows = [(row["finding"], row["source_row"]) for row in landed.rows("delivery_findings")]
    assert rows == [("UNKNOWN_PAIR", 2)]


# Copies, deleted columns, added rows.


def test_visible_columns_copied_to_a_new_sheet_find_their_ids(worklist: Path) -> None:
    def copy(sheets: dict[str, Grid]) -> None:
        for name, heading, text in (("Pasangan", "Jawaban", "BEDA"), ("Penerima", "Hasil", "TT")):
            sheets[f"Salin {name}"] = visible(sheets[name])
            sheets[f"Salin {name}"][HEADER][place(sheets[f"Salin {name}"], heading)] = text

    edited(worklist, copy)
    landed = land_worklist(worklist)
    assert decided(landed) == {"SITI AMINAH": "TT"}
    assert answered(landed) == {"pair SITI AMINAH": "DIFFERENT"}
    assert [row[:2] for row in found(landed)] == [("ID_MISSING", "Salin Pasangan"), ("ID_MISSING", "Salin Penerima")]
    assert set(landed.column("delivery_findings", "sheet")) >= {
        f"sheet {len(SHEETS) + place}"
        for place in (2, 3)  # behind the cover and the sheets of a worklist
    }, "a sheet's name may be somebody's"


def test_a_deleted_key_column_costs_a_word_and_the_pair(worklist: Path) -> None:
    fill(worklist, "Pasangan", 2, Jawaban="SAMA")
    fill(worklist, "Penerima", 2, Hasil="SUDAH MAMPU")
    edited(worklist, lambda sheets: sheets.update({name: visible(sheets[name]) for name in ("Penerima", "Pasangan")}))
    landed = land_worklist(worklist)
    assert decided(landed) == {"BUDI SANTOSO": "SUDAH MAMPU"}
    assert landed.rejections() == [(NAME, 2, "REQUIRED_VALUE_MISSING", "pair_id")]
    assert [row[:3] for row in found(landed)] == [("ID_MISSING", "Pasangan", 2), ("ID_MISSING", "Penerima", 2)]


def test_a_row_added_below_is_a_decision_without_an_id(worklist: Path) -> None:
    def add(sheets: dict[str, Grid]) -> None:
        grid = sheets["Penerima"]
        row: list[str | None] = [None] * len(grid[0])
        for heading, text in (("Nama", "YUSUF ALI"), ("NIK", "1401011203950006"), ("Hasil", "LAYAK")):
            row[place(grid, heading)] = text
        grid.append(row)
        grid.append(["Mengetahui, Kepala Desa", *row[1:1]])

    edited(worklist, add)
    landed = land_worklist(worklist)
    assert decided(landed) == {"YUSUF ALI": "LAYAK"}
    assert ("ID_MISSING", "Penerima", 5, "key") in found(landed)


def test_a_sheet_without_headings_is_named(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="MD")
    edited(worklist, lambda sheets: sheets.update({"Sheet1": sheets["Penerima"][HEADER : HEADER + 2]}))
    assert ("SHEET_NOT_READ", "Sheet1", None, None) in found(land_worklist(worklist))


def test_a_deleted_answer_column_is_named(worklist: Path) -> None:
    def delete(sheets: dict[str, Grid]) -> None:
        at = place(sheets["Penerima"], "Hasil")
        sheets["Penerima"] = [row[:at] + row[at + 1 :] for row in sheets["Penerima"]]

    edited(worklist, delete)
    assert found(land_worklist(worklist)) == [("COLUMN_MISSING", "Penerima", None, "outcome")]


# Answers in other places, and in none.


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Tanggal", "TIDAK LAYAK", ("ANSWER_ELSEWHERE", "decided_on")),
        ("No BA", "sudah meninggal", ("ANSWER_ELSEWHERE", "minutes_number")),
        ("Status", "LAYAK", ("ANSWER_ELSEWHERE", "standing")),
        ("Alasan dan Bukti", "sudah meninggal", ("ANSWER_ELSEWHERE", "evidence")),
        ("Tanggal", "12/11/2021", ("ANSWER_MISSING", "outcome")),
        ("No BA", "14/BA/2021", ("ANSWER_MISSING", "outcome")),
    ],
)
def test_what_is_written_without_an_answer_is_found_and_rejected(
    worklist: Path, heading: str, text: str, expected: tuple[str, str]
) -> None:
    def write(sheets: dict[str, Grid]) -> None:
        sheets["Penerima"][HEADER + 1][place(sheets["Penerima"], heading)] = text

    edited(worklist, write)
    landed = land_worklist(worklist)
    assert [row[0:1] + row[3:4] for row in found(landed, "PRINTED_TEXT_CHANGED")] == [expected]
    assert landed.rejections() == [(NAME, 2, "REQUIRED_VALUE_MISSING", "outcome")]
    assert rows_add_up(landed)


@pytest.mark.parametrize(("heading", "column"), [("NIK", "nik"), ("Nama", "name"), ("Alamat", "address")])
def test_a_correction_in_an_unanswered_row_is_a_finding(worklist: Path, heading: str, column: str) -> None:
    def write(sheets: dict[str, Grid]) -> None:
        sheets["Penerima"][HEADER + 1][place(sheets["Penerima"], heading)] = "1401010512850033 BUDI"

    edited(worklist, write)
    landed = land_worklist(worklist)
    assert found(landed) == [("PRINTED_TEXT_CHANGED", "Penerima", 2, column)]
    assert landed.rejections() == []


def test_a_remark_in_a_column_of_the_villages_own_is_a_finding(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")

    def write(sheets: dict[str, Grid]) -> None:
        grid = sheets["Penerima"]
        for row, text in ((HEADER - 1, "Keterangan"), (HEADER, "rumahnya bocor"), (HEADER + 2, "sudah meninggal")):
            grid[row].append(text)

    edited(worklist, write)
    landed = land_worklist(worklist)
    assert found(landed) == [("ANSWER_ELSEWHERE", "Penerima", 3, None), ("EDIT_NOT_READ", "Penerima", 1, None)]
    assert landed.rejections() == [(NAME, 3, "REQUIRED_VALUE_MISSING", "outcome")]


def test_answers_merged_over_several_rows_are_the_first_rows(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="TIDAK LAYAK")
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place(grids(worklist)["Penerima"], "Hasil")]
    edited(worklist, lambda _: None, merges=[("Penerima", f"{column}{HEADER + 1}:{column}{HEADER + 3}")])
    landed = land_worklist(worklist)
    assert decided(landed) == {"SITI AMINAH": "TIDAK LAYAK"}
    assert found(landed) == [("MERGED_CELLS", "Penerima", row, "outcome") for row in (2, 3)]
    assert [row[1:3] for row in landed.rejections()] == [(row, "REQUIRED_VALUE_MISSING") for row in (2, 3)]


def test_notes_and_formulas_without_a_value_are_found(worklist: Path) -> None:
    at = place(grids(worklist)["Penerima"], "Hasil")
    edited(worklist, lambda _: None, notes=[("Penerima", HEADER, at)], formulas=[("Penerima", HEADER + 1, at)])
    landed = land_worklist(worklist)
    assert found(landed) == [
        ("FORMULA_WITHOUT_VALUE", "Penerima", 2, "outcome"),
        ("NOTE_NOT_READ", "Penerima", 1, "outcome"),
    ]
    assert [row[1:3] for row in landed.rejections()] == [(row, "REQUIRED_VALUE_MISSING") for row in (1, 2)]


# Words and dates.


def in_workbooks(cases: Sequence[tuple[Any, ...]]) -> pytest.MarkDecorator:
    """So many of the cases in each workbook as it has people, each beside another of them."""
    return pytest.mark.parametrize("cases", [cases[i : i + len(PEOPLE)] for i in range(0, len(cases), len(PEOPLE))])


@in_workbooks(
    [
        ("sudah meninggal", "MD"), ("Alm. tahun lalu", "MD"), ("pindah ke Pekanbaru", "PD"), ("tdk ditemukan", "TT"),
        ("tidak layak krn sudah mampu", "TIDAK LAYAK"), ("masih layak", "LAYAK"), ("mengundurkan diri", "MM"),
        ("belum meninggal", None), ("tidak layak?", None), ("layak / tidak layak", None), ("anaknya pindah", None),
        ("layak dikeluarkan", None), ("nanti saja", None), ("tidak mampu", None), ("pindah dari Pekanbaru", None),
    ]
)  # fmt: skip
def test_plain_words_are_read_and_others_found(worklist: Path, cases: Sequence[tuple[str, str | None]]) -> None:
    for row, (words, _) in enumerate(cases, 1):
        fill(worklist, "Penerima", row, Hasil=words)
    landed = land_worklist(worklist)
    names = {name: expected for (name, _), (_, expected) in zip(PEOPLE, cases, strict=False)}
    assert decided(landed) == {name: expected for name, expected in names.items() if expected}
    odd = [row for row, (_, expected) in enumerate(cases, 1) if not expected]
    assert [row[:3] for row in found(landed)] == [("ANSWER_NOT_PLAIN", "Penerima", row) for row in odd]
    assert [row[1:] for row in landed.rejections()] == [(row, "UNREADABLE_VALUE", "outcome") for row in odd]


@in_workbooks(
    [("sama orangnya", "SAME"), ("bukan orang yang sama", "DIFFERENT"), ("beda orang", "DIFFERENT"),
     ("NIK sama", None), ("mungkin sama", None), ("nama sama orang beda", None)]
)  # fmt: skip
def test_plain_words_about_pairs_are_read(worklist: Path, cases: Sequence[tuple[str, str | None]]) -> None:
    for row, (words, _) in enumerate(cases, 1):
        fill(worklist, "Pasangan", row, Jawaban=words)
    pairs = {f"pair {name}": expected for (name, _), (_, expected) in zip(PEOPLE, cases, strict=False)}
    assert answered(land_worklist(worklist)) == {pair: expected for pair, expected in pairs.items() if expected}


@in_workbooks(
    [
        ("10/11/2021", "2021-11-10", []),
        ("10/11/2201", None, ["IMPOSSIBLE_DATE"]),
        ("10/11/1921", None, ["IMPOSSIBLE_DATE"]),
        ("31/02/2021", None, ["IMPOSSIBLE_DATE"]),
        ("10/12/2022", None, ["IMPOSSIBLE_DATE"]),
        ("10/01/2022", "2022-01-10", ["DATED_AFTER_PERIOD"]),
        ("bulan lalu", None, ["UNREADABLE_VALUE"]),
    ]
)
def test_a_date_that_cannot_be_leaves_the_answer_undated(
    worklist: Path, cases: Sequence[tuple[str, str | None, list[str]]]
) -> None:
    for row, (text, _, _) in enumerate(cases, 1):
        fill(worklist, "Penerima", row, Hasil="LAYAK", Tanggal=text)
    landed = land_worklist(worklist)
    days = [decision["decided_on"] for decision in landed.rows("eligibility_decisions")]
    assert [day and day.isoformat() for day in days] == [kept for _, kept, _ in cases]
    odd = [(word, "Penerima", row, "decided_on") for row, (_, _, words) in enumerate(cases, 1) for word in words]
    assert found(landed) == sorted(odd, key=str)


# Files.


def test_two_copies_that_contradict_each_other_are_found(worklist: Path) -> None:
    copies = []
    for outcome, said in (("LAYAK", "SAMA"), ("TIDAK LAYAK", "BEDA")):
        fill(worklist, "Penerima", 1, Hasil=outcome)
        fill(worklist, "Pasangan", 1, Jawaban=said)
        fill(worklist, "Penerima", 2, Hasil="MD")
        copies.append(worklist.read_bytes())
    landed = landed_as(worklist.parent, worklist__a__xlsx=copies[0], worklist__b__xlsx=copies[1])
    rows = [(row["finding"], row["source_file"], row["source_row"]) for row in landed.rows("delivery_findings")]
    contradicting = [row for row in rows if row[0] == "CONTRADICTING_ANSWERS"]
    assert contradicting == [("CONTRADICTING_ANSWERS", f"worklist.{part}.xlsx", 1) for part in "aabb"]


@pytest.mark.parametrize("name", ["daftar kerja 1401132001.xlsx", "1401132001.xlsx", "Salinan worklist (1).xlsx"])
def test_a_worklist_is_known_by_its_content_whatever_it_is_called(worklist: Path, name: str) -> None:
    fill(worklist, "Penerima", 1, Hasil="MD")
    fill(worklist, "Pasangan", 1, Jawaban="SAMA")
    edited(worklist, lambda sheets: sheets.update({"Lembar1": sheets.pop("Penerima"), "x": sheets.pop("Pasangan")}))
    landed = land_worklist(worklist, name)
    assert (decided(landed), answered(landed)) == ({"SITI AMINAH": "MD"}, {"pair SITI AMINAH": "SAME"})
    assert landed.delivery.unknown_files == ()


@pytest.mark.parametrize("name", ["worklist.1401132001.csv", "daftar kerja.csv"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_sheet_saved_as_text_is_read(worklist: Path, name: str, delimiter: str) -> None:
    fill(worklist, "Pasangan", 2, Jawaban="BEDA", Tanggal="12/11/2021")
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(grids(worklist)["Pasangan"])
    landed = landed_as(worklist.parent, **{name: text.getvalue().encode("cp1252")})
    assert answered(landed) == {"pair BUDI SANTOSO": "DIFFERENT"}
    assert found(landed) == []


def test_rows_taken_out_and_titles_put_in_cost_nothing(worklist: Path) -> None:
    fill(worklist, "Penerima", 4, Hasil="LAYAK")

    def change(sheets: dict[str, Grid]) -> None:
        grid = sheets["Penerima"]
        del grid[HEADER : HEADER + 2]
        grid.insert(0, ["HASIL MUSDES"])
        grid.insert(HEADER + 1, [None])

    edited(worklist, change)
    landed = land_worklist(worklist)
    assert decided(landed) == {"TONO SIREGAR": "LAYAK"}
    assert found(landed) == []


def test_a_finding_is_answered_in_a_column_of_its_own_with_or_without_a_judgement(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Temuan="TIDAK TERBUKTI", Tanggal=44520)
    fill(worklist, "Penerima", 2, Hasil="LAYAK", Temuan="belum jelas")
    fill(worklist, "Penerima", 3, Hasil="MD")
    landed = land_worklist(worklist)
    rows = landed.rows("eligibility_decisions")
    assert [(row["name"], row["outcome"], row["disposition"]) for row in rows] == [
        ("SITI AMINAH", None, "TIDAK TERBUKTI"),
        ("BUDI SANTOSO", "LAYAK", "BELUM JELAS"),
        ("RINI WULANDARI", "MD", None),
    ]
    assert landed.rejections() == []
    assert found(landed) == []

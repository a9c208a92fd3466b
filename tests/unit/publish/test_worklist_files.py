"""A district's workbooks as files: private, locked, harmless, the same every time, replaced as a whole."""

import os
import re
import resource
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Keep
from tests.ready import start
from tests.worklists import fill, parts, sheet_part, table, texts
from welfare_pipeline.contracts.worklists import SHEETS, Use, WorklistSheet
from welfare_pipeline.lake import DataRoot, folders
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.worklists import folder, orders
from welfare_pipeline.publish.worklists import writers as writers_module
from welfare_pipeline.publish.worklists.folder import PublishedWorklists, publish_worklists, withdraw_worklists
from welfare_pipeline.publish.worklists.orders import serve

PERIOD, DISTRICT, VILLAGE, OTHER = "2021-11", "1401", "1401012001", "1401012002"
NIK = "1401015708900001"


def people(*names: str, villages: tuple[str, ...] = (VILLAGE, OTHER)) -> dict[str, list[dict[str, Any]]]:
    """Recipients of the first village who have died."""
    rows = [
        {"row_id": row, "source_file": "pkh.csv", "source_row": row, "name": name, "nik": NIK, "village_code": VILLAGE}
        for row, name in enumerate(names, 1)
    ]
    told = {"programme": "pkh", "source": "pkh", "outcome": "off_target", "primary_reason": "DECEASED", "address": "-2"}
    return {
        "population": [
            {"row_id": n, "village_code": code, "village_name": "=A & B"} for n, code in enumerate(villages)
        ],
        "pkh": rows,
        "recipient_outcomes": [told | row | {"person_key": f"key {row['source_row']}"} for row in rows],
    }


def keep_people(keep: Keep, *names: str, villages: tuple[str, ...] = (VILLAGE, OTHER)) -> None:
    tables = people(*names, villages=villages)
    outcomes = [{k: v for k, v in row.items() if k != "row_id"} for row in tables["recipient_outcomes"]]
    keep(PERIOD, DISTRICT, **(tables | {"recipient_outcomes": outcomes}))


def test_only_the_owner_reads_them_whatever_the_mask(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    former = os.umask(0)
    try:
        published = publish_worklists(root, PERIOD, DISTRICT)
    finally:
        os.umask(former)
    folders = (published.folder, *published.folder.parents[:2])
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in published.workbooks} == {0o600}


def test_a_villages_workbook_is_the_same_whoever_is_written_at_the_same_time(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = people("SITI", " BUDI ")
    outcomes = [{k: v for k, v in row.items() if k != "row_id"} for row in tables["recipient_outcomes"]]
    outcomes[1]["village_code"] = tables["pkh"][1]["village_code"] = OTHER
    keep(PERIOD, DISTRICT, **(tables | {"recipient_outcomes": outcomes}))
    together = contents(publish_worklists(root, PERIOD, DISTRICT))
    withdraw_worklists(root, PERIOD, DISTRICT)
    monkeypatch.setattr(folder, "AT_ONCE", 1)
    assert contents(publish_worklists(root, PERIOD, DISTRICT)) == together
    assert len(together) == len({*together}) == 2


def contents(published: PublishedWorklists) -> list[bytes]:
    return [path.read_bytes() for path in published.workbooks]


def test_no_name_can_become_a_formula(root: DataRoot, keep: Keep) -> None:
    hostile = ('=HYPERLINK("http://x","SITI")', "+62811", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "\uff1d1+1")
    keep_people(keep, *hostile)
    path = publish_worklists(root, PERIOD, DISTRICT).workbooks[0]
    written = parts(path)
    assert not any(re.search(r"<f[ >]|<hyperlink", content) for content in written.values())
    cells = [cell for row in table(path, "Penerima") for cell in row.values() if cell]
    assert [cell for cell in cells if cell.lstrip()[0] in "=+-@\uff1d"] == []
    assert {row["Nama"].removeprefix("'") for row in table(path, "Penerima")} == set(hostile)


def test_only_the_answers_can_be_changed(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    path = publish_worklists(root, PERIOD, DISTRICT).workbooks[0]
    page = parts(path)[sheet_part(path, "Penerima")]
    assert "<sheetProtection" in page
    headings = list(table(path, "Penerima")[0])
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", parts(path)["xl/styles.xml"].split("<cellXfs")[1])
    unlocked = {number for number, xf in enumerate(formats) if 'locked="0"' in xf}
    cells = re.findall(r'<c r="([A-Z])6"(?: s="(\d+)")?', page)
    assert {headings[ord(letter) - 65] for letter, style in cells if style and int(style) in unlocked} == {
        "Hasil", "Tanggal", "No BA", "Temuan",
    }  # fmt: skip
    assert re.findall(r"<formula1>(.*?)</formula1>", page)[0] == '"LAYAK,TIDAK LAYAK,SUDAH MAMPU,MD,PD,TT,MM"'


def test_it_prints_on_a4_across_with_its_headings_on_every_page(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    path = publish_worklists(root, PERIOD, DISTRICT).workbooks[0]
    page, book = parts(path)[sheet_part(path, "Penerima")], parts(path)["xl/workbook.xml"]
    assert re.search(r'<pageSetup paperSize="9"[^>]* fitToHeight="0" orientation="landscape"', page)
    assert "Halaman &amp;P dari &amp;N" in page
    assert "=A &amp;&amp;&amp; B" not in page  # an ampersand in a name is doubled for the page header, once
    assert "=A &amp;&amp; B" in page
    assert re.search(r"Print_Titles[^>]*>Penerima!\$5:\$5<", book)


def test_the_same_tables_give_the_same_bytes(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI", "BUDI")
    first = [path.read_bytes() for path in publish_worklists(root, PERIOD, DISTRICT).workbooks]
    assert [path.read_bytes() for path in publish_worklists(root, PERIOD, DISTRICT).workbooks] == first


def test_several_processes_write_the_bytes_that_one_writes(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_people(keep, "SITI", "BUDI")
    alone = [path.read_bytes() for path in publish_worklists(root, PERIOD, DISTRICT).workbooks]
    withdraw_worklists(root, PERIOD, DISTRICT)
    monkeypatch.setattr(writers_module, "WORTH_A_PROCESS", 1)
    together = publish_worklists(root, PERIOD, DISTRICT).workbooks
    assert [path.read_bytes() for path in together] == alone
    assert {stat.S_IMODE(path.stat().st_mode) for path in together} == {0o600}


def test_a_process_that_writes_workbooks_starts_without_the_lake() -> None:
    program = f"import sys; import {serve.__module__}; sys.exit(any(name in sys.modules for name in sys.argv[1:]))"
    command = [sys.executable, "-c", program, "welfare_pipeline.lake", "duckdb"]
    assert subprocess.run(command, check=False).returncode == 0


def test_a_full_disk_in_another_process_is_told_here_and_the_former_ones_stand(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_people(keep, "SITI", "BUDI")
    former = [path.read_bytes() for path in publish_worklists(root, PERIOD, DISTRICT).workbooks]
    keep_people(keep, "SITI", "JOKO")
    monkeypatch.setattr(writers_module, "WORTH_A_PROCESS", 1)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(PublishError, match="the former ones stand"):
            publish_worklists(root, PERIOD, DISTRICT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    folder = root.worklists(PERIOD, DISTRICT)
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == former
    assert [entry.name for entry in folder.parent.iterdir()] == [DISTRICT]


def test_what_somebody_typed_into_a_published_workbook_is_replaced(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    path = publish_worklists(root, PERIOD, DISTRICT).workbooks[0]
    untouched = path.read_bytes()
    fill(path, "Penerima", 1, Hasil="LAYAK")
    publish_worklists(root, PERIOD, DISTRICT)
    assert path.read_bytes() == untouched


def test_a_village_whose_people_are_the_same_keeps_its_workbook(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = orders.write_workbook
    monkeypatch.setattr(orders, "write_workbook", lambda *told: (written.append(told[0].stem), write(*told)))
    keep_people(keep, "SITI")
    publish_worklists(root, PERIOD, DISTRICT)
    keep_people(keep, "BUDI")
    publish_worklists(root, PERIOD, DISTRICT)
    assert written == [VILLAGE, OTHER, VILLAGE]


def test_the_workbook_of_a_village_that_is_no_more_goes(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    publish_worklists(root, PERIOD, DISTRICT)
    keep_people(keep, "SITI", villages=(VILLAGE,))
    published = publish_worklists(root, PERIOD, DISTRICT)
    assert [path.name for path in sorted(published.folder.iterdir())] == [f"{VILLAGE}.xlsx"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_former_ones_are_replaced_and_nothing_is_left_beside(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    keep_people(keep, "SITI")
    publish_worklists(root, PERIOD, DISTRICT)
    keep_people(keep, "BUDI")
    published = publish_worklists(root, PERIOD, DISTRICT)
    assert [row["Nama"] for row in table(published.workbooks[0], "Penerima")] == ["BUDI"]
    assert list(published.folder.parent.iterdir()) == [published.folder]


def test_a_full_disk_leaves_the_former_ones_and_tells_no_name(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    published = publish_worklists(root, PERIOD, DISTRICT)
    keep_people(keep, *(f"BUDI {number * 7919**3}" for number in range(5_000)))
    program = (
        "import resource, signal, sys, pathlib; from welfare_pipeline.lake import DataRoot;"
        "from welfare_pipeline.publish.worklists.folder import publish_worklists;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "publish_worklists(DataRoot(pathlib.Path(sys.argv[1])), '2021-11', '1401')"
    )
    ended = start(program, str(root.path)).ended()
    assert "PublishError: worklists/2021-11/1401: could not be written, the former ones stand" in ended.stderr
    assert "BUDI" not in ended.stderr
    assert [row["Nama"] for row in table(published.workbooks[0], "Penerima")] == ["SITI"]
    assert list(published.folder.parent.iterdir()) == [published.folder]


def test_what_a_killed_builder_left_is_removed_and_the_former_ones_come_back(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    published = publish_worklists(root, PERIOD, DISTRICT)
    published.folder.rename(published.folder.with_name(".1401.former"))
    (published.folder.with_name(".1401.building")).mkdir()
    publish_worklists(root, PERIOD, DISTRICT)
    assert list(published.folder.parent.iterdir()) == [published.folder]


def test_a_month_that_is_held_back_has_none(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    published = publish_worklists(root, PERIOD, DISTRICT)
    withdraw_worklists(root, PERIOD, DISTRICT)
    assert not published.folder.exists()
    withdraw_worklists(root, PERIOD, DISTRICT)


def test_an_unwritable_place_is_told_plainly(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    root.published.mkdir(parents=True)
    (root.published / "worklists").write_text("a file in the way")
    with pytest.raises(PublishError, match="could not be written"):
        publish_worklists(root, PERIOD, DISTRICT)


def test_the_notes_say_what_to_do_and_that_it_is_confidential(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    told = texts(publish_worklists(root, PERIOD, DISTRICT).workbooks[0])
    assert "RAHASIA" in told
    assert "untuk periode Desember 2021" in told
    assert Path("worklists") == Path(root.worklists(PERIOD, DISTRICT).parents[1].name)


def test_rows_are_as_high_as_their_longest_text_so_that_no_print_overlaps(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI", "SITI " * 60)
    path = publish_worklists(root, PERIOD, DISTRICT).workbooks[0]
    heights = re.findall(r'<row r="(\d+)" ht="(\d+)" customHeight="1"', parts(path)[sheet_part(path, "Penerima")])
    found = sorted(int(height) for _, height in heights)
    assert len(found) == 2
    assert found[0] >= 13
    assert found[1] > 2 * found[0]


def test_whom_to_warn_stands_by_name_in_a_workbook_for_the_office_only(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI")
    published = publish_worklists(root, PERIOD, DISTRICT)
    assert not (published.folder / "pembinaan.xlsx").exists()
    warned = {"facilitator_id": "P-7", "name": "RINI WULANDARI", "warning_candidate": True, "warning_reasons": ["p2k2"]}
    price = {"source": "outlet_prices", "source_file": "outlet_prices.csv", "source_row": 1, "outlet_id": "E-1"}
    keep(
        PERIOD,
        DISTRICT,
        population=people()["population"],
        facilitator_performance=[warned],
        outlet_price_findings=[price | {"commodity": "BERAS", "finding": "candidate_for_sanction"}],
        outlet_prices=[{"row_id": 1, "outlet_name": "TOKO =1", "commodity": "BERAS"} | price],
    )
    path = publish_worklists(root, PERIOD, DISTRICT).folder / "pembinaan.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = parts(path)["xl/sharedStrings.xml"]
    for told in ("RINI WULANDARI", "Pertemuan P2K2 kurang", "TOKO =1", "E-1", "RAHASIA"):
        assert told in written


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if not sheet.is_read_only], ids=lambda sheet: sheet.name)
def test_a_sheet_is_narrow_enough_to_be_read_on_a4(sheet: WorklistSheet) -> None:
    shown = [column for column in sheet.laid_out if column.use is not Use.HIDDEN]
    a4, points_of_a_digit, cell_font = 798, 7.4, 11  # the widest font in use, DejaVu Sans
    printed = cell_font * a4 / (points_of_a_digit * sum(column.width for column in shown))
    assert printed >= 6.5

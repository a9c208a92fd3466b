"""Lists that are too long to be judged at once: what they say is what they would say as a whole."""

from pathlib import Path
from threading import Event, Thread

import polars as pl
import pytest

from tests.unit.ingest.landing import BUDI, RINI, SITI, TONO, YUSUF, Landed, land, zipped
from tests.unit.ingest.test_workbooks import workbook
from welfare_pipeline.ingest import csv_lines, kept_rows
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.room import Room
from welfare_pipeline.lake import in_parts

PEOPLE = ((SITI, "SITI"), (BUDI, "BUDI"), (TONO, "TONO"), (RINI, "RINI"), (YUSUF, "YUSUF"))


@pytest.fixture
def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are judged at once, and a hundred bytes of a CSV are cut."""
    monkeypatch.setattr(kept_rows, "PART", 3)
    monkeypatch.setattr(csv_lines, "PIECE", 100)
    monkeypatch.setattr(in_parts, "WRITTEN_AT_ONCE", 4)
    monkeypatch.setattr(in_parts, "ROW_GROUP", 2)


pytestmark = pytest.mark.usefixtures("_in_small_parts")


def people(*rows: tuple[str, str], before: str = "") -> str:
    return "nik;nama\n" + before + "".join(f"{nik};{name}\n" for nik, name in rows)


def test_rows_keep_their_order_and_their_numbers(tmp_path: Path) -> None:
    landed = land(tmp_path, registry__a_csv=people(*PEOPLE * 2), registry__b_csv=people(*PEOPLE))
    assert landed.column("registry", "name") == [name for _, name in PEOPLE] * 3
    assert landed.column("registry", "source_row") == [*range(1, 11), *range(1, 6)]
    first = landed.column("registry", "row_id")[0]
    assert landed.column("registry", "row_id") == list(range(first, first + 15))
    assert [(file.rows_landed, file.rows_accepted) for file in landed.delivery.files] == [(10, 10), (5, 5)]


def test_a_number_under_four_names_is_a_placeholder_wherever_in_the_file_they_stand(tmp_path: Path) -> None:
    siti = [(SITI, "SITI"), *PEOPLE[1:], (SITI, "ANI"), *PEOPLE[1:], (SITI, "EKO"), *PEOPLE[1:]]
    four = land(tmp_path / "four", pkh_csv=people(*siti, (SITI, "UJANG")))
    assert set(statuses_of(four, SITI)) == {"placeholder"}
    assert set(statuses_of(four, BUDI)) == {"valid"}
    three = land(tmp_path / "three", pkh_csv=people(*siti))
    assert set(statuses_of(three, SITI)) == {"valid"}


def test_names_in_another_file_do_not_make_a_placeholder(tmp_path: Path) -> None:
    two = people((SITI, "SITI"), *PEOPLE[1:], (SITI, "ANI"))
    landed = land(tmp_path, pkh__a_csv=two, pkh__b_csv=two.replace("ANI", "EKO").replace("SITI", "UJANG"))
    assert set(statuses_of(landed, SITI)) == {"valid"}


@pytest.mark.parametrize(("rounded", "status"), [(10, "precision_lost"), (9, "valid")])
def test_the_share_of_rounded_numbers_is_that_of_the_whole_file(tmp_path: Path, rounded: int, status: str) -> None:
    numbers = [f"140101150890{i:03d}{0 if i < rounded else 1}" for i in range(30)]
    landed = land(tmp_path, pkh_csv=people(*((nik, f"NAMA {chr(65 + i)}") for i, nik in enumerate(numbers))))
    assert landed.column("pkh", "nik_status") == [status] * rounded + ["valid"] * (30 - rounded)


def statuses_of(landed: Landed, nik: str) -> list[str]:
    return [row["nik_status"] for row in landed.rows("pkh") if row["nik"] == nik]


@pytest.mark.parametrize("place", range(12))
def test_a_record_over_two_lines_is_not_cut_in_two(tmp_path: Path, place: int) -> None:
    rows = ["nik;nama;alamat", *(f"{SITI};SITI {chr(65 + i)};JL. MELATI" for i in range(place))]
    rows += [f'{BUDI};BUDI;"JL. MAWAR', 'RT 2"', *(f"{TONO};TONO {chr(65 + i)};JL. KENANGA" for i in range(70))]
    landed = land(tmp_path, registry_csv="\n".join(rows))
    assert landed.rejections() == []
    assert landed.column("registry", "address")[place] == "JL. MAWAR RT 2"
    assert len(landed.rows("registry")) == place + 71


def test_what_ends_a_list_ends_it_in_any_piece_and_only_its_first_row_counts_the_columns(tmp_path: Path) -> None:
    text = people(*PEOPLE * 2, before="1;2\n") + "1;2\n" + people(*PEOPLE) + "###;\n" + people(*PEOPLE)
    landed = land(tmp_path, registry_csv=text)
    assert landed.column("registry", "name") == [name for _, name in PEOPLE * 3]  # 1;2 has neither name nor number
    assert landed.rejections() == [("registry.csv", 11, "NO_IDENTITY", "nik")]


def test_blank_lines_and_lines_of_other_lengths_in_any_piece(tmp_path: Path) -> None:
    text = people(*PEOPLE) + "\n" * 150 + people(*PEOPLE)[9:] + f"{SITI};SITI;X;Y\n" + people(*PEOPLE)[9:]
    landed = land(tmp_path, registry_csv=text)
    assert landed.column("registry", "source_row") == [*range(1, 11), *range(12, 17)]
    assert landed.rejections() == [("registry.csv", 11, "MALFORMED", None)]


def test_a_list_of_any_format(tmp_path: Path) -> None:
    frame = pl.DataFrame(PEOPLE * 2, schema=["nik", "nama"], orient="row")
    file = tmp_path / "list"
    frame.write_parquet(file)
    cells = [["nik", "nama"], *map(list, PEOPLE * 2)]
    landed = land(
        tmp_path,
        registry__a_csv_gz=zipped(people(*PEOPLE * 2) + "\n"),
        registry__b_parquet=file.read_bytes(),
        registry__c_xlsx=workbook({"A": cells, "B": cells[:5]}),
    )
    assert landed.column("registry", "name") == [name for _, name in [*PEOPLE * 6, *PEOPLE[:4]]]
    assert landed.column("registry", "source_row") == [*range(1, 11), *range(1, 11), *range(1, 15)]


def test_two_answers_to_one_question_far_apart_contradict_each_other(tmp_path: Path) -> None:
    answers = "pair_id;jawaban\n" + "".join(f"{i:032x};SAMA\n" for i in range(8)) + f"{0:032x};BEDA\n"
    landed = land(tmp_path, review_answers_csv=answers)
    found = [row["source_row"] for row in landed.rows("delivery_findings") if row["finding"] == "CONTRADICTING_ANSWERS"]
    assert found == [1, 9]


def test_sub_districts_are_filled_down_however_long_the_population_list_is(tmp_path: Path) -> None:
    rows = "".join(f"14010120{i:02d};DESA {chr(65 + i)};{'KAMPAR' if i == 1 else ''};1.000\n" for i in range(1, 12))
    landed = land(tmp_path, population_csv="kode;nama;kecamatan;jumlah\n" + rows)
    assert landed.column("population", "subdistrict_name") == ["KAMPAR"] * 11


def test_rows_of_long_lists_lie_in_files_until_they_have_been_taken(tmp_path: Path) -> None:
    kept = KeptRows(tmp_path / "kept")
    kept.add(pl.DataFrame({"name": ["SITI", "BUDI", "TONO", "RINI"]}))
    assert not (tmp_path / "kept").exists()
    kept.add(pl.DataFrame({"name": ["YUSUF", "ANI", "EKO"]}))
    assert len([*(tmp_path / "kept").iterdir()]) == len([*kept]) == 3
    for _ in range(2):
        assert pl.concat(kept)["name"].to_list() == ["SITI", "BUDI", "TONO", "RINI", "YUSUF", "ANI", "EKO"]
    kept.clear()
    assert [*(tmp_path / "kept").iterdir()] == [] == [*kept]
    assert kept.height == 7


def test_who_reads_waits_until_there_is_room() -> None:
    room, read = Room(100), Event()

    def read_later() -> None:
        with room.taken(60):
            read.set()

    waiting = Thread(target=read_later)
    with room.taken(50):
        waiting.start()
        assert not read.wait(0.1)
    waiting.join(10)
    assert read.is_set()


def test_a_list_that_needs_more_than_there_is_is_read_alone() -> None:
    with Room(100).taken(1_000):
        pass

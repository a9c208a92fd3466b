"""Letters to families: their own findings, the kind of evidence, how to object; nothing of anybody else."""

import re
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.scenario import DISTRICT, OTHER_VILLAGE, PERIOD, VILLAGE, Month, card
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.letters import publish_letters
from welfare_pipeline.publish.replacing import PublishError

NUMBERS = {"SITI AMINAH": "1401015708900001", "BUDI SANTOSO": "1401010512850003", "TONO SIREGAR": "1401010101700002"}
WRITTEN = date(2021, 12, 28)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Siti died, she and Budi are employees, Tono stands twice; Umi is on target.

    Yusuf and Zulfa of one family are outside the registry.
    """
    month = Month(tmp_path_factory.mktemp("letters"))
    for number, (who, nik) in enumerate(NUMBERS.items(), 1):
        village = OTHER_VILLAGE if who.startswith("TONO") else VILLAGE
        landed = {"family_card_number": card(number), "nik": nik, "village_code": village}
        month.lists("registry", who, **landed)
        month.lists("sembako", who, **landed)
        if who.startswith("TONO"):
            month.lists("sembako", who, **landed | {"name": "TONO SIREGAR MUDA"})
    for who in ("YUSUF HAKIM", "ZULFA HAKIM"):
        month.lists("pbi_jkn", who, family_card_number=card(9), village_code=OTHER_VILLAGE)
    month.lists("registry", "UMI KALSUM")
    month.lists("sembako", "UMI KALSUM")
    for village in (VILLAGE, OTHER_VILLAGE):
        month.lists("population", village_code=village, village_name=f"DESA {village[-1]}", total=100)
    month.lists("civil_status", "SITI AMINAH", status="MD")
    for who in ("SITI AMINAH", "BUDI SANTOSO"):
        month.lists("public_employees", who, category="ASN", nik=NUMBERS[who])
    month.reconcile()
    month.decide()
    root = DataRoot(month.root)
    publish_letters(root, PERIOD, DISTRICT, village=None, written_on=WRITTEN)
    return root


def _text(root: DataRoot, village: str) -> str:
    return root.letters(PERIOD, DISTRICT).joinpath(f"{village}.html").read_text("utf-8")


def test_a_family_reads_what_was_found_on_what_it_rests_and_until_when_to_object(written: DataRoot) -> None:
    text = _text(written, VILLAGE)
    siti, budi = sorted(text.split("<article")[1:], key=lambda letter: "BUDI" in letter)
    assert "SITI AMINAH" in siti
    assert "BUDI" not in siti
    for said in (
        "berakhir dengan 0001",
        "meninggal dunia",
        "catatan kependudukan (Dukcapil)",
        "11 Januari 2022",
        "14 hari",
    ):
        assert said in siti
    assert [said.count("akan dipastikan di lapangan") for said in (siti, budi)] == [1, 1], "each finding by itself"
    assert "daftar pegawai" in budi
    assert "akan dipastikan di lapangan" in budi
    assert "baris lain pada daftar ini" in _text(written, OTHER_VILLAGE)


def test_what_is_said_of_all_members_stands_once_so_that_a_letter_is_one_page(written: DataRoot) -> None:
    [family] = [letter for letter in _text(written, OTHER_VILLAGE).split("<article")[1:] if "HAKIM" in letter]
    assert family.count("Program PBI JKN (Bapak/Ibu dan 1 anggota lain pada kartu keluarga yang sama): ") == 1
    assert family.count("<li>Program") == 1
    assert ("YUSUF" in family) != ("ZULFA" in family), "a letter names its addressee only"


def test_a_letter_says_nothing_of_others_and_no_whole_number(written: DataRoot) -> None:
    pages = [_text(written, village) for village in (VILLAGE, OTHER_VILLAGE)]
    for page in pages:
        assert not re.findall(r"[0-9]{12,}", re.sub(VILLAGE[:6], "", page))
        assert "UMI" not in page
        assert ".csv" not in page
        assert "http" not in page
        assert "<script" not in page
    assert "SITI" not in pages[1]


def test_only_the_owner_may_read_letters(written: DataRoot) -> None:
    folder = written.letters(PERIOD, DISTRICT)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent.parent, folder.parent, folder)]
    assert modes == [0o700] * 3
    assert {stat.S_IMODE(page.stat().st_mode) for page in folder.iterdir()} == {0o600}


def test_one_village_alone_and_a_village_that_is_none(written: DataRoot) -> None:
    pages = publish_letters(written, PERIOD, DISTRICT, village=VILLAGE, written_on=WRITTEN)
    assert [page.name for page in pages] == [f"{VILLAGE}.html"]
    assert len(list(written.letters(PERIOD, DISTRICT).iterdir())) == len((VILLAGE, OTHER_VILLAGE))
    with pytest.raises(PublishError, match="no village of district 1401"):
        publish_letters(written, PERIOD, DISTRICT, village="1401990000", written_on=WRITTEN)


def test_the_command_says_where_the_letters_are_and_refuses_a_month_that_is_not_there(
    written: DataRoot, tmp_path: Path
) -> None:
    shutil.copytree(written.path, tmp_path / "data")
    given = ["--data", str(tmp_path / "data"), "--district", DISTRICT]
    told = CliRunner().invoke(welfare, ["letters", "--period", PERIOD, *given], standalone_mode=False)
    assert told.return_value == 0
    assert "letters for 2 villages" in told.output
    refused = CliRunner().invoke(welfare, ["letters", "--period", "2020-01", *given])
    assert refused.exit_code == 2

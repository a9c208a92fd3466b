"""What a NIK and a family card number are worth: each status, in the contract's order, and its neighbour."""

from pathlib import Path

import pytest

from tests.unit.ingest.landing import BUDI, CARD, RINI, SITI, TONO, YUSUF, land

NIKS = [
    ("", "missing"),
    ("-", "missing"),
    ("NULL", "missing"),
    ("0", "placeholder"),
    ("0000000000000000", "placeholder"),
    ("9999999999999999", "placeholder"),
    ("1234567890123456", "placeholder"),
    ("12345", "placeholder"),
    ("1.40101E+15", "precision_lost"),
    ("1,40101E+15", "precision_lost"),
    ("14010157089000A1", "not_numeric"),
    ("TIDAK ADA", "not_numeric"),
    ("140101570890001", "wrong_length"),
    ("14010157089000011", "wrong_length"),
    ("0140101200100001", "temporary"),
    ("1401017208900001", "bad_birth_date"),
    ("1401013202900001", "bad_birth_date"),
    ("1401012902910001", "bad_birth_date"),
    ("1401012902920001", "valid"),
    ("1401016902920001", "valid"),
    ("1401010000900001", "bad_birth_date"),
    ("9901015708900001", "bad_region"),
    ("2001015708900001", "bad_region"),
    ("5401015708900001", "valid"),
    ("9601015708900001", "valid"),
    (SITI, "valid"),
    ("'" + SITI, "valid"),
    ("1401 0157 0890 0001", "valid"),
    ("14.01.01.570890.0001", "valid"),
    ("1401-0157-0890-0001", "valid"),
    (f"{SITI}.0", "valid"),
    (f'"=""{SITI}"""', "valid"),
    (f'="{SITI}"', "valid"),
]
FILLERS = "".join(f"14010115089{i:05d};NAMA\n" for i in range(11, 99, 2))  # so that no case makes the file look rounded


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    rows = "".join(f"{nik};SITI\n" for nik, _ in NIKS)
    landed = land(tmp_path_factory.mktemp("niks"), pkh_csv=f"nik;nama\n{rows}{FILLERS}")
    return landed.column("pkh", "nik_status")


@pytest.mark.parametrize("place", range(len(NIKS)), ids=[nik for nik, _ in NIKS])
def test_status_of_a_nik(statuses: list[str], place: int) -> None:
    assert statuses[place] == NIKS[place][1]


def test_a_nik_that_is_the_familys_card_number(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=f"nik,nama,no_kk\n{CARD},SITI,{CARD}\n{SITI},BUDI,{CARD}\n")
    assert landed.column("pkh", "nik_status") == ["family_card_number", "valid"]


def test_cleaned_digits_are_kept_and_other_texts_stay_as_landed(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=f"nik;nama\n'{SITI[:4]} {SITI[4:]}.0;SITI\n1.40101E+15;BUDI\n-;TONO\n")
    assert landed.column("pkh", "nik") == [SITI, "1.40101E+15", None]


def test_a_number_under_four_names_is_a_placeholder_and_under_three_is_not(tmp_path: Path) -> None:
    rows = [(SITI, name) for name in ("SITI", "BUDI", "TONO", "RINI")]
    rows += [(BUDI, name) for name in ("ANI", "ANI", "EKO", "UJANG")]
    rows += [(YUSUF, name) for name in ("YUSUF", "Yusuf.", "YU SUF", "YUSUF ")]
    landed = land(tmp_path, pkh_csv="nik,nama\n" + "".join(f"{nik},{name}\n" for nik, name in rows))
    assert landed.column("pkh", "nik_status") == ["placeholder"] * 4 + ["valid"] * 8


def test_names_in_different_files_do_not_make_a_placeholder(tmp_path: Path) -> None:
    landed = land(
        tmp_path, pkh__a_csv=f"nik,nama\n{SITI},SITI\n{SITI},BUDI\n", pkh__b_csv=f"nik,nama\n{SITI},TONO\n{SITI},RINI\n"
    )
    assert landed.column("pkh", "nik_status") == ["valid"] * 4


def with_rounded(rounded: int, sound: int) -> str:
    numbers = [f"140101150890{i:03d}0" for i in range(rounded)] + [f"140101150890{i:03d}1" for i in range(sound)]
    return "nik,nama\n" + "".join(f"{number},NAMA {chr(65 + i)}\n" for i, number in enumerate(numbers))


def test_numbers_ending_in_zero_are_distrusted_where_more_than_three_in_ten_do(tmp_path: Path) -> None:
    rounded = land(tmp_path / "a", pkh_csv=with_rounded(10, 20))
    assert rounded.column("pkh", "nik_status") == ["precision_lost"] * 10 + ["valid"] * 20
    sound = land(tmp_path / "b", pkh_csv=with_rounded(9, 21))
    assert sound.column("pkh", "nik_status") == ["valid"] * 30


def test_fewer_than_thirty_numbers_prove_nothing_about_their_file(tmp_path: Path) -> None:
    assert land(tmp_path / "a", pkh_csv=with_rounded(2, 0)).column("pkh", "nik_status") == ["valid"] * 2
    assert land(tmp_path / "b", pkh_csv=with_rounded(29, 0)).column("pkh", "nik_status") == ["valid"] * 29
    enough = land(tmp_path / "c", pkh_csv=with_rounded(30, 0))
    assert enough.column("pkh", "nik_status") == ["precision_lost"] * 30


def test_the_share_is_that_of_a_file_and_without_placeholders(tmp_path: Path) -> None:
    zeros = "".join(f"0000000000000000,ORANG {chr(65 + i)}\n" for i in range(9))
    landed = land(tmp_path, pkh__a_csv=with_rounded(10, 20), pkh__b_csv=with_rounded(6, 24) + zeros)
    assert landed.column("pkh", "nik_status")[:10] == ["precision_lost"] * 10
    assert landed.column("pkh", "nik_status")[30:36] == ["valid"] * 6


def test_status_of_a_card(tmp_path: Path) -> None:
    told = [
        ("", "missing"),
        ("0", "placeholder"),
        ("1.40101E+15", "precision_lost"),
        ("KK HILANG", "not_numeric"),
        ("140101200510", "wrong_length"),
        ("9901012005100007", "bad_region"),
        (CARD, "valid"),
        ("1401013913100007", "valid"),
    ]
    rows = "".join(f"{SITI},SITI,{card}\n" for card, _ in told)
    landed = land(tmp_path, registry_csv="nik,nama,no_kk\n" + rows)
    assert landed.column("registry", "card_status") == [expected for _, expected in told]


def test_one_big_family_does_not_make_a_card_look_rounded(tmp_path: Path) -> None:
    family = "".join(f"14010115089{i:05d},NAMA,1401012005100010\n" for i in range(11, 200, 7))
    others = "".join(f"14010115090{i:05d},NAMA,14010120051001{i}\n" for i in range(11, 99) if i % 3)
    landed = land(tmp_path, registry_csv="nik,nama,no_kk\n" + family + others)
    assert set(landed.column("registry", "card_status")) == {"valid"}


def test_warnings_tell_what_a_valid_number_contradicts(tmp_path: Path) -> None:
    text = f"""nik,nama,jenkel,tgl_lahir
{SITI},SITI,P,17/08/1990
{SITI[:-1]}2,SITI,L,17/08/1990
{BUDI},BUDI,LAKI-LAKI,06/12/1985
{TONO},TONO,,
{RINI},RINI,PEREMPUAN,05/07/1888
0401014507880004,RIA,L,01/01/2000
"""
    landed = land(tmp_path, registry_csv=text)
    assert landed.column("registry", "nik_warnings") == [
        [], ["sex_mismatch"], ["birth_date_mismatch"], [], [], [],
    ]  # fmt: skip

"""What stands on the worklists of two villages, Batu Belah and Tarai. All people are made up."""

import re
from datetime import date
from typing import Any

import pytest

from tests.conftest import Keep
from tests.worklists import parts, sheet_part, table
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.worklists.folder import publish_worklists

PERIOD, DISTRICT = "2021-11", "1401"
BATU_BELAH, TARAI = "1401012001", "1401012002"
SITI = {"nik": "1401015708900001", "name": "SITI AMINAH", "family_card_number": "1401012005100009"}
BUDI = {"nik": "1401010512850003", "name": "BUDI SANTOSO", "family_card_number": "1401012005100007"}
RINI = {"nik": "140101450788", "name": "RINI WULANDARI", "family_card_number": "1401012005100008"}
PKH = {"place": 1, "programme": "pkh", "label_id": "PKH", "label_en": "PKH"}
Row = dict[str, Any]

VILLAGES = [
    {"row_id": 1, "village_code": BATU_BELAH, "village_name": "BATU BELAH", "subdistrict_name": "KAMPAR"},
    {"row_id": 2, "village_code": TARAI, "village_name": "TARAI", "subdistrict_name": "KAMPAR"},
]


def landed(person: Row, row_id: int, file: str, **values: Any) -> Row:
    origin = {"row_id": row_id, "source_file": file, "source_row": row_id % 1000, "village_code": BATU_BELAH}
    return origin | person | {"nik_status": "valid"} | values


def outcome(person: Row, row: int, what: str = "off_target", *reasons: str, **values: Any) -> Row:
    told = {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "source_row": row, "outcome": what}
    who = {"person_key": f"key of {person['name']}", "village_code": BATU_BELAH, "address": "JL MERDEKA 4"}
    return told | person | who | {"reasons": list(reasons), "primary_reason": next(iter(reasons), None)} | values


def sheet(root: DataRoot, name: str, village: str = BATU_BELAH) -> list[Row]:
    publish_worklists(root, PERIOD, DISTRICT)
    return table(root.worklists(PERIOD, DISTRICT) / f"{village}.xlsx", name)


def test_a_recipient_stands_there_with_reason_evidence_and_source(root: DataRoot, keep: Keep) -> None:
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(SITI, 1, "pkh.csv", birth_date=date(1990, 8, 17), sex="P", mother_name="AISYAH")],
        recipient_outcomes=[outcome(SITI, 1, "off_target", "DECEASED")],
        recipient_reasons=[
            {"row_id": 1, "reason": "DECEASED", "evidence_id": "Dukcapil: civil_status.csv baris 3, 05/10/2021"}
        ],
        programme_rules=[PKH],
    )
    [row] = sheet(root, "Penerima")
    assert row["Nama"] == "SITI AMINAH"
    assert row["Alasan dan Bukti"] == (
        "Yang bersangkutan telah meninggal dunia. [Dukcapil: civil_status.csv baris 3, 05/10/2021]"
    )
    assert (row["Program"], row["Status"], row["Sumber"]) == ("PKH", "Tidak tepat sasaran", "pkh.csv baris 1")
    assert (row["Tgl Lahir"], row["Jenkel"], row["Nama Ibu"]) == ("17/08/1990", "P", "AISYAH")
    assert (row["Hasil"], row["Tanggal"], row["No BA"]) == (None, None, None)
    assert sheet(root, "Penerima", TARAI) == []


def test_who_is_on_target_is_on_no_worklist_unless_somebody_complained(root: DataRoot, keep: Keep) -> None:
    complaint = {"kind": "INCLUDED", "finding": "included_to_verify", "person_key": "key of BUDI SANTOSO"}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(SITI, 1, "pkh.csv"), landed(BUDI, 2, "pkh.csv")],
        recipient_outcomes=[outcome(SITI, 1, "on_target"), outcome(BUDI, 2, "on_target")],
        complaint_findings=[complaint | {"complaint_period": PERIOD, "source_file": "complaints.csv", "source_row": 7}],
    )
    [row] = sheet(root, "Penerima")
    assert (row["Nama"], row["Status"]) == ("BUDI SANTOSO", "Ada pengaduan")
    assert row["Pengaduan"] == ("Dinilai mampu menurut pengaduan (bukan bukti): complaints.csv baris 7, tanpa tanggal")


def test_a_household_is_named_by_one_member_with_that_members_own_number(root: DataRoot, keep: Keep) -> None:
    household = {
        "household_key": "household of Siti",
        "village_code": BATU_BELAH,
        "members": 2,
        "registration": "none",
        "evidence": ["PROPOSED"],
        "blockers": ["NO_E_KTP"],
        "certainty": "certain",
        "sources": [{"source_file": "proposals.csv", "source_row": row} for row in (1, 2)],
        "family_card_number": SITI["family_card_number"],
        "member_names": ["ANTON", "SITI AMINAH"],
        "member_niks": [SITI["nik"]],
    }
    anton = landed(SITI | {"name": "ANTON", "nik": None}, 1, "proposals.csv", nik_status="missing")
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        proposals=[anton, landed(SITI, 2, "proposals.csv")],
        unregistered_poor_households=[household],
    )
    [row] = sheet(root, "Usulan")
    assert (row["Nama"], row["NIK"], row["Anggota Lain"]) == ("SITI AMINAH", SITI["nik"], "ANTON")
    assert row["Alasan dan Bukti"] == "Diusulkan ke data terpadu. Belum ada anggota yang terdata. Pasti belum terdata."
    assert row["Hambatan"] == "Belum rekam e-KTP."
    assert row["Sumber"] == "proposals.csv baris 1; proposals.csv baris 2"


def test_only_a_number_that_no_list_can_mend_sends_somebody_to_the_house(root: DataRoot, keep: Keep) -> None:
    def repair(person: Row, row: int, **values: Any) -> Row:
        origin = {"source": "pkh", "source_file": "pkh.csv", "source_row": row, "village_code": BATU_BELAH}
        broken = {"nik_status": "wrong_length", "warnings": [], "person_key": f"key of {person['name']}"}
        return origin | broken | person | values

    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(RINI, 1, "pkh.csv"), landed(BUDI, 2, "pkh.csv"), landed(RINI, 3, "pkh.csv")],
        identity_repairs=[repair(RINI, 1), repair(BUDI, 2, suggested_nik=BUDI["nik"]), repair(RINI, 3)],
    )
    [row] = sheet(root, "Identitas")
    assert (row["Nama"], row["Masalah"]) == ("RINI WULANDARI", "NIK tidak 16 angka.")
    assert row["Sumber"] == "pkh.csv baris 1; pkh.csv baris 3"


def test_who_sent_a_row_that_dtsen_returns_reads_why_and_what_to_do(root: DataRoot, keep: Keep) -> None:
    def repair(person: Row, row: int, **values: Any) -> Row:
        origin = {"source": "proposals", "source_file": "proposals.csv", "source_row": row, "village_code": BATU_BELAH}
        sound = {"nik_status": "valid", "card_status": "valid", "warnings": []}
        return origin | sound | person | {"person_key": f"key of {person['name']}"} | values

    both = {"nik_status": "wrong_length", "card_status": "missing", "returned_because": ["NIK_INVALID", "CARD_INVALID"]}
    card_alone = {"card_status": "wrong_length", "returned_because": ["CARD_INVALID"], "next_step": "READ_CARD_NUMBER"}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        proposals=[landed(person, row, "proposals.csv") for row, person in enumerate((RINI, BUDI, SITI), 1)],
        identity_repairs=[
            repair(RINI, 1, next_step="READ_FROM_CARD", **both),
            repair(BUDI, 2, **card_alone),
            repair(SITI, 3, warnings=["sex_mismatch"], next_step="COMPARE_WITH_CARD", returned_because=[]),
        ],
    )
    rows = sheet(root, "Dikembalikan")
    assert [(row["Nama"], row["Daftar"], row["Sebab Dikembalikan"], row["Sumber"]) for row in rows] == [
        ("RINI WULANDARI", "Usulan", "NIK tidak valid. No KK tidak valid.", "proposals.csv baris 1"),
        ("BUDI SANTOSO", "Usulan", "No KK tidak valid.", "proposals.csv baris 2"),
    ]
    assert rows[0]["Masalah"] == "NIK tidak 16 angka. No KK kosong."
    assert "Ambil NIK dari KTP" in rows[0]["Tindak Lanjut"]
    assert "No KK dari kartu keluarga" in rows[0]["Tindak Lanjut"]
    # to the house for a number only: a card alone is the sender's affair
    assert [row["Nama"] for row in sheet(root, "Identitas")] == ["RINI WULANDARI", "SITI AMINAH"]


def test_a_pair_is_compared_in_words(root: DataRoot, keep: Keep) -> None:
    pair = {"pair_id": "pair of Siti", "source": "pkh", "source_file": "pkh.csv", "source_row": 1}
    agreement = {"nik_agreement": "same", "name_agreement": "different", "birth_date_agreement": "missing"}
    weight = {"nik_weight": 12.5, "name_weight": -8.1, "birth_date_weight": 0.0, "doubt": "number_conflict"}
    who = SITI | {"registry_name": "BUDI SANTOSO", "registry_nik": SITI["nik"], "village_code": TARAI}
    keep(PERIOD, DISTRICT, population=VILLAGES, review_pairs=[pair | agreement | weight | who])
    [row] = sheet(root, "Pasangan", TARAI)
    assert (row["Nama pada Daftar"], row["Nama pada Data Terpadu"]) == ("SITI AMINAH", "BUDI SANTOSO")
    assert row["Perbandingan"] == (
        "NIK sama, tetapi nama berbeda dan tanggal lahir tidak menguatkan. NIK sama (sangat menunjukkan satu orang); "
        "nama berbeda (sangat menunjukkan dua orang); tanggal lahir tidak ada"
    )
    assert row["ID Pasangan"] == "pair of Siti"
    # side by side: each field of the list beside the registry's
    shown = [heading for heading in row if "pada Daftar" in heading or "pada Data Terpadu" in heading]
    assert [heading.split(" pada ")[0] for heading in shown[::2]] == ["Nama", "NIK", "No KK", "Tgl Lahir"]
    assert [heading.split(" pada ")[0] for heading in shown[1::2]] == ["Nama", "NIK", "No KK", "Tgl Lahir"]


def test_pairs_are_marked_where_they_differ_and_say_how_many_are_decided(root: DataRoot, keep: Keep) -> None:
    pair = {"pair_id": "pair of Siti", "source": "pkh", "source_file": "pkh.csv", "source_row": 1}
    pair |= SITI | {"doubt": "number_conflict", "registry_name": "BUDI SANTOSO", "village_code": TARAI}
    decided = {
        "row_id": 1,
        "pair_id": "pair of Rini",
        "person_key": "key",
        "answer": "SAME",
        "source": "review_answers",
    }
    decided |= {"source": "review_answers"}
    decided_too = decided | {"row_id": 2, "pair_id": "pair of Tono", "person_key": "key of nobody on a list now"}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(RINI, 7, "pkh.csv", village_code=TARAI)],
        links=[{"row_id": 7, "person_id": 7, "person_key": "key"}],
        review_pairs=[pair],
        remembered_answers=[decided, decided_too],
    )
    path = publish_worklists(root, PERIOD, DISTRICT).folder / f"{TARAI}.xlsx"
    rules = re.findall(
        r"<cfRule type=\"expression\".*?<formula>(.*?)</formula>", parts(path)[sheet_part(path, "Pasangan")]
    )
    assert len(set(rules)) == 4
    written = parts(path)["xl/sharedStrings.xml"]
    assert "1 pasangan desa ini dan 2 pasangan kabupaten/kota ini sudah diputuskan; 1 di lembar ini belum." in written
    assert "pertentangan antardaftar yang harus diperiksa, bukan bukti" in written


@pytest.mark.parametrize(
    ("says", "born_on", "is_listed"),
    [
        ({"ktp_recorded": False, "status": "AKTIF"}, date(1990, 8, 17), True),
        ({"ktp_recorded": False, "status": "AKTIF"}, None, True),
        ({"ktp_recorded": False, "status": "AKTIF"}, date(2004, 11, 30), True),
        ({"ktp_recorded": False, "status": "AKTIF"}, date(2004, 12, 1), False),
        ({"ktp_recorded": False, "status": "MD"}, date(1990, 8, 17), False),
        ({"ktp_recorded": True, "status": "AKTIF"}, date(1990, 8, 17), False),
        ({"ktp_recorded": None, "status": "AKTIF"}, date(1990, 8, 17), False),
    ],
)
def test_people_of_age_who_are_not_recorded_are_taken_to_the_recording(
    root: DataRoot, keep: Keep, says: Row, born_on: date | None, *, is_listed: bool
) -> None:
    link = {"person_id": 1, "person_key": "key of Siti"}
    answer = {"row_id": 9, "source_file": "civil_status.csv", "source_row": 4, "nik": SITI["nik"]}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(SITI, 1, "pkh.csv", birth_date=born_on)],
        civil_status=[answer | says],
        links=[link | {"row_id": 1, "source": "pkh"}, link | {"row_id": 9, "source": "civil_status"}],
        programme_rules=[PKH],
    )
    told = [row["Keterangan"] for row in sheet(root, "Rekam e-KTP")]
    expected = "Belum rekam e-KTP [Dukcapil: civil_status.csv baris 4]; tercatat pada: PKH"
    assert told == ([expected] if is_listed else [])


def test_a_deployment_says_from_which_age_an_e_ktp_must_be_held(root: DataRoot, keep: Keep) -> None:
    answer = {"row_id": 9, "source_file": "civil_status.csv", "source_row": 4, "nik": SITI["nik"], "status": "AKTIF"}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(SITI, 1, "pkh.csv", birth_date=date(2003, 11, 30))],
        civil_status=[answer | {"ktp_recorded": False}],
        links=[
            {"person_id": 1, "person_key": "key of Siti", "row_id": row, "source": source}
            for row, source in ((1, "pkh"), (9, "civil_status"))
        ],
    )
    root.policy.write_text("[thresholds]\nelectronic_card_age = 19\n")
    assert sheet(root, "Rekam e-KTP") == []
    root.policy.write_text("[thresholds]\nelectronic_card_age = 18\n")
    assert [row["Nama"] for row in sheet(root, "Rekam e-KTP")] == ["SITI AMINAH"]


def test_a_child_by_its_number_is_not_taken_to_the_recording_but_the_married_are(root: DataRoot, keep: Keep) -> None:
    people = [SITI | {"nik": f"14010157080{year}001", "name": who} for who, year in (("ANAK", "70"), ("ISTRI", "60"))]
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(people[0], 1, "pkh.csv"), landed(people[1], 2, "pkh.csv", relationship="3")],
        civil_status=[
            {"row_id": 8 + row, "source_file": "civil_status.csv", "source_row": row, "nik": person["nik"]}
            | {"ktp_recorded": False, "status": "AKTIF"}
            for row, person in enumerate(people, 1)
        ],
        links=[
            {"person_id": row, "person_key": f"key of {person['name']}", "row_id": row_id, "source": source}
            for row, person in enumerate(people, 1)
            for row_id, source in ((row, "pkh"), (8 + row, "civil_status"))
        ],
    )
    assert [row["Nama"] for row in sheet(root, "Rekam e-KTP")] == ["ISTRI"]


def test_who_has_no_known_village_is_in_a_workbook_of_their_own(root: DataRoot, keep: Keep) -> None:
    unknown = outcome(SITI, 1, "to_verify", "PBI_OUTSIDE_REGISTRY", village_code=None)
    keep(PERIOD, DISTRICT, population=VILLAGES, pkh=[landed(SITI, 1, "pkh.csv")], recipient_outcomes=[unknown])
    published = publish_worklists(root, PERIOD, DISTRICT)
    assert [path.name for path in published.workbooks] == [f"{BATU_BELAH}.xlsx", f"{TARAI}.xlsx", "tanpa-desa.xlsx"]
    assert published.rows["Penerima"] == 1
    [row] = table(published.folder / "tanpa-desa.xlsx", "Penerima")
    assert (row["Nama"], row["Kode Desa"]) == ("SITI AMINAH", None)


def test_rows_are_numbered_through_the_sheets_as_they_will_be_when_landed(root: DataRoot, keep: Keep) -> None:
    repair = {"source": "pkh", "source_file": "pkh.csv", "nik_status": "wrong_length", "warnings": [], "source_row": 2}
    keep(
        PERIOD,
        DISTRICT,
        population=VILLAGES,
        pkh=[landed(SITI, 1, "pkh.csv"), landed(RINI, 2, "pkh.csv")],
        recipient_outcomes=[outcome(SITI, 1, "off_target", "DECEASED")],
        identity_repairs=[repair | RINI | {"person_key": "key of Rini", "village_code": BATU_BELAH}],
    )
    assert [row["No"] for row in sheet(root, "Penerima")] == ["1"]
    assert [row["No"] for row in sheet(root, "Identitas")] == ["2"]


def test_the_programme_on_a_worklist_is_the_one_read_back() -> None:
    policy = load_policy()
    codes = policy.sources["eligibility_decisions"].column("programme").codes
    assert codes is not None
    for rule in policy.rules("2021-11"):
        assert rule.label_id in codes.values[rule.programme]

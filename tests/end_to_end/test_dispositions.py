"""Findings that the field did not confirm, over the months: taken away, remembered, counted. All people are made up."""

import re
from typing import Any

import duckdb

from tests.months import DISTRICT, ask, land, reasons, run
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish import publish_analysts, publish_report

SITI = {"nik": "1401015708900001", "nama": "SITI AMINAH", "kode_desa": "1401012001"}
BUDI = {"nik": "1401010512850003", "nama": "BUDI SANTOSO", "kode_desa": "1401012001"}
RINI = {"nik": "1401014507880004", "nama": "RINI MARLINA", "kode_desa": "1401012001"}
EVERYBODY = (SITI, BUDI, RINI)
DEAD = {"status": "MENINGGAL", "tgl_kejadian": "05/10/2021"}


def _lists(*, dead: dict[str, Any], **more: list[dict[str, Any]]) -> dict[str, Any]:
    looked_up = [{"nik": who["nik"], "nama": who["nama"]} | dead for who in (SITI, RINI)]
    employees = [{"nik": BUDI["nik"], "nama": BUDI["nama"], "kategori": "ASN"}]
    lists = {"registry": EVERYBODY, "sembako": EVERYBODY, "civil_status": looked_up, "public_employees": employees}
    return lists | more


def test_what_the_field_says_of_a_finding_holds_over_the_months_and_is_counted(root: DataRoot) -> None:
    land(root, "2021-11", _lists(dead=DEAD))
    answers = [
        SITI | {"temuan": "tidak terbukti", "tanggal": "10/12/2021"},
        BUDI | {"temuan": "Tidak Terbukti", "alasan": "PUBLIC_EMPLOYEE", "tanggal": None},
        RINI | {"temuan": "TERBUKTI", "alasan": "DECEASED", "tanggal": "11/12/2021"},
    ]
    land(root, "2021-12", _lists(dead=DEAD, eligibility_decisions=answers))
    land(root, "2022-01", _lists(dead=DEAD, objections=[RINI | {"tgl_sanggah": "03/01/2022"}]))
    again = {"status": "MENINGGAL", "tgl_kejadian": "01/02/2022"}
    land(root, "2022-02", _lists(dead=again))
    told = {}
    for period in ("2021-11", "2021-12", "2022-01", "2022-02"):
        run(root, period)
        told[period] = [reasons(root, period)[who["nama"]] for who in EVERYBODY]
    dead, official = ["DECEASED"], ["PUBLIC_EMPLOYEE"]
    assert told == {
        "2021-11": [dead, official, dead],
        "2021-12": [[], [], dead],
        "2022-01": [[], [], dead],
        "2022-02": [dead, [], dead],
    }
    with duckdb.connect(publish_analysts(root), read_only=True) as con:
        counts = "select * exclude (district_code, village_code) from reason_precision order by all"
        precision = con.sql(counts).fetchall()
        objected = con.sql(
            "select period, outcome from off_target_recipients where objected_on is not null order by all"
        ).fetchall()
    assert precision == [
        ("2021-11", "DECEASED", 2, 2, 1, 1, 0),
        ("2021-11", "PUBLIC_EMPLOYEE", 1, 1, 0, 1, 0),
        ("2021-12", "DECEASED", 1, 0, 0, 0, 0),
        ("2022-01", "DECEASED", 1, 0, 0, 0, 0),
        ("2022-02", "DECEASED", 2, 0, 0, 0, 0),
    ]
    assert objected == [("2022-01", "to_verify"), ("2022-02", "to_verify")]
    publish_report(root, "2021-12", DISTRICT)
    page = root.report("2021-12", DISTRICT).read_text("utf-8")
    told = re.search(r"meninggal dunia\..*?November 2021\)</span></td>(.*?)</tr>", page)
    assert told is not None
    assert re.findall(r"<td>(\d+)</td>", told[1]) == ["2", "2", "1", "1", "0"]


def test_an_undated_decision_about_the_card_that_lands_later_says_it_again_and_closes_objections(
    root: DataRoot,
) -> None:
    card = {"no_kk": "1401012005100007"}
    other = {"no_kk": "1401012005100008"}
    everybody = [SITI | card, BUDI | other, RINI]
    lists: dict[str, Any] = {"registry": everybody, "sembako": everybody}
    judged = [kk | {"hasil": "SUDAH MAMPU", "tanggal": None} for kk in (card, other)]
    doubted = {"temuan": "TIDAK TERBUKTI", "alasan": "JUDGED_INELIGIBLE", "tanggal": "10/12/2021"}
    land(root, "2021-11", lists | {"eligibility_decisions": judged[1:]})
    land(root, "2021-12", lists | {"eligibility_decisions": [SITI | doubted, BUDI | doubted]})
    objected = [SITI | {"tgl_sanggah": "03/12/2021"}]
    land(root, "2022-01", lists | {"eligibility_decisions": judged, "objections": objected})
    told = {}
    for period in ("2021-11", "2021-12", "2022-01"):
        run(root, period)
        told[period] = [reasons(root, period)[who["nama"]] for who in (SITI, BUDI)]
    judged_ineligible = ["JUDGED_INELIGIBLE"]
    assert told == {
        "2021-11": [[], judged_ineligible],
        "2021-12": [[], []],
        "2022-01": [judged_ineligible, []],
    }
    assert ask(root, "2022-01", "select name, outcome from off_target_recipients") == [("SITI AMINAH", "off_target")]

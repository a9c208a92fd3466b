"""Findings that the field did not confirm, over the months: taken away, remembered, counted. All people are made up.

Siti, Budi and Rini live in one village, Wati, Tono and Yanti in another: the district runs once for both stories.
"""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.months import DISTRICT, POPULATION, ask, land, reasons, run
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_analysts
from welfare_pipeline.publish.reports import publish_report

VILLAGE, OTHER_VILLAGE = "1401012001", "1401012002"
SITI = {"nik": "1401015708900001", "nama": "SITI AMINAH", "kode_desa": VILLAGE}
BUDI = {"nik": "1401010512850003", "nama": "BUDI SANTOSO", "kode_desa": VILLAGE}
RINI = {"nik": "1401014507880004", "nama": "RINI MARLINA", "kode_desa": VILLAGE}
WATIS_CARD, TONOS_CARD = {"no_kk": "1401012005100007"}, {"no_kk": "1401012005100008"}
WATI = WATIS_CARD | {"nik": "1401014101900013", "nama": "WATI KUSUMA", "kode_desa": OTHER_VILLAGE}
TONO = TONOS_CARD | {"nik": "1401010512650012", "nama": "TONO SUBARI", "kode_desa": OTHER_VILLAGE}
YANTI = {"nik": "1401014202780014", "nama": "YANTI LESTARI", "kode_desa": OTHER_VILLAGE}
EVERYBODY = (SITI, BUDI, RINI, WATI, TONO, YANTI)
MONTHS = ("2021-11", "2021-12", "2022-01", "2022-02")
DEAD = {"status": "MENINGGAL", "tgl_kejadian": "05/10/2021"}
Told = dict[str, dict[str, list[str]]]  # by month and name


def _lists(*, dead: dict[str, Any], **more: list[dict[str, Any]]) -> dict[str, Any]:
    looked_up = [{"nik": who["nik"], "nama": who["nama"]} | dead for who in (SITI, RINI)]
    employees = [{"nik": BUDI["nik"], "nama": BUDI["nama"], "kategori": "ASN"}]
    villages = [*POPULATION, POPULATION[0] | {"kode_desa": OTHER_VILLAGE, "desa": "TARAI"}]
    lists = {"registry": EVERYBODY, "sembako": EVERYBODY, "civil_status": looked_up, "public_employees": employees}
    return {"population": villages} | lists | more


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataRoot, Told]:
    """The district after its four months, and what each said of everybody."""
    root = DataRoot(tmp_path_factory.mktemp("dispositions"))
    judged = [card | {"hasil": "SUDAH MAMPU", "tanggal": None} for card in (WATIS_CARD, TONOS_CARD)]
    doubted = {"temuan": "TIDAK TERBUKTI", "alasan": "JUDGED_INELIGIBLE", "tanggal": "10/12/2021"}
    land(root, "2021-11", _lists(dead=DEAD, eligibility_decisions=judged[1:]))
    answers = [
        SITI | {"temuan": "tidak terbukti", "tanggal": "10/12/2021"},
        BUDI | {"temuan": "Tidak Terbukti", "alasan": "PUBLIC_EMPLOYEE", "tanggal": None},
        RINI | {"temuan": "TERBUKTI", "alasan": "DECEASED", "tanggal": "11/12/2021"},
        WATI | doubted,
        TONO | doubted,
    ]
    land(root, "2021-12", _lists(dead=DEAD, eligibility_decisions=answers))
    objected = [RINI | {"tgl_sanggah": "03/01/2022"}, WATI | {"tgl_sanggah": "03/12/2021"}]
    land(root, "2022-01", _lists(dead=DEAD, eligibility_decisions=judged, objections=objected))
    again = {"status": "MENINGGAL", "tgl_kejadian": "01/02/2022"}
    land(root, "2022-02", _lists(dead=again))
    told = {}
    for period in MONTHS:
        run(root, period)
        told[period] = reasons(root, period)
    return root, told


def test_what_the_field_says_of_a_finding_holds_over_the_months_and_is_counted(
    district: tuple[DataRoot, Told],
) -> None:
    root, told = district
    dead, official = ["DECEASED"], ["PUBLIC_EMPLOYEE"]
    assert {period: [told[period][who["nama"]] for who in (SITI, BUDI, RINI)] for period in MONTHS} == {
        "2021-11": [dead, official, dead],
        "2021-12": [[], [], dead],
        "2022-01": [[], [], dead],
        "2022-02": [dead, [], dead],
    }
    with duckdb.connect(publish_analysts(root), read_only=True) as con:
        counts = "* exclude (district_code, village_code) from reason_precision"
        precision = con.sql(f"select {counts} where village_code = '{VILLAGE}' order by all").fetchall()
        objected = con.sql(
            "select period, outcome from off_target_recipients "
            f"where objected_on is not null and village_code = '{VILLAGE}' order by all"
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
    counted = re.search(r"meninggal dunia\..*?November 2021\)</span></td>(.*?)</tr>", page)
    assert counted is not None
    assert re.findall(r"<td>(\d+)</td>", counted[1]) == ["2", "2", "1", "1", "0"]


def test_an_undated_decision_about_the_card_that_lands_later_says_it_again_and_closes_objections(
    district: tuple[DataRoot, Told],
) -> None:
    root, told = district
    judged_ineligible = ["JUDGED_INELIGIBLE"]
    assert {period: [told[period][who["nama"]] for who in (WATI, TONO)] for period in MONTHS[:3]} == {
        "2021-11": [[], judged_ineligible],
        "2021-12": [[], []],
        "2022-01": [judged_ineligible, []],
    }
    found = f"select name, outcome from off_target_recipients where village_code = '{OTHER_VILLAGE}'"
    assert ask(root, "2022-01", found) == [("WATI KUSUMA", "off_target")]


def test_who_is_said_to_be_ranked_is_asked_about_again_when_the_next_quarter_has_no_rank_either(tmp_path: Path) -> None:
    root = DataRoot(tmp_path)
    unranked = SITI | {"desil": "Belum diperingkat"}
    answer = SITI | {"temuan": "TIDAK TERBUKTI", "alasan": "NOT_RANKED", "tanggal": "05/08/2025"}
    months = {"2025-07": ("2025-Q3", []), "2025-08": ("2025-Q3", [answer]), "2025-10": ("2025-Q4", [])}
    for period, (quarter, decisions) in months.items():
        registry = [unranked | {"triwulan": quarter}, BUDI | {"desil": "3", "triwulan": quarter}]
        lists = {"registry": registry, "sembako": [SITI, BUDI]}
        land(root, period, lists | ({"eligibility_decisions": decisions} if decisions else {}))
        run(root, period)
    told = {period: reasons(root, period)["SITI AMINAH"] for period in months}
    assert told == {"2025-07": ["NOT_RANKED"], "2025-08": [], "2025-10": ["NOT_RANKED"]}


def test_an_answer_that_lands_again_each_month_is_about_the_finding_it_answered_first(tmp_path: Path) -> None:
    """Siti is said to be dead and was judged; a list without reasons, sent whole each month, says she lives."""
    root, judged = DataRoot(tmp_path), {"hasil": "TIDAK LAYAK", "temuan": None, "tanggal": "05/10/2021"}
    answered = {"hasil": None, "temuan": "TIDAK TERBUKTI"}
    answers = [SITI | judged, SITI | answered | {"tanggal": "10/11/2021"}, RINI | judged, RINI | answered]
    told = {}
    for period in MONTHS[:3]:
        land(root, period, _lists(dead=DEAD, eligibility_decisions=answers))
        run(root, period)
        told[period] = reasons(root, period)
        findings = "select distinct reason from finding_dispositions"
        assert ask(root, period, findings) == [("DECEASED",)], period
    judged_alone = ["JUDGED_INELIGIBLE"]
    assert {period: [told[period][who["nama"]] for who in (SITI, RINI)] for period in told} == {
        period: [judged_alone, judged_alone] for period in MONTHS[:3]
    }

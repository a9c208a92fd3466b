"""Pictures of a district's month, its province's page and the index: drawn as SVG, counts only, in Bahasa Indonesia."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import Keep
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.defs.standing import note_standings
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.reports import printing, publish_index, publish_provinces, publish_report

PERIOD, DISTRICT, KUOK, AIR_TIRIS = "2021-11", "1401", "1401012001", "1401012002"
FACILITATOR_NIK = "1401015708900001"
OUTCOME = {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "outcome": "off_target"}
NOT_READABLE = {"table": "pkh", "check": "nik_is_readable", "severity": "warning", "passed": False}
CODE = re.compile(r"\b([a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+)\b")


def keep_month(keep: Keep, period: str = PERIOD, **further: list[dict[str, Any]]) -> None:
    """Of 200 rows of PKH 20 are off target; a facilitator's id is a NIK; Kuok has most findings."""
    warned = {"facilitator_id": FACILITATOR_NIK, "name": "RINI", "warning_candidate": True, "score": 0.35}
    tables: dict[str, list[dict[str, Any]]] = {
        "recipient_outcomes": [
            OUTCOME | {"source_row": 1, "person_key": "k", "primary_reason": "DECEASED", "reasons": ["DECEASED"]}
        ],
        "programme_rules": [{"programme": "pkh", "label_id": "PKH", "label_en": "PKH", "place": 1}],
        "programme_summary": [
            {"programme": "pkh", "rows_landed": 200, "rows_accepted": 200, "off_target": 20, "on_target": 180}
        ],
        "district_summary": [
            {"population": 4000, "recipients": 200, "off_target": 20, "off_target_lower": 19, "off_target_upper": 22}
        ],
        "village_summary": [
            {"village_code": AIR_TIRIS, "village_name": "AIR TIRIS", "subdistrict_name": "KAMPAR", "population": 1000}
            | {"recipients": 100, "off_target": 2, "registry_persons": 400},
            {"village_code": KUOK, "village_name": "KUOK", "subdistrict_name": "KUOK", "population": 3000}
            | {"recipients": 100, "off_target": 18, "registry_persons": 900},
        ],
        "facilitator_performance": [warned | {"warning_reasons": ["p2k2"]}],
        "check_results": [
            NOT_READABLE
            | {"explanation": "9 of 10 rows have no readable NIK.", "explanation_id": "9 dari 10 baris tanpa NIK."}
        ],
    }
    keep(period, DISTRICT, **(tables | further))


def square(code: object, east: float) -> dict[str, Any]:
    ring = [[east, 0.0], [east + 1, 0.0], [east + 1, 1.0], [east, 1.0], [east, 0.0]]
    return {
        "type": "Feature",
        "properties": {"id": 7, "kode": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def land_boundaries(root: DataRoot, *features: dict[str, Any]) -> None:
    path = root.boundaries(DISTRICT)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [*features]}), "utf-8")


@pytest.mark.parametrize("before", range(3))
def test_a_picture_sign_in_a_long_label_does_not_stop_the_page(root: DataRoot, keep: Keep, before: int) -> None:
    """A label too long for its place in a chart is cut, and the sign must not be cut in its middle."""
    label = "x" * before + "\U0001f33e" * 40
    keep_month(keep, programme_rules=[{"programme": "pkh", "label_id": label, "label_en": label, "place": 1}])
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert label in page
    assert "\u25a1" in page, "in the chart"


def test_the_month_is_drawn_without_scripts_and_without_the_network(root: DataRoot, keep: Keep) -> None:
    keep_month(keep, "2021-10")
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    for told in ("Hasil menurut program", "Alasan menurut jumlah baris", "menurut bulan", "menurut kecamatan"):
        assert re.search(rf'<svg role="img" aria-label="[^"]*{told}', page), told
    assert "2021-10" in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="http[^"]*"', page) == []
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len({*ids})


def test_villages_come_by_need_with_totals_and_no_code_or_english_stands_on_the_page(
    root: DataRoot, keep: Keep
) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert text.rindex("KUOK") < text.rindex("AIR TIRIS")
    assert "9 dari 10 baris tanpa NIK." in text
    assert "have no readable" not in text
    assert CODE.findall(text) == []
    assert text.count("Jumlah") >= 2
    assert "Dibuat" in text
    assert "paling sedikit 19 dan paling banyak 22" in text
    assert "pertentangan antardaftar yang harus diperiksa, bukan bukti" in text


def test_who_is_to_be_warned_is_listed_by_an_id_that_says_no_number(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert "14••••0001" in page
    assert "Pertemuan P2K2 kurang" in page
    assert FACILITATOR_NIK not in page
    assert "RINI" not in page


def test_boundaries_that_fit_are_a_map_and_else_villages_are_tiles(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    assert 'class="shapes"' in publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    land_boundaries(root, square("14.01.01.2001", 0), square("14.01.01.2002", 1))
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert "Peta temuan per 1.000 penerima menurut desa" in page
    assert 'class="shapes"' not in page


@pytest.mark.parametrize(
    ("features", "why"),
    [
        ([square("7501012001", 0)], "hanya 0 dari 2 desa"),
        ([square("Kuok", 0)], "tidak ada kolom yang berisi kode desa"),
        ([{"type": "Feature", "properties": {}, "geometry": None}], "bukan kumpulan bidang"),
    ],
)
def test_boundaries_that_do_not_fit_are_refused_with_a_sentence(
    root: DataRoot, keep: Keep, features: list[dict[str, Any]], why: str
) -> None:
    keep_month(keep)
    land_boundaries(root, *features)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert re.search(rf"Peta tidak digambar: berkas batas wilayah 1401.geojson tidak cocok, [^<]*{why}", page)
    assert 'class="shapes"' in page


def test_a_province_has_its_districts_side_by_side_and_says_who_has_not_delivered(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    root.policy.write_text('expected_districts = ["1401", "1404"]\n', "utf-8")
    keep(PERIOD, "1403", district_summary=[{"recipients": 100, "off_target": 40}])
    note_standings(root)
    [page] = publish_provinces(root, PERIOD)
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    assert page == root.published / "reports" / PERIOD / "14.html"
    assert text.index("Kabupaten Bengkalis") < text.index("Kabupaten Kampar")  # 400 and 100 per 1,000
    assert re.search(r"Yang belum mengirim\s+Kabupaten Indragiri Hilir \(1404\)", text)
    assert re.search(r"\b95\b.*\b110\b", text, re.DOTALL)  # the bounds of Kampar per 1,000


def test_the_command_writes_a_month_anew_and_links_it(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    done = CliRunner().invoke(welfare, ["report", "--period", PERIOD, "--data", str(root.path)], standalone_mode=False)
    assert done.return_value == 0, done.output
    index = (root.published / "index.html").read_text("utf-8")
    for link in (f"reports/{PERIOD}/1401.html", f"reports/{PERIOD}/14.html"):
        assert f'href="{link}"' in index
        assert (root.published / link).exists()
    absent = CliRunner().invoke(welfare, ["report", "--period", "2021-12", "--data", str(root.path)])
    assert absent.exit_code == 2
    assert "nothing of 2021-12 is published" in absent.output


def test_without_chromium_a_pdf_is_refused_with_what_to_do(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_month(keep)
    monkeypatch.setattr(printing, "BROWSERS", ("no-such-browser",))
    words = ["report", "--period", PERIOD, "--district", DISTRICT, "--format", "pdf", "--data", str(root.path)]
    done = CliRunner().invoke(welfare, words, standalone_mode=False)
    assert done.return_value == 1
    assert "a PDF needs Chromium" in done.output
    assert root.report(PERIOD, DISTRICT).exists()


def test_an_index_of_nothing_says_so(root: DataRoot) -> None:
    assert "Belum ada yang terbit." in publish_index(root).read_text("utf-8")


def test_a_field_check_stands_beside_our_own_bounds_of_the_month_sampled(root: DataRoot, keep: Keep) -> None:
    keep_month(keep, "2021-10")
    estimate = {"sampled_period": "2021-10", "programme": "pkh", "sampled": 30, "answered": 28, "estimate": 0.125}
    estimates = [estimate | {"error": error, "low": 0.06, "high": 0.21} for error in ("inclusion", "exclusion")]
    keep_month(keep, audit_estimates=estimates)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    rows = re.findall(r"<tr><td>PKH: (.*?)</tr>", page)
    told = [re.sub(r"<[^>]+>", "|", row) for row in rows]
    assert len(told) == 2
    assert all("Oktober 2021" in row and "28 dari 30" in row and "12,5%||6,0%||21,0%" in row for row in told)
    assert next(row for row in told if "tidak layak" in row).endswith("|10,0%|")
    assert page.count("Untuk Oktober 2021, semua program bersama: 10,0%, antara 9,5% dan 11,0%.") == 1

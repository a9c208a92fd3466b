"""A programme that stands in policy.toml alone is landed, decided and shown like any other. All people are made up."""

from typing import Any

import duckdb
import pytest

from tests.ready import welfare
from tests.worklists import table
from welfare_pipeline.lake import DataRoot

PERIOD, DISTRICT = "2021-11", "1401"
KEY = "a secret of tests, long enough"
POLICY = """
[programmes.bansos_daerah]
label = { id = "Bansos Daerah", en = "District aid" }
aliases = ["BANSOSDA"]
unit = "family"
registry = "off_target"
legal_basis = [{ from = "2020-01", text = "Perda 1/2020" }, { from = "2022-01", text = "Perda 9/2022" }]
amounts = [{ from = "2020-01", monthly = 150000 }]
ages = [{ from = "2020-01", minimum = 20 }]
yields_to = ["pkh"]

[programmes.dana_lansia]
label = "Dana Lansia"
unit = "person"
registry = "to_verify"
legal_basis = "Perbup 3/2021"
"""
SITI = "1401015708700001;SITI AMINAH;1401012005100001;17/08/1970"
SITI_NIK = SITI[:16]
TONO = "1401010512650002;TONO SUBARI;1401012005100002;05/12/1965"
WATI = "1401014101900003;WATI KUSUMA;1401012005100003;01/01/1990"
RINI = "1401014202050004;RINI LESTARI;1401012005100002;02/02/2005"
JOKO = "1401011203600005;JOKO PRABOWO;1401012005100005;12/03/1960"
FILES = {
    "population.csv": "kode;nama;kecamatan;jumlah;kk\n1401012001;Batu Belah;Kampar;500;100\n",
    "registry.csv": f"nik;nama;no_kk;tgl_lahir;kode_desa\n{SITI};1401012001\n{TONO};1401012001\n{RINI};1401012001\n",
    "pkh.csv": f"nik;nama;no_kk;tgl_lahir;kode_desa\n{TONO};1401012001\n",
    "bansos_daerah.csv": "nik;nama;no_kk;tgl_lahir;kode_desa\n"
    f"{SITI};1401012001\n{TONO};1401012001\n{WATI};1401012001\n{SITI};1401012001\n",
    "dana_lansia.csv": f"nik;nama;no_kk;tgl_lahir;kode_desa\n{JOKO};1401012001\n{SITI};1401012001\n",
    "eligibility_decisions.csv": "nik;nama;program;hasil;tanggal\n"
    f"{SITI_NIK};SITI AMINAH;BANSOSDA;TIDAK LAYAK;03/11/2021\n",
    "disbursements.csv": "nik;nama;program;status_salur;tgl_salur\n"
    f"{SITI_NIK};SITI AMINAH;Bansos Daerah;SALDO KOSONG;01/11/2021\n",
    "control_totals.csv": "measure;value\nbansos_daerah;5\n",
}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """A district that landed the lists of two programmes which stand in its policy alone, reconciled."""
    root = DataRoot(tmp_path_factory.mktemp("own") / "data")
    folder = root.landing(PERIOD, DISTRICT)
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    root.policy.write_text(POLICY, encoding="utf-8")
    run = welfare("run", "--period", PERIOD, "--data", str(root.path), WELFARE_SECRET=KEY)
    assert run.returncode == 0, run.stdout + run.stderr
    return root


def ask(root: DataRoot, query: str) -> list[tuple[Any, ...]]:
    """Rows of the analysts' database."""
    with duckdb.connect(root.published / "welfare.duckdb", read_only=True) as con:
        return con.sql(query).fetchall()


def test_its_recipients_are_judged_by_its_own_rules(month: DataRoot) -> None:
    rows = "select programme, source_row, outcome, reasons from recipient_outcomes"
    assert ask(month, f"{rows} where programme <> 'pkh' order by all") == [
        ("bansos_daerah", 1, "off_target", ["JUDGED_INELIGIBLE", "NOT_TRANSACTED"]),
        ("bansos_daerah", 2, "off_target", ["EXCLUSIVE_PROGRAMMES"]),
        ("bansos_daerah", 3, "off_target", ["NOT_IN_REGISTRY"]),
        ("bansos_daerah", 4, "off_target", ["JUDGED_INELIGIBLE", "DUPLICATE_PERSON"]),
        ("dana_lansia", 1, "to_verify", ["NOT_IN_REGISTRY"]),
        ("dana_lansia", 2, "on_target", []),
    ]


def test_the_legal_basis_is_that_of_the_month(month: DataRoot) -> None:
    bases = ask(month, "select distinct legal_basis from off_target_recipients where programme = 'bansos_daerah'")
    assert bases
    assert all(basis.endswith("Perda 1/2020") for (basis,) in bases)


def test_it_stands_in_every_account(month: DataRoot) -> None:
    summary = "select rows_landed, rows_accepted, off_target, not_in_registry from programme_summary where programme = "
    assert ask(month, f"{summary} 'bansos_daerah'") == [(4, 4, 4, 1)]
    assert ask(month, "select measure, published, counted from control_totals") == [("bansos_daerah", 5, 4)]
    assert ask(month, "select recipients from district_summary") == [(7,)]
    assert ask(month, "select source, rows_accepted from landed_files where source = 'dana_lansia'") == [
        ("dana_lansia", 2)
    ]
    checks = ask(month, """select "check", passed from check_results where "table" = 'bansos_daerah' order by all""")
    assert ("list_arrived", True) in checks
    assert ("nobody_is_listed_twice", False) in checks


def test_its_payments_are_reconciled(month: DataRoot) -> None:
    query = "select programme, count(*) from disbursement_reconciliation where source = 'disbursements' group by all"
    assert ask(month, query) == [("bansos_daerah", 1)]


def test_worklist_report_and_district_database_call_it_by_its_name(month: DataRoot) -> None:
    rows = table(month.worklists(PERIOD, DISTRICT) / "1401012001.xlsx", "Penerima")
    assert {row["Program"] for row in rows} >= {"Bansos Daerah", "Dana Lansia"}
    page = month.report(PERIOD, DISTRICT).read_text("utf-8")
    assert "Bansos Daerah" in page
    with duckdb.connect(month.published / "districts" / f"{DISTRICT}.duckdb", read_only=True) as con:
        assert con.sql("select count(*) from bansos_daerah").fetchall() == [(4,)]


def test_no_row_cites_the_rules_of_another_programme(month: DataRoot) -> None:
    query = "select programme, primary_reason, legal_basis from off_target_recipients where programme = 'bansos_daerah'"
    named = {reason: basis for _, reason, basis in ask(month, query)}
    assert named["EXCLUSIVE_PROGRAMMES"] == "Programme guidelines (exclusive programmes in the policy); Perda 1/2020"
    general = dict(ask(month, "select reason, legal_basis from reasons"))
    assert general["DUPLICATE_FAMILY"] == "Programme guidelines (one recipient a family)"
    assert "Permensos" in general["DECEASED"]


def test_when_the_policy_has_it_no_more_its_list_is_not_said_to_be_gone(month: DataRoot) -> None:
    month.policy.write_text(POLICY.split("[programmes.dana_lansia]", maxsplit=1)[0], encoding="utf-8")
    verified = welfare("verify", "--data", str(month.path), WELFARE_SECRET=KEY)
    month.policy.write_text(POLICY, encoding="utf-8")
    assert verified.returncode == 1
    assert "1401 2021-11: dana_lansia.csv: is of no list that the policy declares any more" in verified.stdout
    (month.landing(PERIOD, DISTRICT) / "dana_lansia.csv").rename(month.path / "elsewhere.csv")
    verified = welfare("verify", "--data", str(month.path), WELFARE_SECRET=KEY)
    (month.path / "elsewhere.csv").rename(month.landing(PERIOD, DISTRICT) / "dana_lansia.csv")
    assert "1401 2021-11: dana_lansia.csv: is no longer in the landing folder" in verified.stdout

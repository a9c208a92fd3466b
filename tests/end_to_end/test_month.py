"""Two months through `welfare run`, as a data engineer schedules them and an analyst reads them.

In October Gorontalo's registry arrives cut off and Bengkalis sends nothing; in November all three districts are there.
"""

import re

import duckdb
import pytest

from tests.end_to_end.deployment import DISTRICTS, Deployment
from tests.identities import found_in
from tests.ready import welfare


@pytest.fixture(scope="module")
def deployment(publication: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A copy, in which a month is run once more."""
    return publication.copied(tmp_path_factory.mktemp("deployment") / "data")


def test_every_landed_district_is_reconciled_but_a_broken_one_which_is_held_back_alone(deployment: Deployment) -> None:
    assert deployment.exits == (1, 0), deployment.printed
    assert "Traceback" not in deployment.printed
    assert "registry" in deployment.printed
    verified = welfare("verify", "--data", str(deployment.root.path))
    assert (verified.returncode, "All of one piece." in verified.stdout) == (0, True), verified.stdout
    rows = deployment.ask("select period, district_code from district_summary order by all")
    assert rows == [("2021-10", "1401"), *(("2021-11", district) for district in DISTRICTS)]


def test_kampar_shows_the_figures_that_were_published_and_the_misprint(deployment: Deployment) -> None:
    [(population, persons, coverage, pkh, sembako, pbi)] = deployment.ask(
        "select population, registry_persons, round(registry_coverage, 4), recipients_pkh, recipients_sembako, "
        "recipients_pbi_jkn from district_summary where period = '2021-11' and district_code = '1401'"
    )
    assert (population, persons, pkh, sembako, pbi) == (3992, 1895, 122, 214, 1190)
    assert coverage == pytest.approx(0.4747, abs=0.0002)
    differing = deployment.ask(
        "select measure, published, counted from control_totals "
        "where period = '2021-11' and district_code = '1401' and difference <> 0"
    )
    assert differing == [("sembako", 14, 214)]


def test_every_row_is_accounted_for(deployment: Deployment) -> None:
    assert deployment.ask("select * from landed_files where rows_landed <> rows_accepted + rows_rejected") == []
    assert deployment.ask("select * from programme_changes where unexplained <> 0") == []
    unequal = deployment.ask(
        "select * from programme_summary where rows_accepted <> off_target + to_verify + unresolved + on_target"
    )
    assert unequal == []
    assert deployment.ask("select count(*) from programme_summary where off_target > 0") != [(0,)]


def test_both_error_tables_say_what_to_do(deployment: Deployment) -> None:
    [(recipients, explained)] = deployment.ask(
        "select count(*), count(*) filter (len(evidence) > 0 and len(legal_basis) > 0 and len(recommended_action) > 0) "
        "from off_target_recipients"
    )
    assert recipients == explained > 0
    kinds = deployment.ask("select distinct registration from unregistered_poor_households order by all")
    assert kinds == [("none",), ("partial",)]


def test_a_person_keeps_the_key_from_month_to_month(deployment: Deployment) -> None:
    [(share,)] = deployment.ask(
        "select count(*) filter (later.person_key is not null) / count(*) from recipient_outcomes as earlier "
        "left join (select distinct person_key from recipient_outcomes where period = '2021-11') as later "
        "using (person_key) where earlier.period = '2021-10'"
    )
    assert share > 0.9


def test_no_identity_is_printed_or_kept_in_the_run_history(deployment: Deployment) -> None:
    with deployment.root.partition("2021-11", "1401").connect() as con:
        people = con.sql("select nik, family_card_number, name from registry where length(name) > 12").fetchall()
    niks = {nik for nik, _, _ in people if nik and re.fullmatch(r"\d{16}", nik) and len(set(nik)) > 1}
    secrets = niks | {card for _, card, _ in people if card} | {name for _, _, name in people}
    assert len(secrets) > 1000
    history = [file.read_bytes() for file in deployment.root.dagster.rglob("*") if file.is_file()]
    assert [found for content in (deployment.printed.encode(), *history) if (found := found_in(content, secrets))] == []


def test_two_districts_at_once_on_one_core_publish_the_same_rows_in_the_same_order(deployment: Deployment) -> None:
    before = deployment.published()
    two = ("--district", "1401", "--district", "1403", "--at-once", "2")
    one_core = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
    again = welfare("run", "--period", "2021-11", *two, "--data", str(deployment.root.path), first=one_core)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Waiting for" not in again.stderr
    after = deployment.published()
    assert [table for table in before if before[table] != after[table]] == []


def test_an_open_reader_is_not_disturbed_and_a_bad_month_is_refused(deployment: Deployment) -> None:
    path = deployment.root.published / "welfare.duckdb"
    with duckdb.connect(path, read_only=True) as reader:
        before = reader.sql("select count(*) from recipient_outcomes").fetchall()
        assert welfare("run", "--period", "2021-12", "--data", str(deployment.root.path)).returncode == 2
        assert reader.sql("select count(*) from recipient_outcomes").fetchall() == before
    assert (path.parent / "districts").stat().st_mode & 0o077 == 0

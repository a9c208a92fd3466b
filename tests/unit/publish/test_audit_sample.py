"""A field check: who is drawn, with which probability, and what the answers say of a month."""

import stat
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from click.testing import CliRunner

from tests.scenario import DISTRICT, PERIOD, VILLAGE, Month, card
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot, read_frame
from welfare_pipeline.publish.audits import draw_sample
from welfare_pipeline.publish.audits.allocation import allocated

SIZE = 20


@pytest.fixture
def month(tmp_path: Path) -> Month:
    """Thirty registered families with Sembako (ten of them dead), five unserved, four unregistered but proposed."""
    month = Month(tmp_path)
    month.lists("population", village_code=VILLAGE, village_name="BATU BELAH", total=500)
    for number in range(35):
        month.lists("registry", f"Orang {number}", family_card_number=card(number))
    for number in range(30):
        month.lists("sembako", f"Orang {number}", family_card_number=card(number))
        if number < 10:
            month.lists("civil_status", f"Orang {number}", status="MD")
    for number in range(4):
        month.lists("proposals", f"Miskin {number}", family_card_number=card(100 + number))
    month.reconcile()
    month.decide()
    return month


def _sample(root: DataRoot) -> pl.DataFrame:
    [file] = sorted(root.lake.glob(f".audits/{PERIOD}/{DISTRICT}/*.parquet"))
    return read_frame(file)


def test_a_sample_is_of_every_stratum_with_its_probability_and_the_same_seed_draws_it_again(month: Month) -> None:
    root = DataRoot(month.root)
    sample = draw_sample(root, PERIOD, DISTRICT, SIZE, seed=7)
    assert sample.drawn == {"inclusion": (10, 30), "exclusion": (10, 39)}
    drawn = _sample(root)
    strata = drawn.select("frame", "stratum", "stratum_units", "stratum_drawn").unique().sort("frame", "stratum").rows()
    assert [(frame, stratum, units) for frame, stratum, units, _ in strata] == [
        ("exclusion", "served", 30),
        ("exclusion", "unregistered", 4),
        ("exclusion", "unserved", 5),
        ("inclusion", "sembako off_target", 10),
        ("inclusion", "sembako on_target", 20),
    ]
    assert sum(count for *_, count in strata) == drawn.height == SIZE
    assert (drawn["probability"] == drawn["stratum_drawn"] / drawn["stratum_units"]).all()
    assert not {"nik", "name", "family_card_number", "address"} & {*drawn.columns}
    draw_sample(root, PERIOD, DISTRICT, SIZE, seed=7)
    assert _sample(root).rows() == drawn.rows()
    folders = [sample.workbook.parent.parent, sample.workbook.parent]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (*folders, sample.workbook)] == [0o700, 0o700, 0o600]
    rows = fastexcel.read_excel(sample.workbook).load_sheet(0, header_row=6, dtypes="string").to_polars()
    assert rows["ID Sampel"].to_list() == drawn["sample_id"].to_list()
    assert not {"off_target", "on_target"} & {value for row in rows.rows() for value in row}


def test_answers_become_estimates_with_intervals_each_weighted_by_what_it_stands_for(month: Month) -> None:
    root = DataRoot(month.root)
    draw_sample(root, PERIOD, DISTRICT, SIZE, seed=7)
    drawn = _sample(root)
    later = Month(month.root, "2021-12")
    later.lists("registry", "Orang 0")
    later.lists("sembako", "Orang 0")
    for case in drawn.iter_rows(named=True):
        wrong = case["stratum"] == "sembako off_target"
        refused = case["sample_id"] == drawn.filter(stratum="sembako on_target")["sample_id"][0]
        finding = "MENOLAK" if refused else "TIDAK LAYAK" if wrong else "LAYAK"
        later.lists("audit_answers", sample_id=case["sample_id"].lower(), finding=finding)
    later.reconcile()
    estimates = later.select("select * exclude (period, district_code) from audit_estimates order by programme, error")
    [exclusion, inclusion] = estimates
    assert exclusion[:5] == ("2021-11", "sembako", "exclusion", 10, 10)
    assert exclusion[5] == pytest.approx(9 / 39)
    assert inclusion[:5] == ("2021-11", "sembako", "inclusion", 10, 9)
    assert inclusion[5] == pytest.approx(10 / 30)
    for *_, estimate, low, high in estimates:
        assert 0 <= low < estimate < high <= 1


def test_the_command_draws_and_refuses_a_month_that_is_not_there(month: Month) -> None:
    given = ["--data", str(month.root), "--district", DISTRICT, "--size", "8"]
    told = CliRunner().invoke(welfare, ["audit-sample", "--period", PERIOD, *given], standalone_mode=False)
    assert told.return_value == 0
    assert "4 of 30 recipient rows and 4 of 39 households" in told.output
    assert CliRunner().invoke(welfare, ["audit-sample", "--period", "2020-01", *given]).exit_code == 2


@pytest.mark.parametrize(
    ("sizes", "wanted", "counts"),
    [
        ({"a": 100, "b": 100}, 10, {"a": 5, "b": 5}),
        ({"a": 900, "b": 1}, 10, {"a": 9, "b": 1}),
        ({"a": 3, "b": 2}, 10, {"a": 3, "b": 2}),
        ({"a": 400, "b": 100, "c": 25}, 3, {"a": 1, "b": 1, "c": 1}),
        ({}, 3, {}),
    ],
)
def test_large_strata_get_more_and_none_is_left_out(sizes: dict[str, int], wanted: int, counts: dict[str, int]) -> None:
    assert allocated(sizes, wanted) == counts

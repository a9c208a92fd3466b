"""The made-up months since the registry ranks everybody: who is ranked how, when it matters, who is left out."""

from collections.abc import Callable

import polars as pl
import pytest

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.sample import truth
from welfare_pipeline.sample.dtsen import in_families_of, populated
from welfare_pipeline.sample.people import World, active_in
from welfare_pipeline.sample.profile import DTSEN_PERIODS, month_number, profile
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import highest_limit, limit_of, snapshot_of
from welfare_pipeline.sample.truth import GeneratedDistrict, generate_district

SCALE = 0.02
SEPTEMBER, OCTOBER, MAY, JUNE = DTSEN_PERIODS


@pytest.fixture(scope="module")
def kampar() -> dict[str, GeneratedDistrict]:
    return {period: generate_district("1401", period, SCALE) for period in DTSEN_PERIODS}


def accepted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("expected_rejection").is_null())


def registry(month: GeneratedDistrict) -> pl.DataFrame:
    return accepted(month.frames["registry"])


def expecting(rows: pl.DataFrame, reason: str) -> pl.DataFrame:
    return rows.filter(pl.col("expected_reasons").list.contains(reason))


def test_lists_and_registry_have_the_promised_rows(kampar: dict[str, GeneratedDistrict]) -> None:
    size = profile("1401", SCALE, since_dtsen=True)
    frames = kampar[SEPTEMBER].frames
    assert registry(kampar[SEPTEMBER]).filter("registered")["true_person_id"].n_unique() == size.registry_persons
    assert frames["population"]["total"].sum() == size.population
    assert frames["population"].filter(pl.col("registered") > pl.col("total")).is_empty()
    assert {p: len(accepted(frames[p])) for p in frames if p in set(Programme)} == {
        p: rows for p, rows in size.lists.items() if p != "bst"
    }


def test_families_are_ranked_whole_few_are_unranked_and_fewer_blank(kampar: dict[str, GeneratedDistrict]) -> None:
    rows = registry(kampar[OCTOBER])
    assert set(rows["decile"].drop_nulls()) == set(range(1, 11))
    assert (rows.group_by("true_family_id").agg(pl.col("decile").n_unique())["decile"] == 1).all()
    unranked, blank = rows.filter("unranked"), rows.filter(pl.col("decile").is_null() & ~pl.col("unranked"))
    assert unranked["decile"].is_null().all()
    assert 0 < len(blank) < len(unranked) < len(rows) / 40


def test_the_registry_says_when_it_was_renewed_and_of_which_quarter_it_is(kampar: dict[str, GeneratedDistrict]) -> None:
    rows = registry(kampar[OCTOBER])
    assert set(rows["snapshot"]) == {"2025-Q4"}
    day = last_day(OCTOBER)
    assert (rows["updated_on"].drop_nulls() <= day).all()
    old = rows.filter(pl.col("updated_on") < day.replace(year=day.year - 2))
    assert 0 < len(old) < len(rows) / 20
    assert 0 < rows["updated_on"].null_count() < len(rows) / 20


def changed(before: GeneratedDistrict, after: GeneratedDistrict) -> float:
    """The share of people whose decile is another one."""
    deciles = [registry(month).filter(copy=0).select("true_person_id", "decile") for month in (before, after)]
    both = deciles[0].drop_nulls().join(deciles[1].drop_nulls(), on="true_person_id", suffix="_after")
    return float((both["decile"] != both["decile_after"]).mean() or 0)


def test_ranks_change_with_the_quarter_and_by_far_most_with_the_census(kampar: dict[str, GeneratedDistrict]) -> None:
    assert changed(kampar[MAY], kampar[JUNE]) < 0.01  # the same quarter: only who has split off
    assert 0.03 < changed(kampar[SEPTEMBER], kampar[OCTOBER]) < 0.1
    may, june = (generate_district("7501", period, SCALE) for period in (MAY, JUNE))
    assert (snapshot_of("7501", MAY), snapshot_of("7501", JUNE)) == ("2026-Q2", "2026-Q3")
    assert changed(may, june) > 0.25


def test_limits_are_those_of_the_month() -> None:
    def limits(period: str) -> list[int | None]:
        found = [limit_of(p, period) for p in (Programme.PKH, Programme.SEMBAKO, Programme.PBI_JKN)]
        return [limit.decile if limit else None for limit in found]

    assert limits("2025-03") == [None, None, None]
    assert limits("2025-04") == [4, 5, None]
    assert limits("2025-06") == [4, 5, 5]
    assert limits("2026-01") == [4, 4, 5]
    assert [highest_limit(period) for period in ("2025-03", "2025-04", "2026-01")] == [None, 5, 5]


def test_who_is_above_the_limit_is_so_by_what_the_file_shows(kampar: dict[str, GeneratedDistrict]) -> None:
    for month in kampar.values():
        above = expecting(month.frames["pbi_jkn"], "DECILE_ABOVE_LIMIT")
        assert (above["decile"] > 5).all()
        assert 0 < len(above) / len(month.frames["pbi_jkn"]) < 0.06
        unranked = expecting(month.frames["pbi_jkn"], "NOT_RANKED")
        assert unranked["unranked"].all()
        assert unranked.height
    talang = generate_district("1403", SEPTEMBER, SCALE).frames
    rows = talang["registry"].filter(pl.col("source_file") == "registry.talang.xlsx", pl.col("decile") > 5)
    there = talang["pbi_jkn"].join(rows.filter("registered"), on="true_person_id", how="semi")
    assert there.height
    assert expecting(there, "DECILE_ABOVE_LIMIT").is_empty()  # `Desil 5 s/d 10` is not wholly above 5


def certainties(month: GeneratedDistrict, programme: str) -> set[tuple[str | None, str | None]]:
    above = expecting(month.frames[programme], "DECILE_ABOVE_LIMIT")
    return set(above.select("decile_certainty", "decile_certain_from").rows())


def test_grace_runs_out_between_two_landed_months(kampar: dict[str, GeneratedDistrict]) -> None:
    assert certainties(kampar[SEPTEMBER], "pbi_jkn") == {("certain", None)}  # no earlier registry
    assert certainties(kampar[OCTOBER], "pbi_jkn") >= {("to_verify", "2025-12"), ("to_verify", "2026-01")}
    assert certainties(kampar[MAY], "pbi_jkn") == {("certain", None), ("to_verify", "2026-08")}
    waited = kampar[OCTOBER].frames["pbi_jkn"].filter(pl.col("decile_certainty") == "to_verify")
    certain = kampar[MAY].frames["pbi_jkn"].filter(pl.col("decile_certainty") == "certain")
    assert set(waited["true_person_id"]) & set(certain["true_person_id"])


def test_since_2026_decile_5_of_sembako_is_to_be_verified(kampar: dict[str, GeneratedDistrict]) -> None:
    assert certainties(kampar[OCTOBER], "sembako") == {("certain", None)}
    above = expecting(kampar[MAY].frames["sembako"], "DECILE_ABOVE_LIMIT")
    assert set(above.filter(decile=5)["decile_certainty"]) == {"to_verify"}
    assert set(above.filter(pl.col("decile") > 5)["decile_certainty"]) == {"certain"}


def test_poor_households_ranked_high_or_not_at_all_show_in_every_way(
    kampar: dict[str, GeneratedDistrict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(truth, "generate_district", lambda _, period, *__: kampar[period])  # made before
    month = kampar[OCTOBER]
    shown = month.truth().drop_nulls("misranked_evidence")
    assert set(shown.select("source", "misranked_evidence").rows()) == {
        ("proposals", "PROPOSED"), ("eligibility_decisions", "JUDGED_ELIGIBLE"), ("complaints", "COMPLAINT"),
    }  # fmt: skip
    assert shown["registered"].all()
    households = month.misranked_households()
    assert (households["decile_lowest"].drop_nulls() > 5).all()
    assert households.filter(pl.col("decile_lowest").is_null())["unranked"].all()
    earlier = kampar[SEPTEMBER].truth().filter(misranked_evidence="COMPLAINT")["true_family_id"]
    assert set(earlier) & set(households["true_family_id"])  # a complaint of the month before still counts


def test_proposals_take_both_paths(kampar: dict[str, GeneratedDistrict]) -> None:
    rows = accepted(kampar[OCTOBER].frames["proposals"])
    known = rows.filter("registered")
    fits = known.filter(pl.col("decile") <= 5)
    assert fits.height  # to be proposed for a programme
    assert known.filter(pl.col("decile") > 5).height  # to be proposed for new data
    assert rows.filter(~pl.col("registered")).height
    assert rows.filter(pl.col("family_card_number").str.len_chars() == 15).height  # to be returned to the sender


Departures = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="module")
def departures(kampar: dict[str, GeneratedDistrict]) -> dict[str, pl.DataFrame]:
    return {period: kampar[period].pbi_departures() for period in (OCTOBER, MAY, JUNE)}


def test_pbi_members_leave_and_come_back(
    kampar: dict[str, GeneratedDistrict], departures: dict[str, pl.DataFrame]
) -> None:
    def on_list(period: str) -> set[int]:
        return set(accepted(kampar[period].frames["pbi_jkn"])["true_person_id"])

    for before, now in ((SEPTEMBER, OCTOBER), (OCTOBER, MAY), (MAY, JUNE)):
        moved = departures[now]
        assert set(moved["previous_period"]) == {before}
        assert set(moved.filter(movement="left")["true_person_id"]) == on_list(before) - on_list(now)
        assert set(moved.filter(movement="returned")["true_person_id"]) <= on_list(now) - on_list(before)
    assert set(departures[JUNE].filter(movement="returned")["true_person_id"]) & on_list(OCTOBER)


def test_why_they_left_and_who_is_ill(departures: dict[str, pl.DataFrame]) -> None:
    left = departures[MAY].filter(movement="left")
    assert {"above_limit", "deceased", "moved_away", "unknown"} <= set(left["likely_reason"])
    assert (left.filter(likely_reason="above_limit")["decile_lowest"] > 5).all()
    ill = pl.concat(list(departures.values())).drop_nulls("illness")
    assert set(ill["illness"]) <= {"KRONIS", "KATASTROPIK", "DARURAT"}
    assert set(ill["urgency"]) == {"high"}
    assert ill.filter(movement="returned").height


def test_families_split_to_receive_twice(kampar: dict[str, GeneratedDistrict]) -> None:
    def alone(period: str) -> pl.DataFrame:
        return registry(kampar[period]).filter(pl.len().over("true_family_id") == 1)

    september, october = alone(SEPTEMBER)["true_person_id"], alone(OCTOBER)
    split = october.filter(
        ~pl.col("true_person_id").is_in(september.implode()), pl.col("true_card").str.slice(10, 2) == "25"
    )
    assert split.height
    served = expecting(kampar[OCTOBER].frames["sembako"], "DUPLICATE_FAMILY")["true_person_id"]
    listed = set(kampar[OCTOBER].frames["sembako"]["true_person_id"]) & set(split["true_person_id"])
    assert listed - set(served)


def test_in_one_sub_district_so_many_split_that_the_whole_district_shows_it(
    kampar: dict[str, GeneratedDistrict],
) -> None:
    def rise(world: World) -> float:
        before, after = (share_alone(world, month_number(period)) for period in (SEPTEMBER, OCTOBER))
        return after / before - 1

    threshold = load_policy().thresholds["one_person_card_rise"]
    assert rise(populated("7501", SCALE, 2021)) > 2 * threshold
    assert rise(kampar[OCTOBER].world) < 2 * threshold


def share_alone(world: World, month: int) -> float:
    """Of the family cards in the registry, those of one person."""
    listed = in_families_of(world, month).people.filter(active_in(month))
    return float((listed.group_by("card").len()["len"] == 1).mean() or 0)


def test_the_people_of_2021_are_still_there_with_their_numbers(kampar: dict[str, GeneratedDistrict]) -> None:
    before = truth.world_of("1401", "2021-11", SCALE, seed=2021).people.select("person_id", "nik", "name", "card")
    now = kampar[SEPTEMBER].world.people.select("person_id", "nik", "name", "card")
    both = before.join(now, on="person_id", suffix="_now")
    assert 0.8 < len(both) / len(before) < 1
    assert (both["nik"] == both["nik_now"]).all()
    assert (both["name"] == both["name_now"]).all()
    assert now["nik"].is_unique().all()

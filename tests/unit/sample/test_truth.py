"""The truth beside the rows: exact counts, every kind of error, and what must come of each row."""

import polars as pl
import pytest

from welfare_pipeline.contracts.vocabulary import Programme, Reason, RejectionReason
from welfare_pipeline.sample.noise import Injected, NoiseRates
from welfare_pipeline.sample.profile import district_codes, profile
from welfare_pipeline.sample.truth import GeneratedDistrict, generate_district

SCALE = 0.03
TODAY = "2021-11"
NOT_DRAWN_UP_FROM_PEOPLE = {"population", "village_meetings", "control_totals"}


@pytest.fixture(scope="module")
def districts() -> dict[str, GeneratedDistrict]:
    return {code: generate_district(code, TODAY, SCALE) for code in district_codes()}


@pytest.fixture(scope="module")
def kampar(districts: dict[str, GeneratedDistrict]) -> GeneratedDistrict:
    return districts["1401"]


def accepted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("expected_rejection").is_null())


@pytest.mark.parametrize("code", district_codes())
def test_lists_have_exactly_the_promised_rows(code: str, districts: dict[str, GeneratedDistrict]) -> None:
    size, frames = profile(code, SCALE), districts[code].frames
    assert {p: len(accepted(frames[p])) for p in Programme} == {p: size.lists[p] for p in Programme}
    assert frames["population"]["total"].sum() == size.population
    active = accepted(frames["registry"]).filter("registered")["true_person_id"].n_unique()
    assert active == size.registry_persons


def test_kampar_lands_no_unusable_row_on_the_lists_that_are_published(kampar: GeneratedDistrict) -> None:
    for name in ("registry", "pkh", "sembako", "pbi_jkn"):
        assert kampar.frames[name]["expected_rejection"].is_null().all()


def test_sembako_is_misprinted_in_the_month_of_the_report_only(kampar: GeneratedDistrict) -> None:
    def published(month: GeneratedDistrict) -> int:
        return int(month.frames["control_totals"].filter(pl.col("measure") == "sembako")["value"].item())

    before = generate_district("1401", "2021-10", SCALE)
    assert published(kampar) == round(2_780 * SCALE) != len(kampar.frames["sembako"])
    assert published(before) == len(before.frames["sembako"])


def test_every_landed_row_has_its_own_place_in_a_file(districts: dict[str, GeneratedDistrict]) -> None:
    for district in districts.values():
        for frame in district.frames.values():
            places = frame.select("source_file", "source_row")
            assert places.is_unique().all()
            assert not places["source_file"].is_null().any()


def test_every_kind_of_error_is_there(districts: dict[str, GeneratedDistrict]) -> None:
    truth = pl.concat([district.truth() for district in districts.values()])
    assert set(truth["injected"].explode().drop_nulls().unique()) == {str(kind) for kind in Injected}
    assert set(truth["expected_rejection"].drop_nulls().unique()) == {str(reason) for reason in RejectionReason}


def test_every_reason_of_2021_is_there(districts: dict[str, GeneratedDistrict]) -> None:
    truth = pl.concat([district.truth() for district in districts.values()])
    expected = {str(reason) for reason in Reason} - {str(Reason.DECILE_ABOVE_LIMIT)}
    assert set(truth["expected_reasons"].explode().drop_nulls().unique()) == expected
    evidence = truth.select("household_registration", "household_evidence").drop_nulls().unique()
    assert {("none", "PROPOSED"), ("partial", "PROPOSED"), ("partial", "RECIPIENT_FAMILY")} <= set(evidence.rows())
    assert ("none", "JUDGED_ELIGIBLE") in set(evidence.rows())


def share(frame: pl.DataFrame, prefix: str) -> float:
    """Share of rows with an error whose name begins so, formatting apart."""
    kinds = pl.element().str.starts_with(prefix) & ~pl.element().is_in(["nik_formatted", "nik_rounded", "nik_reissued"])
    return float(frame.select(pl.col("injected").list.eval(kinds).list.any().mean()).item())


def test_audit_noise_is_as_frequent_as_audits_say(kampar: GeneratedDistrict) -> None:
    rows = kampar.frames["pbi_jkn"]
    assert share(rows, "nik_") == pytest.approx(0.08, abs=0.01)
    assert share(rows, "name_") == pytest.approx(0.10, abs=0.01)
    assert share(rows, "birth_") == pytest.approx(0.03, abs=0.006)


def test_double_noise_doubles_errors_of_the_same_people(kampar: GeneratedDistrict) -> None:
    noisy = generate_district("1401", TODAY, SCALE, noise=NoiseRates().times(2))
    assert share(noisy.frames["pbi_jkn"], "nik_") == pytest.approx(0.16, abs=0.015)
    people = "true_person_id"
    assert noisy.frames["pbi_jkn"][people].to_list() == kampar.frames["pbi_jkn"][people].to_list()


def test_without_noise_a_list_agrees_with_the_registry_by_nik() -> None:
    clean = generate_district("1401", TODAY, SCALE, noise=NoiseRates().times(0)).frames
    registry = clean["registry"].select("nik", registry_person="true_person_id", registry_name="name")
    assert registry["nik"].is_unique().all()
    linked = clean["pbi_jkn"].join(registry, on="nik")
    assert (linked["registry_person"] == linked["true_person_id"]).all()
    assert (linked["registry_name"] == linked["name"]).all()
    left = clean["pbi_jkn"].join(registry, on="nik", how="anti")
    assert left.filter(pl.col("registered") & ~pl.col("injected").list.contains("nik_reissued")).is_empty()


def test_the_same_person_twice_is_a_duplicate_from_the_second_row_on(kampar: GeneratedDistrict) -> None:
    rows = accepted(kampar.frames["pbi_jkn"])
    later = ~rows["true_person_id"].is_first_distinct()
    marked = rows["expected_reasons"].list.contains(str(Reason.DUPLICATE_PERSON))
    assert later.any()
    assert (later == marked).all()


def test_strangers_are_not_in_the_registry_and_family_members_are(kampar: GeneratedDistrict) -> None:
    rows = accepted(kampar.frames["sembako"])
    outside = rows.filter(pl.col("expected_reasons").list.contains(str(Reason.NOT_IN_REGISTRY)))
    registered = set(kampar.frames["registry"].filter("registered")["true_family_id"].to_list())
    assert outside.height
    assert not registered & set(outside["true_family_id"].to_list())
    assert rows.filter(~pl.col("registered") & pl.col("known_family")).height


def test_families_hold_twins_namesakes_and_sons_named_like_their_fathers(kampar: GeneratedDistrict) -> None:
    people = kampar.world.people
    assert people.filter(pl.col("twin_of") != pl.col("person_id")).height
    same_name = people.filter(pl.len().over("family_id", "name") > 1)
    assert same_name.height
    outsiders = people.filter(~pl.col("registered_family")).select("village", "name").unique()
    assert outsiders.join(people.filter("registered_family"), on=["village", "name"]).height


def test_children_are_younger_than_their_mothers_and_share_her(kampar: GeneratedDistrict) -> None:
    people = kampar.world.people
    wives = people.filter(pl.col("relationship") == 3).select("family_id", wife="name", wife_born="birth_date")
    children = people.filter(pl.col("relationship") == 4).join(wives, on="family_id")
    assert (children["mother_name"] == children["wife"]).all()
    years = (children["birth_date"] - children["wife_born"]).dt.total_days() / 365.25
    assert years.min() is not None
    assert float(years.min()) > 12  # type: ignore[arg-type]


def test_most_recipients_and_their_errors_stay_from_month_to_month(kampar: GeneratedDistrict) -> None:
    before = generate_district("1401", "2021-10", SCALE).frames["pbi_jkn"]
    now = kampar.frames["pbi_jkn"]
    both = now.join(before, on="row_key", suffix="_before")
    assert 0.95 < len(both) / len(now) < 1
    wrong = both.filter(pl.col("injected_before").list.contains(str(Injected.NIK_DIGIT)))
    stayed = float((wrong["nik"] == wrong["nik_before"]).mean() or 0)
    assert 0.8 < stayed < 1


def test_another_seed_gives_other_people(kampar: GeneratedDistrict) -> None:
    other = generate_district("1401", TODAY, SCALE, seed=7)
    assert not set(other.frames["registry"]["nik"]) >= set(kampar.frames["pkh"]["nik"])
    assert len(other.frames["pkh"]) == len(kampar.frames["pkh"])


def test_a_month_before_the_first_or_an_unknown_district_is_refused() -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        generate_district("1401", "2021-13", SCALE)
    with pytest.raises(KeyError):
        generate_district("9999", TODAY, SCALE)


def test_one_village_of_gorontalo_has_more_people_registered_than_counted(
    districts: dict[str, GeneratedDistrict],
) -> None:
    def overfull(code: str) -> int:
        return districts[code].frames["population"].filter(pl.col("registered") > pl.col("total")).height

    assert (overfull("7501"), overfull("1401")) == (1, 0)

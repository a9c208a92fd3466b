"""The truth beside the rows: exact counts, every kind of error, and what must come of each row."""

import polars as pl
import pytest

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import RejectionReason
from welfare_pipeline.contracts.words import REASONS
from welfare_pipeline.sample.noise import Injected, NoiseRates
from welfare_pipeline.sample.profile import district_codes, profile
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.truth import GeneratedDistrict, generate_district

SCALE = 0.03
TODAY = "2021-11"
NOT_DRAWN_UP_FROM_PEOPLE = {"population", "village_meetings", "control_totals"}


@pytest.fixture(scope="module")
def districts() -> dict[str, GeneratedDistrict]:
    return {code: generate_district(code, TODAY, SCALE) for code in district_codes()}


@pytest.fixture(scope="module")
def october() -> dict[str, GeneratedDistrict]:
    """The month before."""
    return {code: generate_district(code, "2021-10", SCALE) for code in district_codes()}


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


def test_sembako_is_misprinted_in_the_month_of_the_report_only(
    kampar: GeneratedDistrict, october: dict[str, GeneratedDistrict]
) -> None:
    def published(month: GeneratedDistrict) -> int:
        return int(month.frames["control_totals"].filter(pl.col("measure") == "sembako")["value"].item())

    before = october["1401"]
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
    assert set(truth["expected_rejection"].drop_nulls().unique()) == {
        str(reason) for reason in RejectionReason if reason is not RejectionReason.CONTRADICTS_WORKLIST
    }  # the sample lands no worklist


def test_every_reason_of_2021_is_there(districts: dict[str, GeneratedDistrict]) -> None:
    truth = pl.concat([district.truth() for district in districts.values()])
    expected = {*REASONS} - {"DECILE_ABOVE_LIMIT", "NOT_RANKED"}
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
    marked = rows["expected_reasons"].list.contains("DUPLICATE_PERSON")
    assert later.any()
    assert (later == marked).all()


def test_strangers_are_not_in_the_registry_and_family_members_are(kampar: GeneratedDistrict) -> None:
    rows = accepted(kampar.frames["sembako"])
    outside = rows.filter(pl.col("expected_reasons").list.contains("NOT_IN_REGISTRY"))
    registered = set(kampar.frames["registry"].filter("registered")["true_family_id"].to_list())
    assert outside.height
    cards = kampar.frames["registry"].filter("registered").select("true_family_id", "family_card_number").drop_nulls()
    assert outside.join(cards, on=["true_family_id", "family_card_number"]).is_empty()
    assert len(set(outside["true_family_id"].to_list()) & registered) < len(outside) / 20  # under another card
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


def test_most_recipients_and_their_errors_stay_from_month_to_month(
    kampar: GeneratedDistrict, october: dict[str, GeneratedDistrict]
) -> None:
    before = october["1401"].frames["pbi_jkn"]
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


def expecting(rows: pl.DataFrame, reason: str) -> pl.DataFrame:
    return rows.filter(pl.col("expected_reasons").list.contains(str(reason)))


def test_before_dtsen_nobody_has_a_decile(kampar: GeneratedDistrict) -> None:
    assert kampar.frames["registry"]["decile"].is_null().all()


def test_one_person_on_the_lists_of_two_districts_is_the_same_in_both(districts: dict[str, GeneratedDistrict]) -> None:
    for host, home in (("1401", "1403"), ("1403", "7501"), ("7501", "1401")):
        for name in ("pkh", "sembako", "pbi_jkn"):
            guests = districts[host].frames[name].filter("guest")
            assert set(guests["injected"].explode().drop_nulls()) <= {str(Injected.NIK_ROUNDED)}
            people = districts[home].world.people.select("name", "nik", "birth_date", true_person_id="person_id")
            same = guests.join(people, on=["true_person_id", "name", "birth_date"])
            rounded = same.filter(pl.col("injected").list.len() > 0)
            assert (same["nik"] == same["nik_right"]).sum() == len(same) - len(rounded)
            listed = districts[home].frames[name].filter("abroad")["true_person_id"]
            assert 0 < len(same) == len(guests)
            assert set(guests["true_person_id"]) <= set(listed)


def test_lists_of_employees_hold_recipients_namesakes_and_confused_numbers(kampar: GeneratedDistrict) -> None:
    people = kampar.world.people.select("name", "nik", person="person_id")
    clean = accepted(kampar.frames["public_employees"]).filter(pl.col("injected").list.len() == 0)
    assert clean.join(people, left_on="true_person_id", right_on="person").height
    outsiders = clean.filter(~pl.col("true_person_id").is_in(people["person"].implode()))
    assert outsiders.join(people, on="name").height
    confused = outsiders.join(people, on="nik", suffix="_of_owner")
    assert confused.height
    assert (confused["name"] != confused["name_of_owner"]).all()
    assert clean["nik"].str.ends_with("0").mean() < 0.25  # type: ignore[operator]


def test_only_wages_above_the_minimum_are_expected(kampar: GeneratedDistrict) -> None:
    wages = accepted(kampar.frames["formal_workers"])["monthly_wage"]
    minimum = load_policy().minimum_wage(TODAY, "1401")
    assert {minimum, minimum + 1} <= set(wages)
    earners = kampar.frames["formal_workers"].filter(pl.col("monthly_wage") > minimum)["true_person_id"]
    found = expecting(kampar.frames["pbi_jkn"], "WAGE_ABOVE_MINIMUM")
    assert found.height
    assert set(found["true_person_id"]) <= set(earners)


def test_most_pkh_families_have_a_component_and_the_others_are_expected(kampar: GeneratedDistrict) -> None:
    without = expecting(kampar.frames["pkh"], "NO_PKH_COMPONENT")
    assert 0 < len(without) / len(kampar.frames["pkh"]) < 0.05
    members = kampar.frames["registry"].filter("registered").join(without, on="true_family_id", how="semi")
    assert members["pregnant"].is_null().all()
    assert members["disability"].is_null().all()


def test_young_wives_hold_cards_rightly_and_children_do_not(kampar: GeneratedDistrict) -> None:
    rows = pl.concat([kampar.frames[name].select("relationship", "expected_reasons") for name in ("pkh", "sembako")])
    found = expecting(rows, "UNDERAGE_HOLDER")
    assert found.filter(pl.col("relationship") == 4).height
    assert rows.filter(pl.col("relationship") == 3).height > 10 * found.filter(pl.col("relationship") == 3).height


def test_payments_fail_are_late_or_are_used_after_the_month(kampar: GeneratedDistrict) -> None:
    payments = accepted(kampar.frames["disbursements"])
    assert set(payments["status"]) >= {"SUKSES SALUR", "SALDO KOSONG", "KKS RUSAK/HILANG", "GAGAL SALUR"}
    day = last_day(TODAY)
    waited = (pl.lit(day) - pl.col("paid_on")).dt.total_days()
    assert set(payments.select(waited)["literal"]) >= {12, 59, 60, 61}
    assert payments.filter(pl.col("transacted_on") > day).height
    late = payments.filter((waited == 59) & pl.col("transacted_on").is_null() & (pl.col("status") == "SUKSES SALUR"))
    assert late.height
    found = expecting(kampar.frames["sembako"], "NOT_TRANSACTED")
    never = payments.filter((pl.col("status") == "GAGAL SALUR") & (pl.col("programme") == "sembako"))
    assert found.height
    assert not set(found["true_person_id"]) & set(never["true_person_id"])


def test_complaints_of_every_kind_come_in_and_some_name_nobody(districts: dict[str, GeneratedDistrict]) -> None:
    complaints = pl.concat([accepted(d.frames["complaints"]).select("kind", "name", "nik") for d in districts.values()])
    assert set(complaints["kind"]) == {"EXCLUDED", "INCLUDED", "PRICE", "OTHER"}
    assert complaints.filter(pl.col("name").is_null() & (pl.col("kind") == "EXCLUDED")).height
    assert complaints.filter(pl.col("nik").is_null() & pl.col("name").is_not_null()).height


def test_proposals_are_waiting_refused_accepted_registered_and_served(kampar: GeneratedDistrict) -> None:
    states = accepted(kampar.frames["proposals"])["expected_state"].value_counts()
    assert set(states["expected_state"]) == {"waiting", "refused", "accepted", "registered", "served"}


def test_families_proposed_in_one_month_are_registered_in_the_next(
    districts: dict[str, GeneratedDistrict], october: dict[str, GeneratedDistrict]
) -> None:
    joined = 0
    for code, november in districts.items():
        proposed = accepted(october[code].frames["proposals"])
        before = proposed.filter(pl.col("expected_state") == "accepted").select("true_person_id")
        after = accepted(november.frames["proposals"]).filter(pl.col("expected_state").is_in(["registered", "served"]))
        joined += after.join(before, on="true_person_id", how="semi").height
    assert joined > 0


def test_the_field_confirms_only_what_is_true_and_objections_are_of_families_outside_the_registry(
    kampar: GeneratedDistrict,
) -> None:
    found = kampar.frames["eligibility_decisions"].filter(pl.col("disposition").is_not_null())
    objected = kampar.frames["objections"]
    leaving = kampar.world.people.select("leaving", "registered_family", true_person_id="person_id")
    true_reasons = found.join(leaving, on="true_person_id").select(
        pl.col("leaving").replace_strict({"MD": "DECEASED", "PD": "MOVED_AWAY"}) == pl.col("reason")
    )
    assert found.height > 5
    assert true_reasons.to_series().all()
    assert {*found["disposition"]} <= {"TERBUKTI", "BELUM JELAS"}
    assert objected.height > 0
    assert not objected.join(leaving, on="true_person_id")["registered_family"].any()
    assert (objected["outcome"].is_null() == objected["decided_on"].is_null()).all()

"""What later months remember, rule by rule: people who come back, a month that is held back, complaints that stay open.

One village in August 2021; September is held back at first and accepted after October ran, which then runs again. All
people are made up.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_memory import Person, decided, looked_up, of_programme, person
from tests.months import DISTRICT, ask, keys, land, reasons, run
from tests.shared import made_once
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import RECORDS
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot

AUGUST, SEPTEMBER, OCTOBER = "2021-08", "2021-09", "2021-10"
ARI, BONA, CECEP, DODO, EMAN = (
    person(n, name) for n, name in enumerate(("ARI WIBOWO", "BONA T", "CECEP S", "DODO R", "EMAN P"), 101)
)
FERI, GUNTUR, HASAN, IMAM, JAJANG = (
    person(n, name) for n, name in enumerate(("FERI ANTO", "GUNTUR M", "HASAN B", "IMAM SAFEI", "JAJANG N"), 106)
)
KOSIM, LUKMAN, MAMAN, NANANG = (
    person(n, name) for n, name in enumerate(("KOSIM A", "LUKMAN H", "MAMAN F", "NANANG K"), 111)
)
OBOS, PARMAN, QOMAR, RUDI = (
    person(n, name) for n, name in enumerate(("OBOS T", "PARMAN W", "QOMAR Z", "RUDI HARTONO"), 115)
)
NAMESAKE = person(119, "SUPARDI UTOMO") | {"nik": RUDI["nik"]}
UNREGISTERED = (LUKMAN, MAMAN, NANANG, OBOS)
REGISTERED = (ARI, BONA, CECEP, DODO, EMAN, FERI, GUNTUR, HASAN, IMAM, JAJANG, KOSIM, PARMAN, QOMAR, RUDI)
ALL_NEW = {"nik": "1401011705700888", "nama": "JAJANG NURJAMAN PUTRA", "no_kk": "1401012005106666"}
GONE = (BONA, CECEP, DODO, EMAN, FERI)
"""Moved away or not found in August."""


def complained(who: Person | None, kind: str, on: str | None) -> Person:
    """What people say, of somebody or of nobody."""
    return {"tanggal": on, "jenis": kind, **(of_programme((who,))[0] if who else {"kode_desa": "1401012001"})}


def proposed(who: Person, outcome: str | None) -> Person:
    """A village's proposal."""
    return {**of_programme((who,))[0], "hasil": outcome}


def lists(period: str) -> dict[str, list[Person]]:
    """What lands in a month."""
    registry = {who["nama"]: who | {"status": None, "tgl_kejadian": None} for who in REGISTERED}
    paid = {who["nama"]: who for who in of_programme((*REGISTERED, NAMESAKE))}
    if period == AUGUST:
        return {
            "registry": list(registry.values()),
            "sembako": list(paid.values()),
            "eligibility_decisions": [
                decided(ARI, "LAYAK", "20/08/2021"),
                *(decided(who, "PD", "10/08/2021") for who in GONE),
                decided(GUNTUR, "TT", "11/08/2021"),
                decided(HASAN, "LAYAK", None),
                decided(JAJANG, "TIDAK LAYAK", "12/08/2021"),
            ],
            "civil_status": [looked_up(KOSIM, "PINDAH", "01/08/2021")],
            "proposals": [proposed(who, None) for who in UNREGISTERED],
            "complaints": [
                complained(IMAM, "INCLUDED", "05/08/2021"),
                complained(PARMAN, "INCLUDED", "06/08/2021"),
                complained(QOMAR, "EXCLUDED", None),
                complained(None, "PRICE", "07/08/2021"),
            ],
        }
    if period == SEPTEMBER:
        return {
            "registry": list(registry.values()),
            "sembako": list(paid.values()),
            "eligibility_decisions": [
                decided(ARI, "TIDAK LAYAK", "20/08/2021"),
                decided(PARMAN, "LAYAK", "03/09/2021"),
                decided(NANANG, "TIDAK LAYAK", "04/09/2021"),
            ],
            "proposals": [proposed(LUKMAN, "DITARIK")],
        }
    registry[BONA["nama"]] |= {"status": "AKTIF", "tgl_kejadian": "02/10/2021"}
    registry[CECEP["nama"]] |= {"status": "AKTIF", "tgl_kejadian": "02/07/2021"}
    registry[JAJANG["nama"]] |= ALL_NEW
    paid[JAJANG["nama"]] |= ALL_NEW
    registry[OBOS["nama"]] = OBOS
    return {
        "registry": list(registry.values()),
        "sembako": list(paid.values()),
        "eligibility_decisions": [
            decided(ARI, "LAYAK", "20/08/2021"),
            decided(DODO, "DD", "03/10/2021"),
            decided(EMAN, "LAYAK", None),
            decided(GUNTUR, "LAYAK", "04/10/2021"),
            decided(HASAN, "LAYAK", None),
            decided(HASAN, "TIDAK LAYAK", "15/09/2021"),
        ],
        "complaints": [complained(IMAM, "INCLUDED", "05/08/2021"), complained(None, "PRICE", "07/08/2021")],
    }


@dataclass(frozen=True)
class Story:
    """October as it ran while September was held back, and after September was accepted."""

    root: DataRoot
    without: dict[str, list[str]]
    households_without: list[tuple[Any, ...]]
    first_keys: dict[str, tuple[str, str]]
    pairs: list[tuple[Any, ...]]

    def now(self, who: Person) -> list[str]:
        """Somebody's reasons in October, all being accepted."""
        return reasons(self.root, OCTOBER)[who["nama"]]


PROPOSED = (
    "select source.source_row from unregistered_poor_households, unnest(sources) as found(source)"
    f" where source.period = '{AUGUST}' and source.source_file = 'proposals.csv' order by all"
)


def _story(folder: Path) -> Story:
    root = DataRoot(folder)
    for period in (AUGUST, SEPTEMBER, OCTOBER):
        land(root, period, lists(period))
    run(root, AUGUST)
    first = keys(root, AUGUST)
    with root.partition(SEPTEMBER, DISTRICT).draft() as draft:
        ingest_delivery(root.landing(SEPTEMBER, DISTRICT), load_policy(root.policy), draft)
        draft.hold_back([table.name for table in RECORDS], "an account does not add up")
    run(root, OCTOBER)
    without, households = reasons(root, OCTOBER), ask(root, OCTOBER, PROPOSED)
    pairs = ask(root, OCTOBER, "select pair_id from review_pairs")
    run(root, SEPTEMBER)
    land(
        root, OCTOBER, lists(OCTOBER) | {"review_answers": [{"pair_id": pair, "jawaban": "BEDA"} for (pair,) in pairs]}
    )
    run(root, OCTOBER)
    return Story(root, without, households, first, pairs)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The village after all months."""
    return made_once("memory_rules", _story, tmp_path_factory)


def test_a_held_back_month_between_loses_nothing_and_adds_nothing_until_it_is_accepted(story: Story) -> None:
    assert story.without[FERI["nama"]] == ["MOVED_AWAY"], "August's decision, two months ago"
    assert (story.without[ARI["nama"]], story.now(ARI)) == ([], ["JUDGED_INELIGIBLE"])


def test_of_two_decisions_of_one_day_that_of_the_later_month_holds(story: Story) -> None:
    assert story.now(ARI) == ["JUDGED_INELIGIBLE"], "August's, landed again in October, is no later one"


def test_who_moved_away_is_here_again_by_a_later_dated_fact_alone(story: Story) -> None:
    assert story.now(BONA) == [], "active in the registry since a day after it"
    assert story.now(CECEP) == ["MOVED_AWAY"], "active in the registry since a day before it"
    assert story.now(DODO) == [], "found by the village"
    assert story.now(EMAN) == ["MOVED_AWAY"], "judged eligible, without a date"
    assert story.now(FERI) == ["MOVED_AWAY"], "stands on every list"
    assert story.now(KOSIM) == ["MOVED_AWAY"], "by the civil registry, which was not asked again"
    assert story.now(GUNTUR) == [], "not found in August, judged in October"


def test_the_same_undated_decision_landed_again_is_of_the_month_that_first_brought_it(story: Story) -> None:
    assert story.now(HASAN) == ["JUDGED_INELIGIBLE"], "LAYAK of August lands again; TIDAK LAYAK is of September"


def test_number_name_and_card_corrected_at_once_are_the_same_person_by_the_registry_id(story: Story) -> None:
    assert reasons(story.root, OCTOBER)[ALL_NEW["nama"]] == ["JUDGED_INELIGIBLE"], "as August decided"
    assert keys(story.root, OCTOBER)[ALL_NEW["nama"]] == story.first_keys[JAJANG["nama"]]


def test_a_proposal_is_open_until_withdrawn_refused_or_registered(story: Story) -> None:
    open_rows = [(UNREGISTERED.index(who) + 1,) for who in (LUKMAN, MAMAN, NANANG)]
    assert story.households_without == open_rows, "who is registered in October is not poor and unregistered"
    assert ask(story.root, OCTOBER, PROPOSED) == [(UNREGISTERED.index(MAMAN) + 1,)]
    states = dict(
        ask(story.root, OCTOBER, "select first_period || village_code || person_key, state from proposal_progress")
    )
    assert sorted(states.values()) == ["refused", "registered", "waiting", "withdrawn"]


def test_complaints_that_nobody_settled_stand_beside_the_months_own(story: Story) -> None:
    query = (
        "select complaint_period, source_row, kind, name, finding, registered from complaint_findings"
        " order by complaint_period, source_row"
    )
    assert ask(story.root, AUGUST, "select count(*) from complaint_findings") == [(4,)]
    assert ask(story.root, SEPTEMBER, "select complaint_period, source_row from complaint_findings order by all") == [
        (AUGUST, 1), (AUGUST, 3), (AUGUST, 4)
    ], "the village judged PARMAN in September"  # fmt: skip
    assert ask(story.root, OCTOBER, query) == [
        (AUGUST, 3, "EXCLUDED", QOMAR["nama"], "excluded_but_served", True),
        (OCTOBER, 1, "INCLUDED", IMAM["nama"], "included_to_verify", True),
        (OCTOBER, 2, "PRICE", None, "for_information", None),
    ], "what lands again is the later row's"


def test_an_answer_about_a_pair_of_the_same_month_settles_it(story: Story) -> None:
    assert len(story.pairs) == 1, "two names under one number"
    assert ask(story.root, OCTOBER, "select * from review_pairs") == []
    query = f"select match_band from recipient_outcomes where name = '{NAMESAKE['nama']}'"
    assert ask(story.root, OCTOBER, query) == [("different",)]


def test_a_decision_or_objection_without_a_card_is_the_familys_that_earlier_months_had_the_person_in(
    tmp_path: Path,
) -> None:
    """Wives on no list of September, named by number alone: the card that they had on a list of August tells whose."""
    root, card = DataRoot(tmp_path), "1401012005107{:03}".format
    rini, tono, yanti, budi, wati, agus = (
        person(n, name) | {"no_kk": card(number)}
        for n, name, number in (
            (131, "RINI MARLINA", 1), (132, "TONO SUBARI", 1), (133, "YANTI LESTARI", 2), (134, "BUDI HARTONO", 2),
            (135, "WATI KUSUMA", 3), (136, "AGUS SALIM", 3),
        )
    )  # fmt: skip
    registry = [ARI, BONA]
    land(root, AUGUST, {"registry": registry, "sembako": [rini, yanti, wati]})
    of_numbers = [{"nik": who["nik"], "nama": who["nama"]} for who in (rini, yanti)]
    judged = [of_numbers[0] | {"hasil": "TIDAK LAYAK", "tanggal": "05/09/2021"}]
    objected = [of_numbers[1] | {"tgl_sanggah": "05/09/2021"}]
    lists = {"eligibility_decisions": judged, "objections": objected}
    land(root, SEPTEMBER, {"registry": registry, "sembako": [tono, budi, agus]} | lists)
    for period in (AUGUST, SEPTEMBER):
        run(root, period)
    found = dict(ask(root, SEPTEMBER, "select name, reasons from recipient_outcomes"))
    outside = ["NOT_IN_REGISTRY"]
    assert found == {
        "TONO SUBARI": ["JUDGED_INELIGIBLE", *outside], "BUDI HARTONO": outside, "AGUS SALIM": outside,
    }  # fmt: skip
    assert ask(root, SEPTEMBER, "select name from recipient_outcomes where outcome = 'to_verify'") == [
        ("BUDI HARTONO",)
    ]


def test_a_decision_from_before_any_list_showed_the_card_goes_on_holding_for_the_family(tmp_path: Path) -> None:
    """Sri is judged by her number in August, on a list with her card in September, and on none in October."""
    root, card = DataRoot(tmp_path), {"no_kk": "1401012005107004"}
    sri, hadi = (person(n, name) | card for n, name in ((141, "SRI MULYANI"), (142, "HADI PRANOTO")))
    judged = {"nik": sri["nik"], "nama": sri["nama"], "hasil": "TIDAK LAYAK", "tanggal": "05/08/2021"}
    lists = {"registry": [ARI, BONA], "sembako": [hadi]}
    land(root, AUGUST, lists | {"eligibility_decisions": [judged]})
    land(root, SEPTEMBER, lists | {"pbi_jkn": [sri]})
    land(root, OCTOBER, lists)
    found = {}
    for period in (AUGUST, SEPTEMBER, OCTOBER):
        run(root, period)
        found[period] = reasons(root, period)["HADI PRANOTO"]
    both = ["JUDGED_INELIGIBLE", "NOT_IN_REGISTRY"]
    assert found == {AUGUST: both[1:], SEPTEMBER: both, OCTOBER: both}

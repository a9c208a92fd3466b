"""What a district remembers for years: decisions, absences, proposals, answers and keys. All people are made up.

One village, run in August and October 2021 (nothing landed in September), purged of August's identities, and run on in
November, in December 2022 and in December 2023.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.months import ask, keys, land, reasons, run
from tests.shared import made_once
from welfare_pipeline.contracts.tables import MEMORY, RECOGNISED_PEOPLE
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.purging import purge

AUGUST, OCTOBER, NOVEMBER, NEXT_YEAR, LAST = "2021-08", "2021-10", "2021-11", "2022-12", "2023-12"
MONTHS = (AUGUST, OCTOBER, NOVEMBER, NEXT_YEAR, LAST)
PURGED_BEFORE = "2021-09"
Person = dict[str, Any]


def person(number: int, name: str, card: int | None = None, **more: Any) -> Person:
    """A man born on a day of his own, on a card of his own unless told."""
    day, month, year = 1 + number % 28, 1 + number % 12, 60 + number % 39
    return {
        "id_dtks": f"DTKS-{number}",
        "nik": f"140101{day:02d}{month:02d}{year:02d}{number:04d}",
        "nama": name,
        "tgl_lahir": f"{day:02d}/{month:02d}/19{year:02d}",
        "no_kk": f"140101200510{card or number:04d}",
        "kode_desa": "1401012001",
        **more,
    }


def _people(first: int, *names: str) -> list[Person]:
    return [person(number, name) for number, name in enumerate(names, first)]


AMAT, BUDI, CITRA, DEWI = _people(1, "AMAT SYAFII", "BUDI GUNAWAN", "CITRA KIRANA", "DEWI SARTIKA")
EKO, FAJAR, GITA, HADI = _people(5, "EKO PRASETYO", "FAJAR SIDIK", "GITA SAVITRI", "HADI WIJAYA")
INDAH, JOKO, KARTO, LINA = _people(9, "INDAH PERMATA", "JOKO SUSILO", "KARTO", "LINA MARLINA")
MUKTI, MAYA = person(13, "MUKTI ALI", 13), person(14, "MAYA ANJANI", 13)
OWNER, STRANGER = person(15, "SITI AMINAH"), person(16, "BUDI HARTONO")
OTHER_OWNER, OTHER = person(17, "RATNA JUWITA"), person(18, "WAWAN SETIAWAN")
TONO = person(19, "TONO SUHARTO")
STRANGER["nik"], OTHER["nik"] = OWNER["nik"], OTHER_OWNER["nik"]
REGISTERED = (AMAT, BUDI, DEWI, EKO, FAJAR, GITA, HADI, JOKO, LINA, MUKTI, MAYA, OWNER, OTHER_OWNER, TONO)
NOT_PAID = (LINA, MUKTI, MAYA, OWNER, OTHER_OWNER)
PAID = tuple(p for p in (*REGISTERED, CITRA, STRANGER, OTHER) if p not in NOT_PAID)
JOKO_LATER = {
    OCTOBER: {"nik": "1401011111700999"},
    NOVEMBER: {"nik": "1401011111700999", "nama": "JOKO SUSANTO"},
    NEXT_YEAR: {"nik": "1401011111700999", "nama": "JOKO SUSANTO", "no_kk": "1401012005107777"},
    LAST: {"nik": "1401011111700999", "nama": "JOKO SUSANTO", "no_kk": "1401012005107777"},
}
NEW_CARD = {"no_kk": "1401012005108888"}
CORRECTED = {"nik": "1401014101620777", "nama": "SITI AMINAH LUBIS", "no_kk": "1401012005109999"}


def decided(who: Person, outcome: str, on: str | None, **more: Any) -> Person:
    """A village's decision."""
    return {"nik": who["nik"], "nama": who["nama"], "no_kk": None, "hasil": outcome, "tanggal": on} | more


def looked_up(who: Person, status: str, on: str | None) -> Person:
    """What the civil registry answers."""
    return {"nik": who["nik"], "nama": who["nama"], "status": status, "tanggal": on}


def of_programme(people: tuple[Person, ...]) -> list[Person]:
    """The same people on a programme's list, which has no registry id."""
    return [{name: value for name, value in who.items() if name != "id_dtks"} for who in people]


def lists(period: str, answers: dict[str, str]) -> dict[str, list[Person]]:
    """What lands in a month."""
    registry = [{**who, "status": None, "tgl_kejadian": None} for who in REGISTERED]
    by_name = {who["nama"]: who for who in registry}
    paid = {who["nama"]: who for who in of_programme(PAID)}
    by_name[JOKO["nama"]].update(JOKO_LATER.get(period, {}))
    paid[JOKO["nama"]].update(JOKO_LATER.get(period, {}))
    later = period > AUGUST
    if period in {AUGUST, NOVEMBER}:
        paid["LINA"] = of_programme((LINA,))[0]
    else:
        registry.remove(by_name[LINA["nama"]])
    for name in (MUKTI["nama"], MAYA["nama"]):
        by_name[name] |= NEW_CARD if later else {}
        paid[name] = {k: v for k, v in by_name[name].items() if k not in {"id_dtks", "status", "tgl_kejadian"}}
    if period == OCTOBER:  # whom people were asked about is on no list while the answer lands
        del paid[STRANGER["nama"]], paid[OTHER["nama"]]
    if period >= NOVEMBER:
        by_name[OWNER["nama"]] |= CORRECTED
    by_name[DEWI["nama"]]["status"] = by_name[EKO["nama"]]["status"] = "AKTIF" if later else None
    if not later:
        by_name[HADI["nama"]] |= {"status": "PD", "tgl_kejadian": "01/08/2021"}
    landed = {"registry": registry, "sembako": list(paid.values())}
    if period == AUGUST:
        landed["eligibility_decisions"] = [
            decided(AMAT, "TIDAK LAYAK", "05/08/2021"),
            {"no_kk": BUDI["no_kk"], "hasil": "TIDAK LAYAK", "tanggal": "06/08/2021"},
            decided(CITRA, "LAYAK", "07/08/2021"),
            decided(EKO, "PD", "10/08/2021"),
            decided(FAJAR, "TIDAK LAYAK", "09/10/2021"),
            decided(GITA, "TIDAK LAYAK", None),
            decided(TONO, "MD", None),
        ]
        landed["civil_status"] = [
            looked_up(DEWI, "MENINGGAL", "20/07/2021"),
            looked_up(INDAH, "TIDAK DITEMUKAN", None),
            looked_up(AMAT, "TIDAK DITEMUKAN", None),
        ]
        landed["proposals"] = of_programme((INDAH,))
        landed["complaints"] = [{**of_programme((KARTO,))[0], "tanggal": "20/08/2021", "jenis": "EXCLUDED"}]
    if period == OCTOBER:
        landed["eligibility_decisions"] = [decided(GITA, "TIDAK LAYAK", None), decided(GITA, "LAYAK", "15/09/2021")]
        landed["review_answers"] = [{"pair_id": pair, "jawaban": answer} for pair, answer in answers.items()]
    if period == NOVEMBER:
        landed["civil_status"] = [looked_up(EKO, "AKTIF", "15/11/2021")]
    return landed


@dataclass(frozen=True)
class Years:
    """The district after all months, and what August said before its identities were purged."""

    root: DataRoot
    first_reasons: dict[str, list[str]]
    first_keys: dict[str, tuple[str, str]]

    def reasons(self, who: Person) -> list[list[str]]:
        """Somebody's reasons, month by month."""
        later = [reasons(self.root, period)[who["nama"]] for period in MONTHS[1:]]
        return [self.first_reasons[who["nama"]], *later]

    def ask(self, period: str, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query to a month."""
        return ask(self.root, period, query)


def _years(folder: Path) -> Years:
    root = DataRoot(folder)
    land(root, AUGUST, lists(AUGUST, {}))
    run(root, AUGUST)
    years = Years(root, reasons(root, AUGUST), keys(root, AUGUST))
    asked = dict(years.ask(AUGUST, "select name, pair_id from review_pairs"))
    for period in MONTHS[1:]:
        land(root, period, lists(period, {asked[STRANGER["nama"]]: "SAMA", asked[OTHER["nama"]]: "BEDA"}))
        run(root, period)
        if period == OCTOBER:
            purge(root, PURGED_BEFORE)
    return years


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    """The district after all months."""
    return made_once("years", _years, tmp_path_factory)


def test_a_decision_holds_until_it_lapses(years: Years) -> None:
    denied = ["JUDGED_INELIGIBLE"]
    assert years.reasons(AMAT) == [denied, denied, denied, denied, []]
    assert years.reasons(BUDI) == [denied, denied, denied, denied, []], "it named his family card alone"
    unregistered = ["NOT_IN_REGISTRY"]
    assert years.reasons(CITRA) == [[], [], [], unregistered, unregistered], "LAYAK holds for a year"


def test_evidence_names_the_month_it_comes_from(years: Years) -> None:
    query = (
        "select item.period, item.source_file, item.source_row, item.dated::varchar, item.value"
        f" from off_target_recipients, unnest(evidence_items) as found(item) where name = '{AMAT['nama']}'"
    )
    for period in (OCTOBER, NOVEMBER, NEXT_YEAR):
        assert years.ask(period, query) == [(AUGUST, "eligibility_decisions.csv", 1, "2021-08-05", "TIDAK LAYAK")]
    amat = "join recipient_rows using (row_id) where programme = 'sembako' and source_row = 1"
    sentences = f"select evidence, evidence_id from recipient_reasons {amat}"
    [(english, indonesian)] = years.ask(OCTOBER, sentences)
    assert "eligibility_decisions.csv row 1 of 2021-08, 2021-08-05" in english
    assert "eligibility_decisions.csv baris 1 bulan 2021-08, 05/08/2021" in indonesian
    [(english, _)] = years.ask(AUGUST, sentences)
    assert "eligibility_decisions.csv row 1, 2021-08-05" in english, "of a row of this month no month is named"


def test_the_dead_stay_dead(years: Years) -> None:
    assert years.reasons(DEWI) == [["DECEASED"]] * 5, "a registry that says AKTIF without a date proves nothing"
    assert years.reasons(TONO) == [["DECEASED"]] * 5


def test_who_moved_away_is_back_by_a_dated_look_up_and_not_by_standing_on_a_list(years: Years) -> None:
    assert years.reasons(EKO) == [["MOVED_AWAY"], ["MOVED_AWAY"], [], [], []]
    assert years.reasons(HADI) == [["MOVED_AWAY"]] * 5, "the registry named him as gone once"
    assert years.ask(NOVEMBER, "select registry_persons from district_summary") == [(len(REGISTERED) - 1,)]


def test_a_fact_dated_after_its_month_counts_from_the_month_of_its_date(years: Years) -> None:
    assert years.reasons(FAJAR)[:2] == [[], ["JUDGED_INELIGIBLE"]]


def test_the_same_undated_decision_landed_again_is_no_newer_one(years: Years) -> None:
    assert years.reasons(GITA)[:3] == [["JUDGED_INELIGIBLE"], [], []]


def test_a_proposal_and_a_complaint_stay_open(years: Years) -> None:
    query = (
        "select evidence, source.period, source.source_file, source.source_row from unregistered_poor_households,"
        " unnest(sources) as found(source) where evidence[1] in ('PROPOSED', 'COMPLAINT') order by all"
    )
    proposed = (["PROPOSED"], AUGUST, "proposals.csv", 1)
    assert years.ask(OCTOBER, query) == [(["COMPLAINT"], AUGUST, "complaints.csv", 1), proposed]
    assert years.ask(NOVEMBER, query) == [proposed], "a complaint counts for three months"
    assert years.ask(NEXT_YEAR, query) == []
    blocked = "select blockers from unregistered_poor_households where evidence = ['PROPOSED']"
    assert years.ask(OCTOBER, blocked) == [(["NIK_NOT_IN_CIVIL_REGISTRY"],)], "by August's look-up"
    states = [years.ask(period, "select state, first_period from proposal_progress") for period in MONTHS]
    assert states == [[("waiting", AUGUST)]] * 3 + [[("lapsed", AUGUST)]] * 2


def test_keys_follow_people_through_corrections_gaps_and_new_cards(years: Years) -> None:
    known = {AUGUST: years.first_keys} | {period: keys(years.root, period) for period in MONTHS[1:]}
    names = [JOKO["nama"], JOKO["nama"], *["JOKO SUSANTO"] * 3]
    assert len({known[period][name] for period, name in zip(MONTHS, names, strict=True)}) == 1
    assert known[AUGUST][LINA["nama"]] == known[NOVEMBER][LINA["nama"]], "she was on no list in October"
    for who in (MUKTI, MAYA):
        assert known[OCTOBER][who["nama"]] == known[AUGUST][who["nama"]], "a new family card, the same family"
    assert known[AUGUST][MUKTI["nama"]][1] == known[AUGUST][MAYA["nama"]][1]
    for period in MONTHS:
        assert len({person for person, _ in known[period].values()}) == len(known[period])


def test_an_answer_is_about_two_people_whatever_is_corrected_later(years: Years) -> None:
    query = "select match_method, match_band from recipient_outcomes where name = '{}'"
    for period in (NOVEMBER, NEXT_YEAR, LAST):
        assert years.ask(period, query.format(STRANGER["nama"])) == [("confirmed", "same")], period
        assert years.ask(period, query.format(OTHER["nama"])) == [("none", "different")], period
        assert years.ask(period, "select * from review_pairs") == []


def test_a_number_that_the_civil_registry_did_not_know_is_still_to_be_confirmed(years: Years) -> None:
    query = f"select next_step from identity_repairs where source = 'registry' and nik = '{AMAT['nik']}'"
    for period in (OCTOBER, NOVEMBER):
        assert years.ask(period, query) == [("CONFIRM_NIK",)], "August's look-up, in November by its keyed hash alone"


def test_the_first_month_is_purged(years: Years) -> None:
    assert set(reasons(years.root, AUGUST)) == {None}
    assert years.ask(AUGUST, "select count(nik) + count(name) + count(family_card_number) from person_rows") == [(0,)]


def test_a_proposed_member_of_a_registered_family_still_misses_after_a_purge(tmp_path: Path) -> None:
    """Ningsih is proposed on the card of Amat, who is registered: purged, she is not the whole family."""
    root, ningsih = DataRoot(tmp_path), person(40, "NINGSIH RAHAYU", 1)
    listed = {"registry": [AMAT, JOKO], "sembako": of_programme((AMAT, JOKO))}
    land(root, AUGUST, listed | {"proposals": of_programme((ningsih,))})
    run(root, AUGUST)
    purge(root, PURGED_BEFORE)
    land(root, OCTOBER, listed)
    run(root, OCTOBER)
    households = "select registration, evidence, members from unregistered_poor_households"
    assert ask(root, AUGUST, households) == ask(root, OCTOBER, households) == [("partial", ["PROPOSED"], 1)]


@pytest.mark.parametrize("purged", [False, True], ids=["named", "purged"])
def test_poor_households_that_no_list_has_later_are_remembered_each(tmp_path: Path, *, purged: bool) -> None:
    """Judged or complained of by their cards alone; Ningsih by her number, which the civil registry does not know."""
    root, ningsih = DataRoot(tmp_path), person(40, "NINGSIH RAHAYU")
    listed = {"registry": [AMAT, JOKO], "sembako": of_programme((AMAT, JOKO))}
    first, second, third = ({"no_kk": f"140101200510999{n}", "kode_desa": "1401012001"} for n in (1, 2, 3))
    told = {
        "eligibility_decisions": [card | {"hasil": "LAYAK", "tanggal": "06/08/2021"} for card in (first, second)],
        "complaints": [third | {"jenis": "EXCLUDED", "tanggal": "07/08/2021"}],
        "proposals": of_programme((ningsih,)),
        "civil_status": [looked_up(ningsih, "TIDAK DITEMUKAN", None)],
    }
    land(root, AUGUST, listed | told)
    run(root, AUGUST)
    if purged:
        purge(root, PURGED_BEFORE)
    land(root, OCTOBER, listed)
    run(root, OCTOBER)
    households = "select household_key, evidence, blockers from unregistered_poor_households order by 2, 1"
    poor = ask(root, OCTOBER, households)
    assert poor == ask(root, AUGUST, households)
    judged = (["JUDGED_ELIGIBLE"], [])
    assert [(evidence, blockers) for _, evidence, blockers in poor] == [
        (["COMPLAINT"], []), judged, judged, (["PROPOSED"], ["NIK_NOT_IN_CIVIL_REGISTRY"])
    ]  # fmt: skip


def test_a_month_that_lands_late_or_was_made_before_there_was_a_memory_loses_nothing(tmp_path: Path) -> None:
    """November ran first; October comes late, with a decision, and (its memory removed) as an older version left it."""
    root = DataRoot(tmp_path)
    listed = {"registry": [AMAT, JOKO], "sembako": of_programme((AMAT, JOKO))}
    corrected = [AMAT, JOKO | JOKO_LATER[NOVEMBER]]
    land(root, NOVEMBER, {"registry": corrected, "sembako": of_programme(tuple(corrected))})
    run(root, NOVEMBER)
    assert reasons(root, NOVEMBER)[AMAT["nama"]] == []
    land(root, OCTOBER, listed | {"eligibility_decisions": [decided(AMAT, "SUDAH MAMPU", "05/10/2021")]})
    october = run(root, OCTOBER)
    before = keys(root, OCTOBER)
    for is_older in (False, True):
        if is_older:
            for table in (*MEMORY, RECOGNISED_PEOPLE):
                october.path(table.name).unlink()
        run(root, NOVEMBER)
        assert reasons(root, NOVEMBER)[AMAT["nama"]] == ["JUDGED_INELIGIBLE"], is_older
        now = keys(root, NOVEMBER)
        assert (now[AMAT["nama"]], now["JOKO SUSANTO"]) == (before[AMAT["nama"]], before[JOKO["nama"]]), is_older

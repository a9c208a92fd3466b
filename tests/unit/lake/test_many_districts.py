"""What a district's run asks of all other districts, which has to cost the same however many there are."""

from pathlib import Path

import pytest

from tests.conftest import Keep
from welfare_pipeline.defs import standing
from welfare_pipeline.defs.standing import standings
from welfare_pipeline.lake import DataRoot, linked_files
from welfare_pipeline.lake import versions as lake_versions

PERIOD, KAMPAR, BENGKALIS, SIAK = "2021-11", "1401", "1403", "1405"
LINK = {"row_id": 1}
FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The districts whose pointer was read for their links, each time it was."""
    looked, read = list[str](), lake_versions.linked_version

    def noted(lake: Path, period: str, district: str) -> object:
        looked.append(district)
        return read(lake, period, district)

    monkeypatch.setattr(lake_versions, "linked_version", noted)
    return looked


def test_only_districts_that_have_changed_are_looked_at_again(root: DataRoot, keep: Keep, looked_at: list[str]) -> None:
    kept = {district: keep(PERIOD, district, links=[LINK]) for district in (KAMPAR, BENGKALIS)}
    keep(PERIOD, SIAK, landed_files=[FILE])  # not linked
    keep("2021-10", SIAK, links=[LINK])  # of another month
    first = linked_files(root.lake, PERIOD)
    assert first.keys() == kept.keys()
    assert linked_files(root.lake, PERIOD) == first
    assert sorted(looked_at) == [KAMPAR, BENGKALIS, SIAK]

    looked_at.clear()
    keep(PERIOD, SIAK, links=[LINK])
    keep(PERIOD, KAMPAR, links=[LINK], landed_files=[FILE])
    second = linked_files(root.lake, PERIOD)
    assert second.keys() == {KAMPAR, BENGKALIS, SIAK}
    assert second[BENGKALIS] == first[BENGKALIS]
    assert second[KAMPAR] != first[KAMPAR]
    assert sorted(looked_at) == [KAMPAR, SIAK]


def test_a_district_that_has_lost_its_pointer_or_its_links_is_not_taken_for_linked(root: DataRoot, keep: Keep) -> None:
    kampar, bengkalis = (keep(PERIOD, district, links=[LINK]) for district in (KAMPAR, BENGKALIS))
    assert linked_files(root.lake, PERIOD).keys() == {KAMPAR, BENGKALIS}
    kampar.path("links").unlink()
    (bengkalis.home / "pointer.json").unlink()
    assert linked_files(root.lake, PERIOD) == {}


EXPECTED = f'expected_districts = ["{KAMPAR}", "{SIAK}"]\n'


@pytest.mark.parametrize("policy", ["", EXPECTED])
@pytest.mark.parametrize("district", [KAMPAR, BENGKALIS, SIAK])
def test_one_district_stands_as_it_does_among_all(root: DataRoot, keep: Keep, policy: str, district: str) -> None:
    keep(PERIOD, KAMPAR, landed_files=[FILE])
    (root.landing("2021-12", BENGKALIS)).mkdir(parents=True)
    root.policy.write_text(policy, "utf-8")
    of_all = standings(root)
    assert standings(root, district) == [found for found in of_all if found.district == district]
    states = {(found.period, found.district): found.state for found in of_all}
    assert ((PERIOD, SIAK) in states) == bool(policy)


def test_of_one_district_no_other_folder_is_looked_at(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(PERIOD, KAMPAR, landed_files=[FILE])
    root.landing(PERIOD, KAMPAR).mkdir(parents=True)

    def all_districts(_: Path) -> object:
        raise AssertionError

    monkeypatch.setattr(standing, "districts_landed", all_districts)
    assert [found.is_landed for found in standings(root, KAMPAR)] == [True]

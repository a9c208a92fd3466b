"""Every guard of the vocabulary is one file that tells its story, what it does, and a case that needs it."""

from pathlib import Path

import pytest

from tests.unit.linkage.cases import CASES
from welfare_pipeline.contracts.vocabulary import Guard, GuardEffect
from welfare_pipeline.linkage.guards import effect
from welfare_pipeline.linkage.queries import query_files

GUARDS = [file for file in query_files().values() if file.parent.name == "guards"]


def header(guard: Path) -> list[str]:
    """The lines of the file's header, without their dashes."""
    return [line[3:] for line in guard.read_text("utf-8").splitlines() if line.startswith("-- ")]


def test_each_guard_is_a_file_and_each_file_a_guard() -> None:
    assert sorted(file.stem for file in GUARDS) == sorted(Guard)


@pytest.mark.parametrize("guard", Guard)
def test_a_guard_tells_its_story_its_effect_and_its_case(guard: Guard) -> None:
    *story, told_effect, case = header(query_files()[guard])
    assert " ".join(story).count(". ") >= 1, "a story has two sentences"
    assert told_effect == f"Effect: {effect(guard)}"
    named = case.removeprefix("Case: ")
    function = named.rpartition(" ")[2]
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert named in {case.story for case in CASES if case.guard == guard} or f"def {function}(" in tests


def test_guards_of_every_effect_are_there() -> None:
    assert {effect(guard) for guard in Guard} == set(GuardEffect)

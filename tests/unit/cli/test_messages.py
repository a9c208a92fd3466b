"""What a month's checks tell people: what changes results first, the rest grouped, each with who does what."""

from tests.conftest import Keep
from welfare_pipeline.checks import declared_checks, declared_link_checks
from welfare_pipeline.checks.check import Actor
from welfare_pipeline.cli.messages import that_change_results, the_rest, unread_lists
from welfare_pipeline.cli.month_report import DistrictReport, FailedCheck, read_report
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.lake import DataRoot

SOUND = RecordedRun("0a1b2c3d", "", is_held_back=False, seconds=1.5)
MEETINGS = "Remind these villages: without a meeting nobody can be proposed for the registry or struck from a list."


def report(district: str, *checks: tuple[str, str, str] | FailedCheck) -> DistrictReport:
    """A reconciled district with these warnings: table, check and words."""
    failed = tuple(check if isinstance(check, FailedCheck) else of_landed(*check) for check in checks)
    return DistrictReport(district, SOUND, {}, failed, ())


def of_landed(table: str, check: str, words: str) -> FailedCheck:
    return FailedCheck(table, check, Severity.WARNING, words, has_landed=True)


def not_landed(name: str) -> FailedCheck:
    words = f"No {name} file was landed. Without it, something is not seen."
    return FailedCheck(name, "list_arrived", Severity.WARNING, words, has_landed=False)


def test_a_list_under_another_name_is_a_line_of_its_own_and_no_other_message_names_it_again() -> None:
    told = '"Data Sembako.csv" is most likely the list sembako and was not read (12 rows; name it sembako.csv).'
    kampar = report("1401", ("landed_files", "lists_are_named_as_lists", told), not_landed("bst"))
    [line] = unread_lists([kampar])
    assert line == f"1401 Kabupaten Kampar: {told} (Social office)"
    assert that_change_results([kampar]) == []
    assert len(the_rest([kampar])) == 1


def test_lists_that_did_not_arrive_are_told_once_for_all_districts_that_miss_the_same() -> None:
    lists = [not_landed(name) for name in ("pkh", "bst", "yapi")]
    [line] = the_rest([report("1401", *lists), report("1403", *lists[::-1])])
    assert line.startswith(
        "1401 Kabupaten Kampar, 1403 Kabupaten Bengkalis: 3 optional lists did not arrive: bst, pkh,"
    )
    assert "Social office: land those you have" in line
    [line] = the_rest([report("1401", lists[0])])
    assert "1 optional list did not arrive: pkh." in line


def test_a_list_that_did_not_arrive_is_called_as_its_file_is_to_be_named() -> None:
    [line] = the_rest([report("1401", not_landed("published_figures"))])  # the table of the list control_totals
    assert "1 optional list did not arrive: control_totals." in line


def test_a_list_of_which_no_row_can_be_used_arrived() -> None:
    unusable = ("formal_workers", "list_arrived", "No row of the formal_workers list can be used. Without it, x.")
    missing, told = the_rest([report("1401", not_landed("bst"), unusable)])
    assert "1 optional list did not arrive: bst." in missing
    assert told == f"1401 Kabupaten Kampar: formal_workers: {unusable[2]} (Social office)"


def test_whether_a_list_landed_is_read_from_the_files_that_did(root: DataRoot, keep: Keep) -> None:
    lists = ("formal_workers", "published_figures", "bst")
    arrived = [
        {"table": name, "check": "list_arrived", "severity": Severity.WARNING, "passed": False, "explanation": "x."}
        for name in lists
    ]
    files = [{"source": name, "source_file": f"{name}.csv"} for name in ("formal_workers", "control_totals")]
    keep("2021-11", "1401", check_results=arrived, landed_files=files)
    found = read_report(root, "2021-11", "1401", SOUND).failed_checks
    assert {check.table: check.has_landed for check in found} == dict(zip(lists, (True, True, False), strict=True))


def test_what_is_to_be_done_in_several_districts_is_said_once_with_who_does_it() -> None:
    late = [
        report(district, ("village_meetings", "every_village_held_its_meeting", f"{count} of 24 villages. {MEETINGS}"))
        for district, count in (("1401", 4), ("1403", 5))
    ]
    assert the_rest(late) == [
        f"Villages: {MEETINGS}",
        "    1401 Kabupaten Kampar: village_meetings: 4 of 24 villages.",
        "    1403 Kabupaten Bengkalis: village_meetings: 5 of 24 villages.",
    ]
    assert the_rest(late[:1]) == [f"1401 Kabupaten Kampar: village_meetings: 4 of 24 villages. {MEETINGS} (Villages)"]


def test_what_changes_results_is_told_apart_from_the_rest() -> None:
    broken, old = ("pkh", "nik_is_readable", "9 of 10 rows."), ("population", "count_is_recent", "Old.")
    kampar = report("1401", old, broken)
    assert [line.partition(": ")[2] for line in that_change_results([kampar])] == [
        "pkh: 9 of 10 rows. (Whoever sent the list)"
    ]
    assert [line.partition(": ")[2] for line in the_rest([kampar])] == [
        "population: Old. (Social office with Dukcapil)"
    ]


def test_every_warning_says_who_acts() -> None:
    declared = (*declared_checks(load_policy().sources), *declared_link_checks())
    unsaid = [check.name for check in declared if check.severity is Severity.WARNING and check.acts is Actor.OPERATOR]
    assert unsaid == []

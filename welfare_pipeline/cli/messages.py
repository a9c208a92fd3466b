"""What the checks of a month have to tell people: what changes results first, the rest grouped; who does what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from welfare_pipeline.checks.acting import LIST_ARRIVED, LISTS_MISNAMED, acting_on, advice_on, rank
from welfare_pipeline.cli.month_report import DistrictReport, FailedCheck
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.vocabulary import Severity

_TOLD_ELSEWHERE = ("optional_files_are_readable",)  # each rejected file is told with what went wrong
_NAMED_OTHERWISE = {source.asset: source.name for source in FIXED}  # a table, and the name its files land under
_Told = tuple[str, FailedCheck]  # the district's title, and its check


def unread_lists(reports: Iterable[DistrictReport]) -> list[str]:
    """A line for each list that was not read because its file has another name; nothing changes more."""
    return [
        f"{title}: {check.explanation} ({acting_on(check.check).acts})"
        for title, check in _warnings(reports)
        if check.check == LISTS_MISNAMED
    ]


def that_change_results(reports: Iterable[DistrictReport]) -> list[str]:
    """The other warnings with which results would change, those that change most first."""
    return _grouped([told for told in _warnings(reports) if _changes(told) and told[1].check != LISTS_MISNAMED])


def the_rest(reports: Iterable[DistrictReport]) -> list[str]:
    """The warnings that results do not depend on."""
    rest = [told for told in _warnings(reports) if not _changes(told)]
    missing = [told for told in rest if told[1].check == LIST_ARRIVED]
    return [*_missing(missing), *_grouped([told for told in rest if told not in missing])]


def _warnings(reports: Iterable[DistrictReport]) -> list[_Told]:
    found = [(report.title, check) for report in reports for check in report.failed(Severity.WARNING)]
    told = [(title, check) for title, check in found if check.check not in _TOLD_ELSEWHERE]
    return sorted(told, key=lambda message: rank(message[1].check))


def _changes(told: _Told) -> bool:
    return acting_on(told[1].check).changes_results


def _missing(told: Sequence[_Told]) -> list[str]:
    """`14 optional lists did not arrive: ...`, once for all districts that miss the same."""
    lists: dict[str, list[str]] = defaultdict(list)
    lacking = [(title, check) for title, check in told if not check.has_landed]
    for title, check in lacking:
        lists[title].append(_NAMED_OTHERWISE.get(check.table, check.table))
    districts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for title, names in lists.items():
        districts[tuple(sorted(names))].append(title)
    who = acting_on(LIST_ARRIVED).acts
    lines = [
        f"{', '.join(titles)}: {_lists(len(names))} did not arrive: {', '.join(names)}. {who}: land those you have; "
        "what the month cannot find without each stands in check_results."
        for names, titles in districts.items()
    ]
    return [*lines, *_grouped([message for message in told if message not in lacking])]


def _lists(count: int) -> str:
    return "1 optional list" if count == 1 else f"{count} optional lists"


def _grouped(told: Sequence[_Told]) -> list[str]:
    """The messages by what has to be done; what several have in common is said once."""
    groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for title, check in told:
        groups[check.check, advice_on(check.table, check.check)].append((title, check))
    return [line for (check, advice), group in groups.items() for line in _group(check, advice, group)]


def _group(check: str, advice: str, told: Sequence[_Told]) -> list[str]:
    who = acting_on(check).acts
    if len(told) == 1 or not advice:
        return [f"{title}: {found.table}: {found.explanation} ({who})" for title, found in told]
    details = [f"    {title}: {found.table}: {found.explanation.removesuffix(advice).strip()}" for title, found in told]
    return [f"{who}: {advice}", *details]

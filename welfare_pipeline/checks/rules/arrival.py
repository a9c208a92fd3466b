"""Checks of what was landed: which lists arrived, which files and rows can be used. Their rows are for others."""

from welfare_pipeline.checks.rules.rule import Rule
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.vocabulary import Severity


def _list_arrived(source: Source) -> Rule:
    if source.required:
        why = "no district can be reconciled without it."
        advice = f"Land the {source.name} list as a readable file and run the district again."
    else:
        why = f"without it, {source.without_it}."
        advice = f"Without it, {source.without_it}."
    return Rule(
        source.asset,
        "list_arrived",
        Severity.BLOCKING if source.required else Severity.WARNING,
        f"The {source.name} list was landed and at least one row of it can be used; {why}",
        "list_arrived",
        "list_facts",
        advice,
        holds=f"The {source.name} list arrived.",
        figures="list_figures",
        only=source.name,
    )


def arrivals(sources: Sources) -> tuple[Rule, ...]:
    """One check per list that may land."""
    return tuple(_list_arrived(source) for source in sources.lists)


FILES = (
    Rule(
        "landed_files",
        "a_programme_list_arrived",
        Severity.BLOCKING,
        "At least one programme's list of recipients arrived with rows that can be used.",
        "a_programme_list_arrived",
        "list_facts",
        "Land the recipients of at least one programme and run the district again.",
        holds="At least one programme's recipients arrived.",
    ),
    Rule(
        "landed_files",
        "optional_files_are_readable",
        Severity.WARNING,
        "No file of an optional list had to be rejected.",
        "optional_files_are_readable",
        "file_facts",
        "Correct the named files and land them again; the month goes on without them.",
        holds="Every file of an optional list could be read.",
    ),
    Rule(
        "landed_files",
        "lists_are_named_as_lists",
        Severity.WARNING,
        "No whole list was left unread because its file is named otherwise.",
        "lists_are_named_as_lists",
        "file_facts",
        "Without it, everything this list says is missing from the month: rename the file as said, then run again.",
        holds="No list was left unread for its file's name.",
    ),
    Rule(
        "landed_files",
        "files_are_of_known_lists",
        Severity.WARNING,
        "Every landed file has the name of a list that the pipeline knows.",
        "files_are_of_known_lists",
        "file_facts",
        "Name each file after its list, for example registry.csv or pkh.kec01.xlsx.",
        holds="Every landed file belongs to a known list.",
    ),
    Rule(
        "landed_files",
        "lists_are_no_copies",
        Severity.WARNING,
        "No two lists have the very same content, as when one file is landed under the names of two programmes.",
        "lists_are_no_copies",
        "file_facts",
        "See which list the file is; land the right one in place of the copy.",
        holds="Every list has content of its own.",
    ),
    Rule(
        "landed_files",
        "rows_are_accounted_for",
        Severity.BLOCKING,
        "For every file, rows landed are rows accepted and rows rejected, and each of them is found in its table.",
        "rows_are_accounted_for",
        "file_facts",
        "The pipeline lost or invented rows: report it with the named file and use nothing of the district until then.",
        holds="Every landed row is either accepted or rejected with a reason.",
    ),
    Rule(
        "rejected_rows",
        "rejected_rows_are_few",
        Severity.BLOCKING,
        "Of no list are more rows rejected than the policy tolerates (rejected_share, rejected_rows_tolerated).",
        "rejected_rows_are_few",
        "list_facts",
        "See the reasons in rejected_rows, correct the lists and land them again.",
        holds="No list lost more rows than the policy tolerates.",
        figures="rejection_figures",
    ),
    Rule(
        "delivery_findings",
        "optional_values_are_readable",
        Severity.WARNING,
        "Dates, numbers and codes of optional columns can be read; one that cannot is taken as empty.",
        "optional_values_are_readable",
        "list_facts",
        "The rows and columns stand in delivery_findings (UNREADABLE_VALUE); correct them at the source.",
        holds="Every value of an optional column could be read.",
        figures="unreadable_figures",
    ),
    Rule(
        "delivery_findings",
        "nothing_odd_landed",
        Severity.WARNING,
        "Nothing in the landed files is odd: no answer in the wrong place, no date that cannot be (delivery_findings).",
        "nothing_odd_landed",
        "delivery_findings",
        "See delivery_findings for every file, sheet and row; correct them and land the file again.",
        holds="Nothing odd was found in the landed files.",
        figures="oddity_figures",
    ),
)

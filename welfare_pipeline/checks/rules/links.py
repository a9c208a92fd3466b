"""Checks of the links between landed rows and registry persons, before anything is decided on them."""

from welfare_pipeline.checks.rules.rule import Rule, Tolerance
from welfare_pipeline.contracts.vocabulary import Severity

_DEFECT = "The linkage is at fault: report it, and use nothing of the district until then."
LINKS = (
    Rule(
        "links",
        "every_person_row_has_one_link",
        Severity.BLOCKING,
        "Every landed row of a list of people has exactly one row of links, and every link its landed row.",
        "every_person_row_has_one_link",
        "links",
        _DEFECT,
        things="links",
        fails="are missing, doubled or without a landed row",
    ),
    Rule(
        "links",
        "linked_registry_rows_exist",
        Severity.BLOCKING,
        "A link in band same or review points at a row of this district's registry.",
        "linked_registry_rows_exist",
        "links",
        _DEFECT,
        things="links",
        fails="point at no registry row",
    ),
    Rule(
        "links",
        "registry_persons_are_claimed_once",
        Severity.BLOCKING,
        "A registry row is claimed in band same by one person only.",
        "registry_persons_are_claimed_once",
        "links",
        _DEFECT,
        things="links",
        fails="claim a registry person that another person claims too",
    ),
    Rule(
        "links",
        "few_links_need_review",
        Severity.WARNING,
        "Few rows are left for people to settle (policy review_share).",
        "few_links_need_review",
        "links",
        "Settle the pairs of review_pairs in the field, those of the largest villages first.",
        things="links",
        fails="have to be settled by people",
        tolerance=Tolerance(share="review_share"),
        figures="link_figures",
    ),
    Rule(
        "links",
        "rows_are_fully_compared",
        Severity.WARNING,
        "No block of people who share a name, number or date is too large to be compared (policy linkage_block_limit).",
        "rows_are_fully_compared",
        "linkage_quality",
        "Who is missing a link there may still be registered: mend the numbers and dates that many people share.",
        things="lists",
        fails="have rows that were not compared with everybody they may be",
    ),
)

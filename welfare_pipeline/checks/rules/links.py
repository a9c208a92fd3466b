"""Checks of the links between landed rows and registry persons, before anything is decided on them."""

from welfare_pipeline.checks.check import Actor, Check
from welfare_pipeline.contracts.vocabulary import Severity

_DEFECT = "The linkage is at fault: report it, and use nothing of the district until then."
LINKS = (
    Check(
        "links",
        "every_person_row_has_one_link",
        Severity.BLOCKING,
        "Every landed row of a list of people has exactly one row of links, and every link its landed row.",
        _DEFECT,
        things="links",
        fails="are missing, doubled or without a landed row",
    ),
    Check(
        "links",
        "linked_registry_rows_exist",
        Severity.BLOCKING,
        "A link in band same or review points at a row of this district's registry.",
        _DEFECT,
        things="links",
        fails="point at no registry row",
    ),
    Check(
        "links",
        "registry_persons_are_claimed_once",
        Severity.BLOCKING,
        "A registry row is claimed in band same by one person only.",
        _DEFECT,
        things="links",
        fails="claim a registry person that another person claims too",
    ),
    Check(
        "links",
        "rows_are_fully_compared",
        Severity.WARNING,
        "No block of people who share a name, number or date is too large to be compared (policy linkage_block_limit).",
        "Who is missing a link there may still be registered: mend the numbers and dates that many people share.",
        batch="linkage_quality",
        things="lists",
        fails="have rows that were not compared with everybody they may be",
        acts=Actor.OFFICE,
        changes_results=True,
    ),
    Check(
        "links",
        "few_links_need_review",
        Severity.WARNING,
        "Few rows are left for people to settle (policy review_share).",
        "Settle the pairs of review_pairs in the field, those of the largest villages first.",
        things="links",
        fails="have to be settled by people",
        tolerated="review_share",
        figures="link_figures",
        acts=Actor.VILLAGES,
        changes_results=True,
    ),
    Check(
        "links",
        "published_family_totals_agree",
        Severity.WARNING,
        "Published figures of families agree with the families of the linked lists (policy control_total_tolerance).",
        "See control_totals for what explains it; find out which one is wrong before either is quoted.",
        batch="published_figures",
        holds="Every published figure of families agrees with the count.",
        needs=("control_totals",),
        acts=Actor.OFFICE,
    ),
)

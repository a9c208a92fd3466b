"""Checks of lists of people: identities that can be read, nobody twice, places and dates that can be believed."""

from welfare_pipeline.checks.check import Actor, Check
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.vocabulary import Severity


def _nik_is_readable(table: str) -> Check:
    return Check(
        table,
        "nik_is_readable",
        Severity.WARNING,
        "Nearly every row has a NIK that can be read (policy valid_nik_share).",
        "Ask for the list again with the NIK column as text; see identity_repairs for the single rows.",
        things="rows",
        fails="have no readable NIK",
        required="valid_nik_share",
        figures="nik_figures",
        needs=(table,),
        acts=Actor.SENDER,
        changes_results=True,
    )


def _of_programme(table: str) -> tuple[Check, ...]:
    return (
        _nik_is_readable(table),
        Check(
            table,
            "nobody_is_listed_twice",
            Severity.WARNING,
            "No valid NIK and no registry number stands twice in one payment stage of the list.",
            "The rows are judged DUPLICATE_PERSON where they are one person; correct the NIK where they are not.",
            things="rows",
            fails="share their NIK or registry number with another row of the list",
            needs=(table,),
            acts=Actor.OFFICE,
            changes_results=True,
        ),
        Check(
            table,
            "people_are_described",
            Severity.WARNING,
            "Rows have a name, a village of this district and no impossible birth date (policy incomplete_row_share).",
            "Ask for the list again with these columns filled; unknown villages are counted apart in every summary.",
            things="rows",
            fails="have no name, no known village or an impossible birth date",
            tolerated="incomplete_row_share",
            figures="description_figures",
            needs=(table,),
            acts=Actor.SENDER,
            changes_results=True,
        ),
    )


def recipient_checks(sources: Sources) -> tuple[Check, ...]:
    """The checks of every programme's list."""
    return tuple(rule for source in sources.programmes for rule in _of_programme(source.asset))


REGISTRY = (
    _nik_is_readable("registry"),
    Check(
        "registry",
        "villages_are_known",
        Severity.WARNING,
        "Nearly every row can be placed in a village of the population list (policy incomplete_row_share).",
        "Give 10-digit Kemendagri codes, or village and sub-district names as the population list spells them.",
        things="rows",
        fails="cannot be placed in a village",
        tolerated="incomplete_row_share",
        needs=("registry",),
        acts=Actor.SENDER,
        changes_results=True,
    ),
    Check(
        "registry",
        "niks_are_unique",
        Severity.WARNING,
        "No valid NIK stands on two registry rows.",
        "Correct the wrong NIK, or strike the second row of the same person in SIKS-NG.",
        things="rows",
        fails="share their NIK with another row",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
    ),
    Check(
        "registry",
        "registry_ids_are_unique",
        Severity.WARNING,
        "No registry number (DTKS / DTSEN) stands on two rows.",
        "A part file may have been landed twice; if not, report the rows to the registry's help desk.",
        things="rows",
        fails="share their registry number with another row",
        needs=("registry",),
        acts=Actor.SENDER,
    ),
    Check(
        "registry",
        "placeholder_niks_are_not_shared",
        Severity.WARNING,
        "No placeholder (zeros, 1234..., one NIK under several names) stands in for the NIK of two people.",
        "Look up the NIK of these people at Dukcapil; until then they are told apart by name and birth date only.",
        things="rows",
        fails="share a placeholder instead of a NIK",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
    ),
    Check(
        "registry",
        "family_cards_are_of_one_family",
        Severity.WARNING,
        "No family card has more people than a family can have (policy family_size_limit).",
        "These cards prove no family and are left out of family rules; look the right ones up at Dukcapil.",
        things="rows",
        fails="stand on a family card with more people than a family has",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
    ),
    Check(
        "registry",
        "names_are_not_blank",
        Severity.WARNING,
        "Nearly every row has a name (policy blank_name_share).",
        "Fill the names in from Dukcapil; a row without a name is linked by its NIK only.",
        things="rows",
        fails="have no name",
        tolerated="blank_name_share",
        needs=("registry",),
        acts=Actor.SENDER,
    ),
    Check(
        "registry",
        "birth_dates_are_plausible",
        Severity.WARNING,
        "Nobody is born before 1900 or after the period.",
        "Correct the dates from Dukcapil; day and month, or the century, may be swapped.",
        things="rows",
        fails="have a birth date before 1900 or after the period",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
    ),
    Check(
        "registry",
        "birth_dates_are_not_a_default",
        Severity.WARNING,
        "No recent day has so many births that it must stand for blank dates (policy today_birth_date_share).",
        "The export put its own date in place of blanks: ask for the list again with blanks left blank.",
        things="rows",
        fails="have one and the same recent birth date",
        figures="default_date_figures",
        needs=("registry",),
        acts=Actor.SENDER,
    ),
)

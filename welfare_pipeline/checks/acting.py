"""Who has to act on a check that did not pass, what about, and whether it changes the month's results.

What a check asks stands in `rules/`; its advice is read from there. A new warning gets its entry here.
"""

from dataclasses import dataclass
from functools import cache

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.rules.arrival import FILES, arrivals
from welfare_pipeline.checks.rules.district import DISTRICT
from welfare_pipeline.checks.rules.links import LINKS
from welfare_pipeline.checks.rules.people import REGISTRY, recipient_checks
from welfare_pipeline.checks.rules.reconciliation import RECONCILIATION
from welfare_pipeline.contracts.policy_shipped import shipped_entries
from welfare_pipeline.contracts.sources import landing_sources

_SHIPPED = landing_sources(dict.fromkeys(shipped_entries()["programmes"], ()))
OFFICE = "Social office"
SENDER = "Whoever sent the list"
CIVIL_REGISTRY = "Social office with Dukcapil"
VILLAGES = "Villages"
OPERATOR = "Whoever runs this"

LISTS_MISNAMED, LIST_ARRIVED = "lists_are_named_as_lists", "list_arrived"


@dataclass(frozen=True)
class Acting:
    """Who acts, and whether results of the month change with it (else it is about trust in them, or order)."""

    who: str
    changes_results: bool = False


# In the order of what they change: the first changes most.
ACTING: dict[str, Acting] = {
    LISTS_MISNAMED: Acting(OFFICE, changes_results=True),
    "optional_files_are_readable": Acting(SENDER, changes_results=True),
    "nothing_odd_landed": Acting(OFFICE, changes_results=True),
    "lists_are_no_copies": Acting(OFFICE, changes_results=True),
    "registry_does_not_exceed_village_population": Acting(OFFICE, changes_results=True),
    "men_and_women_add_up_to_the_total": Acting(CIVIL_REGISTRY, changes_results=True),
    "recipients_do_not_exceed_population": Acting(OFFICE, changes_results=True),
    "nik_is_readable": Acting(SENDER, changes_results=True),
    "villages_are_known": Acting(SENDER, changes_results=True),
    "people_are_described": Acting(SENDER, changes_results=True),
    "rows_are_fully_compared": Acting(OFFICE, changes_results=True),
    "few_links_need_review": Acting(VILLAGES, changes_results=True),
    "nobody_is_listed_twice": Acting(OFFICE, changes_results=True),
    LIST_ARRIVED: Acting(OFFICE),
    "optional_values_are_readable": Acting(SENDER),
    "files_are_of_known_lists": Acting(OFFICE),
    "every_village_held_its_meeting": Acting(VILLAGES),
    "electronic_cards_are_recorded": Acting(CIVIL_REGISTRY),
    "published_totals_agree": Acting(OFFICE),
    "published_family_totals_agree": Acting(OFFICE),
    "count_is_recent": Acting(CIVIL_REGISTRY),
    "villages_are_listed_once": Acting(SENDER),
    "niks_are_unique": Acting(CIVIL_REGISTRY),
    "registry_ids_are_unique": Acting(SENDER),
    "placeholder_niks_are_not_shared": Acting(CIVIL_REGISTRY),
    "family_cards_are_of_one_family": Acting(CIVIL_REGISTRY),
    "names_are_not_blank": Acting(SENDER),
    "birth_dates_are_plausible": Acting(CIVIL_REGISTRY),
    "birth_dates_are_not_a_default": Acting(SENDER),
}
_UNKNOWN = Acting(OPERATOR, changes_results=True)


def acting_on(check: str) -> Acting:
    """Who acts on it; a check without an entry is a matter of the pipeline itself."""
    return ACTING.get(check, _UNKNOWN)


def rank(check: str) -> int:
    """The place among all checks: what changes most comes first."""
    return list(ACTING).index(check) if check in ACTING else -1


@cache
def advice_on(table: str, check: str) -> str:
    """What to do if it did not pass; empty for checks whose words stand elsewhere. Every programme's is the same."""
    of_table = (rule.advice for rule in _rules() if (rule.table, rule.check) == (table, check))
    of_programmes = (rule.advice for rule in recipient_checks(_SHIPPED) if rule.check == check)
    return next(of_table, next(of_programmes, ""))


def _rules() -> tuple[Check, ...]:
    lists = (*arrivals(_SHIPPED), *recipient_checks(_SHIPPED))
    return (*lists, *FILES, *REGISTRY, *DISTRICT, *LINKS, *RECONCILIATION)

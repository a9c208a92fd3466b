"""The declaration behind a check that did not pass, for those who tell people what to do about it."""

from functools import cache

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.rules.links import LINKS
from welfare_pipeline.checks.rules.people import recipient_checks
from welfare_pipeline.checks.rules.reconciliation import RECONCILIATION
from welfare_pipeline.checks.stages import declared_checks
from welfare_pipeline.contracts.policy_shipped import shipped_entries
from welfare_pipeline.contracts.sources import landing_sources
from welfare_pipeline.contracts.vocabulary import Severity

_SHIPPED = landing_sources(dict.fromkeys(shipped_entries()["programmes"], ()))
LISTS_MISNAMED, LIST_ARRIVED = "lists_are_named_as_lists", "list_arrived"


@cache
def _declared() -> tuple[Check, ...]:
    """The checks of the shipped programmes and every district; what changes results first, then as declared."""
    every = (*declared_checks(_SHIPPED), *LINKS, *RECONCILIATION)
    return tuple(sorted(every, key=lambda check: not check.changes_results))


def acting_on(check: str) -> Check:
    """Its declaration, which says who acts and whether results change; the tables of one check do not differ in that.

    A check that is declared no longer is a matter of the pipeline itself.
    """
    gone = Check("", check, Severity.WARNING, "", "", changes_results=True)
    return next((declared for declared in _declared() if declared.check == check), gone)


def rank(check: str) -> int:
    """The place among all checks: what changes most comes first."""
    names = [declared.check for declared in _declared()]
    return names.index(check) if check in names else -1


def declared_as(table: str, check: str) -> Check:
    """The declaration of a table's check; of a list that only its policy declares, that of another programme."""
    named = [declared for declared in _declared() if declared.check == check]
    return next((declared for declared in named if declared.table == table), named[0] if named else acting_on(check))


@cache
def advice_on(table: str, check: str) -> str:
    """What to do if it did not pass. Every programme's is the same; empty for a list that only its policy declares."""
    own = (declared.advice for declared in _declared() if (declared.table, declared.check) == (table, check))
    of_programmes = (declared.advice for declared in recipient_checks(_SHIPPED) if declared.check == check)
    return next(own, next(of_programmes, ""))

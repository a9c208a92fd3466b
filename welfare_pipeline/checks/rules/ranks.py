"""Checks of a registry that ranks everybody: of which quarter, how much it changed, and the tricks known elsewhere."""

from welfare_pipeline.checks.check import Actor, Check
from welfare_pipeline.contracts.vocabulary import Severity

RANKS = (
    Check(
        "registry",
        "registry_is_of_this_quarter",
        Severity.WARNING,
        "The registry's ranks are of the quarter that the policy's calendar gives for the month.",
        "Ask for the newest snapshot of DTSEN: whoever has been ranked anew since is judged by an old decile.",
        things="rows",
        fails="have a rank of an older quarter",
        needs=("registry",),
        acts=Actor.SENDER,
        changes_results=True,
    ),
    Check(
        "registry",
        "deciles_do_not_jump",
        Severity.WARNING,
        "From one snapshot to the next, few families get another decile (policy snapshot_jump_share).",
        "See whether ranks were renewed (a census does that) or columns mixed up, before anybody is struck off.",
        batch="families_ranked_twice",
        things="families ranked in this snapshot and the one before",
        fails="have another decile",
        tolerated="snapshot_jump_share",
        needs=("registry",),
        acts=Actor.OFFICE,
        changes_results=True,
    ),
    Check(
        "registry",
        "villages_within_limits_do_not_jump",
        Severity.WARNING,
        "In no village does the share of people within the decile limits jump against last month "
        "(policy village_share_jump).",
        "Ask the village what changed: answers may have been written so that families fit.",
        batch="village_ranks",
        things="villages",
        fails="have a share within the limits that jumped",
        needs=("registry",),
        acts=Actor.OFFICE,
    ),
    Check(
        "registry",
        "one_person_cards_do_not_rise",
        Severity.WARNING,
        "The share of family cards with a single person does not rise against last month "
        "(policy one_person_card_rise).",
        "Families may have been split to receive twice: compare the new cards with the families that they left.",
        batch="village_cards",
        holds="The share of family cards with a single person has not risen.",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
    ),
    Check(
        "registry",
        "records_are_updated",
        Severity.WARNING,
        "Every row was updated in the last months (policy record_update_months); a row without a date is not counted.",
        "Have these families visited and their data renewed (Usulan Pembaruan Data): their rank rests on old answers.",
        things="rows",
        fails="have not been updated for long",
        needs=("registry",),
        acts=Actor.VILLAGES,
    ),
    Check(
        "published_figures",
        "poverty_rate_stands_beside_the_registry",
        Severity.WARNING,
        "For information, never a failure: the poverty rate of Susenas beside the share of the population that is "
        "registered in the lowest deciles (policy poverty_deciles).",
        "Nothing has to be done.",
        batch="district_facts",
        holds="{comparison}",
        figures="poverty_figures",
        needs=("control_totals", "registry", "population"),
        acts=Actor.OFFICE,
    ),
)

"""What every rule decided about a recipient row, what came of it, and what would change it."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from welfare_pipeline.cli.explaining.rows import LandedRow, Month, Record
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.words import CATALOGUE

LIST_OF_RULE = {
    "PUBLIC_EMPLOYEE": "public_employees",
    "WAGE_ABOVE_MINIMUM": "formal_workers",
    "COMPANY_OFFICER": "company_officers",
    "NOT_TRANSACTED": "disbursements",
}
OF_FAMILIES = ("DUPLICATE_FAMILY", "EXCLUSIVE_PROGRAMMES", "UNDERAGE_HOLDER")
OBJECTIONS = "objections"  # the list of them


def every_rule(month: Month, row: LandedRow) -> Iterator[str]:
    """A line for each rule: met, with its evidence; not met; or why it is not asked of this row."""
    met = {of["reason"]: of for of in month.ask("from recipient_reasons where row_id = $row", row=row.row_id)}
    [rules] = month.ask("from programme_rules where programme = $programme", programme=row.source) or [{}]
    arrived = {of["table_name"] for of in month.ask(_ARRIVED)}
    for reason in CATALOGUE.reasons:
        if reason in met:
            yield f"met      {reason} ({met[reason]['certainty']}): {met[reason]['evidence']}"
        elif why := _not_asked(reason, rules, arrived):
            yield f"not asked {reason}: {why}"
        else:
            yield f"not met  {reason}"


def what_came_of_it(month: Month, row: LandedRow) -> Iterator[str]:
    """The outcome with its words, evidence, law and next step."""
    for found in _outcome(month, row):
        paid = "" if found["monthly_amount"] is None else f"; {found['monthly_amount']:,} rupiah a month"
        yield f"{found['outcome']}: {CATALOGUE.words['outcome'][found['outcome']].en}{paid}"
    for found in month.ask(_FINDING, file=row.source_file, row=row.source_row, programme=row.source):
        yield f"first reason: {found['primary_reason']}, {CATALOGUE.reasons[found['primary_reason']].en.meaning}"
        yield f"all reasons, by precedence: {', '.join(found['reasons'])}"
        yield f"evidence: {found['evidence']}"
        yield f"law: {found['legal_basis']}"
        yield f"next step: {found['recommended_action']}"
        if found["certain_from"]:
            yield f"certain from {found['certain_from']} on, if it stays"


def what_would_change_it(month: Month, row: LandedRow) -> Iterator[str]:
    """What would have to be known, landed or decided for another outcome."""
    for found in _outcome(month, row):
        reasons = month.ask(_REASONS, row=row.row_id)
        if found["outcome"] == "unresolved":
            yield from _settled(month, row)
        elif not reasons:
            yield "Nothing stands against it. A newer fact that meets one of the rules above would change it."
        else:
            yield from _without(found["outcome"], reasons)


def _settled(month: Month, row: LandedRow) -> Iterator[str]:
    pairs = month.ask(_PAIRS, file=row.source_file, row=row.source_row, source=row.source)
    for pair in pairs:
        yield (
            f"An answer to pair {pair['pair_id']} (list review_answers, or the village's worklist): SAMA, and it is "
            "judged as that registry person; BEDA, and it is judged as somebody who is not in the registry."
        )
    if not pairs:
        yield "A valid NIK, a birth date or a family card in the list: the row has too little to be compared."


def _without(outcome: str, reasons: Sequence[Record]) -> Iterator[str]:
    certain = [of["reason"] for of in reasons if of["certainty"] == "certain"]
    if outcome == "off_target" and len(certain) > 1:
        yield f"All of these would have to fall: {', '.join(certain)}."
    for of in reasons:
        words = CATALOGUE.reasons[of["reason"]].en
        yield f"{of['reason']}: {words.undone_by or words.action}"
    if outcome == "off_target" and any(source.name == OBJECTIONS for source in FIXED):
        yield "An open objection (usul sanggah) makes it to_verify until it is decided."
    if outcome == "off_target":
        to_verify = [of["reason"] for of in reasons if of["certainty"] != "certain"]
        left = f"to_verify, for {', '.join(to_verify)}" if to_verify else "on_target"
        yield f"Without the certain reasons it would be {left}."


def _outcome(month: Month, row: LandedRow) -> list[Record]:
    return month.ask(_OUTCOME, file=row.source_file, row=row.source_row, programme=row.source)


def _not_asked(reason: str, rules: Record, arrived: set[str]) -> str:
    """Why a rule does not concern the row; empty: it does, and is not met."""
    programme = rules.get("programme", "the programme")
    is_of_family, is_pbi = rules.get("unit") == "family", programme == "pbi_jkn"
    why = {
        "DECILE_ABOVE_LIMIT": (rules.get("decile_limit") is None, f"{programme} has no decile limit this month"),
        "NOT_RANKED": (rules.get("decile_limit") is None, f"{programme} has no decile limit this month"),
        "AGE_OUT_OF_RANGE": (
            rules.get("minimum_age") is None and rules.get("maximum_age") is None,
            f"{programme} has no age range",
        ),
        "NOT_IN_REGISTRY": (
            rules.get("registry") == "not_required" or is_pbi,
            "PBI_OUTSIDE_REGISTRY stands in its place" if is_pbi else f"{programme} does not need the registry",
        ),
        "PBI_OUTSIDE_REGISTRY": (not is_pbi, "it is of pbi_jkn only"),
        "NO_PKH_COMPONENT": (programme != "pkh", "it is of pkh only"),
        **dict.fromkeys(OF_FAMILIES, (not is_of_family, f"{programme} pays a person")),
        **{code: (name not in arrived, f"the list {name} did not arrive") for code, name in LIST_OF_RULE.items()},
    }
    applies, words = why.get(reason, (False, ""))
    return words if applies else ""


def wrapped(lines: Iterator[str], width: int = 110) -> Iterator[str]:
    """The lines, long ones broken at blanks."""
    for line in lines:
        indent = "  " + " " * (len(line) - len(line.lstrip()))
        yield from wrap(line, width, initial_indent="  ", subsequent_indent=f"{indent}  ") or [""]


_ARRIVED = "select distinct source as table_name from landed_files where state = 'accepted'"
_OUTCOME = """
select outcome, monthly_amount from recipient_outcomes
where source_file = $file and source_row = $row and programme = $programme
"""
_FINDING = """
from off_target_recipients where source_file = $file and source_row = $row and programme = $programme
"""
_PAIRS = """
select pair_id from review_pairs where source_file = $file and source_row = $row and source = $source order by all
"""
_REASONS = "select reason, certainty from recipient_reasons where row_id = $row order by certainty, reason"

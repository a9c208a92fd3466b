"""What this month adds to the district's memory, without anybody's identity: keyed hashes, keys, facts and answers."""

from welfare_pipeline.contracts.tables import DELIVERY_FINDINGS
from welfare_pipeline.lake import Draft, draft_facts
from welfare_pipeline.people.history import Recollection


def remember(month: Recollection, draft: Draft) -> None:
    """Draft `contracts.tables.MEMORY` and `recognised_people`, and the findings about contradicting answers.

    Needs the keys of `keys.give_keys`, and the drafted `links`.
    """
    month.make("answered_identity", "answered_identities")
    for table in ("remembered_people", "remembered_keys", "recognised_people", "recognised_numbers"):
        month.write(draft, table)
    period = month.partition.period
    month.write(draft, "remembered_answers", period=period)
    draft_facts(month.con, draft, month.secret)
    if draft.has(DELIVERY_FINDINGS.name):
        month.write(draft, DELIVERY_FINDINGS.name, "contradicting_answers", period=period)

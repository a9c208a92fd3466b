"""Which key each person and family has: who was known in an earlier month keeps its key, others are given a new one.

A key is one person's and a person has one key; what earlier months gave to the same person besides is told in
`recognised_people`. Families follow their members to a new card.
"""

from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.people.history import Recollection


def give_keys(month: Recollection) -> None:
    """Make `person_key` (one row per person of `person_row`), `family_key` and what they are made of."""
    month.make("identity_person", "identity_persons")
    month.make("key_claim", "key_claims")
    _keep(month)
    month.make("head", "heads")
    month.make("fresh_key", "fresh_keys")
    month.make("card_key", "card_keys")
    month.make("earlier_family", "earlier_families")
    month.make("family_key", "family_keys")
    month.make("person_key", "person_keys")


def _keep(month: Recollection) -> None:
    """Make `kept_key`: claims are met from the strongest on, until none is left whose person and key are both free."""
    month.con.execute("create table kept_key (person_id bigint, person_key varchar)")
    meet_claims = f"insert into kept_key by name {sql('kept_keys', 'people')}"
    while month.con.execute(meet_claims).fetchall() != [(0,)]:
        pass

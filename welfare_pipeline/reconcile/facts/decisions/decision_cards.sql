-- One row per decision and family card it concerns:
-- - its own, unless it is mistyped: beside a name, where the registry has another family on it, in other villages than the
--   decision's or a digit off the person's card there;
-- - the registry's, unless it strays there;
-- - those that the person's lists show;
-- - what the family of an earlier decision has now;
-- - of a person whom no row of this month shows on a card: that of the family which earlier months had the person in.
select decisions.decision_id, decisions.own_card as card
from decisions
left join active_cards on active_cards.card = case when not decisions.names_family_only then decisions.own_card end
where
    decisions.own_card is not null
    and not coalesce(
        hamming(decisions.own_card, decisions.registry_card) = 1 and active_cards.card is not null, false
    )
    and not coalesce(
        decisions.own_card is distinct from decisions.registry_card
        and decisions.village_code <> active_cards.first_village
        and decisions.village_code <> active_cards.last_village,
        false
    )
union
select decisions.decision_id, decisions.registry_card
from decisions
anti join stray_cards on stray_cards.person_id = decisions.person_id and stray_cards.card = decisions.registry_card
where decisions.registry_card is not null
union
select decisions.decision_id, earlier_cards.card
from decisions
join earlier_cards on earlier_cards.period = decisions.period and earlier_cards.row_id = decisions.row_id
union
select decisions.decision_id, recipient_cards.card
from decisions
join recipients using (person_id)
join recipient_cards on recipient_cards.row_id = recipients.row_id
where not decisions.names_family_only and not recipient_cards.doubtful
union
select decisions.decision_id, family_cards.card
from decisions
join family_cards using (family_key)
anti join carded_people on carded_people.person_id = decisions.person_id
where decisions.is_own and not decisions.names_family_only

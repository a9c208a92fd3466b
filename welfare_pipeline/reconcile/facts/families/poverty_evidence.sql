-- One row per landed row that is evidence of poverty for somebody who is not active in the registry.
select *
from poverty_claims
where
    not is_active
    and coalesce(presence not in ('MD', 'PD'), true)
    and not (names_family_only and has_active_card)

-- One row per programme with payments: what became of them.
select
    words.words as programme,
    sum(payments) as payments,
    sum(amount) as amount,
    sum(paid_and_transacted) as paid_and_transacted,
    sum(paid_not_transacted) as paid_not_transacted,
    sum(failed) as failed,
    sum(paid_not_entitled) as paid_not_entitled,
    sum(paid_not_listed) as paid_not_listed,
    sum(entitled_not_paid) as entitled_not_paid,
    sum(cards_held_by_others) as cards_held_by_others
from disbursement_summary
left join words on words.list = 'programme' and words.code = disbursement_summary.programme
group by words.words, words.place
order by words.place

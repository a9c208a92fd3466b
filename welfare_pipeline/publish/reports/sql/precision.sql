-- One row per reason and month sent out of which answers landed: how many findings were confirmed.
select
    reason_answers.sent_period,
    words.words as reason,
    reason_answers.sent_out,
    reason_answers.answered,
    reason_answers.confirmed,
    reason_answers.not_confirmed,
    reason_answers.unsettled
from reason_answers
join words on words.list = 'reason' and words.code = reason_answers.reason
order by reason_answers.sent_period desc, words.place

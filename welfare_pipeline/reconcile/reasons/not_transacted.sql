-- One row per recipient row with a payment that failed for the card, that did not find the family (a bank's remark: it
-- proves neither death nor move), or that nobody used within the policy's days.
select
    recipient_id as row_id,
    string_agg(
        case
            when status <> 'SUKSES SALUR'
                then format('{}, {}: {} row {}', status, coalesce(paid_on::varchar, 'undated'), source_file, source_row)
            else format('paid {}, not used: {} row {}', paid_on, source_file, source_row)
        end,
        ', ' order by row_id
    ) as evidence
from payments
where
    recipient_id is not null
    and (
        status in ('SALDO KOSONG', 'KKS RUSAK/HILANG', 'KPM MENINGGAL', 'PINDAH/TIDAK DITEMUKAN')
        or (
            status = 'SUKSES SALUR'
            and transacted_on is null
            and paid_on + $transaction_days::integer <= $period_end
        )
    )
group by recipient_id

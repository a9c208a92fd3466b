-- One row per recipient row with a payment that failed for the card, that did not find the family (a bank's remark: it
-- proves neither death nor move), or that nobody used within the policy's days.
select
    recipient_id as row_id,
    [
        if(
            status = 'SUKSES SALUR',
            evidence_item('not_transacted', 'disbursements', source_file, source_row, paid_on),
            evidence_item('payment_failed', 'disbursements', source_file, source_row, paid_on, status)
        )
    ] as items
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

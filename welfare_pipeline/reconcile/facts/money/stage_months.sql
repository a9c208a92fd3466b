-- One row per stage that names its months, as JANUARI 2021 or OKT S D DES: how many these are.
with stages as (
    select distinct stage from recipient_rows where stage is not null
),

named as (
    select
        stage,
        [
            list_position(['JAN', 'FEB', 'MAR', 'APR', 'MEI', 'JUN', 'JUL', 'AGU', 'SEP', 'OKT', 'NOV', 'DES'], part)
            for part in [
                case word when 'PEB' then 'FEB' when 'NOP' then 'NOV' when 'AGS' then 'AGU' when 'AGT' then 'AGU' else word end
                for word in regexp_extract_all(
                    stage, '\b(JAN|FEB|PEB|MAR|APR|MEI|JUN|JUL|AGU|AGS|AGT|SEP|OKT|NOV|NOP|DES)', 1
                )
            ]
        ] as months
    from stages
)

select stage, (months[-1] - months[1] + 12) % 12 + 1 as months from named where len(months) > 0

-- One row per month and district that landed, was run or is expected, as it stood when that was looked at last.
select period, district_code, state, published_run, stale_because, reason, as_of from noted_status

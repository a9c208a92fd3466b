-- One row per link that people have to settle.
select row_id, 'row ' || row_id as example from {batch} where match_band = 'review'

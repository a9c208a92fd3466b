-- One row per recipient row whose person has died, and one per source that says so.
select row_id, [item] as items from presence_facts where status = 'MD'

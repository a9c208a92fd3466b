-- One row per family that has another decile than in the snapshot before.
select place as example from {batch} where differs

-- One row per programme with more recipients than there can be.
select
    label || ': ' || grouped(recipients) || ' recipients, ' || grouped(at_most) || ' ' || counted_as
    as example
from {batch}
where recipients > at_most

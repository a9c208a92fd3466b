"""The people of a month: who each landed row is, which key a person keeps from month to month, what remains to settle.

Brings a partition to `linkage`, with the answers and keys that earlier months remember, and writes what follows: links,
questions, keys and this month's memory. Whether two rows are one person is decided in `linkage`.
"""

from welfare_pipeline.people.month import link_people

__all__ = ["link_people"]

"""Decides who is on target: reasons (one .sql file a rule), outcomes, households and the summaries of a district.

Reads landed tables and links, writes published tables. Linking people belongs to `linkage`, wording and dates of
rules to `contracts`.
"""

from welfare_pipeline.reconcile.across import Compared, compare_districts, write_own_duplicates
from welfare_pipeline.reconcile.district import reconcile_district

__all__ = ["Compared", "compare_districts", "reconcile_district", "write_own_duplicates"]

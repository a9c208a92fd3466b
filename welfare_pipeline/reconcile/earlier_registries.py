"""What earlier months' registries said of ranks: the views `earlier_registry` and `earlier_links`."""

import duckdb

from welfare_pipeline.contracts.tables import LINKS, TABLE_BY_NAME
from welfare_pipeline.lake import Partition, earlier_months, replace_view


def see_earlier_registries(con: duckdb.DuckDBPyConnection, partition: Partition) -> None:
    """Let `con` see the registry and the links of the district's earlier months."""
    months = earlier_months(partition)
    for table in (TABLE_BY_NAME["registry"], LINKS):
        replace_view(con, table, *(month.path(table.name) for month in months), name=f"earlier_{table.name}")

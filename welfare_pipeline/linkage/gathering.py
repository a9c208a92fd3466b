"""The landed people and names that a matching starts from, out of `person_rows`."""

import duckdb
import polars as pl

from welfare_pipeline.linkage.matching import Matching
from welfare_pipeline.linkage.normalise import normalised_names


def gather(matching: Matching) -> None:
    """Make `landed_person` and `spelling` from the table `person_rows` of the connection."""
    matching.make("landed_person", "landed_people")
    spell_names(matching.con)


def spell_names(con: duckdb.DuckDBPyConnection) -> None:
    """Two tables: `landed_name`, by name how often it stands in `landed_person`; and `spelling`, how it compares."""
    con.execute(
        "create table landed_name as select name, count(*) as people"
        " from (select name from landed_person union all select mother_name from landed_person)"
        " where name is not null group by name"
    )
    raw = con.execute("select name from landed_name order by name").pl()
    con.register("normalised", normalised_names(raw["name"].cast(pl.String)))
    con.execute("create table spelling as from normalised")
    con.unregister("normalised")

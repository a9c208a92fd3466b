"""The bridge between a partition and the matching: landed rows in, `links` and `review_pairs` out."""

import duckdb
import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.lake import Draft
from welfare_pipeline.linkage.matching import Matching, Thresholds, match_people, sql
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.normalise import normalised_names


def link_people(draft: Draft, policy: Policy, secret: str) -> None:
    """Draft `links` and `review_pairs` from the partition's landed tables; `secret` is behind the keys."""
    limits = policy.thresholds
    thresholds = Thresholds(
        limits["linkage_same_probability"],
        limits["linkage_review_probability"],
        int(limits["linkage_block_limit"]),
    )
    with draft.connect() as con:
        matching = Matching(con, load_model(), thresholds)
        year = int(draft.partition.period[:4])
        con.execute(f"create temp view listed as {sql('listed')}")
        matching.make("landed_person", "landed_people", family_size_limit=limits["family_size_limit"], year=year)
        spell_names(con)
        match_people(matching)
        matching.make("person_key", "person_keys", secret=secret)
        draft.write_query(con, "links", sql("links"))
        draft.write_query(con, "review_pairs", sql("review_pairs"), secret=secret)


def spell_names(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table `spelling`: every landed name and mother's name as it compares."""
    raw = con.sql("select distinct name from (select name from landed_person union all select mother_name from"
                  " landed_person) where name is not null order by name").pl()
    con.register("normalised", normalised_names(raw["name"].cast(pl.String)))
    con.execute("create or replace temp table spelling as from normalised")
    con.unregister("normalised")

"""The bridge between a partition and the matching: `person_rows` in, `links` and `review_pairs` out."""

import duckdb
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.lake import Draft, make_supports, make_words, require_person_rows
from welfare_pipeline.linkage.error_rates import load_error_rates
from welfare_pipeline.linkage.history import remember
from welfare_pipeline.linkage.matching import Matching, Thresholds, match_people, sql
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.normalise import normalised_names


def link_people(draft: Draft, policy: Policy, secret: str) -> None:
    """Draft `links`, `review_pairs`, `confirmed_pairs` and `linkage_quality` from the partition's `person_rows`.

    `secret` is behind the keys.
    """
    with draft.connect() as con:
        require_person_rows(con, draft, policy)
        matching = Matching(con, load_model(), thresholds(policy))
        gather(matching)
        has_past = remember(con, draft.partition, policy)
        draft.write_query(con, "confirmed_pairs", sql("confirmed_pairs"), period=draft.partition.period)
        spell_asked_names(con)
        matching.make("answered_pair", "answered_pairs", period_end=last_day(draft.partition.period))
        match_people(matching)
        _give_keys(matching, secret, has_past=has_past)
        draft.write_query(con, "links", sql("links"))
        make_words(con, Language.ENGLISH)
        make_supports(con, Language.ENGLISH, policy.linkage.support_from())
        draft.write_query(con, "review_pairs", sql("review_pairs"), secret=secret)
        rates = load_error_rates().parameters()
        draft.write_query(con, "linkage_quality", sql("linkage_quality"), **matching.thresholds.values(), **rates)


def thresholds(policy: Policy) -> Thresholds:
    """What the policy says about linkage."""
    limits = policy.thresholds
    return Thresholds(
        limits["linkage_same_probability"],
        limits["linkage_review_probability"],
        int(limits["linkage_block_limit"]),
        policy.linkage,
    )


def gather(matching: Matching) -> None:
    """Make `landed_person` and `spelling` from the table `person_rows` of the connection."""
    matching.make("landed_person", "landed_people")
    spell_names(matching.con)


def _give_keys(matching: Matching, secret: str, *, has_past: bool) -> None:
    matching.make("fresh_key", "fresh_keys", secret=secret)
    if has_past:
        matching.make("kept_key", "kept_keys")
    else:
        matching.run("create temp table kept_key as select person_id, person_key from fresh_key where false")
    matching.make("person_key", "person_keys", secret=secret)


def spell_names(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table `spelling`: every landed name and mother's name as it compares."""
    raw = con.sql(
        "select distinct name from (select name from landed_person union all select mother_name from"
        " landed_person) where name is not null order by name"
    ).pl()
    _spell(con, "spelling", raw["name"])


def spell_asked_names(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table `asked_spelling`: every name in an answered pair as it compares."""
    raw = con.sql(
        "select distinct name from (select name from confirmed_pairs union all select registry_name from"
        " confirmed_pairs) where name is not null order by name"
    ).pl()
    _spell(con, "asked_spelling", raw["name"])


def _spell(con: duckdb.DuckDBPyConnection, table: str, raw: pl.Series) -> None:
    con.register("normalised", normalised_names(raw.cast(pl.String)))
    con.execute(f"create or replace temp table {table} as from normalised")
    con.unregister("normalised")

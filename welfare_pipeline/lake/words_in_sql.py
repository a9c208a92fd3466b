"""The catalogue of words as a table that queries join; the words themselves stand in `contracts/words.toml`."""

from collections.abc import Mapping
from dataclasses import asdict

import duckdb
import polars as pl

from welfare_pipeline.contracts.policy_calendar import Calendar
from welfare_pipeline.contracts.vocabulary import Support
from welfare_pipeline.contracts.words import CATALOGUE, Language
from welfare_pipeline.lake.encryption import literal

_COLUMNS = ("list", "code", "place", "words", "action", "proposal_path")


def make_words(con: duckdb.DuckDBPyConnection, language: Language) -> None:
    """The table `words` (list, code, place, words, action, proposal_path).

    `place` is the usual order within the list; reasons are the list `reason`, in their precedence.
    """
    reasons = [(code, reason.of(language), reason.proposal_path) for code, reason in CATALOGUE.reasons.items()]
    rows = [
        ("reason", code, place, text.meaning, text.action, path) for place, (code, text, path) in enumerate(reasons)
    ] + [
        (name, code, place, word.of(language), word.action.of(language) if word.action else None, word.proposal_path)
        for name, entries in CATALOGUE.words.items()
        for place, (code, word) in enumerate(entries.items())
    ]
    _make(con, "words", pl.DataFrame(rows, schema=_COLUMNS, orient="row", infer_schema_length=None))


def make_paths(con: duckdb.DuckDBPyConnection, language: Language, calendar: Calendar | None) -> None:
    """Macros for an action that ends in a proposal; without a calendar there are no paths yet.

    `path_or_none(path)`: it, if paths exist in the period. `by_path(action, path)`: the action, then the path in words
    and the days of the month.
    """
    if calendar is None:
        con.execute("create macro path_or_none(path) as null::varchar")
        con.execute("create macro by_path(action, path) as action")
        return
    days = CATALOGUE.phrases["calendar"].of(language).format_map(asdict(calendar))
    words = " ".join(
        f"when {literal(code)} then {literal(f' {word.of(language)}: {days}.')}"
        for code, word in CATALOGUE.words["proposal_path"].items()
    )
    con.execute("create macro path_or_none(path) as path")
    con.execute(f"create macro by_path(action, path) as action || coalesce(case path {words} end, '')")


def make_supports(con: duckdb.DuckDBPyConnection, language: Language, least: Mapping[Support, float]) -> None:
    """The table `support` (least, words): from which weight on, in bits, evidence is called what."""
    rows = [(weight, CATALOGUE.words["support"][code].of(language)) for code, weight in least.items()]
    _make(con, "support", pl.DataFrame(rows, schema=["least", "words"], orient="row"))


def _make(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("catalogue", frame)
    con.execute(f'create table "{name}" as from catalogue')
    con.unregister("catalogue")

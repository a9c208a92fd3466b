"""The catalogue of words as a table that queries join; the words themselves stand in `contracts/words.toml`."""

from collections.abc import Mapping

import duckdb
import polars as pl

from welfare_pipeline.contracts.vocabulary import Support
from welfare_pipeline.contracts.words import CATALOGUE, Language

_COLUMNS = ("list", "code", "place", "words", "action")


def make_words(con: duckdb.DuckDBPyConnection, language: Language) -> None:
    """The table `words` (list, code, place, words, action).

    `place` is the usual order within the list; reasons are the list `reason`, in their precedence.
    """
    reasons = [(code, reason.of(language)) for code, reason in CATALOGUE.reasons.items()]
    rows = [("reason", code, place, text.meaning, text.action) for place, (code, text) in enumerate(reasons)] + [
        (name, code, place, word.of(language), word.action.of(language) if word.action else None)
        for name, entries in CATALOGUE.words.items()
        for place, (code, word) in enumerate(entries.items())
    ]
    _make(con, "words", pl.DataFrame(rows, schema=_COLUMNS, orient="row", infer_schema_length=None))


def make_supports(con: duckdb.DuckDBPyConnection, language: Language, least: Mapping[Support, float]) -> None:
    """The table `support` (least, words): from which weight on, in bits, evidence is called what."""
    rows = [(weight, CATALOGUE.words["support"][code].of(language)) for code, weight in least.items()]
    _make(con, "support", pl.DataFrame(rows, schema=["least", "words"], orient="row"))


def _make(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("catalogue", frame)
    con.execute(f'create table "{name}" as from catalogue')
    con.unregister("catalogue")

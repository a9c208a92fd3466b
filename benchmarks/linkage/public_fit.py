"""Public people linked by the stages of a district's run, with weights learned from their own guessed pairs.

The truth is used for the score only. Nothing but the column mapping differs from a district: weights are learned by
Splink's expectation maximisation over the pairs that the round before thinks likely (the first round: the shipped
model), and a pair counts from even odds on, as these figures ask for F1 and nobody reviews.
"""

import json
from time import process_time

import duckdb
from public_data import People
from score import DUPLICATES, LINKS, Score, scored

from welfare_pipeline.linkage.matching import Matching, Thresholds, match_people
from welfare_pipeline.linkage.model import Model, load_model, read_model
from welfare_pipeline.linkage.people import spell_names
from welfare_pipeline.linkage.training import train_model

ROUNDS = 2
EVEN_ODDS, REVIEW, BLOCK_LIMIT = 0.5, 0.1, 300

LIKELY_LINKS = """
select row_id as left_id, registry_row_id as right_id from linked
union
select row_id, registry_row_id from decision where match_probability > 0.1
"""
LIKELY_DUPLICATES = "select left_id, right_id from pair_score where bits > log2(0.1)"


def fitted(people: People) -> tuple[Score, float]:
    """The score after learning, and the CPU seconds of the last linkage alone."""
    model = load_model()
    for number in range(ROUNDS):
        model = _learned(_linked(people, model), f"public-{number}")
    began = process_time()
    matching = _linked(people, model)
    seconds = process_time() - began
    return scored(matching.con, LINKS if _has_reference(matching) else DUPLICATES), seconds


def _linked(people: People, model: Model) -> Matching:
    con = duckdb.connect()
    con.register("rows", people.rows)
    con.register("truth_rows", people.truth)
    con.execute("create temp table landed_person as from rows")
    con.execute("create temp table truth as from truth_rows")
    con.execute("create temp table answered_pair (left_id bigint, right_id bigint, answer varchar)")
    spell_names(con)
    limits = Thresholds(EVEN_ODDS, REVIEW, BLOCK_LIMIT, relatives=people.relatives, thorough=True)
    matching = Matching(con, model, limits)
    match_people(matching)
    return matching


def _learned(matching: Matching, version: str) -> Model:
    """The weights that the pairs thought likely teach."""
    pairs = LIKELY_LINKS if _has_reference(matching) else LIKELY_DUPLICATES
    matching.run(f"create or replace temp table likely_pair as {pairs}")
    return read_model(json.loads(json.dumps(train_model(matching, version).content)))


def _has_reference(matching: Matching) -> bool:
    return matching.count("(from person where is_reference)") > 0

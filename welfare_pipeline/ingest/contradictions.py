"""One question answered in two ways: by two copies of a worklist, or twice in one. Each such answer is a finding."""

import polars as pl

from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS
from welfare_pipeline.ingest.handed_out import FINDING, found

_SAME_QUESTION = {
    "eligibility_decisions": ("name", "nik", "family_card_number", "programme"),
    "review_answers": ("pair_id",),
}


def contradictions(accepted: pl.DataFrame, source: str, worklists: list[str]) -> pl.DataFrame:
    """The accepted answers that another one contradicts; of lists of decisions only those in worklists."""
    if source not in ANSWERS:
        return pl.DataFrame(schema=FINDING)
    asked = pl.lit(value=True) if source == "review_answers" else pl.col("source_file").is_in(worklists)
    answers = pl.col(ANSWERS[source]).n_unique().over(_SAME_QUESTION[source])
    rows = accepted.filter(asked & pl.col(ANSWERS[source]).is_not_null()).filter(answers > 1)
    return found(rows, DeliveryFinding.CONTRADICTING_ANSWERS, ANSWERS[source])

"""One question answered in two ways: by two copies of a worklist, or twice in one. Each such answer is a finding."""

import polars as pl

from welfare_pipeline.contracts.sources import AUDIT_ANSWERS
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS
from welfare_pipeline.ingest.field_checks import SAMPLE_ID
from welfare_pipeline.ingest.handed_out import ROW, found

_SAME_QUESTION = {
    "eligibility_decisions": ("name", "nik", "family_card_number", "programme"),
    "review_answers": ("pair_id",),
    AUDIT_ANSWERS.name: (SAMPLE_ID,),
}
_ANSWERS = ANSWERS | {AUDIT_ANSWERS.name: "finding"}


def answers_of(accepted: pl.DataFrame, source: str, worklists: list[str]) -> pl.DataFrame | None:
    """The accepted answers that another may contradict, and their questions; `None`: the source holds no answers.

    Of lists of decisions only those in worklists.
    """
    if source not in _ANSWERS:
        return None
    is_list = source == "eligibility_decisions"
    asked = pl.col("source_file").is_in(worklists) if is_list else pl.lit(value=True)
    rows = accepted.filter(asked & pl.col(_ANSWERS[source]).is_not_null())
    return rows.select(*ROW, *_SAME_QUESTION[source], _ANSWERS[source])


def contradictions(answers: pl.DataFrame, source: str) -> pl.DataFrame:
    """Those of a source's answers (`answers_of`) that another one contradicts."""
    different = pl.col(_ANSWERS[source]).n_unique().over(_SAME_QUESTION[source])
    return found(answers.filter(different > 1), DeliveryFinding.CONTRADICTING_ANSWERS, _ANSWERS[source])

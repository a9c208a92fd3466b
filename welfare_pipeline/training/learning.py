"""Learning the weights of the model from made-up people whose identity is known: what is shipped as `model.json`.

Two models are learned: for pairs of one family card, where everybody is related, and for all others. Splink does the
learning (`splink_model.py`); what strangers share by chance is counted (`strangers.py`).
"""

from dataclasses import dataclass
from math import log2
from typing import Any

import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.lake import Partition
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import COMPARISONS, LEAST_M, SIZES, comparisons_version, load_model, shipped_content
from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.linkage.stages import compare_candidates, normalised_people
from welfare_pipeline.training.bounds import bounded
from welfare_pipeline.training.splink_model import Probabilities, chart, learn, level_columns, rounded
from welfare_pipeline.training.strangers import COUNTED, number_birth_of_strangers

STRANGERS = 700  # rows of each side; all their pairs are strangers but a handful
LARGEST_WEIGHT = 22.0
LEAST_WEIGHT = -10.0  # made-up people are never as odd as real ones: nothing is held to be impossible
LEAST_U = 1e-9


@dataclass(frozen=True)
class Training:
    """A trained model as it is shipped, and the pairs it was learned from by half."""

    content: dict[str, Any]
    pairs: dict[str, int]

    def only(self, half: str) -> "Training":
        """This half (`population` or `family`) as learned, everything else as shipped."""
        shipped = shipped_content()
        halves = {name: shipped[name] | {half: self.content[name][half]} for name in ("weights", "probabilities")}
        return Training(shipped | {"version": self.content["version"]} | halves, {half: self.pairs[half]})

    def charts(self) -> dict[str, str]:
        """Splink's chart of the match weights by half of the model: web pages that need no network."""
        return {half: chart(self.content, half) for half in self.content["probabilities"]}


def train_on_partition(partition: Partition, truth: pl.DataFrame, policy: Policy, version: str) -> Training:
    """Learn from a landed district whose people are known.

    `truth`: one row per landed row: list, source_file, source_row, person (who it really is).
    """
    with partition.draft() as draft, draft.connect(threads=1) as con:  # sums come in one order
        matching = Matching(con, load_model(), Thresholds.of(policy))
        gather(matching)
        normalised_people(matching)
        con.register("truth", truth)
        matching.make_from("likely_pair", sql("likely_pairs", "training"))
        training = train_model(matching, version)
    training.content["weights"] = bounded(training.content["weights"])
    return training


def train_model(matching: Matching, version: str) -> Training:
    """Learn the weights from `person` and `likely_pair` (left_id, right_id), tables of the connection.

    The likely pairs are known to be one person each, or guessed; what they are, Splink finds out. `matching` must have
    been through the stage of normalised people, and its model stands where there is nothing to learn from.
    """
    has_reference = matching.count("(from person where is_reference)") > 0
    with matching.stage("training"):
        pairs = _gather_pairs(matching, has_reference=has_reference)
        shares = _usual_shares(matching)
        learned = {half: learn(_levels(matching, half)) for half in ("population", "family") if pairs[half]}
    counted = number_birth_of_strangers(matching, STRANGERS, has_reference=has_reference)
    for name in COUNTED:
        levels = learned["population"][name]
        learned["population"][name] = {code: (m, rounded(counted.get(code, u))) for code, (m, u) in levels.items()}
    content = {
        "version": version,
        "comparisons": comparisons_version(),
        "weights": {"family": matching.model.family} | {half: _weights(found) for half, found in learned.items()},
        **shares,
        "least_share": rounded(1 / max(matching.count("person"), 1)),
        "probabilities": learned,
    }
    return Training(content, pairs)


def _gather_pairs(matching: Matching, *, has_reference: bool) -> dict[str, int]:
    pairs = sql("training_pairs", "training")
    matching.make_from("candidate", pairs, strangers=STRANGERS, has_reference=has_reference)
    compare_candidates(matching)
    matching.make_from(
        "training_pair", "select row_number() over (order by left_id, right_id) as pair, * from pair_level"
    )
    family = matching.count("(from training_pair where family)")
    return {"population": matching.count("training_pair") - family, "family": family}


def _levels(matching: Matching, half: str) -> pl.DataFrame:
    query = f"select pair, {level_columns()} from training_pair where family = $family order by pair"  # noqa: S608
    return matching.con.execute(query, {"family": half == "family"}).pl()


def _weights(learned: Probabilities) -> dict[str, list[float]]:
    weights = {name: [0.0] * size for name, size in SIZES.items()}
    for comparison in COMPARISONS:
        for code, (m, u) in learned.get(comparison.name, {}).items():
            weights[comparison.weights][code] = _weight(m, u)
    return weights


def _weight(m: float, u: float) -> float:
    if m <= 0 and u <= 0:
        return 0.0
    weight = log2(max(m, LEAST_M) / max(u, LEAST_U))
    return round(max(LEAST_WEIGHT, min(LARGEST_WEIGHT, weight)), 2)


def _usual_shares(matching: Matching) -> dict[str, list[float]]:
    """By level, how common a shared name or word usually is between strangers: what the weights are based on."""
    rows = matching.con.execute(sql("usual_shares", "training"), {"most_strangers": STRANGERS // 2}).fetchall()
    found = {(field, level): float(share) for field, level, share in rows}
    return {
        f"{field}_share": [rounded(found.get((field, level), 0.001)) for level in range(SIZES[field])]
        for field in ("name", "mother")
    }

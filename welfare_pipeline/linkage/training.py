"""Learning the weights of the model with Splink, from made-up people whose identity is known.

Splink sees pairs whose comparison levels the run's own SQL has computed, so what is trained is exactly what is scored.
Two models are learned: for pairs of one family card, where everybody is related, and for all others.
"""

import logging
from dataclasses import dataclass
from math import log2
from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel
from splink.comparison_library import CustomComparison

from welfare_pipeline.linkage.matching import Matching
from welfare_pipeline.linkage.model import COMPARISONS, SIZES, Comparison

STRANGERS = 700  # rows of each side; all their pairs are strangers but a handful
NEAR_STRANGERS = 60_000  # registry persons among whom near numbers and equal birth dates are counted
LARGEST_WEIGHT = 22.0
LEAST_WEIGHT = -10.0  # made-up people are never as odd as real ones: nothing is held to be impossible


@dataclass(frozen=True)
class Training:
    """A trained model as it is shipped, and Splink's chart of its match weights as a web page."""

    content: dict[str, Any]
    charts: dict[str, Any]


def train_model(matching: Matching, version: str) -> Training:
    """Learn the weights from `person` and `likely_pair` (left_id, right_id), temporary tables of the connection.

    The likely pairs are known to be one person each, or guessed; what they are, Splink finds out. `matching` must have
    been through the stage of normalised people, and its model stands where there is nothing to learn from.
    """
    has_reference = matching.count("(from person where is_reference)") > 0
    matching.make("candidate", "training_pairs", strangers=STRANGERS, has_reference=has_reference)
    _levels(matching)
    matching.run(
        "create or replace temp table training_pair as"
        " select row_number() over (order by left_id, right_id) as pair, * from pair_level"
    )
    fixed = _number_birth_of_strangers(matching, has_reference=has_reference)
    family = _trained(matching, "family", {}) if matching.count("(from training_pair where family)") else None
    population = _trained(matching, "not family", fixed)
    content = {
        "version": version,
        "weights": {
            "population": _weights(population),
            "family": _weights(family) if family else matching.model.family,
        },
        "name_share": _shares(matching, "name"),
        "mother_share": _shares(matching, "mother"),
        "least_share": 1 / max(matching.count("person"), 1),
        "probabilities": {name: t.probabilities for name, t in (("population", population), ("family", family)) if t},
    }
    return Training(content, {"population": population.chart} | ({"family": family.chart} if family else {}))


def _levels(matching: Matching) -> None:
    matching.make("alike_names", "alike_names")
    matching.make("name_pair", "name_pairs")
    matching.make("pair_level", "pair_levels")


@dataclass(frozen=True)
class _Trained:
    """What Splink learned: by comparison and level, how often among pairs of one person (m) and of two (u)."""

    probabilities: dict[str, dict[int, tuple[float, float]]]
    chart: Any


def _trained(matching: Matching, stratum: str, counted: dict[int, float]) -> _Trained:
    pairs = duckdb.connect()
    columns = ", ".join(["pair as unique_id", "pair", *(f"{_code(c)} as {c.name}" for c in COMPARISONS)])
    seen = matching.con.sql(f"select {columns} from training_pair where {stratum}").pl()  # noqa: S608  words of ours
    numbers = matching.count("training_pair")
    frame = pl.concat([seen, _imagined(numbers)], how="diagonal_relaxed")
    pairs.register("frame", frame)
    pairs.execute("create table left_side as from frame; create table right_side as from frame")
    api = DuckDBAPI(connection=pairs)
    linker = Linker([api.register("left_side"), api.register("right_side")], _settings(), log_level=logging.ERROR)
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("pair"), fix_u_probabilities=False, fix_probability_two_random_records_match=False
    )
    learned = _probabilities(linker.misc.save_model_to_json())
    for name in COUNTED if counted else ():
        learned[name] = {code: (m, counted.get(code, u)) for code, (m, u) in learned[name].items()}
    return _Trained(learned, linker.visualisations.match_weights_chart())


def _code(comparison: Comparison) -> str:
    """The level's code in SQL, null where the comparison says nothing."""
    codes = ", ".join(str(code) for code, _ in comparison.levels)
    return f"(case when {comparison.sql} in ({codes}) then {comparison.sql} end)::integer"


def _imagined(after: int) -> pl.DataFrame:
    """For every level one pair that agrees in everything else, and one that differs: no level is impossible."""
    agreeing = {c.name: c.levels[0][0] for c in COMPARISONS}
    differing = {c.name: c.levels[-1][0] for c in COMPARISONS}
    rows = [{**others, c.name: code} for c in COMPARISONS for code, _ in c.levels for others in (agreeing, differing)]
    numbers = pl.int_range(pl.len()) + after + 1
    return pl.DataFrame(rows).with_columns(numbers.alias("unique_id"), numbers.alias("pair"))


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(c) for c in COMPARISONS],
        probability_two_random_records_match=0.05,
        em_convergence=0.0001,
        max_iterations=40,
    )


def _comparison(comparison: Comparison) -> CustomComparison:
    unknown = CustomLevel(f"{comparison.name}_l is null", label_for_charts="missing").configure(is_null_level=True)
    levels = [
        CustomLevel(f"{comparison.name}_l = {code}", label_for_charts=label).configure(**_start(comparison, code))
        for code, label in comparison.levels
    ]
    return CustomComparison([unknown, *levels], output_column_name=comparison.name)


def _start(comparison: Comparison, code: int) -> dict[str, Any]:
    """Where the search begins: the higher the level, the more it speaks for one person."""
    codes = [known for known, _ in comparison.levels]
    rank = 1 - codes.index(code) / len(codes)
    return {"m_probability": rank**3 / len(codes), "u_probability": (1.05 - rank) ** 3 / len(codes)}


def _probabilities(settings: dict[str, Any]) -> dict[str, dict[int, tuple[float, float]]]:
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                code = int(level["sql_condition"].rsplit("=", 1)[1])
                m, u = (level.get(key) for key in ("m_probability", "u_probability"))
                found.setdefault(comparison["output_column_name"], {})[code] = (_number(m), _number(u))
    return found


def _number(probability: object) -> float:
    return float(probability) if isinstance(probability, float | int) else 0.0


def _weights(trained: _Trained) -> dict[str, list[float]]:
    weights = {name: [0.0] * size for name, size in SIZES.items()}
    for comparison in COMPARISONS:
        for code, (m, u) in trained.probabilities.get(comparison.name, {}).items():
            weights[comparison.weights][code] = _weight(m, u)
    return weights


def _weight(m: float, u: float) -> float:
    if m <= 0 and u <= 0:
        return 0.0
    weight = log2(max(m, LEAST_M) / max(u, LEAST_U))
    return round(max(LEAST_WEIGHT, min(LARGEST_WEIGHT, weight)), 2)


COUNTED = ("number_birth", "number_birth_near", "number", "number_near")
LEAST_M = 1e-5  # rarer than the made-up people could show
LEAST_U = 1e-9


def _number_birth_of_strangers(matching: Matching, *, has_reference: bool) -> dict[int, float]:
    """How often each way of comparing NIK and birth date happens between strangers."""
    matching.run("create or replace temp table kept_level as from pair_level")
    matching.make("candidate", "near_strangers", people=NEAR_STRANGERS, has_reference=has_reference)
    matching.run(
        "create or replace temp table name_pair as select 0 as a, 0 as b, 0 as level, 0.0 as share where false"
    )
    matching.make("pair_level", "pair_levels")
    near = matching.con.execute(NEAR_SHARES, {"people": NEAR_STRANGERS, "has_reference": has_reference}).fetchall()
    far = dict(_rows(matching, FAR_STRANGERS))
    joint = {code: share for code, share in far.items() if not _is_rare(code)}
    joint |= {code: 0.0 for code in range(50) if _is_rare(code)} | {
        code: share for code, share in near if _is_rare(code)
    }
    numbers = {
        start + 5 * n: sum(joint.get(start + 5 * n + b, 0.0) for b in range(5))
        for n in range(1, 5)
        for start in (0, 25)
    }
    return joint | numbers


HALF_THE_NIK, SAME_BIRTH_DATE = 2, 3  # levels of pair_levels.sql


def _is_rare(code: int) -> bool:
    """Whether every such pair shares a birth date or half a NIK, and was therefore met among near strangers."""
    nik_level, birth_level = code % 25 // 5, code % 5
    return nik_level >= HALF_THE_NIK or birth_level >= SAME_BIRTH_DATE


NEAR_SHARES = """
with people as (
    select subdistrict, count(*) as n
    from (
        select subdistrict from person where is_reference or not $has_reference order by hash(row_id) limit $people
    )
    group by subdistrict
),

pairs as (
    select sum(n * (n - 1) / 2) filter (where subdistrict is not null) as near, sum(n) * (sum(n) - 1) / 2 as all_pairs
    from people
)

select
    is_near::integer * 25 + nik_level * 5 + birth_level,
    count(*) / any_value(case when is_near then pairs.near else pairs.all_pairs - pairs.near end)
from pair_level
cross join pairs
where not family
group by is_near, nik_level, birth_level
"""
FAR_STRANGERS = """
select
    is_near::integer * 25 + nik_level * 5 + birth_level,
    count(*) / sum(count(*)) over (partition by is_near)
from kept_level
where not family and nik_level > 0 and birth_level > 0
    and left_id in (select left_id from kept_level group by left_id having count(*) > 300)
group by is_near, nik_level, birth_level
"""


def _rows(matching: Matching, query: str) -> list[tuple[Any, ...]]:
    return matching.con.execute(query).fetchall()


def _shares(matching: Matching, field: str) -> list[float]:
    """By level, how common a shared name or word usually is between strangers: what the weights are based on."""
    query = f"""
    select {field}_level, exp(avg(ln({field}_share)))
    from training_pair
    where not family and {field}_level >= 2
        and left_id in (select left_id from training_pair group by left_id having count(*) > 300)
    group by {field}_level
    """  # noqa: S608  words of ours
    found = dict(_rows(matching, query))
    return [round(float(found.get(level, 0.001)), 7) for level in range(6)]

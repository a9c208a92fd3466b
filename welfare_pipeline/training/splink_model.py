"""The linkage model in Splink's words: Splink learns its probabilities, charts its weights and can score with it.

Splink sees pairs whose levels the run's own SQL has found (`pair_levels.sql`), so that what is trained is exactly what
is scored. A month is scored by `pair_scores.sql` with the same weights; benchmarks/linkage holds the two together.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel
from splink.comparison_library import CustomComparison

from welfare_pipeline.linkage.model import COMPARISONS, LEAST_M, SEVERAL_WORDS, WHOLE_NAMES, Comparison

Probabilities = dict[str, dict[int, tuple[float, float]]]
LevelSettings = Callable[[Comparison, int], dict[str, Any]]
NAMES = ("name", "mother")  # their levels weigh more the rarer the shared name or word is
SURE_DIGITS = 8
SHARED_NAME = 2  # the lowest level of names that have something in common


@dataclass(frozen=True)
class FixedModel:
    """One half of a model file (`population` or `family`) with what its weights mean."""

    weights: Mapping[str, list[float]]
    probabilities: Mapping[str, Mapping[Any, tuple[float, float]]]
    is_family: bool

    @classmethod
    def of(cls, content: Mapping[str, Any], stratum: str) -> "FixedModel":
        """That half of the file's content."""
        known = {name: {int(c): mu for c, mu in levels.items()} for name, levels in _learned(content, stratum).items()}
        return cls(content["weights"][stratum], known, stratum == "family")

    def level(self, comparison: Comparison, code: int) -> dict[str, Any]:
        """The level with its fixed weight: m as learned, u as the weight (bounded, rounded) says."""
        m, _ = self.probabilities.get(comparison.name, {}).get(code, (0.0, 0.0))
        m = min(max(m, LEAST_M), 1.0)
        bits = self.weights[comparison.weights][code] if comparison.within_family or not self.is_family else 0.0
        fixed: dict[str, Any] = {"m_probability": m, "u_probability": m / 2**bits}
        if not self.is_family and comparison.name in NAMES and code >= SHARED_NAME:
            fixed |= {"tf_adjustment_column": f"{comparison.name}_pair", "disable_tf_exact_match_detection": True}
        return fixed


def _learned(content: Mapping[str, Any], stratum: str) -> Mapping[str, Any]:
    """The probabilities learned for that half; none if it was taken over from an older model."""
    learned: Mapping[str, Any] = content["probabilities"].get(stratum, {})
    return learned


def learn(levels: pl.DataFrame) -> Probabilities:
    """By comparison and level, how often among pairs of one person (m) and of two (u): Splink's EM over the pairs.

    `levels`: a `pair` and the code of each comparison (empty where it says nothing), as `level_columns` gives them.
    """
    frame = pl.concat([levels, _imagined(int(levels.select(pl.max("pair")).item() or 0))], how="diagonal_relaxed")
    one_thread = duckdb.connect(config={"threads": 1})  # sums come in one order, and the same pairs teach the same
    linker = _linker(frame, _start, 0.05, one_thread)
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("pair"), fix_u_probabilities=False, fix_probability_two_random_records_match=False
    )
    return _probabilities(linker.misc.save_model_to_json())


def chart(content: Mapping[str, Any], stratum: str) -> str:
    """Splink's chart of the weights as they are shipped: a web page that needs no network."""
    return (
        _linker(_imagined(0), FixedModel.of(content, stratum).level, 0.05)
        .visualisations.match_weights_chart()
        .to_html(inline=True)
    )


def score(levels: pl.DataFrame, content: Mapping[str, Any], stratum: str) -> pl.DataFrame:
    """Every pair's weight in bits by Splink with the fixed model, without the prior: pair, match_weight.

    `levels`: as for `learn`, and for `population` also name_share and mother_share.
    """
    fixed = FixedModel.of(content, stratum)
    con = duckdb.connect()
    linker = _linker(_with_pairs(levels), fixed.level, 0.5, con)
    if not fixed.is_family:
        for name in NAMES:
            _register_shares(linker, con, levels, content, fixed, name)
    return linker.inference.predict().as_duckdbpyrelation().pl().select(pair="pair_l", match_weight="match_weight")


def level_columns() -> str:
    """The columns of `pair_level` that hold the codes of the comparisons, empty where one says nothing."""
    return ", ".join(f"{_code(c)} as {c.name}" for c in COMPARISONS)


def _code(comparison: Comparison) -> str:
    codes = ", ".join(str(code) for code, _ in comparison.levels)
    return f"(case when {comparison.sql} in ({codes}) then {comparison.sql} end)::integer"


def _linker(
    frame: pl.DataFrame, level: LevelSettings, prior: float, con: duckdb.DuckDBPyConnection | None = None
) -> Linker:
    con = con or duckdb.connect()
    con.register("frame", frame.with_columns(unique_id="pair"))
    con.execute("create table left_side as from frame; create table right_side as from frame")
    api = DuckDBAPI(connection=con)
    return Linker(
        [api.register("left_side"), api.register("right_side")], _settings(level, prior), log_level=logging.ERROR
    )


def _settings(level: LevelSettings, prior: float) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(c, level) for c in COMPARISONS],
        blocking_rules_to_generate_predictions=[block_on("pair")],
        probability_two_random_records_match=prior,
        em_convergence=0.0001,
        max_iterations=40,
        additional_columns_to_retain=["pair"],
    )


def _comparison(comparison: Comparison, level: LevelSettings) -> CustomComparison:
    unknown = CustomLevel(f"{comparison.name}_l is null", label_for_charts="missing").configure(is_null_level=True)
    levels = [
        CustomLevel(f"{comparison.name}_l = {code}", label_for_charts=label).configure(**level(comparison, code))
        for code, label in comparison.levels
    ]
    return CustomComparison([unknown, *levels], output_column_name=comparison.name)


def _start(comparison: Comparison, code: int) -> dict[str, Any]:
    """Where the search begins: the higher the level, the more it speaks for one person."""
    codes = [known for known, _ in comparison.levels]
    rank = 1 - codes.index(code) / len(codes)
    return {"m_probability": rank**3 / len(codes), "u_probability": (1.05 - rank) ** 3 / len(codes)}


def _imagined(after: int) -> pl.DataFrame:
    """For every level one pair that agrees in everything else, and one that differs: no level is impossible."""
    agreeing = {c.name: c.levels[0][0] for c in COMPARISONS}
    differing = {c.name: c.levels[-1][0] for c in COMPARISONS}
    rows = [{**others, c.name: code} for c in COMPARISONS for code, _ in c.levels for others in (agreeing, differing)]
    return pl.DataFrame(rows).with_columns(pair=pl.int_range(pl.len()) + after + 1)


def _probabilities(settings: dict[str, Any]) -> Probabilities:
    found: Probabilities = {}
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                code = int(level["sql_condition"].rsplit("=", 1)[1])
                m, u = (level.get(key) for key in ("m_probability", "u_probability"))
                found.setdefault(comparison["output_column_name"], {})[code] = (_number(m), _number(u))
    return found


def _number(probability: object) -> float:
    return rounded(float(probability)) if isinstance(probability, float | int) else 0.0


def rounded(number: float) -> float:
    """The number to as many digits as are sure, in whatever order it was summed up."""
    return float(f"{number:.{SURE_DIGITS}g}")


def _with_pairs(levels: pl.DataFrame) -> pl.DataFrame:
    return levels.with_columns(pl.col("pair").alias(f"{name}_pair") for name in NAMES)


def _register_shares(  # noqa: PLR0913, PLR0917  what Splink is told about one name's frequencies
    linker: Linker,
    con: duckdb.DuckDBPyConnection,
    levels: pl.DataFrame,
    content: Mapping[str, Any],
    fixed: FixedModel,
    name: str,
) -> None:
    """Tell Splink how common each pair's shared name is, against what is usual at its level.

    Splink compares a frequency with the level's own u; the model with the usual share at that level. So each share is
    told as that many times the u.
    """
    comparison = next(c for c in COMPARISONS if c.name == name)
    usual = {code: float(content[f"{name}_share"][code]) for code, _ in comparison.levels}
    u = {code: fixed.level(comparison, code)["u_probability"] for code in usual}
    least = float(content["least_share"])
    least_share = pl.when(pl.col(name) >= WHOLE_NAMES).then(least).otherwise(least / SEVERAL_WORDS[name])
    share = pl.max_horizontal(f"{name}_share", least_share)
    told = share / pl.col(name).replace_strict(usual, default=None) * pl.col(name).replace_strict(u, default=None)
    shares = levels.filter(pl.col(name) >= SHARED_NAME).select(
        pl.col("pair").alias(f"{name}_pair"), told.alias(f"tf_{name}_pair")
    )
    con.register(f"{name}_shares", shares)
    api = DuckDBAPI(connection=con)
    linker.table_management.register_term_frequency_lookup(api.register(f"{name}_shares"), f"{name}_pair")

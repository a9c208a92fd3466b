"""How often strangers' NIKs and birth dates agree by chance: counted, as no sample of pairs is large enough to meet it.

Among near strangers every pair that shares a birth date or half a NIK is counted; the common ways to differ come from
a sample of pairs.
"""

from typing import Any

from welfare_pipeline.linkage.matching import Matching
from welfare_pipeline.linkage.queries import sql

NEAR_STRANGERS = 60_000  # registry persons among whom near numbers and equal birth dates are counted
COUNTED = ("number_birth", "number_birth_near", "number", "number_near")
HALF_THE_NIK, SAME_BIRTH_DATE = 2, 3  # levels of pair_levels.sql
CODES = 50


def number_birth_of_strangers(matching: Matching, strangers: int, *, has_reference: bool) -> dict[int, float]:
    """By code of NIK and birth date, how often strangers agree so.

    Needs `training.pair_level`, a sample in which `strangers` rows of each side were all compared.
    """
    values: dict[str, Any] = {"people": NEAR_STRANGERS, "has_reference": has_reference}
    with matching.stage("near_strangers"):
        matching.make_from("candidate", sql("near_strangers", "training"), **values)
        matching.run("create table name_pair (a integer, b integer, level integer, share double)")  # names say nothing
        matching.make("pair_level", "pair_levels")
        near = dict(_rows(matching, "near_pair_shares", values))
    far = dict(_rows(matching, "random_pair_shares", {"most_strangers": strangers // 2}))
    joint = {code: (near if _is_rare(code) else far).get(code, 0.0) for code in range(CODES)}
    return {code: share for code, share in joint.items() if share or _is_rare(code)} | _by_number(joint)


def _by_number(joint: dict[int, float]) -> dict[int, float]:
    """The same for the NIK alone: over all ways the birth dates compare."""
    return {
        start + 5 * number: sum(joint[start + 5 * number + birth] for birth in range(5))
        for number in range(1, 5)
        for start in (0, 25)
    }


def _is_rare(code: int) -> bool:
    """Whether every such pair shares a birth date or half a NIK, and was therefore met among near strangers."""
    nik_level, birth_level = code % 25 // 5, code % 5
    return nik_level >= HALF_THE_NIK or birth_level >= SAME_BIRTH_DATE


def _rows(matching: Matching, file: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    return matching.con.execute(sql(file, "training"), values).fetchall()

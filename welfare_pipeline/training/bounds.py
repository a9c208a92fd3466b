"""Upper bounds of the match weights that are learned from made-up people, who are less odd than real ones.

Without these bounds the model that the sample teaches made half as many false links again on people of another
generator (benchmarks/README.md): it had met neither namesakes with neighbouring numbers nor siblings often enough.
"""

from collections.abc import Mapping

NEARLY_EQUAL = 11.0  # bits: numbers that are not equal, or a birth date without one, prove no more ...
AND_BORN = 1.0  # ... but for those a digit apart beside an equal birth date
BORN_NEAR = 10.0  # bits: a birth date alone, within a sub-district
SAME_DAY = 7.0  # bits: two numbers of one day and sub-district may be two namesakes'
SIBLINGS = 2.0  # bits: a mother's name is shared by the children of a family, and these are usually four
BIRTH_LEVELS, CODES = 5, 25  # of number_birth: a code is 5 * level of the NIK + level of the birth date, near ones + 25
MISSING, DIFFERENT, SAME_DAY_NIK, NEAR_NIK, EQUAL = range(5)


def bounded(weights: Mapping[str, Mapping[str, list[float]]]) -> dict[str, dict[str, list[float]]]:
    """The same weights by half and list, none of them above its bound."""
    halves = {half: {**lists, "number_birth": _ordered(lists["number_birth"])} for half, lists in weights.items()}
    halves["family"]["mother"] = [min(weight, SIBLINGS) for weight in halves["family"]["mother"]]
    return halves


def _ordered(weights: list[float]) -> list[float]:
    """The weights of NIK and birth date: no agreement above a stronger one, two faults no less than one."""
    ordered = list(weights)
    for code in reversed(range(len(weights))):
        nik_level, birth_level = divmod(code % CODES, BIRTH_LEVELS)
        if nik_level < EQUAL:
            ordered[code] = min(ordered[code], _most(code >= CODES, nik_level, birth_level))
        if nik_level and birth_level:
            later = [code + 1] if birth_level < EQUAL else []
            clearer = [code + BIRTH_LEVELS] if nik_level < EQUAL else []
            ordered[code] = min(ordered[other] for other in (code, *later, *clearer))
    for start in (0, CODES):
        both = start + DIFFERENT * BIRTH_LEVELS + DIFFERENT
        ordered[both] = min(ordered[both], ordered[start + DIFFERENT])
    numbers = DIFFERENT * BIRTH_LEVELS  # which differ near each other, too
    ordered[CODES + numbers] = min(ordered[CODES + numbers], ordered[numbers])
    return ordered


def _most(is_near: bool, nik_level: int, birth_level: int) -> float:  # noqa: FBT001  as the code has it
    if is_near and nik_level in {MISSING, SAME_DAY_NIK}:
        return BORN_NEAR if nik_level == MISSING else SAME_DAY
    return NEARLY_EQUAL + (AND_BORN if nik_level == NEAR_NIK and birth_level == EQUAL else 0.0)

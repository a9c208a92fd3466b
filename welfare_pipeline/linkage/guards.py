"""The guards: what is known of people and lists that weights cannot say. A file each in `sql/guards`, with its story.

The second last line of a header says what the guard does (`GuardEffect`), the last one names a case that needs it. Of
several the first in the order of `Guard` speaks. A new guard is its file and its name in `Guard`.
"""

import re
from collections.abc import Collection
from functools import cache

from welfare_pipeline.contracts.vocabulary import Guard, GuardEffect
from welfare_pipeline.linkage.queries import sql

OF_ROWS = (Guard.COMPETING_CLAIM, Guard.NAME_ONLY)  # about rows, at a stage of their own; all others are about pairs
OF_PAIRS = tuple(guard for guard in Guard if guard not in OF_ROWS)


@cache
def effect(guard: Guard) -> GuardEffect:
    """What the guard does, as its file says.

    Raises:
        ValueError: the file does not say it.

    """
    told = re.search(r"^-- Effect: (\w+)$", sql(guard), re.MULTILINE)
    return GuardEffect(told.group(1) if told else "")


def pair_guards(without: Collection[Guard] = ()) -> str:
    """The query of pairs of `weighed_pair` and guards that hold: left_id, right_id, guard, precedence, effect."""
    places = {guard: place for place, guard in enumerate(Guard)}
    return " union all ".join(
        f"select left_id, right_id, '{guard}' as guard, {places[guard]} as precedence, '{effect(guard)}' as effect"  # noqa: S608  names of the vocabulary
        f" from ({sql(guard)})"
        for guard in OF_PAIRS
        if guard not in without
    )

"""The comparisons as `comparisons.toml` declares them: what the levels are called, and the SQL that finds them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Field:
    """The levels of one field in words, and which one it is: level and condition, tried in order."""

    levels: tuple[str, ...]
    cases: tuple[tuple[int, str], ...]
    otherwise: int

    def sql(self) -> str:
        """The level as SQL."""
        return f"case {' '.join(f'when {when} then {level}' for level, when in self.cases)} else {self.otherwise} end"


@cache
def fields() -> dict[str, Field]:
    """Every comparison by the name of its field."""
    told = tomllib.loads(files("welfare_pipeline.linkage").joinpath("comparisons.toml").read_text("utf-8"))
    return {
        name: Field(tuple(field["levels"]), tuple(map(tuple, field["cases"])), field["otherwise"])
        for name, field in told.items()
    }


def with_levels(query: str) -> str:
    """The query with the SQL of its comparisons in place of their names: `{nik}`."""
    return re.sub(r"\{(\w+)\}", lambda name: fields()[name[1]].sql(), query)

"""Tests of one module that share one reconciled (or linked) month, each with rows of its own in it.

To decide a month takes as long for three people as for three hundred, and a module has fifty tests. Such a test lands
its rows, stops with `yield` until the month is decided, and then looks at its rows (`test_reasons.py` in
`tests/unit/reconcile` begins with one). Its people, numbers, cards, villages and files are those of no other test: they
are marked, and the mark is taken off what it reads, so it sees its own rows alone. A test that counts a whole district,
or needs a list not to land, has a month of its own: it calls `month.reconcile()`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest

from tests.scenario import Month
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake.sql_text import tables_read

Story = Iterator[None]  # what a story is when called: it stops where the month is decided
SUB_DISTRICT = "012"  # of the stories' villages
OWN = {"family_card_number", "nik", "village_code", "member_id", "household_key"}  # values that no two stories share
FIRST = 20  # two digits stand for a story, and never the 12 of SUB_DISTRICT


def together(story: Callable[..., Story]) -> Callable[..., None]:
    """The test that a story is: its month is decided with those of the module's other stories."""

    @wraps(story)
    def test(**fixtures: object) -> None:
        next(fixture for fixture in fixtures.values() if isinstance(fixture, Corner)).look()

    test.story = story  # type: ignore[attr-defined]
    return test


@dataclass
class Corner:
    """Where a story is told: its own part of what is decided for all."""

    number: int
    told: Story = field(default_factory=lambda: iter(()))
    failure: Exception | None = None

    def tell(self, story: Callable[..., Story], /, **given: object) -> None:
        """Land the rows of the story."""
        self.told = story(**given)
        self.go_on()

    def go_on(self) -> None:
        """Look at what was decided, and land the rows of the next month if the story has one."""
        try:
            next(self.told, None)
        except Exception as failure:  # noqa: BLE001  it is this story's, and told there
            self.failure = failure

    def look(self) -> None:
        """Look at what was decided, as the story says."""
        if self.failure:
            raise self.failure
        assert next(self.told, "the end") == "the end", "a story is decided once"


def stories(module: pytest.Module, items: Iterable[pytest.Item]) -> Iterator[tuple[str, Callable[..., Story], Any]]:
    """The id, the story and the parameters of each test of the module that is told together with others."""
    for item in items:
        if isinstance(item, pytest.Function) and item.getparent(pytest.Module) is module and is_told(item):
            yield item.nodeid, item.function.story, item.callspec.params if hasattr(item, "callspec") else {}


def is_told(item: pytest.Item) -> bool:
    """Whether the test is a story that is told together with others."""
    return isinstance(item, pytest.Function) and hasattr(item.function, "story")


@dataclass
class MonthCorner(Corner):
    """One story's part of a month that is reconciled."""

    whole: Month = field(kw_only=True)
    landed: dict[str, int] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Stands on whatever is of this story."""
        return f"·{self.number}"

    def lists(self, source: str, who: str | None = None, band: str | None = None, **values: Any) -> None:
        """Land one row, as `Month.lists` does."""
        self.landed[source] = row = self.landed.get(source, 0) + 1
        columns = {column.name for column in self.whole.policy.sources[source].columns}
        given = {"source_file": f"{source}{self.mark}.csv", "source_row": row} | values
        if "name" in columns:
            given.setdefault("name", who)
        if "village_code" in columns and source not in {"population", "village_meetings"}:
            given.setdefault("village_code", f"1401{SUB_DISTRICT}001")
        own = {name: self._own(name, value) for name, value in given.items() if name in OWN}
        self.whole.lists(source, who and who + self.mark, band, **(given | own))

    def _own(self, column: str, value: Any) -> Any:
        if not value:
            return value
        if column == "village_code":
            return f"{value[:4]}{self.number:03d}{value[7:]}"
        if re.fullmatch(r"140101\d{10}", value):
            return f"1401{self.number}{value[6:]}"
        return value + self.mark

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """The story's rows of a query over what was decided."""
        read = tables_read(query) & TABLE_BY_NAME.keys()
        with self.whole.partition.connect(threads=1, tables=read) as con:
            for table in read:
                [(nobodys,)] = con.sql(f'select count(*) from "{table}" where {_is_of_no_story(table)}').fetchall()
                assert nobodys == 0, f"{table} has rows of no story, which would be missed: give it a month of its own"
                con.execute(f'create temp view "{table}" as from memory.main."{table}" where {self._is_of_it(table)}')
            return [tuple(self._plain(value) for value in row) for row in con.sql(query).fetchall()]

    def _is_of_it(self, table: str) -> str:
        columns = TABLE_BY_NAME[table].column_types()
        if "source_file" in columns:
            return f"source_file like '%{self.mark}.csv'"
        return f"village_code like '1401{self.number:03d}%'"

    def _plain(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._plain(part) for part in value]
        if isinstance(value, dict):
            return {name: self._plain(part) for name, part in value.items()}
        if not isinstance(value, str):
            return value
        plain = value.replace(self.mark, "")
        plain = re.sub(rf"\b1401{self.number}(\d{{10}})\b", r"140101\1", plain)
        return re.sub(rf"\b1401{self.number:03d}(\d{{3}})\b", rf"1401{SUB_DISTRICT}\1", plain)

    reasons = Month.reasons
    outcomes = Month.outcomes


def _is_of_no_story(table: str) -> str:
    if "source_file" in TABLE_BY_NAME[table].column_types():
        return "source_file is null or source_file not like '%·%'"
    return f"village_code is null or village_code like '1401{SUB_DISTRICT}%'"

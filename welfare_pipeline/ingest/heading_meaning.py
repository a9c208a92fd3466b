"""Which column of a list the headings over a column of the file mean. The words stand in `contracts/sources.py`."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from welfare_pipeline.contracts.column import Kind, Source, SourceColumn
from welfare_pipeline.contracts.sources import TOTALS
from welfare_pipeline.ingest.heading_paths import Path

Claims = dict[str, tuple[int, ...]]  # column of the list -> positions in the file that mean it

_COUNTS = (Kind.INTEGER, Kind.MONEY)
_UNIT = re.compile(r"(.+?)\s*[(\[](.+)[)\]]\s*")
_RUPIAH = frozenset(["rp", "rupiah", "idr"])


@lru_cache(maxsize=4_096)
def normalised(text: str) -> str:
    """Lower-case letters and digits only: how headers are compared."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True)
class Vocabulary:
    """The words of one list's headings."""

    source: Source

    @cached_property
    def _columns(self) -> dict[str, SourceColumn]:
        return {key: c for c in self.source.columns for key in map(normalised, (c.name, *c.aliases))}

    @cached_property
    def _totals(self) -> frozenset[str]:
        return frozenset(map(normalised, TOTALS))

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Columns that are named by a word which says nothing without the heading above: L, P, LK, PR."""
        return frozenset(name for column in self.source.columns for name in column.parts)

    def _key(self, text: str) -> str:
        """How a heading is looked up: without its unit, as in `JUMLAH (L+P)`, `Laki-laki (L)` and `Nominal (Rp)`."""
        whole, unit = normalised(text), _UNIT.fullmatch(text)
        if unit is None or whole in self._columns:
            return whole
        outer, inner = normalised(unit[1]), normalised(unit[2])
        column = self._columns.get(outer)
        says_no_more = inner in self._totals | _RUPIAH or (column is not None and column is self._columns.get(inner))
        return outer if says_no_more else whole

    def is_known(self, path: Path) -> bool:
        """Whether the path names a column, or a part of what is above it that no column is for."""
        if self._meaning(path) is not None:
            return True
        leaf, above = self._key(path[-1]), self._columns.get(self._key(path[-2])) if path[1:] else None
        spelt = above.codes.values.items() if above is not None and above.codes else ()
        return leaf in {normalised(word) for code, words in spelt for word in (code, *words)}

    def is_sure(self, paths: Sequence[Path]) -> bool:
        """Whether one heading over several columns is a word of the list that says what some of them mean."""
        over = Counter(path[:-1] for path in paths)
        shared = (path for path in paths if path[1:] and over[path[:-1]] > 1)
        return any(meaning is not None and meaning[1] for meaning in map(self._meaning, shared))

    def claims(self, paths: Sequence[Path]) -> Claims:
        """The positions that mean each column. A heading that stands by itself is believed before one below others."""
        sure: Claims = {}
        likely: Claims = {}
        for i, path in enumerate(paths):
            meaning = self._meaning(path)
            if meaning is not None:
                name, is_sure = meaning
                claims = sure if is_sure else likely
                claims[name] = (*claims.get(name, ()), i)
        found = likely | sure
        return found | self._rests(paths, found) | self._stand_ins(paths, found)

    def _meaning(self, path: Path) -> tuple[str, bool] | None:
        """The column that the path means, and whether that is sure."""
        if not path:
            return None
        *over, own = map(self._key, path)
        column = self._columns.get(own)
        for above in reversed(over):
            joined = self._columns.get(own + above) or self._columns.get(above + own)
            if joined is not None:
                return joined.name, True
            parent = self._columns.get(above)
            if parent is not None:
                return self._below(parent, own, column)
        return None if column is None else (column.name, not over)

    def _below(self, parent: SourceColumn, own: str, column: SourceColumn | None) -> tuple[str, bool] | None:
        """What a word means below the heading of a column: its total, a named part of it, or something of its own."""
        if column is not None and column.name in parent.parts:
            return column.name, True
        if parent.kind in _COUNTS and own in self._totals:
            return parent.name, True
        if (
            column is None
            or own in self._totals
            or column.name in self._parts
            or self._is_another_place(parent, column)
        ):
            return None
        return column.name, False

    @staticmethod
    def _is_another_place(parent: SourceColumn, column: SourceColumn) -> bool:
        """The code of a sub-district is no code of a village."""
        return column.kind is Kind.VILLAGE_CODE and parent.kind is Kind.NAME

    def _rests(self, paths: Sequence[Path], found: Claims) -> Claims:
        """The one part without a meaning is what stands above itself: JALAN, beside RT and RW below ALAMAT."""
        claimed = {i for where in found.values() for i in where}
        open_below: Claims = {}
        for i, path in enumerate(paths):
            parent = self._columns.get(self._key(path[-2])) if len(path) > 1 and i not in claimed else None
            if parent is not None and parent.kind is Kind.TEXT and parent.name not in found:
                open_below[parent.name] = (*open_below.get(parent.name, ()), i)
        return {name: where for name, where in open_below.items() if len(where) == 1}

    def _stand_ins(self, paths: Sequence[Path], found: Claims) -> Claims:
        """Headers of several meanings, for the one column that has no header of its own."""
        keys = [normalised(path[-1]) if path else "" for path in paths]
        claims: list[tuple[str, tuple[int, ...]]] = []
        for column in self.source.columns:
            words = set(map(normalised, column.stand_ins)) if column.name not in found else set()
            where = tuple(i for i, key in enumerate(keys) if key in words)
            claims += [(column.name, where)] if where else []
        return dict(claims) if len(claims) == 1 else {}


_KNOWN: dict[str, Vocabulary] = {}


def vocabulary_of(source: Source) -> Vocabulary:
    """The words of the source's headings, put in order once."""
    known = _KNOWN.get(source.name)
    if known is None or known.source is not source:
        known = _KNOWN[source.name] = Vocabulary(source)
    return known

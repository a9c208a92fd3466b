"""A published database is brought up to date: the months that changed are written again, or all of them if need be.

Built in a file of its own, which takes the former one's place (`replacing.py`). A file is built from nothing where
nobody knows what the former one holds, something was taken away on purpose, or it would grow.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import duckdb

from welfare_pipeline.lake import DataRoot, Snapshot, digest_of_texts
from welfare_pipeline.publish.database import Database, analysts_database, district_database
from welfare_pipeline.publish.held import Content, Held, held_by, held_by_what_is_read, note_held
from welfare_pipeline.publish.keeping import former_with, published_months
from welfare_pipeline.publish.months import Month, Names, months_of, unusable
from welfare_pipeline.publish.replacing import PublishError, copied, replacing
from welfare_pipeline.publish.whole_names import WholeNames, read_whole_names
from welfare_pipeline.publish.writing import check_whole, replace_months, write_anew

MANY = 2  # months that changed, of all: every second
_LOG = logging.getLogger(__name__)


def publish_analysts(root: DataRoot, *, from_nothing: bool = False) -> Path:
    """Bring `published/welfare.duckdb` up to date: every period and district of the lake, no identity column.

    Months whose files in the lake are damaged or gone stay as the former database has them. Returns its path.

    Raises:
        PublishError: it could not be built; the former file stands.

    """
    return _publish(root, analysts_database(root), from_nothing=from_nothing)


def publish_district(root: DataRoot, district: str, *, from_nothing: bool = False, nameless_before: str = "") -> Path:
    """Bring `published/districts/<district>.duckdb` up to date: that district only, every period, identities included.

    Months whose files in the lake are damaged or gone stay as the former database has them; without identities, if they
    are `nameless_before`: then it is built from nothing, so that no trace of them is left. Returns its path; only the
    owner may read it.

    Raises:
        PublishError: it could not be built; the former file stands.

    """
    database = district_database(root, district)
    return _publish(root, database, from_nothing=from_nothing, nameless_before=nameless_before)


def publish_standings(root: DataRoot) -> list[Path]:
    """Bring the districts' own databases up to date in which a month stands otherwise than is noted of it now.

    What is done in one district may make another's month older than what it rests on. Returns the paths; a database
    that cannot be built stays as it is, which is logged.
    """
    names = [PurePosixPath(name) for name in root.published_names("districts") if name.endswith(".duckdb")]
    published = []
    for district in sorted(name.stem for name in names):
        database = district_database(root, district)
        held = held_by_what_is_read(root, database)
        if held and held.standing != database.standing():
            try:
                published.append(publish_district(root, district))
            except PublishError as error:
                _LOG.warning("How the months of %s stand is not published: %s", district, error)
    return published


def months_behind(root: DataRoot) -> dict[str, str]:
    """The months that `published/welfare.duckdb` does not hold as the lake has them, with a digest of what they lack.

    Of a file of which nobody knows what it holds, the last month only: it is built from nothing with any.
    """
    months = months_of(root.partitions(), root.newest_deliveries())
    held = held_by_what_is_read(root, analysts_database(root))
    wanted = Wanted(months, WholeNames(), frozenset())
    shown = held.months if held else {}
    behind = [
        (month.name, wanted.content(month), shown.get(month.name))
        for month in months
        if wanted.content(month) != shown.get(month.name)
    ]
    periods = {name[0] for name, *_ in behind} if held else {name[0] for name, *_ in behind[-1:]}
    return {period: digest_of_texts(repr(of) for of in behind if of[0][0] == period) for period in periods}


def district_lacks(root: DataRoot, period: str, district: str) -> str:
    """A digest of what the district's own database lacks of a month that everybody reads; empty: nothing."""
    newest, published = root.partition(period, district), root.published_partition(period, district)
    if not published.has_any():
        return ""
    (month,) = months_of([published], [newest])
    wanted = Wanted([month], WholeNames(), frozenset()).content(month)
    held = held_by_what_is_read(root, district_database(root, district))
    shown = held.months.get(month.name) if held else None
    if shown and (shown.decided, shown.delivered) == (wanted.decided, wanted.delivered):
        return ""
    return digest_of_texts([repr(wanted), repr(shown)])


@dataclass(frozen=True)
class Wanted:
    """What a database is to hold: the months of the lake, with the version of each, and those lost in it."""

    months: Sequence[Month]
    names: WholeNames
    lost: Names

    def content(self, month: Month) -> Content:
        """What the month's rows are made of."""
        decided = month.decided.version if month.decided else ""
        return Content(decided, month.delivery.version, self.names.digest(month))

    def takes_away(self, held: Held) -> bool:
        """Whether something is held that was taken out of the lake on purpose."""
        now = {month.name: self.content(month) for month in self.months}
        wanted = {name: now.get(name, Content()) for name in held.months.keys() - self.lost}
        return any(name not in now or (held.months[name].decided and not of.decided) for name, of in wanted.items())


def _publish(root: DataRoot, database: Database, *, from_nothing: bool, nameless_before: str = "") -> Path:
    return root.putting(
        database.path, lambda: _made(root, database, from_nothing=from_nothing, nameless_before=nameless_before)
    )


def _made(root: DataRoot, database: Database, *, from_nothing: bool, nameless_before: str) -> Path:
    target = database.path
    with (
        root.alone(target.name),
        replacing(target, private=database.private) as draft,
        root.snapshot(target.stem, database.district) as lake,
    ):
        wanted = _wanted(database, lake)
        held = None if from_nothing or nameless_before else held_by(root, database)
        now = held and _with_changes(draft, database, wanted, held)
        now = now or _from_nothing(draft, database, wanted, nameless_before)
        if draft.exists():
            note_held(root, database, draft, now)
    return target


def _wanted(database: Database, lake: Snapshot) -> Wanted:
    months = months_of(lake, lake.newest_deliveries())
    names = read_whole_names(months) if database.private else WholeNames()
    return Wanted(months, names, frozenset(damage.where for damage in lake.lost()))


def _with_changes(draft: Path, database: Database, wanted: Wanted, held: Held) -> Held | None:
    """Copy the present file and write again what changed, if anything did; `None`: it has to be built from nothing."""
    if wanted.takes_away(held):
        return None  # a file keeps traces of what was deleted in it
    changed = [month for month in wanted.months if wanted.content(month) != held.months.get(month.name)]
    damaged = unusable(changed, database.tables, frozenset(held.months))
    sound = [month for month in changed if month.name not in damaged]
    if not sound and held.standing == database.standing():
        return held
    if len(sound) * MANY >= len(wanted.months):
        return None  # no dearer, and the file is as small as can be
    try:
        copied(database.path, draft)
        counts = replace_months(draft, database, sound, wanted.names, held)
        check_whole(draft, database, counts)
    except (OSError, duckdb.Error, PublishError) as error:  # it is damaged; what else is wrong will be met again
        _LOG.warning("%s cannot be changed (%s): it is built from nothing.", database.path.name, type(error).__name__)
        draft.unlink(missing_ok=True)
        return None
    if held.is_outgrown_by(draft.stat().st_size, sum(counts.values())):
        draft.unlink()
        return None
    now = held.months | {month.name: wanted.content(month) for month in sound}
    return replace(held, months=now, standing=database.standing())


def _from_nothing(draft: Path, database: Database, wanted: Wanted, nameless_before: str) -> Held:
    shown = published_months(database.path, private=database.private)
    kept = wanted.lost | unusable(wanted.months, database.tables, shown)
    sound = [month for month in wanted.months if month.name not in kept]
    former = former_with(database, kept, nameless_before)
    counts = write_anew(draft, database, sound, wanted.names, former)
    check_whole(draft, database, counts)
    months = {month.name: wanted.content(month) for month in sound} | (dict.fromkeys(kept, Content()) if former else {})
    return Held(months, draft.stat().st_size, sum(counts.values()), database.standing())

"""A village's letters as one page: a sheet of A4 a family. Linked from no page; only the owner may read them."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, StrictUndefined, Template

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import PERSON_ROWS
from welfare_pipeline.contracts.words import MONTHS, Language, month_words
from welfare_pipeline.contracts.worklists import WITHOUT_VILLAGE
from welfare_pipeline.lake import (
    PRIVATE_FILE,
    DataRoot,
    Partition,
    make_private,
    make_words,
    see_person_rows,
    write_whole,
)
from welfare_pipeline.publish.letters.kinds import make_letter_words
from welfare_pipeline.publish.replacing import PublishError

_ROOM = files("welfare_pipeline.publish.letters")
_Letters = Mapping[str | None, Sequence[Mapping[str, Any]]]


class UnknownVillageError(PublishError):
    """The village is none of the district's."""


def publish_letters(root: DataRoot, period: str, district: str, *, village: str | None, written_on: date) -> list[Path]:
    """Write `published/letters/<period>/<district>/<village>.html`, of that village or (`None`) of each with letters.

    Families whose village is not known are in `tanpa-desa.html`. The pages' paths, in order of the villages. Of all
    villages: pages of before that have no letter any more are removed.

    Raises:
        PublishError: they could not be written.
        UnknownVillageError: the village is none of the district's.

    """
    policy = load_policy(root.policy)
    letters, names = _read(root.published_partition(period, district), policy)
    if village not in {None, *names, WITHOUT_VILLAGE}:
        message = f"{village} is no village of district {district} in {period}: write its 10-digit code."
        raise UnknownVillageError(message)
    codes = [code for code in letters if village in {None, code or WITHOUT_VILLAGE}] or _asked(village)
    folder = root.letters(period, district)
    head = {"district": district_name(district) or district, "month": month_words(period)} | _days(policy, written_on)
    with root.alone(f"letters-{period}-{district}"):
        try:
            _empty(folder, keep=village is not None)
            return [_write(folder, code, names, head, letters.get(code, ())) for code in codes]
        except OSError as error:
            message = (
                f"letters/{period}/{district}: could not be written ({type(error).__name__}); see that there is room."
            )
            raise PublishError(message) from None


def withdraw_letters(root: DataRoot, period: str, district: str) -> None:
    """Take the letters of a month away."""
    with root.alone(f"letters-{period}-{district}"):
        shutil.rmtree(root.letters(period, district), ignore_errors=True)


def _asked(village: str | None) -> list[str | None]:
    return [] if village is None else [None if village == WITHOUT_VILLAGE else village]


def _empty(folder: Path, *, keep: bool) -> None:
    """The folder, closed to others as the two above it are."""
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    for path in (folder.parent.parent, folder.parent, folder):
        make_private(path)


def _write(
    folder: Path,
    code: str | None,
    names: Mapping[str, str],
    head: Mapping[str, Any],
    letters: Sequence[Mapping[str, Any]],
) -> Path:
    path = folder / f"{code or WITHOUT_VILLAGE}.html"
    title = names.get(code or "", "desa/kelurahan tidak diketahui")
    write_whole(path, _template().render(village=title, letters=letters, **head), PRIVATE_FILE)
    return path


def _read(partition: Partition, policy: Policy) -> tuple[_Letters, dict[str, str]]:
    """The letters by village, and the names of the villages."""
    with partition.connect() as con:
        see_person_rows(con, PERSON_ROWS.name, partition, policy)
        make_words(con, Language.INDONESIAN)
        con.execute("insert into words select 'programme', programme, place, label_id, null, null from programme_rules")
        make_letter_words(con)
        names = _villages(con)
        rows = con.execute(_ROOM.joinpath("sql", "letters.sql").read_text("utf-8")).pl()
    by_village = rows.partition_by("village_code", as_dict=True, maintain_order=True)
    known = {code if code in names else None: frame.to_dicts() for (code,), frame in by_village.items()}
    return known, names


def _villages(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    named = con.sql(
        "select village_code, coalesce(village_name, village_code) || coalesce(', Kecamatan ' || subdistrict_name, '') "
        "from village_summary where village_code is not null order by village_code"
    )
    return dict(named.fetchall())


def _days(policy: Policy, written_on: date) -> dict[str, Any]:
    days = int(policy.thresholds["objection_days"])
    return {"written_on": _day(written_on), "days": days, "until": _day(written_on + timedelta(days))}


def _concerned(finding: Mapping[str, Any]) -> str:
    """Whom of the family a finding is about, in brackets; the addressee alone needs no word."""
    others = f"{finding['others']} anggota lain pada kartu keluarga yang sama" if finding["others"] else ""
    if not others:
        return f" ({finding['own']} baris)" if finding["own"] > 1 else ""
    return f" (Bapak/Ibu dan {others})" if finding["own"] else f" ({others})"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": _day, "concerned": _concerned}
    return environment.from_string(_ROOM.joinpath("letters.html").read_text("utf-8"))

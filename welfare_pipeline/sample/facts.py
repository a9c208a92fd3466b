"""What else is known in a month: deaths and moves, proposals, meetings, population, published totals.

Programme lists stand in `lists.py`, decisions in `decisions.py`.
Rows come out as persons of the world (or villages) plus the fact's own columns.
"""

from datetime import date

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import families, ranks
from welfare_pipeline.sample.dtsen import since_dtsen
from welfare_pipeline.sample.people import World, active_in, listed_in
from welfare_pipeline.sample.places import spread
from welfare_pipeline.sample.profile import DTSEN_FROM, MAIN_PERIOD, month_number
from welfare_pipeline.sample.programmes import Programme

_LOOKED_UP, _LOOKED_UP_OF_DTSEN = 0.06, 0.03
_NO_KTP = 0.04
_NIK_UNKNOWN = 0.03
_PROPOSED_MEMBERS, _PROPOSED_REGISTERED = 0.12, 0.06
_PROPOSED_WHOLE, _PROPOSED_MISRANKED, _PROPOSED_POOR, _PROPOSED_IF_POORER_THAN = 0.09, 0.08, 0.006, 0.35
_NOT_RENEWED, _RENEWAL_UNKNOWN = 0.04, 0.02
_RENEWED_FROM, _RENEWED_BY_MOST, _CENSUS_BEGAN = date(2022, 3, 1), date(2024, 11, 1), date(2026, 5, 16)
_PROPOSED_JOINING = 0.1  # of the families that enter the registry: proposed from two months before to one after
_MEETING_HELD = 0.88
_REFUSED, _WAITING = 0.15, 0.5
_UNDERCOUNTED = ("7501", 3)  # a village with more people in the registry than in the population count
_COUNTED_SHARE = 0.9
_SUSENAS = {"1401": "6,83", "1403": "5,97", "7501": "15,4"}  # percent; made up
_STALE_COUNT = "1403"  # its population count is of an older semester


def civil_status(world: World, month: int, period: str) -> pl.DataFrame:
    """One row per NIK looked up: the person, status, status_date, ktp_recorded."""
    people, ids = world.people, world.people["person_id"].to_numpy()
    gone = pl.col("known_to_civil_registry") & (pl.col("leaves") <= month)
    share = _LOOKED_UP_OF_DTSEN if since_dtsen(world) else _LOOKED_UP
    looked_up = pl.Series(world.dice.chance(ids, "looked up", share))
    unknown = pl.Series(world.dice.chance(ids, "NIK unknown to the civil registry", _NIK_UNKNOWN))
    recorded = pl.Series(~world.dice.chance(ids, "no e-KTP", _NO_KTP))
    outside = ~pl.col("registered_family") & _proposable(world)
    adult = pl.col("birth_date") < pl.lit(last_day(period)).dt.offset_by("-17y")
    spelt = pl.col("leaving").replace({"MD": "MENINGGAL", "PD": "PINDAH"})
    status = (
        pl.when(gone)
        .then(spelt)
        .when(unknown & ~pl.col("ever_registered"))
        .then(pl.lit("TIDAK DITEMUKAN"))
        .otherwise(pl.lit("AKTIF"))
    )
    return (
        people.with_columns(
            status=status,
            status_date=pl.when(gone).then("left_on"),
            ktp_recorded=pl.when(adult).then(pl.when(recorded).then(pl.lit("SUDAH")).otherwise(pl.lit("BELUM"))),
            wanted=gone | looked_up | outside,
            row_key="person_id",
        )
        .filter("wanted")
        .drop("wanted")
    )


def _proposable(world: World) -> pl.Series:
    families_proposed = world.dice.chance(world.people["family_id"].to_numpy(), "family proposed", 0.3)
    return pl.Series(families_proposed)


def proposals(world: World, month: int, period: str) -> pl.DataFrame:
    """One row per person proposed: whole families, some to be registered soon, missing members, a few registered."""
    total = world.profile.proposals
    people = world.people.with_columns(
        drawn=pl.Series(world.dice.uniform(world.people["person_id"].to_numpy(), "proposed")),
        active=active_in(month),
        proposable=_proposable(world),
        joining=_joining(world, month),
    ).filter(pl.col("leaves") > month)
    members = (
        people.filter(pl.col("registered_family") & ~pl.col("ever_registered"))
        .sort("drawn")
        .head(round(total * _PROPOSED_MEMBERS))
    )
    joining = people.filter("joining")
    registered = people.filter(pl.col("active") & ~pl.col("joining")).sort("drawn")
    registered = registered.head(round(total * _PROPOSED_REGISTERED))
    whole = people.filter(~pl.col("registered_family") & pl.col("proposable")).head(
        total - len(members) - len(joining) - len(registered)
    )
    rows = pl.concat([whole, members, joining, registered]).sort("village_code", "person_id")
    return _answered(world, rows, period).drop("drawn", "active", "proposable")


def _answered(world: World, rows: pl.DataFrame, period: str) -> pl.DataFrame:
    """The proposals with their outcome and day; of those who are `joining` all are accepted."""
    answer = world.dice.choice(rows["family_id"].to_numpy(), "proposal", (_REFUSED, _WAITING, 1 - _REFUSED - _WAITING))
    proposed = np.datetime64(last_day(period)) - world.dice.below(
        rows["family_id"].to_numpy(), "proposed on", 80
    ).astype("timedelta64[D]")
    return rows.with_columns(
        outcome=pl.when("joining")
        .then(pl.lit("DITERIMA"))
        .otherwise(pl.Series(["DITOLAK", "DIUSULKAN", "DITERIMA"]).gather(answer)),
        proposed_on=pl.Series(proposed).cast(pl.Date),
        row_key="person_id",
    ).drop("joining")


def proposals_to_dtsen(world: World, period: str) -> pl.DataFrame:
    """One row per person proposed: families not registered, members missing, and heads registered.

    Of the last some may receive, others are ranked too high or not at all: each has its own path. Who is proposed stays
    so from month to month, whatever becomes of the rank.
    """
    month, houses = month_number(period), world.people["family_id"].to_numpy()
    drawn = pl.Series(world.dice.uniform(houses, "proposed to DTSEN"))
    unranked, misplaced = pl.col("unranked"), pl.col("misplaced")
    poor = pl.col("poverty") < _PROPOSED_IF_POORER_THAN
    share = pl.when(unranked | misplaced).then(_PROPOSED_MISRANKED).when(poor).then(_PROPOSED_POOR).otherwise(0.0)
    head = active_in(month) & (pl.col("place") == families.HEAD) & (drawn < share)
    whole = ~pl.col("registered_family") & (drawn < _PROPOSED_WHOLE)
    member = pl.col("registered_family") & ~pl.col("ever_registered") & (drawn < _PROPOSED_WHOLE)
    people = world.people.with_columns(joining=_joining(world, month), proposed=head | whole | member)
    rows = people.filter((pl.col("leaves") > month) & (pl.col("proposed") | pl.col("joining"))).drop("proposed")
    return _answered(world, rows.sort("village_code", "person_id"), period)


def _joining(world: World, month: int) -> pl.Expr:
    """Members of families that were proposed and are registered about this month."""
    proposed = world.dice.chance(world.people["family_id"].to_numpy(), "proposed before joining", _PROPOSED_JOINING)
    about_now = pl.col("enters").is_between(max(month - 1, 1), month + 2)
    return pl.col("ever_registered") & about_now & pl.Series(proposed)


def village_meetings(world: World, month: int, period: str) -> pl.DataFrame:
    """One row per village: held_on (none: not held), minutes_number, lists received."""
    places, key = world.villages, world.villages["village"].to_numpy() * 64 + month
    held = pl.Series(world.dice.chance(key, "meeting held", _MEETING_HELD))
    day = pl.Series(
        np.datetime64(f"{period}-03") + world.dice.below(key, "day of meeting", 20).astype("timedelta64[D]")
    ).cast(pl.Date)
    received = {
        name: pl.when(pl.Series(world.dice.chance(key, name, 0.93))).then(pl.lit("YA")).otherwise(pl.lit("TIDAK"))
        for name in ("registry_list_received", "recipient_list_received")
    }
    return places.with_columns(held_on=pl.when(held).then(day), **received).with_columns(
        minutes_number=pl.when(pl.col("held_on").is_not_null()).then(
            pl.format("BA/{}/{}", "village_code", pl.lit(period))
        )
    )


def population(world: World, period: str) -> pl.DataFrame:
    """One row per village: people, families, e-KTP; together exactly the district's population."""
    counted = (
        world.people.filter(active_in(month_number(period if period >= DTSEN_FROM else MAIN_PERIOD)))
        .group_by("village")
        .agg(registered=pl.len(), houses=pl.col("family_id").n_unique())
    )
    places = (
        world.villages.join(counted, on="village", how="left")
        .sort("village")
        .with_columns(pl.col("registered", "houses").fill_null(0))
    )
    key = places["village"].to_numpy()
    jitter = pl.Series(world.dice.around(key, "registered share", 1.0, 0.12)).clip(0.6)
    least = (places["registered"] * _least_share(world)).ceil().cast(pl.Int64)
    total = _undercounted(world, places, spread(world.profile.population, (places["registered"] + 1) * jitter, least))
    men = pl.Series(world.dice.around(key, "share of men", 0.512, 0.008))
    eligible = pl.Series(world.dice.around(key, "e-KTP age", 0.69, 0.01))
    recorded = pl.Series(world.dice.around(key, "e-KTP recorded", 0.975, 0.015)).clip(0.85, 1.0)
    year = date.fromisoformat(f"{period}-01").year
    count = date(year - 1, 12, 31) if period[5:] < "07" else date(year, 6, 30)
    as_of = date(2020, 12, 31) if world.profile.code == _STALE_COUNT and period < DTSEN_FROM else count
    return places.with_columns(
        total=total, male=(total * men).round().cast(pl.Int64), ktp_eligible=(total * eligible).round().cast(pl.Int64)
    ).with_columns(
        female=pl.col("total") - pl.col("male"),
        families=(pl.col("total") / 3.6).round().cast(pl.Int64),
        ktp_recorded=(pl.col("ktp_eligible") * recorded).floor().cast(pl.Int64),
        as_of=pl.lit(as_of),
    )


def _least_share(world: World) -> float:
    """How many people a village counts at least for each in the registry."""
    return 1.0 if since_dtsen(world) else 1.04


def _undercounted(world: World, places: pl.DataFrame, total: pl.Series) -> pl.Series:
    """The counts with one village's people counted in its neighbour instead; the sum stays."""
    code, village = _UNDERCOUNTED
    if world.profile.code != code:
        return total
    counted = int(places["registered"][village] * _COUNTED_SHARE)
    return total.clone().scatter([village, village + 1], [counted, total[village] + total[village + 1] - counted])


def control_totals(world: World, period: str, sizes: dict[str, int]) -> pl.DataFrame:
    """One row per published figure; since DTSEN the poverty rate of the Susenas survey, too (figures as text then).

    `sizes`: accepted rows per programme and active registry rows; a misprint shows in `MAIN_PERIOD` only.
    """
    misprints = world.profile.published if period == MAIN_PERIOD else {}
    figures = {
        "population": world.profile.population,
        "registry_persons": sizes["registry_persons"],
        **{str(p): misprints.get(p, sizes[p]) for p in (Programme.PKH, Programme.SEMBAKO, Programme.PBI_JKN)},
    }
    units = {"population": "JIWA", "registry_persons": "JIWA", "pbi_jkn": "JIWA"}  # else rows of the list
    published = pl.DataFrame(
        {
            "measure": list(figures),
            "value": list(figures.values()),
            "unit": [units.get(name, "PENERIMA") for name in figures],
            "source": ["DINAS SOSIAL"] * len(figures),
            "published_on": [last_day(period)] * len(figures),
        }
    )
    if not since_dtsen(world):
        return published
    survey = {"measure": "susenas_poverty_rate", "value": _SUSENAS[world.profile.code], "unit": "PERSEN"}
    surveyed = pl.DataFrame(survey | {"source": "BPS", "published_on": date(int(period[:4]), 3, 31)})
    return pl.concat([published.with_columns(pl.col("value").cast(pl.String)), surveyed])


def registry(world: World, period: str) -> pl.DataFrame:
    """One row per registered person: status and status_date (some of moves still to come) beside the person.

    Since DTSEN also the snapshot of the ranks, and when the family was renewed.
    """
    month = month_number(period)
    ids = world.people["person_id"].to_numpy()
    announced = pl.Series(world.dice.chance(ids, "leaving announced", 0.3)) & (pl.col("leaves") == month + 1)
    struck = pl.col("known_to_registry") & ((pl.col("leaves") <= month) | announced)
    undated = pl.Series(world.dice.chance(ids, "leaving undated", 0.15)) & (pl.col("leaves") <= month)
    marked = world.people.with_columns(
        status=pl.when(struck).then("leaving").otherwise(pl.lit("AKTIF")),
        status_date=pl.when(struck & ~undated).then("left_on"),
        row_key="person_id",
        **(_renewed(world, period) if since_dtsen(world) else {}),
    )
    return marked.filter(listed_in(month)).sort("village_code", "family_id", "person_id")


def _renewed(world: World, period: str) -> dict[str, pl.Expr]:
    snapshot = ranks.snapshot_of(world.profile.code, period)
    drawn = pl.lit(pl.Series(world.dice.uniform(world.people["family_id"].to_numpy(), "renewed on")))
    long_ago, recently = pl.lit(_RENEWED_FROM), pl.lit(_RENEWED_BY_MOST)
    first = pl.lit(_CENSUS_BEGAN) if snapshot >= ranks.CENSUS_SNAPSHOT else recently
    days = (pl.lit(last_day(period)) - first).dt.total_days()
    share = (drawn - _NOT_RENEWED) / (1 - _NOT_RENEWED)
    late = (drawn / _NOT_RENEWED * (pl.lit(_RENEWED_BY_MOST) - long_ago).dt.total_days()).cast(pl.Int64)
    lately = first + pl.duration(days=(share * days).cast(pl.Int64))
    forgotten = (drawn < _NOT_RENEWED) & pl.lit(snapshot < ranks.CENSUS_SNAPSHOT)
    renewed = pl.when(forgotten).then(long_ago + pl.duration(days=late)).otherwise(lately)
    return {
        "snapshot": pl.lit(snapshot),
        "updated_on": pl.when(drawn < 1 - _RENEWAL_UNKNOWN).then(renewed).cast(pl.Date),
    }

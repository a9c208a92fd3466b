"""What else is known in a month: deaths and moves, decisions, proposals, meetings, population, published totals.

Programme lists stand in `lists.py`. Rows come out as persons of the world (or villages) plus the fact's own columns.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.vocabulary import Programme
from welfare_pipeline.sample import families
from welfare_pipeline.sample.people import NEVER, World, active_in, listed_in
from welfare_pipeline.sample.places import spread
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number

_LOOKED_UP = 0.06
_NO_KTP = 0.04
_NIK_UNKNOWN = 0.03
_KNOWN_AHEAD = timedelta(days=15)  # files hold a few facts dated after their month
_PROPOSED_MEMBERS, _PROPOSED_REGISTERED = 0.12, 0.06
_MEETING_HELD = 0.88
_REFUSED, _WAITING = 0.15, 0.5
_STALE_COUNT = "1403"  # its population count is of an older semester
_CASES = pl.DataFrame(
    [
        # case, share of registered and of other families, whose, programme, outcome, first day, days
        ("person ineligible", 0.006, 0.04, "person", None, "TIDAK LAYAK", date(2021, 8, 2), 75),
        ("card ineligible", 0.003, 0.0, "card", None, "TIDAK LAYAK", date(2021, 8, 2), 75),
        ("well off", 0.003, 0.0, "person", None, "SUDAH MAMPU", date(2021, 9, 1), 70),
        ("refuses", 0.0015, 0.0, "person", None, "MM", date(2021, 9, 1), 70),
        ("no PKH", 0.002, 0.0, "person", "pkh", "TIDAK LAYAK", date(2021, 9, 1), 70),
        ("overturned", 0.0015, 0.0, "person", None, "TIDAK LAYAK", date(2021, 2, 1), 60),
        ("overturned", 0.0, 0.0, "person", None, "LAYAK", date(2021, 9, 1), 50),
        ("next month", 0.0015, 0.0, "person", None, "TIDAK LAYAK", date(2021, 12, 1), 14),
        ("eligible", 0.002, 0.09, "person", None, "LAYAK", date(2021, 8, 2), 75),
    ],
    schema=["case", "registered", "others", "subject", "programme", "outcome", "from", "days"],
    orient="row",
)


def civil_status(world: World, month: int, period: str) -> pl.DataFrame:
    """One row per NIK looked up: the person, status, status_date, ktp_recorded."""
    people, ids = world.people, world.people["person_id"].to_numpy()
    gone = pl.col("known_to_civil_registry") & (pl.col("leaves") <= month)
    looked_up = pl.Series(world.dice.chance(ids, "looked up", _LOOKED_UP))
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


def decisions(world: World, period: str) -> pl.DataFrame:
    """One row per decision in the month's file: person, subject (person / card), programme, outcome, decided_on."""
    shown_until = last_day(period) + _KNOWN_AHEAD
    dated = pl.concat([_about_families(world), _about_presence(world, period)], how="diagonal")
    shown = dated.filter(pl.col("decided_on").is_null() | (pl.col("decided_on") <= shown_until))
    return shown.sort("village_code", "decided_on", "person_id", nulls_last=True).with_columns(
        minutes_number=pl.format("BA/{}/{}", "village_code", pl.col("decided_on").dt.strftime("%m/%Y")),
        row_key=pl.col("person_id") * 4 + pl.int_range(pl.len()).over("person_id"),
    )


def _judged(world: World) -> pl.DataFrame:
    """One row per family with a case: its judged person (the wife, else the head)."""
    leaver = pl.col("known_to_village") & (pl.col("leaves") < NEVER)
    people = world.people.with_columns(leaver=leaver.any().over("family_id"))
    judged = (
        people.filter((pl.col("place") <= families.SPOUSE) & ~pl.col("leaver"))
        .unique("family_id", keep="last", maintain_order=True)
        .drop("leaver")
    )
    ids = judged["family_id"].to_numpy()
    cases = _CASES["case"].to_list()
    none = len(cases)
    drawn = [
        world.dice.choice(ids, "case", [*_CASES[kind].to_list(), 1 - float(_CASES[kind].sum())])
        for kind in ("registered", "others")
    ]
    number = np.where(judged["registered_family"].to_numpy(), drawn[0], drawn[1])
    named = pl.Series([*cases, "none"]).gather(np.minimum(number, none))
    return judged.with_columns(case=named).filter(pl.col("case") != "none")


def _about_families(world: World) -> pl.DataFrame:
    judged = _judged(world)
    day = pl.Series(world.dice.uniform(judged["family_id"].to_numpy(), "day decided"))
    expanded = judged.with_columns(day=day).join(
        _CASES.drop("registered", "others"), on="case", maintain_order="left_right"
    )
    days = (pl.col("day") * pl.col("days")).cast(pl.Int64)
    return expanded.with_columns(decided_on=pl.col("from") + pl.duration(days=days)).drop("day", "days", "from", "case")


def _about_presence(world: World, period: str) -> pl.DataFrame:
    people = world.people.filter(
        pl.col("known_to_village") & pl.col("left_on").is_between(date(2020, 1, 1), last_day(period) + _KNOWN_AHEAD)
    )
    ids = people["person_id"].to_numpy()
    after = pl.duration(days=pl.lit(pl.Series(world.dice.below(ids, "days until decided", 12))))
    undated = pl.Series(world.dice.chance(ids, "decision undated", 0.08)) & (pl.col("left_on") <= last_day(period))
    return people.with_columns(
        subject=pl.lit("person"),
        programme=pl.lit(None, dtype=pl.String),
        outcome="leaving",
        decided_on=pl.when(~undated).then(pl.col("left_on") + after),
    )


def _proposable(world: World) -> pl.Series:
    families_proposed = world.dice.chance(world.people["family_id"].to_numpy(), "family proposed", 0.3)
    return pl.Series(families_proposed)


def proposals(world: World, month: int, period: str) -> pl.DataFrame:
    """One row per person proposed: whole families, members missing from the registry, a few already registered."""
    total = world.profile.proposals
    people = world.people.with_columns(
        drawn=pl.Series(world.dice.uniform(world.people["person_id"].to_numpy(), "proposed")),
        active=active_in(month),
        proposable=_proposable(world),
    ).filter(pl.col("leaves") > month)
    members = (
        people.filter(pl.col("registered_family") & ~pl.col("ever_registered"))
        .sort("drawn")
        .head(round(total * _PROPOSED_MEMBERS))
    )
    registered = people.filter("active").sort("drawn").head(round(total * _PROPOSED_REGISTERED))
    whole = people.filter(~pl.col("registered_family") & pl.col("proposable")).head(
        total - len(members) - len(registered)
    )
    rows = pl.concat([whole, members, registered]).sort("village_code", "person_id")
    answer = world.dice.choice(rows["family_id"].to_numpy(), "proposal", (_REFUSED, _WAITING, 1 - _REFUSED - _WAITING))
    proposed = np.datetime64(last_day(period)) - world.dice.below(
        rows["family_id"].to_numpy(), "proposed on", 80
    ).astype("timedelta64[D]")
    return rows.with_columns(
        outcome=pl.Series(["DITOLAK", "DIUSULKAN", "DITERIMA"]).gather(answer),
        proposed_on=pl.Series(proposed).cast(pl.Date),
        row_key="person_id",
    ).drop("drawn", "active", "proposable")


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


def population(world: World) -> pl.DataFrame:
    """One row per village: people, families, e-KTP; together exactly the district's population."""
    counted = (
        world.people.filter(active_in(month_number(MAIN_PERIOD)))
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
    least = (places["registered"] * 1.04).ceil().cast(pl.Int64)
    total = spread(world.profile.population, (places["registered"] + 1) * jitter, least)
    men = pl.Series(world.dice.around(key, "share of men", 0.512, 0.008))
    eligible = pl.Series(world.dice.around(key, "e-KTP age", 0.69, 0.01))
    recorded = pl.Series(world.dice.around(key, "e-KTP recorded", 0.975, 0.015)).clip(0.85, 1.0)
    as_of = date(2020, 12, 31) if world.profile.code == _STALE_COUNT else date(2021, 6, 30)
    return places.with_columns(
        total=total, male=(total * men).round().cast(pl.Int64), ktp_eligible=(total * eligible).round().cast(pl.Int64)
    ).with_columns(
        female=pl.col("total") - pl.col("male"),
        families=(pl.col("total") / 3.6).round().cast(pl.Int64),
        ktp_recorded=(pl.col("ktp_eligible") * recorded).floor().cast(pl.Int64),
        as_of=pl.lit(as_of),
    )


def control_totals(world: World, month: int, period: str, sizes: dict[str, int]) -> pl.DataFrame:
    """One row per published figure. `sizes`: accepted rows per programme; a misprint shows in `MAIN_PERIOD` only."""
    misprints = world.profile.published if period == MAIN_PERIOD else {}
    figures = {
        "population": world.profile.population,
        "registry_persons": int(world.people.select(active_in(month).sum()).item()),
        **{str(p): misprints.get(p, sizes[p]) for p in (Programme.PKH, Programme.SEMBAKO, Programme.PBI_JKN)},
    }
    units = {"population": "JIWA", "registry_persons": "JIWA", "pbi_jkn": "JIWA"}
    return pl.DataFrame(
        {
            "measure": list(figures),
            "value": list(figures.values()),
            "unit": [units.get(name, "KELUARGA") for name in figures],
            "source": ["DINAS SOSIAL"] * len(figures),
            "published_on": [last_day(period)] * len(figures),
        }
    )


def registry(world: World, month: int) -> pl.DataFrame:
    """One row per registered person: status and status_date (some of moves still to come) beside the person."""
    ids = world.people["person_id"].to_numpy()
    announced = pl.Series(world.dice.chance(ids, "leaving announced", 0.3)) & (pl.col("leaves") == month + 1)
    struck = pl.col("known_to_registry") & ((pl.col("leaves") <= month) | announced)
    undated = pl.Series(world.dice.chance(ids, "leaving undated", 0.15)) & (pl.col("leaves") <= month)
    marked = world.people.with_columns(
        status=pl.when(struck).then("leaving").otherwise(pl.lit("AKTIF")),
        status_date=pl.when(struck & ~undated).then("left_on"),
        row_key="person_id",
    )
    return marked.filter(listed_in(month)).sort("village_code", "family_id", "person_id")

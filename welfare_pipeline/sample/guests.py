"""The same people on the lists of two districts of the sample: registered in one, listed again in its neighbour.

Their names, numbers and births are equal in both. Who else stands on a list is decided in `lists.py`.
"""

from dataclasses import dataclass

import polars as pl

from welfare_pipeline.sample import dtsen
from welfare_pipeline.sample.conditions import in_month
from welfare_pipeline.sample.lists import eligible
from welfare_pipeline.sample.people import ACTIVE_PER_FAMILY, World, families_of, first_families
from welfare_pipeline.sample.profile import DistrictProfile, district_codes, month_number, profile
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import has_ranks

SHARES = {Programme.PKH: 0.0015, Programme.SEMBAKO: 0.0015, Programme.PBI_JKN: 0.001}
_FAMILIES, _FEWEST_FAMILIES = 0.006, 60  # of the home district: those from whom the guests come


@dataclass(frozen=True)
class Shared:
    """`guests`: people of the neighbour on this district's lists; `away`: this district's people on another's.

    Persons with a column `programme`, once a list.
    """

    guests: pl.DataFrame
    away: pl.DataFrame


def shared_people(world: World, period: str, scale: float) -> Shared:
    """Who of the month's lists stands in two districts. `world`: this district, as the month finds it."""
    codes = district_codes()
    number = world.profile.number
    home, host = codes[(number + 1) % len(codes)], profile(codes[number - 1], scale)
    count = _family_count(profile(home, scale))
    first = dtsen.first_families if has_ranks(period) else first_families
    abroad = families_of(in_month(first(home, scale, world.dice.seed, count), period), count)
    own = families_of(world, _family_count(profile(world.profile.code, scale)))
    return Shared(
        _settled(_chosen(abroad, world.profile, period), world),
        _chosen(own, host, period).select("person_id", "programme"),
    )


def _family_count(home: DistrictProfile) -> int:
    return max(round(home.registry_persons / ACTIVE_PER_FAMILY * _FAMILIES), _FEWEST_FAMILIES)


def _chosen(home: World, host: DistrictProfile, period: str) -> pl.DataFrame:
    """The people of `home` who also stand on lists of `host`."""
    chosen = []
    for programme, share in SHARES.items():
        count = max(round(host.lists[programme] * share), 1)
        people = eligible(home, programme, period).filter(
            pl.col("registered_family") & pl.col("listed") & (pl.col("leaves") > month_number(period))
        )
        named = people.sort("person_id").head(count).with_columns(programme=pl.lit(str(programme)))
        chosen.append(named.select(*home.people.columns, "programme"))
    return pl.concat(chosen)


def _settled(guests: pl.DataFrame, host: World) -> pl.DataFrame:
    """The guests in a village of their host, whose registry does not know them."""
    village = host.dice.below(guests["person_id"].to_numpy(), "village of a guest", len(host.villages))
    there = {name: host.villages[name].gather(village) for name in ("village", *_PLACE) if name in guests.columns}
    outside = {
        name: pl.lit(value=False) for name in ("ever_registered", "registered_family", "known_family", "component")
    }
    return guests.with_columns(**there, **outside)


_PLACE = ("village_code", "village_name", "subdistrict_name", "subdistrict_code", "urban")

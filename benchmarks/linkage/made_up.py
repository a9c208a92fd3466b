"""A made-up district with truth: a registry and recipient lists with the noise of an audit, for measuring linkage.

Everything here is drawn from a seed. The landing folder for users is made by `welfare_pipeline.sample`.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import polars as pl

_GROUP_SHARES = (0.3, 0.2, 0.35, 0.1, 0.05)  # of the ethnic groups, in the order of names.toml


@dataclass(frozen=True)
class Noise:
    """Shares of rows with a fault."""

    nik: float = 0.08
    name: float = 0.10
    birth: float = 0.03
    card: float = 0.06
    card_moved: float = 0.03
    missing_card: float = 0.25
    missing_birth: float = 0.15
    missing_mother: float = 0.3
    repeated: float = 0.004

    def times(self, factor: float) -> "Noise":
        """The same with every fault `factor` times as frequent (gaps stay)."""
        return Noise(
            self.nik * factor,
            self.name * factor,
            self.birth * factor,
            self.card * factor,
            self.card_moved * factor,
            self.missing_card,
            self.missing_birth,
            self.missing_mother,
            self.repeated,
        )


def _pool() -> dict[str, dict[str, list[str]]]:
    text = files("welfare_pipeline.sample").joinpath("names.toml").read_text("utf-8")
    return {
        g: {k: v.split() for k, v in kinds.items()} for g, kinds in tomllib.loads(text).items() if "male_old" in kinds
    }


def _zipf(rng: np.random.Generator, size: int, count: int) -> np.ndarray:
    weights = 1 / (np.arange(count) + 3.0)
    return rng.choice(count, size=size, p=weights / weights.sum())


def population(people: int, seed: int) -> pl.DataFrame:
    """One row per made-up person, in families on cards in villages."""
    rng = np.random.default_rng(seed)
    families = max(1, int(people / 3.9))
    size = np.clip(rng.poisson(2.9, families) + 1, 1, 9)
    family = np.repeat(np.arange(families), size)
    n = len(family)
    place = np.arange(n) - np.repeat(np.cumsum(size) - size, size)
    year, birth = _births(rng, family, place)
    female = np.where(
        place == 0, rng.random(n) < 0.12, np.where(place == 1, rng.random(n) < 0.92, rng.random(n) < 0.49)
    )
    twin = (place >= 3) & (place < 6) & (rng.random(n) < 0.02)
    birth = np.where(twin, birth[np.maximum(np.arange(n) - 1, 0)], birth)
    village = rng.integers(0, max(1, n // 3200), families)[family]
    group = rng.choice(len(_pool()), families, p=_GROUP_SHARES)[family]
    name = _names(rng, group, female, year < 1985, family, place, twin)
    frame = pl.DataFrame(
        {
            "person": np.arange(n),
            "family": family,
            "place": place,
            "name": name,
            "birth_date": birth.astype("datetime64[D]"),
            "sex": np.where(female, "P", "L"),
            "mother_name": _mothers(rng, group, family, place, name),
            "village_no": village,
            "sub": village % 21 + 1,
        }
    )
    return _numbered(frame, rng).drop("place", "sub")


def _births(rng: np.random.Generator, family: np.ndarray, place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Years and dates of birth: couples of an age, their children, from the sixth on the old; some on 1 January."""
    n = len(family)
    head_year = rng.integers(1945, 1996, family.max() + 1)
    year = np.where(
        place == 0,
        head_year[family],
        np.where(place == 1, head_year[family] + rng.integers(-3, 8, n), head_year[family] + rng.integers(18, 38, n)),
    )
    year = np.where((place >= 6), rng.integers(1935, 1950, n), year)
    year = np.clip(year, 1935, 2021)
    day = rng.integers(0, 273, n)
    january = np.array([np.datetime64(f"{y}-01-01") for y in range(1935, 2022)])[year - 1935]
    newyear = rng.random(n) < np.where(year < 1975, 0.06, 0.005)
    return year, np.where(newyear, january, january + day.astype("timedelta64[D]"))


def _mothers(
    rng: np.random.Generator, group: np.ndarray, family: np.ndarray, place: np.ndarray, name: np.ndarray
) -> np.ndarray:
    """The name of each person's mother: for children the second of the family, for others somebody outside it."""
    n = len(family)
    mother_index = np.where((place >= 2) & (place < 6), np.arange(n) - place + 1, -1)
    mother_raw = _names(rng, group, np.ones(n, bool), np.ones(n, bool), family, place + 20, np.zeros(n, bool))
    has_mother = (mother_index >= 0) & (place > 1)
    return np.where(has_mother, name[np.maximum(mother_index, 0)], mother_raw)


def _numbered(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The people with NIK (a fifth registered in another sub-district first), family card and village code."""
    n = frame.height
    origin = rng.random(n) < 0.2
    region = np.where(origin, rng.integers(1, 22, n), frame["sub"].to_numpy())
    dd = pl.col("birth_date").dt.day() + pl.when(pl.col("sex") == "P").then(40).otherwise(0)
    prefix = pl.format(
        "1401{}{}{}{}",
        pl.Series("r", region).cast(pl.String).str.zfill(2),
        dd.cast(pl.String).str.zfill(2),
        pl.col("birth_date").dt.strftime("%m"),
        pl.col("birth_date").dt.strftime("%y"),
    )
    frame = frame.with_columns(prefix=prefix)
    frame = frame.with_columns(
        nik=pl.col("prefix") + (pl.int_range(pl.len()).over("prefix") + 1).cast(pl.String).str.zfill(4),
        village_code=pl.format(
            "1401{}2{}",
            pl.col("sub").cast(pl.String).str.zfill(2),
            (pl.col("village_no") // 21 + 1).cast(pl.String).str.zfill(3),
        ),
        family_card_number=pl.format(
            "1401{}{}{}",
            pl.col("sub").cast(pl.String).str.zfill(2),
            (pl.col("family") % 4000 + 100000).cast(pl.String).str.slice(0, 6),
            (pl.col("family") // 4000 + 1).cast(pl.String).str.zfill(4),
        ),
    )
    return frame.drop("prefix")


def _names(  # noqa: PLR0913, PLR0917  a column each
    rng: np.random.Generator,
    group: np.ndarray,
    female: np.ndarray,
    old: np.ndarray,
    family: np.ndarray,
    place: np.ndarray,
    twin: np.ndarray,
) -> np.ndarray:
    pool = _pool()
    n = len(group)
    first, second, clan = (np.empty(n, dtype=object) for _ in range(3))
    for g, kinds in enumerate(pool.values()):
        for f in (False, True):
            for o in (False, True):
                mask = (group == g) & (female == f) & (old == o)
                words = np.array(
                    kinds.get(("female" if f else "male") + ("_old" if o else "_new"), ["BUDI"]), dtype=object
                )
                first[mask] = words[_zipf(rng, mask.sum(), len(words))]
                words2 = np.array(kinds.get("second_female" if f else "second_male", ["SARI"]), dtype=object)
                second[mask] = words2[_zipf(rng, mask.sum(), len(words2))]
        words3 = np.array(kinds.get("family", [""]), dtype=object)
        mask = group == g
        clan[mask] = words3[(family[mask] * 7919) % len(words3)]
    prefix = np.where(
        female, np.where(rng.random(n) < 0.5, "SITI ", "NUR "), np.where(rng.random(n) < 0.7, "MUHAMMAD ", "ABDUL ")
    )
    prefix = np.where(rng.random(n) < 0.18, prefix, "").astype(object)
    alone = rng.random(n) < np.where(old, 0.5, 0.12)
    name = prefix + first + np.where(alone, "", " " + second) + np.where(clan == "", "", " " + clan)
    previous = np.maximum(np.arange(n) - 1, 0)
    twin_name = (
        prefix[previous] + first + np.where(alone, "", " " + second[previous]) + np.where(clan == "", "", " " + clan)
    )
    name = np.where(twin, twin_name, name)
    son = (place >= 2) & (place < 6) & ~female & (rng.random(n) < 0.01)
    head = np.maximum(np.arange(n) - place, 0)
    return np.where(son, name[head], name)


def with_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    """The rows as a careless list would hold them, with `nik_status` and `card_status`."""
    rows = _name_noise(_birth_noise(rows, noise, rng), noise, rng)
    frame = _card_noise(_nik_noise(rows, noise, rng), noise, rng)
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int64, strict=False) % 40
    month = pl.col("nik").str.slice(8, 2).cast(pl.Int64, strict=False)
    status = (
        pl.when(pl.col("nik").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("nik") == "0" * 16)
        .then(pl.lit("placeholder"))
        .when("rounded")
        .then(pl.lit("precision_lost"))
        .when(~day.is_between(1, 31) | ~month.is_between(1, 12))
        .then(pl.lit("bad_birth_date"))
        .otherwise(pl.lit("valid"))
    )
    return frame.with_columns(nik_status=status).drop("rounded")


def _nik_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    """NIKs mistyped, with two digits swapped, missing, `rounded`, of zeros only, or a relative's."""
    n = rows.height
    kind = np.where(rng.random(n) < noise.nik, rng.integers(0, 6, n), -1)
    position = rng.integers(0, 16, n)
    digit = rng.integers(1, 10, n)
    other = rows["nik"].to_numpy()[rng.permutation(n)] if n else []
    frame = rows.with_columns(
        k=pl.Series(kind), p=pl.Series(position), d=pl.Series(digit), other_nik=pl.Series(other, dtype=pl.String)
    )
    p = pl.col("p").cast(pl.UInt32)
    wrong = ((pl.col("nik").str.slice(pl.col("p"), 1).cast(pl.Int64) + pl.col("d")) % 10).cast(pl.String)
    mistyped = pl.concat_str(pl.col("nik").str.slice(0, p), wrong, pl.col("nik").str.slice(pl.col("p") + 1))
    q = pl.min_horizontal(pl.col("p"), pl.lit(14))
    swapped = pl.concat_str(
        pl.col("nik").str.slice(0, q),
        pl.col("nik").str.slice(q + 1, 1),
        pl.col("nik").str.slice(q, 1),
        pl.col("nik").str.slice(q + 2),
    )
    relative = pl.col("nik").shift(1).over("family")
    frame = frame.with_columns(
        nik=pl.when(pl.col("k") == 0)
        .then(mistyped)
        .when(pl.col("k") == 1)
        .then(swapped)
        .when(pl.col("k") == 2)
        .then(None)
        .when(pl.col("k") == 3)
        .then(pl.col("nik").str.slice(0, 15) + "0")
        .when(pl.col("k") == 4)
        .then(pl.lit("0000000000000000"))
        .when((pl.col("k") == 5) & (pl.col("d") <= 2))
        .then(pl.coalesce(relative, "nik"))
        .otherwise("nik"),
        rounded=pl.col("k") == 3,
    )
    return frame.drop("k", "p", "d", "other_nik")


def _card_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    n = rows.height
    u, d, p = rng.random(n), rng.integers(1, 10, n), rng.integers(4, 16, n)
    frame = rows.with_columns(u=pl.Series(u), d=pl.Series(d), p=pl.Series(p))
    card = pl.col("family_card_number")
    wrong = ((card.str.slice(pl.col("p"), 1).cast(pl.Int64) + pl.col("d")) % 10).cast(pl.String)
    mistyped = pl.concat_str(card.str.slice(0, pl.col("p").cast(pl.UInt32)), wrong, card.str.slice(pl.col("p") + 1))
    moved = pl.format("1471{}{}", pl.lit("01"), (pl.col("person") + 1000000000).cast(pl.String))
    card = (
        pl.when(pl.col("u") < noise.card)
        .then(mistyped)
        .when(pl.col("u") < noise.card + noise.card_moved)
        .then(moved)
        .when(pl.col("u") > 1 - noise.missing_card)
        .then(None)
        .otherwise(card)
    )
    status = pl.when(pl.col("family_card_number").is_null()).then(pl.lit("missing")).otherwise(pl.lit("valid"))
    return frame.with_columns(family_card_number=card).with_columns(card_status=status).drop("u", "d", "p")


def _birth_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    n = rows.height
    frame = rows.with_columns(
        u=pl.Series(rng.random(n)), k=pl.Series(rng.integers(0, 5, n)), d=pl.Series(rng.integers(1, 12, n))
    )
    birth = pl.col("birth_date")
    swapped = (
        pl.when(birth.dt.day() <= 12)
        .then(pl.date(birth.dt.year(), birth.dt.day(), birth.dt.month()))
        .otherwise(birth.dt.offset_by("1y"))
    )
    wrong = (
        pl.when(pl.col("k") == 0)
        .then(swapped)
        .when(pl.col("k") == 1)
        .then(birth.dt.offset_by("1y"))
        .when(pl.col("k") == 2)
        .then(pl.date(birth.dt.year(), 1, 1))
        .when(pl.col("k") == 3)
        .then(birth.dt.offset_by("10d"))
        .otherwise(birth.dt.offset_by("-10y"))
    )
    gap = 1 - noise.missing_birth
    frame = _small_noise(frame, noise, rng)
    return frame.with_columns(
        birth_date=pl.when(pl.col("u") < noise.birth).then(wrong).when(pl.col("u") > gap).then(None).otherwise(birth),
        mother_name=pl.when(pl.Series(rng.random(n)) < noise.missing_mother).then(None).otherwise("mother_name"),
        village_code=pl.when(pl.Series(rng.random(n)) < 0.04).then(None).otherwise("village_code"),
    ).drop("u", "k", "d")


def _small_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    """Mother's names misspelt or of another woman, wrong sex, wrong village: as often as a third of wrong names."""
    n = rows.height
    u, v, at = rng.random(n), rng.random(n), rng.integers(1, 5, n)
    other = (
        rows.select("mother_name", "village_code")[rng.permutation(n)]
        if n
        else rows.select("mother_name", "village_code")
    )
    frame = rows.with_columns(
        u2=pl.Series(u), v2=pl.Series(v), at2=pl.Series(at), m2=other["mother_name"], w2=other["village_code"]
    )
    mother = pl.col("mother_name")
    misspelt = pl.concat_str(mother.str.slice(0, pl.col("at2").cast(pl.UInt32)), mother.str.slice(pl.col("at2") + 1))
    first_word = mother.str.split(" ").list.first()
    return frame.with_columns(
        mother_name=pl.when(pl.col("u2") < noise.name * 0.6)
        .then(misspelt)
        .when(pl.col("u2") < noise.name)
        .then(first_word)
        .when(pl.col("u2") < noise.name * 1.15)
        .then("m2")
        .otherwise(mother),
        sex=pl.when(pl.col("v2") < noise.name * 0.06)
        .then(pl.when(pl.col("sex") == "L").then(pl.lit("P")).otherwise(pl.lit("L")))
        .otherwise("sex"),
        village_code=pl.when(pl.col("v2") > 1 - noise.name * 0.25).then("w2").otherwise("village_code"),
    ).drop("u2", "v2", "at2", "m2", "w2")


def _name_noise(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    n = rows.height
    letters = np.array(list("AIUEONRTSH"), dtype=object)[rng.integers(0, 10, n)]
    frame = rows.with_columns(
        u=pl.Series(rng.random(n)),
        k=pl.Series(rng.integers(0, 9, n)),
        letter=pl.Series(letters, dtype=pl.String),
        v=pl.Series(rng.random(n)),
    )
    name = pl.col("name")
    at = (pl.col("v") * (name.str.len_chars() - 1)).cast(pl.Int64) + 1
    head, tail = name.str.slice(0, at.cast(pl.UInt32)), name.str.slice(at + 1)
    words = name.str.split(" ")
    several = words.list.len() > 1
    wrong = (
        pl.when(pl.col("k") <= 1)
        .then(pl.concat_str(head, pl.col("letter"), tail))
        .when(pl.col("k") == 2)
        .then(pl.concat_str(head, tail))
        .when(pl.col("k") == 3)
        .then(pl.concat_str(head, pl.col("letter"), name.str.slice(at)))
        .when((pl.col("k") == 4) & several)
        .then(words.list.reverse().list.join(" "))
        .when((pl.col("k") == 5) & several)
        .then(words.list.slice(0, words.list.len() - 1).list.join(" "))
        .when(pl.col("k") == 6)
        .then(name.str.slice(0, 12))
        .when(pl.col("k") == 7)
        .then(name.str.replace("MUHAMMAD", "MOH.").str.replace("SITI", "ST.").str.replace("U", "OE"))
        .otherwise(pl.concat_str(pl.lit("H. "), name))
    )
    called = rows["name"][rng.permutation(n)] if n else rows["name"]  # known by another name altogether
    wrong = pl.when(pl.col("v") < 0.02).then(called).otherwise(wrong)
    return frame.with_columns(name=pl.when(pl.col("u") < noise.name).then(wrong).otherwise(name)).drop(
        "u", "k", "letter", "v"
    )


@dataclass(frozen=True)
class District:
    """Landed frames by table, and who each row really is."""

    tables: dict[str, pl.DataFrame]
    truth: pl.DataFrame


SHARES = {"pkh": 0.065, "sembako": 0.115, "pbi_jkn": 0.63, "proposals": 0.02}  # of the registry's people
OUTSIDE = {"pkh": 0.06, "sembako": 0.06, "pbi_jkn": 0.10, "proposals": 0.7}  # of the list's rows
ORDINAL = {"registry": 2, "pkh": 3, "sembako": 4, "pbi_jkn": 5, "civil_status": 10, "proposals": 13}


def district(registry_people: int, seed: int = 1, noise: Noise | None = None) -> District:
    """A district whose registry holds about `registry_people` of a population twice that."""
    noise = noise or Noise()
    rng = np.random.default_rng(seed + 1000)
    everybody = population(int(registry_people / 0.4747), seed)
    families = everybody["family"].n_unique()
    chosen = rng.random(families) < 0.4747 / 0.97
    registered = everybody.filter(
        pl.Series(chosen[everybody["family"].to_numpy()]) & (pl.Series(rng.random(everybody.height)) > 0.03)
    )
    outside = everybody.join(registered.select("person"), on="person", how="anti")
    lists = {"registry": _list(registered, Noise(0.02, 0.02, 0.01, 0.01, 0.0, 0.01, 0.01, 0.1, 0.002), rng)}
    for table, share in SHARES.items():
        count = int(registered.height * share)
        inside = registered.sample(int(count * (1 - OUTSIDE[table])), seed=seed + ORDINAL[table])
        beside = outside.sample(min(int(count * OUTSIDE[table]), outside.height), seed=seed + ORDINAL[table])
        lists[table] = _list(pl.concat([inside, beside]).sort("person"), noise, rng)
    tables = {table: _landed(rows, table) for table, rows in lists.items()}
    truth = pl.concat([t.select("row_id", "person", table=pl.lit(name)) for name, t in tables.items()])
    return District({name: t.drop("person") for name, t in tables.items()}, truth)


def _list(rows: pl.DataFrame, noise: Noise, rng: np.random.Generator) -> pl.DataFrame:
    again = rows.filter(pl.Series(rng.random(rows.height)) < noise.repeated)
    return with_noise(
        pl.concat([rows, again]).sample(fraction=1, shuffle=True, seed=int(rng.integers(1 << 30))), noise, rng
    )


def _landed(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    start = ORDINAL[table] * 1_000_000_000
    registry_id = (
        (pl.int_range(pl.len()) + 1).cast(pl.String).str.zfill(9) if table == "registry" else pl.lit(None, pl.String)
    )
    return rows.with_columns(
        row_id=pl.int_range(pl.len()) + start + 1,
        source_file=pl.lit(f"{table}.csv"),
        source_row=pl.int_range(pl.len()) + 1,
        registry_id=registry_id,
        nik_warnings=pl.lit([], pl.List(pl.String)),
    )

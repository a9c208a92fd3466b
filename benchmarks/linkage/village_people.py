"""People of a made-up district that shares nothing with the sample or `made_up.py`: names, families, villages, errors.

Errors are of the kinds and rates that pseudopeople publishes as its defaults (1 % of the cells of a column for each
kind; of a cell with typing, reading, hearing or digit errors each character with 10 %):
https://pseudopeople.readthedocs.io/en/latest/noise/column_noise.html. Above these the lists have the shares of invalid
numbers that BPK published of the registry (10,922,479 NIK and 16,373,682 family cards of 97 million, IHPS II 2020).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

CELL, TOKEN = 0.01, 0.1  # pseudopeople's defaults
INVALID_NIK, INVALID_CARD = 10_922_479 / 97e6, 16_373_682 / 97e6
UNREGISTERED = 0.05  # of a list: there to be confused with others, not counted
NICKNAMES = {"MUHAMMAD": "AMAT", "ABDUL": "DUL", "SITI": "ITI", "FATIMAH": "IMAH", "SURYADI": "YADI", "NURJANAH": "NUR"}
FAKE = ("TIDAK TAHU", "TANPA NAMA", "IBU", "BAPAK", "ANAK")
MALE = """MUHAMMAD AHMAD ABDUL AGUNG TEGUH SLAMET SURYADI BUDIMAN HENDRA IRWAN YUSUF IBRAHIM ISMAIL UMAR SALIM HAMZAH
    RUDIANTO SUGENG WAGIMIN PAIMAN JUMADI KASMAN LATIF MANSUR NASRUL PARDI RAHMAT SAFRI TARMIN USMAN WAHID YANTO ZAINAL
    BAHARUDIN CHAIRUL DARMAWAN EFENDI FIRDAUS GUNTUR HASYIM ILHAM JEFRI KURNIA LUKMAN MARWAN NUGROHO"""
FEMALE = """SITI NURJANAH FATIMAH AISYAH SUMINAH WAGIYEM PONIRAH KARTINI MARYATI ROHANI SALMIAH HALIMAH ZULAIKHA
    YUSNIAR WATI TUGINEM SUPARNI RATNA PARIDA NURAINI MULYANI LASMINI KHOTIMAH JUMINTEN INDAH HERLINA GUSMIATI FITRIANI
    ERNAWATI DEWI CITRA BADRIAH ASMARA YULIANA WIDYA TRISNA SRI RUSMINI PUSPITA OKTAVIA NELIWATI MEGAWATI"""
SECOND = """HIDAYAT SAPUTRA WIJAYA KUSUMA PRATAMA SANTOSO HARAHAP SIREGAR PULUNGAN RANGKUTI SUSANTI LESTARI RAHAYU
    NINGSIH PERTIWI ANGGRAINI UTAMI SAFITRI MAHARANI HASANAH FADHILAH AZZAHRA WIBOWO SETIAWAN GUNAWAN HALIM SYAHPUTRA
    ALAMSYAH FAUZI RIZKY ANUGRAH"""
KEYS = {letter: near for near in ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", "1234567890") for letter in near}
LOOKS = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "M": "N", "U": "V"}
SOUNDS = {"D": "T", "T": "D", "F": "P", "P": "F", "V": "F", "Z": "S", "S": "Z", "Y": "I", "I": "Y", "K": "Q", "O": "U"}


@dataclass(frozen=True)
class District:
    """Lists by source, as text as they land, and per list row (`row`) who it is (`person`) and of which groups."""

    lists: dict[str, pl.DataFrame]
    people: pl.DataFrame


def district(people: int, seed: int) -> District:
    """A registry of about so many people, its villages, and two lists of whom nearly all are in it."""
    rng = np.random.default_rng([seed, 20])
    everybody = _people(people, rng)
    registered = everybody.filter(pl.Series(rng.random(everybody.height) >= UNREGISTERED))
    registry = _spoiled(registered, rng).drop("person", "member")
    heads = everybody.filter(pl.col("member") == 0, pl.Series(rng.random(everybody.height) < 0.5))
    members = everybody.filter(pl.Series(rng.random(everybody.height) < 0.4))
    lists = {"sembako": _audited(_spoiled(heads, rng), rng), "pbi_jkn": _audited(_spoiled(members, rng), rng)}
    villages = everybody.group_by("village_code").agg(total=pl.len()).sort("village_code")
    groups = _groups(everybody).with_columns(registered=pl.col("person").is_in(registered["person"].implode()))
    who = pl.concat(
        rows.select("person", source=pl.lit(source), source_row=pl.int_range(1, pl.len() + 1))
        for source, rows in lists.items()
    )
    landed = {source: rows.drop("person", "member") for source, rows in lists.items()}
    return District(landed | {"registry": registry, "population": villages}, who.join(groups, on="person"))


def _people(people: int, rng: np.random.Generator) -> pl.DataFrame:
    """Couples, their children and a grandparent, in villages of a hundred to some thousand people."""
    size = np.clip(rng.geometric(0.3, people // 3), 1, 9)
    family = np.repeat(np.arange(len(size)), size)
    n, member = len(family), np.arange(len(family)) - np.repeat(np.cumsum(size) - size, size)
    weights = rng.lognormal(0, 1.1, max(4, people // 1200))
    village = rng.choice(len(weights), len(size), p=weights / weights.sum())[family]
    age = np.where(member == 0, rng.integers(22, 85, len(size))[family], 0)
    age = np.where(member == 1, np.clip(age[np.maximum(np.arange(n) - 1, 0)] + rng.integers(-8, 5, n), 18, 90), age)
    age = np.where(member > 1, rng.integers(0, 25, n), age)
    female = np.where(member < 2, (member == 1) ^ (rng.random(len(size)) < 0.15)[family], rng.random(n) < 0.5)
    birth = np.datetime64("2021-06-30") - (age * 365 + rng.integers(0, 365, n)).astype("timedelta64[D]")
    frame = pl.DataFrame(
        {
            "person": np.arange(n), "family": family, "member": member, "village": village, "female": female,
            "birth_date": birth, "name": _names(female, age, rng), "elsewhere": rng.integers(1, 21, n),
            "moved": rng.random(n) < 0.15,
        }
    )  # fmt: skip
    return _numbered(_with_mothers(frame, rng))


def _names(female: np.ndarray, age: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Names of one to three words, as common as Zipf's law has it; of the old every other is one word."""
    n = len(female)
    first = np.where(female, _drawn(FEMALE, n, rng), _drawn(MALE, n, rng))
    words = 1 + (rng.random(n) > np.where(age > 50, 0.5, 0.15)).astype(int) + (rng.random(n) < 0.2)
    second, third = _drawn(SECOND, n, rng), _drawn(SECOND, n, rng)
    return np.where(words == 1, first, np.where(words == 2, first + " " + second, first + " " + second + " " + third))


def _drawn(names: str, n: int, rng: np.random.Generator) -> np.ndarray:
    words = np.array(names.split(), dtype=object)
    weights = 1 / (np.arange(len(words)) + 1.5)
    return words[rng.choice(len(words), n, p=weights / weights.sum())]


def _with_mothers(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    elsewhere = pl.Series(_names(np.ones(frame.height, bool), np.full(frame.height, 60), rng))
    own = pl.col("name").filter("female", pl.col("member") < 2).first().over("family")
    return frame.with_columns(mother_name=pl.when(pl.col("member") > 1).then(own).fill_null(elsewhere))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    sub = (pl.col("village") % 20 + 1).cast(pl.String).str.zfill(2)
    origin = pl.when("moved").then(pl.col("elsewhere").cast(pl.String).str.zfill(2)).otherwise(sub)
    day = (pl.col("birth_date").dt.day() + 40 * pl.col("female").cast(pl.Int8)).cast(pl.String).str.zfill(2)
    prefix = pl.concat_str(pl.lit("1401"), origin, day, pl.col("birth_date").dt.strftime("%m%y"))
    card = pl.concat_str(
        pl.lit("1401"), sub, (pl.col("family") * 7919 % 28 + 1).cast(pl.String).str.zfill(2), pl.lit("0315"),
        (pl.col("family") + 1).mod(9999).cast(pl.String).str.zfill(4),
    )  # fmt: skip
    serial = (pl.int_range(pl.len()).over("prefix") + 1).cast(pl.String).str.zfill(4)
    village = pl.concat_str(
        pl.lit("1401"), sub, pl.lit("2"), (pl.col("village") // 20 + 1).cast(pl.String).str.zfill(3)
    )
    numbered = frame.with_columns(prefix=prefix).with_columns(nik=pl.col("prefix") + serial)
    return numbered.with_columns(family_card_number=card, village_code=village)


def _groups(everybody: pl.DataFrame) -> pl.DataFrame:
    """The groups a person is of, by kind."""
    age = 2021 - pl.col("birth_date").dt.year()
    bearers, villagers = pl.len().over("name"), pl.len().over("village_code")
    return everybody.select(
        "person",
        sex=pl.when("female").then(pl.lit("women")).otherwise(pl.lit("men")),
        age=pl.when(age < 18)
        .then(pl.lit("under 18"))
        .when(age < 60)
        .then(pl.lit("18 to 59"))
        .otherwise(pl.lit("60 up")),
        name=pl.when(pl.col("name").str.contains(" ")).then(pl.lit("several words")).otherwise(pl.lit("one word")),
        frequency=pl.when(bearers >= 20).then(pl.lit("20 bearers or more")).otherwise(pl.lit("fewer than 20 bearers")),
        village=pl.when(villagers < 500).then(pl.lit("under 500 people")).otherwise(pl.lit("500 people or more")),
    )


def _spoiled(people: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The rows as one list writes them: every kind of error of pseudopeople at its default rate."""
    sex = pl.Series(np.where(_some(people, CELL, rng), ~people["female"].to_numpy(), people["female"].to_numpy()))
    birth = people["birth_date"].dt.strftime("%d/%m/%Y").to_list()
    columns = {name: people[name].to_list() for name in ("name", "mother_name", "nik", "family_card_number")}
    columns["birth_date"] = birth
    kin = _kin(people)
    for name, values in columns.items():
        digits = name in {"nik", "family_card_number", "birth_date"}
        original = list(values)
        for row in np.flatnonzero(_some(people, CELL, rng)):  # copied from another member of the household
            values[row] = original[kin[row]] if name != "family_card_number" else values[row]
        kinds = (_wrong_digits, _typed, _read) if digits else (_nickname, _fake, _heard, _typed, _read)
        for kind in kinds:
            for row in np.flatnonzero(_some(people, CELL, rng)):
                values[row] = kind(values[row], rng)
        if name == "birth_date":
            for row in np.flatnonzero(_some(people, CELL * TOKEN, rng)):
                values[row] = values[row][3:6] + values[row][:3] + values[row][6:]
        for row in np.flatnonzero(_some(people, CELL, rng)):
            values[row] = None
    spoiled = {name: pl.Series(values, dtype=pl.String) for name, values in columns.items()}
    return people.select(
        "person", "member", "village_code", **spoiled, sex=pl.when(sex).then(pl.lit("P")).otherwise(pl.lit("L"))
    )


def _audited(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The list with as many invalid numbers and cards as audits found: a third empty, zeros, a digit lost."""
    spoil: dict[str, float] = {"nik": INVALID_NIK, "family_card_number": INVALID_CARD}
    for column, share in spoil.items():
        way = pl.Series(np.where(rng.random(rows.height) < share, rng.integers(1, 4, rows.height), 0))
        lost = pl.col(column).str.slice(0, 9) + pl.col(column).str.slice(10)
        rows = rows.with_columns(
            pl.when(way == 1).then(None).when(way == 2).then(pl.lit("0" * 16)).when(way == 3).then(lost)
            .otherwise(column).alias(column)
        )  # fmt: skip
    return rows


def _kin(people: pl.DataFrame) -> np.ndarray:
    """For each row another row of the same family, or itself."""
    rows = people.select(
        next=pl.int_range(pl.len()).shift(-1).over("family"), back=pl.int_range(pl.len()).shift(1).over("family")
    )
    return rows.select(pl.coalesce("next", "back", pl.int_range(pl.len())))["next"].to_numpy()


def _some(people: pl.DataFrame, share: float, rng: np.random.Generator) -> np.ndarray:
    return rng.random(people.height) < share


def _each(text: str | None, change: Callable[[str], str], rng: np.random.Generator) -> str | None:
    """The text with each of its characters changed with the probability of a token, one at least drawn."""
    return text and "".join(change(c) if rng.random() < TOKEN else c for c in text)


def _wrong_digits(text: str | None, rng: np.random.Generator) -> str | None:
    return _each(text, lambda c: str((int(c) + rng.integers(1, 10)) % 10) if c.isdigit() else c, rng)


def _typed(text: str | None, rng: np.random.Generator) -> str | None:
    def slip(character: str) -> str:
        row = KEYS.get(character, character)
        near = row[min(max(row.find(character) + rng.choice([-1, 1]), 0), len(row) - 1)]
        return near + character if rng.random() < 0.1 else near

    return _each(text, slip, rng)


def _read(text: str | None, rng: np.random.Generator) -> str | None:
    return _each(text, lambda c: LOOKS.get(c, c), rng)


def _heard(text: str | None, rng: np.random.Generator) -> str | None:
    return _each(text, lambda c: SOUNDS.get(c, c), rng)


def _nickname(text: str | None, rng: np.random.Generator) -> str | None:  # noqa: ARG001  as the other kinds
    return text and " ".join(NICKNAMES.get(word, word) for word in text.split())


def _fake(text: str | None, rng: np.random.Generator) -> str | None:
    return text and str(rng.choice(FAKE))

"""Every kind of hostile input, by name, and a district to try them in: sound lists beside spoilt ones."""

from pathlib import Path
from random import Random

import tests.hostile.bombs
import tests.hostile.byte_files
import tests.hostile.cell_files
import tests.hostile.line_files
import tests.hostile.parquet_files
import tests.hostile.parquet_lies
import tests.hostile.place_files
import tests.hostile.workbook_files  # noqa: F401  importing them fills the tables
from tests.hostile.kinds import BOMBS, KINDS, Expected, Place
from tests.unit.ingest.landing import DISTRICT, VILLAGES

SOUND = ("population.csv", "registry.csv")


def land_sound_lists(folder: Path, district: str = DISTRICT) -> None:
    """The lists that nobody spoils: the same people every time, others in each district."""
    place = Place(folder, Random(district), "registry")
    folder.mkdir(parents=True)
    people = place.people(40)
    header = ("nik", "nama", "alamat", "kode_desa")
    place.write_as("population.csv", VILLAGES.replace(DISTRICT, district))
    place.write_as("registry.csv", place.csv([[*row, f"{district}012001"] for row in people], header=header))


def land_spoilt_list(folder: Path, kind: str, seed: int, source: str) -> tuple[Place, Expected]:
    """Spoil a list of that source in the way of the kind, beside them."""
    place = Place(folder, Random(f"{kind} {seed}"), source)
    builder = KINDS.get(kind) or BOMBS[kind]
    return place, builder(place)

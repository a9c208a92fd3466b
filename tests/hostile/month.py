"""A month in which a sound district lands beside two that land hostile files, run as `welfare run` is typed."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.hostile.corpus import land_sound_lists, land_spoilt_list
from tests.hostile.kinds import MARK, SPOILT, Expected, Place
from tests.hostile.workbooks import workbook
from tests.ready import welfare
from welfare_pipeline.lake import DataRoot

Spoilt = dict[str, list[tuple[str, Place, Expected]]]  # kind, place and what to expect of it, by district
PROJECT = Path(__file__).parents[2]
PERIOD, SOUND = "2021-11", "7501"
NAMED_SOURCE = "sembako"  # whose files, sheets and headers are named after people
SPOILT_DISTRICTS = {
    "1402": ("cell_of_100_000_characters", "sql_in_cells", "formulas_in_cells", "names_with_line_ends_and_escapes",
             "folder_named_like_a_list", "two_headers_for_one_column"),
    "1406": ("contradicting_registries", "link_out_of_the_folder", "odd_niks", "gz_bomb", "pipe",
             "names_that_are_no_text"),
}  # fmt: skip


@dataclass(frozen=True)
class Month:
    """A data root after the run: what was landed to do harm, and what the command said."""

    root: DataRoot
    spoilt: Spoilt
    run: subprocess.CompletedProcess[str]

    @property
    def told(self) -> str:
        """Everything that was printed."""
        return self.run.stdout + self.run.stderr

    @property
    def secrets(self) -> set[str]:
        """What the hostile files say of people."""
        places = [place for landed in self.spoilt.values() for _, place, _ in landed]
        return {MARK}.union(*(place.secrets for place in places))


def land_spoilt_districts(root: DataRoot, districts: Mapping[str, Sequence[str]], seed: int) -> Spoilt:
    """Sound lists of other districts, a spoilt list of each kind among them, and oddities in the month's folder."""
    spoilt: Spoilt = {}
    for district, kinds in districts.items():
        folder = root.landing(PERIOD, district)
        land_sound_lists(folder, district)
        named = zip(kinds, SPOILT, strict=False)
        spoilt[district] = [(kind, *land_spoilt_list(folder, kind, seed, source)) for kind, source in named]
        spoilt[district].append(("identities_in_names", *land_identities_in_names(folder)))
    month = root.landing(PERIOD)
    (month / "1407").symlink_to("/etc")
    (month / "\x1b[31m1401\n").mkdir()
    (month / os.fsdecode(b"14\xff")).write_text("x")
    os.mkfifo(month / "1403")
    return spoilt


def land_identities_in_names(folder: Path) -> tuple[Place, Expected]:
    """People's names and numbers in the names of files, folders, sheets and headers, in the ways people do that."""
    place = Place(folder, Random(folder.name), NAMED_SOURCE)
    (siti, name, _), (budi, *_), (tono, *_), (rini, *_) = place.people(4)
    spaced, dotted = " ".join(re.findall("....", budi)), ".".join(re.findall("(......)(......)(....)", tono)[0])
    place.secrets = {siti, name, budi, tono, rini, spaced, dotted}
    others = Place(folder, Random(f"{folder.name} others"), NAMED_SOURCE)
    header = ("nik", "nama", name, f"catatan {siti}", "TGL MENINGGAL")
    for part in (siti, spaced):
        rows = [[nik, other, "a", "b", "1/1/2020"] for nik, other, _ in others.people(30)]
        place.write_as(f"{NAMED_SOURCE}.{part}.csv", place.csv(rows, header=header))
    sheet = [("nama", "alamat", name), *([other, "a", "b"] for _, other, _ in others.people())]
    place.write_as(f"{NAMED_SOURCE}.{dotted}.xlsx", workbook(sheet, titles=[f"{name[:14]} {rini}"]))
    place.write_as(f"KTP {name} {siti}.pdf", b"%PDF-1.4")
    place.write_as(f"Data BST {name}.csv", place.csv(others.people()))
    (folder / f"ARSIP {name} {rini}").mkdir()
    (folder.parent / f"{name} {siti}").mkdir()
    place.secrets |= {secret for secret in others.secrets if not secret.startswith("JL.")}
    return place, Expected(None)


def run_month(root: DataRoot, umask: int, spoilt: Spoilt) -> Month:
    """Type `welfare run`, under an umask."""
    key = "a secret of tests"
    run = welfare("run", "--period", PERIOD, "--data", str(root.path), umask=umask, WELFARE_SECRET=key)
    return Month(root, spoilt, run)

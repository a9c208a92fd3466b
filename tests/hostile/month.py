"""A month in which a sound district lands beside two that land hostile files, run as `welfare run` is typed."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.corpus import land_sound_lists, land_spoilt_list
from tests.hostile.kinds import MARK, SPOILT, Expected, Place
from welfare_pipeline.lake import DataRoot

Spoilt = dict[str, list[tuple[str, Place, Expected]]]  # kind, place and what to expect of it, by district
PROJECT = Path(__file__).parents[2]
PERIOD, SOUND = "2021-11", "7501"
COMMAND = "import sys; from welfare_pipeline.cli import main; sys.exit(main())"
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
    month = root.landing(PERIOD)
    (month / "1407").symlink_to("/etc")
    (month / "\x1b[31m1401\n").mkdir()
    (month / os.fsdecode(b"14\xff")).write_text("x")
    os.mkfifo(month / "1403")
    return spoilt


def run_month(root: DataRoot, umask: int, spoilt: Spoilt) -> Month:
    """Type `welfare run`, under an umask."""
    run = subprocess.run(
        [sys.executable, "-c", COMMAND, "run", "--period", PERIOD, "--data", str(root.path)],
        cwd=PROJECT,
        env=os.environ | {"WELFARE_SECRET": "a secret of tests"},
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
        timeout=500,
    )
    return Month(root, spoilt, run)

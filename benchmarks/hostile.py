"""Every kind of hostile file with many seeds: `python benchmarks/hostile.py --seeds 20 [--first 2] [--command]`.

The tests try each kind once, six in a folder. Here each is alone with sound lists, seed after seed; with `--command`
all kinds land in districts of one month as well, and `welfare run` is typed. Prints what went wrong; exits with 1 then.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.hostile.corpus import land_sound_lists
from tests.hostile.kinds import KINDS, SPOILT
from tests.hostile.month import land_spoilt_districts, run_month
from tests.hostile.test_corpus import check_folder, ingested, sound_rows
from tests.unit.ingest.landing import DISTRICT, PERIOD
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.lake import DataRoot

HOLD_BACK = {"contradicting_registries"}


def main() -> int:
    """Try them all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--first", type=int, default=2)
    options.add_argument("--command", action="store_true")
    chosen = options.parse_args()
    begun = time.monotonic()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    failures = [told for seed in seeds for told in try_kinds(seed)]
    failures += try_command(chosen.first) if chosen.command else []
    tell(f"{len(KINDS)} kinds x {chosen.seeds} seeds in {time.monotonic() - begun:.0f} s: {len(failures)} failures")
    for failure in failures:
        tell(failure)
    return 1 if failures else 0


def try_kinds(seed: int) -> Iterator[str]:
    """Each kind alone beside sound lists; a sentence for each that is not as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder) / "undisturbed")
        land_sound_lists(root.landing(PERIOD, DISTRICT))
        with ingested(root) as (_, draft):
            undisturbed = sound_rows(draft)
        for kind in sorted(KINDS):
            root = DataRoot(Path(folder) / kind)
            problem = silently(lambda root=root, kind=kind: check_folder(root, [kind], seed, undisturbed))
            if problem:
                yield f"{kind}, seed {seed}: {problem}"


def silently(work: Callable[[], None]) -> str:
    """The last line of what it raised, or whatever it wrote to the terminal."""
    with tempfile.TemporaryFile() as written, terminal_to(written):
        try:
            work()
        except Exception:  # noqa: BLE001  told below
            problem = traceback.format_exc().strip().splitlines()[-1]
        else:
            problem = ""
        written.seek(0)
        return problem or written.read().decode(errors="replace")


@contextmanager
def terminal_to(file: IO[bytes]) -> Iterator[None]:
    """Inside, what this process and its libraries print goes to the file."""
    sys.stdout.flush()
    kept = [os.dup(number) for number in (1, 2)]
    try:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
        yield
    finally:
        for number, former in zip((1, 2), kept, strict=True):
            os.dup2(former, number)
            os.close(former)


def try_command(seed: int) -> list[str]:
    """All kinds in one month, six to a district."""
    codes = [code for code in (f"{number}" for number in range(1101, 1300)) if district_name(code)]
    kinds = sorted(set(KINDS) - HOLD_BACK)
    folders = [kinds[i : i + len(SPOILT)] for i in range(0, len(kinds), len(SPOILT))]
    districts = dict(zip(codes, folders, strict=False))
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder) / "data")
        month = run_month(root, 0o077, land_spoilt_districts(root, districts, seed))
        with duckdb.connect(root.published / "welfare.duckdb", read_only=True) as con:
            reconciled = {code for (code,) in con.sql("select district_code from district_summary").fetchall()}
            lost = con.sql("from landed_files where rows_landed <> rows_accepted + rows_rejected").fetchall()
    signs = [sign for sign in ("Traceback", "panicked", "unexpected") if sign in month.told]
    secrets = [secret for secret in month.secrets if secret in month.told]
    missing = [code for code in districts if code not in reconciled]
    behind = [f"{code} is not reconciled: {', '.join(districts[code])}" for code in missing]
    printed = [*(f"printed: {sign}" for sign in signs), *(f"printed: a secret ({len(s)} letters)" for s in secrets)]
    return [*behind, *printed, *map(str, lost)]


def tell(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())

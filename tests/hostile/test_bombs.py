"""Files made to fill the memory are refused in a process that has little of it, and the lists beside them are read."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.corpus import land_sound_lists, land_spoilt_list
from tests.hostile.kinds import BOMBS
from tests.hostile.test_corpus import check_accounts, check_fate, check_messages, ingested
from tests.unit.ingest.landing import DISTRICT, PERIOD
from welfare_pipeline.lake import DataRoot

PROJECT = Path(__file__).parents[2]
ALLOWED = 5 * 2**30  # bytes of addresses; Polars and DuckDB take some of them for each thread
MOST_USED = 1_200 * 2**20  # bytes of memory
READING = 1_500_000_000  # bytes, what the policy allows for one workbook


def explode(folder: str) -> None:
    """The life of the process: every bomb is landed and ingested; what became of it is told in a line each."""
    resource.setrlimit(resource.RLIMIT_AS, (ALLOWED, ALLOWED))
    for kind in BOMBS:
        root = DataRoot(Path(folder) / kind)
        landing = root.landing(PERIOD, DISTRICT)
        land_sound_lists(landing)
        root.policy.write_text(f"[thresholds]\nfile_memory = {READING}\n", "utf-8")
        place, expected = land_spoilt_list(landing, kind, 1, "pkh")
        with ingested(root) as (delivery, draft):
            check_accounts(delivery, draft, landing)
            check_messages(delivery, draft, [place])
            check_fate(delivery, place, expected, kind)
            sound = sum(file.rows_accepted for file in delivery.files if file.source in {"population", "registry"})
        for file in landing.iterdir():
            file.unlink()
        print(json.dumps({"kind": kind, "sound_rows": sound, "most_used": most_used()}), flush=True)  # noqa: T201


def most_used() -> int:
    """Peak bytes of memory of this process or of one it started.

    Its own are read from /proc: `ru_maxrss` of a new process begins at the peak of the one that started it, here a
    worker of pytest.
    """
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    command = f"from tests.hostile.test_bombs import explode; explode({str(tmp_path_factory.mktemp('bombs'))!r})"
    run = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {told["kind"]: told for told in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_without_filling_the_memory(aftermath: dict[str, dict[str, Any]], kind: str) -> None:
    assert aftermath[kind]["sound_rows"] == 45
    assert aftermath[kind]["most_used"] < MOST_USED

"""The processes behind the pages, when the machine they run on sleeps."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from welfare_pipeline.cli.pages.services import Services, serve_code


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Services]:
    """Services that would wait two seconds for a sign of life, where it is not said otherwise."""
    patience = {"DAGSTER_GRPC_PROXY_HEARTBEAT_TTL_SECONDS": "2"}
    services = Services({**os.environ, **patience, "DAGSTER_HOME": str(tmp_path), "WELFARE_DATA": str(tmp_path)})
    yield services
    services.stop()


def _started_by(parent: int) -> list[int]:
    threads = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for children in threads for child in children.read_text().split()]


def test_the_definitions_are_still_served_when_the_machine_has_slept(running: Services) -> None:
    with tempfile.TemporaryDirectory() as folder:  # the path of a socket has to be short
        serve_code(running, Path(folder))
        [code] = running._running  # noqa: SLF001
        running.wait_until(lambda: bool(_started_by(code.process.pid)), "the server of the definitions")
        before = _started_by(code.process.pid)
        os.kill(code.process.pid, signal.SIGSTOP)
        time.sleep(6)
        os.kill(code.process.pid, signal.SIGCONT)
        time.sleep(2)
        assert _started_by(code.process.pid) == before != []

"""The processes behind the pages: the code server, the web server and the daemon; all of them run, or none does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

DEFINITIONS = "welfare_pipeline.definitions"
STARTING = 300  # seconds a service may take to answer: imports on a busy machine
STOPPING = 20  # seconds it may take to end by itself
UNHEARD = 365 * 24 * 3600  # seconds the definitions' server waits for a sign: machines sleep; its group is ended
_GLANCE = 0.2


class ServiceEndedError(Exception):
    """A service ended by itself, or did not begin to answer."""


@dataclass(frozen=True)
class Service:
    """One of Dagster's console scripts, in a process group of its own with all that it starts (runs, too)."""

    script: str
    process: subprocess.Popen[bytes]

    def has_ended(self) -> bool:
        """Whether it is no more."""
        return self.process.poll() is not None

    def tell(self, number: signal.Signals) -> None:
        """Send the signal to it and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


class Services:
    """Those that run, in the order they were started."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """None yet; each is to see this environment."""
        self._environment = dict(environment)
        self._running: list[Service] = []

    def start(self, script: str, *arguments: str) -> None:
        """Start a console script; what it prints is seen."""
        command = [sys.executable, "-W", "ignore", "-m", "welfare_pipeline.cli.pages.process", str(os.getpid()), script]
        process = subprocess.Popen([*command, *arguments], env=self._environment, start_new_session=True)  # noqa: S603
        self._running.append(Service(script, process))

    def wait_until(self, is_ready: Callable[[], bool], what: str) -> None:
        """Wait for it.

        Raises:
            ServiceEndedError: a service ended, or it took too long.

        """
        until = time.monotonic() + STARTING
        while not is_ready():
            self._require_all()
            if time.monotonic() > until:
                message = f"{what} did not answer within {STARTING} seconds"
                raise ServiceEndedError(message)
            time.sleep(_GLANCE)

    def run(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Wait until one of them ends, which none does by itself; or as long as it `goes_on`.

        Raises:
            ServiceEndedError: it did.

        """
        while goes_on():
            self._require_all()
            time.sleep(_GLANCE)

    def stop(self) -> None:
        """End them and all that they started: first asked to, then made to."""
        for service in reversed(self._running):
            service.tell(signal.SIGTERM)
        until = time.monotonic() + STOPPING
        while time.monotonic() < until and not all(service.has_ended() for service in self._running):
            time.sleep(_GLANCE)
        for service in self._running:
            service.tell(signal.SIGKILL)
            service.process.wait()

    def _require_all(self) -> None:
        for service in self._running:
            if service.has_ended():
                message = f"{service.script} ended by itself (exit code {service.process.returncode})"
                raise ServiceEndedError(message)


@contextmanager
def services(environment: Mapping[str, str]) -> Iterator[Services]:
    """Inside, services may be started; at the end none of them is left, nor anything they started."""
    running = Services(environment)
    try:
        yield running
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # who is impatient has been heard
        running.stop()


def serve_code(running: Services, folder: Path) -> list[str]:
    """Serve the definitions to the other services, through a socket in the folder; returns by what they find them."""
    address, workspace = folder / "code", folder / "workspace.yaml"
    patient = ["--heartbeat-ttl", str(UNHEARD)]  # after 30 seconds it would end, and nobody would start it again
    where = ["-m", DEFINITIONS, "-s", str(address)]
    running.start("dagster", "code-server", "start", *where, *patient, "--log-level", "warning")
    running.wait_until(lambda: _answers(address), "the code server")
    server = {"location_name": DEFINITIONS, "host": "localhost", "socket": str(address)}
    workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}), "utf-8")
    return ["--workspace", str(workspace)]


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
        client.connect(str(address))
        return True
    return False

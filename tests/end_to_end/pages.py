"""`welfare ui` as a process, and what it is asked by programs; all without a browser."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WELFARE = Path(sys.executable).with_name("welfare")
LAUNCH = """
mutation Launch($config: RunConfigData, $partition: String!) {
  launchRun(executionParams: {
    selector: {repositoryLocationName: "welfare_pipeline.definitions", repositoryName: "__repository__",
               jobName: "reconcile_district"}
    runConfigData: $config
    executionMetadata: {tags: [{key: "dagster/partition", value: $partition}]}
  }) { __typename }
}
"""
RUNS = "{ runsOrError { ... on Runs { results { id } } } }"


@dataclass
class Pages:
    """Pages that run, on a data root of their own."""

    process: subprocess.Popen[str]
    port: int
    data: Path

    @property
    def address(self) -> str:
        """Where a browser finds them."""
        return f"http://localhost:{self.port}"

    def ask(self, query: str, **variables: object) -> Any:
        """What GraphQL answers a program."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(  # noqa: S310  a port of ours
            f"{self.address}/graphql", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return json.load(response)["data"]

    def runs(self) -> int:
        """How many runs are on record."""
        return len(self.ask(RUNS)["runsOrError"]["results"])

    def stop(self, number: signal.Signals) -> tuple[int, str]:
        """Stop them; the exit code, and what was said on stderr."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=90)
        return self.process.returncode, said

    def left(self) -> list[str]:
        """Command lines of processes on this data root."""
        return [command for folder in Path("/proc").glob("[0-9]*") if (command := self._command(folder))]

    def _command(self, folder: Path) -> str | None:
        with suppress(OSError):
            if str(self.data).encode() in (folder / "environ").read_bytes():
                return (folder / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
        return None


@contextmanager
def served(data: Path, *options: str) -> Iterator[Pages]:
    """Inside, the pages answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [WELFARE, "ui", "--port", str(port), "--data", data, *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        _wait(process, port)
        yield Pages(process, port, data)
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=90)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    """Until they say where they are."""
    assert process.stdout is not None
    for line in process.stdout:
        if f"http://127.0.0.1:{port}" in line:
            return
    raise AssertionError(process.communicate()[1])


def refused(address: str, headers: dict[str, str]) -> int | None:
    """The status of a refusal of a GET, if it is one."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return error.code


def wait_until_gone(pages: Pages) -> list[str]:
    """Processes that are left when there was time to end."""
    for _ in range(50):
        if not pages.left():
            break
        time.sleep(0.1)
    return pages.left()

"""A fleet on this machine's loopback: Redis, PostgreSQL, a server and a worker, all ended in the end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import dagster as dg

from tests import ready
from welfare_pipeline.lake import DataRoot

WELFARE = Path(sys.executable).with_name("welfare")
PATIENCE = 120


def lacking() -> list[str]:
    """What a fleet needs and this machine does not have."""
    programs = [name for name in ("redis-server",) if shutil.which(name) is None]
    packages = [name for name in ("dagster_celery", "dagster_postgres", "redis") if find_spec(name) is None]
    return [*programs, *packages, *([] if _postgres() else ["postgresql"])]


def _postgres() -> Path | None:
    """The folder of PostgreSQL's programs; Debian has them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def until(is_so: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for it."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)


@contextmanager
def stores() -> Iterator[dict[str, str]]:
    """Inside, Redis and PostgreSQL run; the environment that names them."""
    folder = Path(tempfile.mkdtemp(prefix="welfare-fleet-"))
    ports = free_port(), free_port()
    redis = subprocess.Popen(
        [
            shutil.which("redis-server") or "redis-server",
            "--port",
            str(ports[0]),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder,
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        with _database(folder, ports[1]):
            yield {
                "WELFARE_BROKER": f"redis://127.0.0.1:{ports[0]}/0",
                "WELFARE_DATABASE": f"postgresql://welfare@127.0.0.1:{ports[1]}/postgres",
            }
    finally:
        redis.kill()
        redis.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(folder: Path, port: int) -> Iterator[None]:
    programs, user = _postgres(), "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    assert programs is not None
    if user is not None:
        shutil.chown(folder, user)
    home = folder / "database"
    made = [programs / "initdb", "-D", home, "-A", "trust", "-U", "welfare", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(made, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with folder.joinpath("log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", home, "-p", str(port), *options], user=user, cwd=folder, stderr=log
        )
    try:
        until(lambda: _answers(port), "PostgreSQL")
        yield
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@dataclass
class Fleet:
    """A fleet on a data root."""

    data: Path
    environment: dict[str, str]
    alone: ready.Started  # runs the same by itself
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    commands: list[ready.Started] = field(default_factory=list)

    @property
    def data_root(self) -> DataRoot:
        """Its data root, as a process of it sees it."""
        return DataRoot(self.data)

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Inside, PostgreSQL answers nobody: every connection has been ended, and no other is let in."""
        import psycopg2  # noqa: PLC0415  of the extra

        address, _, name = self.environment["WELFARE_DATABASE"].rpartition("/")
        with closing(psycopg2.connect(f"{address}/template1")) as con, con.cursor() as cursor:
            con.autocommit = True
            cursor.execute(f"alter database {name} allow_connections false")
            cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
            try:
                yield
            finally:
                cursor.execute(f"alter database {name} allow_connections true")

    def started(self, *words: str) -> subprocess.Popen[str]:
        """Start a process of the fleet, which imports what it needs, as on any machine."""
        process = subprocess.Popen(
            [WELFARE, *words, "--data", self.data],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def typed(self, *words: str, **further: str) -> ready.Started:
        """Start a command, forked from a process that has imported everything."""
        command = ready.start(
            ready.WELFARE, *words, "--data", str(self.data), environment={**self.environment, **further}
        )
        self.commands.append(command)
        return command

    def heard(self, command: ready.Started) -> tuple[int, str]:
        """Exit code and words of a command, once it has ended."""
        self.commands.remove(command)
        done = command.ended()
        return done.returncode, done.stdout + done.stderr

    def ended(self, *words: str, **further: str) -> tuple[int, str]:
        """Exit code and words of a command that ends by itself."""
        return self.heard(self.typed(*words, **further))

    def runs(self, *statuses: dg.DagsterRunStatus) -> list[dg.DagsterRun]:
        """The runs on record, newest first."""
        with dg.DagsterInstance.from_config(str(self.data / "dagster")) as instance:
            return list(instance.get_runs(dg.RunsFilter(statuses=[*statuses]) if statuses else None))

    def executing(self) -> list[int]:
        """The processes that execute a run."""
        from welfare_pipeline.defs.fleet.workers import Workers  # noqa: PLC0415  needs the extra

        active = Workers().app.control.inspect(timeout=1).active() or {}
        return [task["worker_pid"] for tasks in active.values() for task in tasks if task["worker_pid"]]

    def kill_worker_of(self, process: int) -> None:
        """Kill the worker whose process this is, with every process that it has started, without a word."""
        (worker,) = (started.pid for started in self.processes if process in _family(started.pid))
        for member in _family(worker):
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)

    def left(self) -> list[int]:
        """Processes of this fleet that run."""
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder)]

    def _is_ours(self, folder: Path) -> bool:
        with suppress(OSError):
            broker = self.environment["WELFARE_BROKER"].encode()
            return int(folder.name) != os.getpid() and broker in (folder / "environ").read_bytes()
        return False

    def end(self) -> None:
        """Leave nothing running."""
        for command in [*self.commands, self.alone]:
            with suppress(ProcessLookupError):
                os.kill(command.process, signal.SIGKILL)
            command.end.close()
        for process in self.left():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for started in self.processes:
            started.communicate()


def _family(process: int) -> set[int]:
    """The process and all that it has started, directly or not."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile
            parents[int(folder.name)] = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    found = {process}
    while children := {child for child, parent in parents.items() if parent in found} - found:
        found |= children
    return found

"""Programs as processes of their own that find everything imported, which takes longer than most of them.

Two processes a pytest process do nothing but import and fork: one for programs, and one that has imported no more than
a reader of a guarded file has (`welfare_pipeline/ingest/guarded_process.py`), whose memory is limited; `test_bombs.py`
has readers that are started. What they fork has an exit code, an umask, signals, input and output of its own like any
other; `welfare_pipeline.cli.main` forks its parent from there as it does everywhere.
"""

import atexit
import gc
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, NoReturn, Self

PROJECT = Path(__file__).parents[1]
WELFARE = "import sys; from welfare_pipeline.cli import main; sys.exit(main())"
IMPORTED_BY_A_RUN = (
    "welfare_pipeline.checks.suite",
    "welfare_pipeline.cli.run",
    "welfare_pipeline.cli.verify",
    "welfare_pipeline.defs.everything",
    "dagster._core.storage.sqlite_storage",
    "dagster._core.execution.asset_backfill",
    "pyarrow.dataset",
    "sqlglot.generators.duckdb",
    "sqlglot.parsers.duckdb",
    "upath.implementations.local",
    "vl_convert",
)
IMPORTED_BY_A_FLEET = ("dagster_celery", "dagster_graphql", "dagster_postgres")  # of an extra
LARGEST = 2**20  # bytes of a message
PATIENCE = 500  # seconds
SERVER = "import sys; from tests.ready import {}; {}(*map(int, sys.argv[1:]))"


@dataclass(frozen=True)
class Started:
    """A program that runs."""

    words: tuple[str, ...]
    process: int
    end: socket.socket
    output: tuple[IO[bytes], IO[bytes]]

    def ended(self) -> subprocess.CompletedProcess[str]:
        """How it ended, once it has."""
        code, out, err = self.ended_with()
        return subprocess.CompletedProcess(self.words, code, out.decode(), err.decode())

    def ended_with(self) -> tuple[int, bytes, bytes]:
        """The exit code and what it wrote, once it has ended."""
        with self.end:
            code = int(_heard(self.end))
        out, err = map(_content, self.output)
        return code, out, err


def _heard(end: socket.socket) -> bytes:
    end.settimeout(PATIENCE)
    told = end.recv(LARGEST)
    assert told, "the process that forks is gone"
    return told


def _content(file: IO[bytes]) -> bytes:
    with file:
        file.seek(0)
        return file.read()


def start(program: str, *words: str, environment: Mapping[str, str] | None = None, umask: int = -1) -> Started:
    """Run a program (Python) on these words, in the project's folder; `environment`: what it has beside ours."""
    told = {"program": program, "words": words, "umask": umask, "environment": {**os.environ, **(environment or {})}}
    return _forked(_server(), told)


def _forked(server: socket.socket, told: Mapping[str, Any], given: bytes = b"") -> Started:
    """What the server forks; `given`: its input."""
    own, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    output = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  closed when it has ended
    with its, tempfile.TemporaryFile() as stdin:
        stdin.write(given)
        stdin.seek(0)
        files = [its.fileno(), *(file.fileno() for file in (stdin, *output))]
        socket.send_fds(server, [json.dumps(told).encode()], files)
    return Started(told["words"], int(_heard(own)), own, output)


def welfare(*words: str, first: str = "", umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """Type the command `welfare`; `first`: what its process does before (Python)."""
    return start(f"{first}\n{WELFARE}", *words, environment=environment, umask=umask).ended()


@cache
def _server() -> socket.socket:
    """The process that has imported everything; it ends when this one does."""
    return _started("serve", readers())


@cache
def readers() -> socket.socket:
    """The process that has imported what a reader of a guarded file does; it ends when this one does."""
    return _started("serve_readers")


def _started(serve: str, *known: socket.socket) -> socket.socket:
    own, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        files = [file.fileno() for file in (its, *known)]
        command = [sys.executable, "-c", SERVER.format(serve, serve), *map(str, files)]
        process = subprocess.Popen(command, pass_fds=files, cwd=PROJECT, stdin=subprocess.DEVNULL)

    def end() -> None:
        own.close()
        process.wait()

    atexit.register(end)
    return own


class Reader:
    """What stands for the process of a reader: it is forked once everything has been written to it."""

    def __init__(self, server: socket.socket, told: Mapping[str, Any]) -> None:
        """`told`: what the server is to run."""
        self._server, self._told = server, told
        self.stdin = Given(self._read)
        self.stdout = io.BytesIO()
        self.returncode = 0

    def _read(self, given: bytes) -> None:
        self.returncode, out, _ = _forked(self._server, self._told, given).ended_with()
        self.stdout = io.BytesIO(out)

    def kill(self) -> None:
        """It has ended, or has not begun."""

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """It has ended, whatever was written."""
        self.stdin.close()


class Given(io.BytesIO):
    """What is written to a reader, which begins when it is closed."""

    def __init__(self, read: Callable[[bytes], None]) -> None:
        """`read`: what is done with it then."""
        super().__init__()
        self._read_it = read

    def close(self) -> None:
        """All is written."""
        if not self.closed:
            self._read_it(self.getvalue())
        super().close()


def readers_from(server: Callable[[], socket.socket]) -> SimpleNamespace:
    """What stands for `subprocess` in `guarded_process`: its readers are forked, and end as they would."""

    def start_reader(command: Sequence[str], **how: Any) -> Reader:
        return Reader(server(), {"program": command[-1], "words": (), "umask": -1, "environment": how["env"]})

    return SimpleNamespace(Popen=start_reader, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL)


def serve_readers(number: int) -> None:
    """Fork a reader for each message that comes in at the socket."""
    import welfare_pipeline.ingest.guarded_process  # noqa: F401, PLC0415  what this process is for

    _serve(number)


def serve(number: int, readers: int) -> None:
    """Fork for each message that comes in at the socket, and run its program in the forked process."""
    for name in (*IMPORTED_BY_A_RUN, *filter(find_spec, IMPORTED_BY_A_FLEET)):
        import_module(name)
    from welfare_pipeline.ingest import guarded_process  # noqa: PLC0415  what this process is for, and no other
    from welfare_pipeline.lake import tables_named_in, tables_read  # noqa: PLC0415
    from welfare_pipeline.reconcile.district import district_queries  # noqa: PLC0415

    for query in district_queries().values():  # parsed once a process
        tables_read(query)
    for room in ("linkage", "people", "checks", "reconcile", "publish.worklists", "publish.reports"):
        tables_named_in(room)
    known = socket.socket(fileno=readers)
    guarded_process.subprocess = readers_from(lambda: known)  # type: ignore[assignment]
    _serve(number)


def _serve(number: int) -> None:
    gc.freeze()
    with socket.socket(fileno=number) as messages:
        while message := socket.recv_fds(messages, LARGEST, 4):
            content, files, *_ = message
            if not content:
                break
            if os.fork() == 0:
                messages.close()
                _live(json.loads(content), *files)
            for file in files:
                os.close(file)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass
    with suppress(ChildProcessError):
        while os.wait():
            pass


def _live(told: Mapping[str, Any], end: int, *files: int) -> NoReturn:
    """Become a process as it was asked for, and end."""
    if child := os.fork():
        os.write(end, str(child).encode())
        _, status = os.waitpid(child, 0)
        os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    os.close(end)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(told["environment"])
    if told["umask"] >= 0:
        os.umask(told["umask"])
    sys.argv = ["welfare", *told["words"]]
    code = _code_of(str(told["program"]))
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  as Python ends
    atexit._run_exitfuncs()  # noqa: SLF001
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the libraries' own threads are in the process that forked: their destructors would wait for them


def _code_of(program: str) -> int:
    """Run it; the exit code that Python would leave with."""
    try:
        exec(program, {"__name__": "__main__"})  # noqa: S102  a test's
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001  as Python does
        traceback.print_exc()
        return 1
    return 0

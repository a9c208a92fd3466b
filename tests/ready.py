"""Programs as processes of their own that find everything imported, which takes longer than most of them.

One process a pytest process does nothing but import and fork. What it forks has an exit code, an umask, signals and
output of its own like any other; `welfare_pipeline.cli.main` forks its parent from there as it does everywhere.
"""

import atexit
import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

PROJECT = Path(__file__).parents[1]
WELFARE = "import sys; from welfare_pipeline.cli import main; sys.exit(main())"
LARGEST = 2**20  # bytes of a message
PATIENCE = 500  # seconds
SERVER = "import sys; from tests.ready import serve; serve(int(sys.argv[1]))"


@dataclass(frozen=True)
class Started:
    """A program that runs."""

    words: tuple[str, ...]
    end: socket.socket
    output: tuple[IO[bytes], IO[bytes]]

    def ended(self) -> subprocess.CompletedProcess[str]:
        """How it ended, once it has."""
        with self.end:
            self.end.settimeout(PATIENCE)
            told = self.end.recv(LARGEST)
        assert told, "the process that forks is gone"
        return subprocess.CompletedProcess(self.words, int(told), *map(_text, self.output))


def _text(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


def start(program: str, *words: str, environment: Mapping[str, str] | None = None, umask: int = -1) -> Started:
    """Run a program (Python) on these words, in the project's folder; `environment`: what it has beside ours."""
    own, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    output = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  closed when it has ended
    told = {"program": program, "words": words, "umask": umask, "environment": {**os.environ, **(environment or {})}}
    with its:
        socket.send_fds(_server(), [json.dumps(told).encode()], [its.fileno(), *(file.fileno() for file in output)])
    return Started(words, own, output)


def welfare(*words: str, first: str = "", umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """Type the command `welfare`; `first`: what its process does before (Python)."""
    return start(f"{first}\n{WELFARE}", *words, environment=environment, umask=umask).ended()


@cache
def _server() -> socket.socket:
    """The process that has imported everything; it ends when this one does."""
    own, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        command = [sys.executable, "-c", SERVER, str(its.fileno())]
        process = subprocess.Popen(command, pass_fds=[its.fileno()], cwd=PROJECT, stdin=subprocess.DEVNULL)

    def end() -> None:
        own.close()
        process.wait()

    atexit.register(end)
    return own


def serve(number: int) -> None:
    """Fork for each message that comes in at the socket, and run its program in the forked process."""
    import welfare_pipeline.checks.suite  # noqa: PLC0415  what this process is for, and no other
    import welfare_pipeline.cli.run  # noqa: PLC0415
    import welfare_pipeline.cli.verify  # noqa: PLC0415
    import welfare_pipeline.defs.everything  # noqa: F401, PLC0415

    gc.freeze()
    with socket.socket(fileno=number) as messages:
        while message := socket.recv_fds(messages, LARGEST, 3):
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


def _live(told: Mapping[str, Any], end: int, *output: int) -> NoReturn:
    """Become a process as it was asked for, and end."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    os.close(end)
    for file, number in zip(output, (1, 2), strict=True):
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

"""A command that cannot say anything any more is spoken for; one that can is left alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAD = """
import os, resource, signal, sys, time
from welfare_pipeline.cli.supervising import supervised
def work():
    try:
        {body}
    except KeyboardInterrupt:
        print("interrupted")
        sys.exit(130)
supervised(work)
"""
TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
WAIT = "print(os.getpid(), flush=True); time.sleep(60)"


def start(body: str) -> subprocess.Popen[str]:
    """Supervised work of one line, in a process group of its own."""
    command = [sys.executable, "-c", HEAD.format(body=body)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def started(body: str) -> tuple[subprocess.Popen[str], int]:
    """The parent, and the process id of the child once it is at work."""
    parent = start(body)
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline())


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_exit_code_is_the_works_own_and_nothing_is_added(code: int) -> None:
    run = start(f"sys.exit({code})")
    assert run.communicate() == ("", "")
    assert run.returncode == code


@pytest.mark.parametrize("name", ["SIGKILL", "SIGABRT", "SIGSEGV", "SIGBUS"])
def test_work_that_is_ended_past_every_except_is_told_with_what_to_do(name: str) -> None:
    run = start(f"os.kill(os.getpid(), signal.{name})")
    printed, told = run.communicate()
    assert (run.returncode, printed) == (1, "")
    assert told.startswith(f"welfare: broke off ({name}), most likely because the memory was not enough")
    assert told.endswith("then run again. What was published stands.\n")


@pytest.mark.parametrize("code", [0, 1])
def test_work_that_a_library_ends_with_a_code_of_its_own_is_told_too(code: int) -> None:
    run = start(f"os._exit({code})")
    _, told = run.communicate()
    assert run.returncode == 1
    assert told.startswith(f"welfare: broke off (exit code {code}), most likely because the memory was not enough")


def test_a_signal_to_the_parent_reaches_the_work_once() -> None:
    parent, _ = started(WAIT)
    parent.send_signal(signal.SIGINT)
    assert parent.communicate() == ("interrupted\n", "")
    assert parent.returncode == 130


def test_a_ctrl_c_reaches_the_work_once() -> None:
    terminal, end = os.openpty()
    run = subprocess.Popen(
        [sys.executable, "-c", TERMINAL + HEAD.format(body=WAIT)], stdin=end, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    run.stdout.readline()
    os.write(terminal, b"\x03")
    assert run.communicate() == ("interrupted\n", "")
    assert run.returncode == 130
    os.close(end)
    os.close(terminal)


def test_work_that_is_told_to_end_ends_and_is_not_called_broken() -> None:
    parent, child = started(WAIT)
    parent.send_signal(signal.SIGTERM)
    told = parent.communicate()[1]
    assert parent.returncode == 128 + signal.SIGTERM
    assert told.startswith("welfare: stopped. What was finished stands")
    assert not is_alive(child)


def test_nobody_works_on_when_the_parent_is_killed() -> None:
    parent, child = started(WAIT)
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not is_alive(child):
            break
        time.sleep(0.05)
    assert not is_alive(child)


def test_no_core_file_holds_peoples_data() -> None:
    run = start("print(resource.getrlimit(resource.RLIMIT_CORE))")
    assert run.communicate()[0] == "(0, 0)\n"

"""A parent that does nothing but wait, and tells in a sentence when its child is ended without a word of its own.

Out of memory, the system kills a process (SIGKILL), and the libraries below ours abort theirs (SIGABRT) or leave with a
code of their own (OpenBLAS), past every `except`. The parent has imported next to nothing: it costs some milliseconds,
and is not what the system looks for. Linux only; elsewhere the command runs unsupervised. `subprocess` would start
Python and the imports of the command a second time, and no library that is installed knows of the parent's death.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
OUT_OF_MEMORY = (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS)
STOPPED = "stopped. What was finished stands; run the same command again for the rest."
MORE_MEMORY = (
    "close other programs, give it more (container or ulimit), or name fewer districts, then run again. "
    "What was published stands."
)
BROKE_OFF = f"broke off ({{name}}), most likely because the memory was not enough: {MORE_MEMORY}"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_SHOW_CURSOR = "\x1b[?25h"  # a progress bar had hidden it


def supervised(work: Callable[[], NoReturn]) -> NoReturn:
    """Do the work in a child, pass signals on to it, and leave as it does; with 1 and a sentence if it broke off."""
    if not hasattr(signal, "sigwaitinfo"):
        work()
    parent = os.getpid()
    last_word, says = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*PASSED_ON, signal.SIGCHLD})
    child = os.fork()
    if child:
        os.set_blocking(last_word, False)
        code, passed_on = _ended(child)
        sys.exit(_told(code, passed_on, by_itself=_has_spoken(last_word)))
    live_no_longer_than(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold people's data
    os.environ["RUST_BACKTRACE"] = "0"  # an abort needs no traceback
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # unused; its import spins for ever if its threads get no memory
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    try:
        work()
    finally:
        os.write(says, b".")


def live_no_longer_than(parent: int) -> None:
    """See that this process ends when its parent does, however that ends (Linux; elsewhere it may live on)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _ended(child: int) -> tuple[int, set[int]]:
    """How the child ended (negative: by that signal), and the signals it was sent on behalf of somebody."""
    passed_on: set[int] = set()
    while True:
        told = signal.sigwaitinfo({*PASSED_ON, signal.SIGCHLD})
        if told.si_signo != signal.SIGCHLD:
            passed_on.add(told.si_signo)
            if told.si_code <= 0:  # sent by a process to this one; a terminal sends to both
                os.kill(child, told.si_signo)
            continue
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), passed_on


def _has_spoken(last_word: int) -> bool:
    """Whether the child came to its own end, and did not break off on the way."""
    try:
        return os.read(last_word, 1) != b""
    except BlockingIOError:
        return False


def _told(code: int, passed_on: set[int], *, by_itself: bool) -> int:
    """The exit code, after a sentence if the child could not say anything itself."""
    if code >= 0 and by_itself:
        return code
    if code >= 0:
        return _say(BROKE_OFF.format(name=f"exit code {code}"), 1)
    by = signal.Signals(-code)
    if by in passed_on or by not in OUT_OF_MEMORY:
        return _say(STOPPED, 128 + by)
    return _say(BROKE_OFF.format(name=by.name), 1)


def _say(sentence: str, code: int) -> int:
    cursor = f"{_SHOW_CURSOR}\n" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{cursor}welfare: {sentence}\n")
    return code

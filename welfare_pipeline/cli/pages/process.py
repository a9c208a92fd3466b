"""A process of `welfare ui`: one of Dagster's console scripts, which ends with `welfare ui`, however that ends.

    python -m welfare_pipeline.cli.pages.process PARENT SCRIPT [ARGUMENT]...

Dagster's web server is served behind the guard; the other scripts are run as they are.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import entry_points

from dagster_webserver import cli as webserver
from starlette.types import ASGIApp

from welfare_pipeline.cli.pages.addresses import Addresses
from welfare_pipeline.cli.pages.guard import Guard

PAGES = "dagster-webserver"
MAKES_THE_APPLICATION = "create_app_from_workspace_process_context"
FURTHER_NAMES = "WELFARE_ALLOW_HOST"  # separated by blanks
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(parent: str, script: str, arguments: Sequence[str]) -> None:
    """Run the script until it ends or is interrupted."""
    _live_no_longer_than(int(parent))
    sys.argv = [script, *arguments]
    if script == PAGES:
        _put_guard_in_front(arguments[arguments.index("--host") + 1])
    (entry,) = entry_points(group="console_scripts", name=script)
    entry.load()()


def _live_no_longer_than(parent: int) -> None:
    """Take every signal to stop as Ctrl-C, which Dagster's scripts know; one comes when the parent ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have started all of us with Ctrl-C switched off
        signal.signal(number, signal.default_int_handler)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def _put_guard_in_front(listening: str) -> None:
    """Let Dagster's command serve the guarded application.

    It has no option for a middleware, and making the application without the command needs Dagster's private modules.
    Should another version make it elsewhere, `welfare ui` sees at its start that nothing is guarded, and ends.
    """
    addresses = Addresses.of(listening, os.environ.get(FURTHER_NAMES, "").split())
    setattr(webserver, MAKES_THE_APPLICATION, partial(_guarded, getattr(webserver, MAKES_THE_APPLICATION), addresses))


def _guarded(make: Callable[..., ASGIApp], addresses: Addresses, *arguments: object, **options: object) -> ASGIApp:
    return Guard(make(*arguments, **options), addresses)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])

"""`welfare fleet worker`: Celery's workers on this machine, each run of them with its share of cores and memory."""

import os
import signal
import subprocess
import sys
import time

import click

from welfare_pipeline.cli.fleet import FleetProblem, home_of
from welfare_pipeline.cli.fleets.setting_up import require_fleet, told_plainly
from welfare_pipeline.cli.fleets.share import Share
from welfare_pipeline.defs.fleet.server import noted_server
from welfare_pipeline.defs.fleet.storage import EXECUTES, KEPT_OPEN
from welfare_pipeline.defs.fleet.version import version_of
from welfare_pipeline.defs.fleet.workers import Workers
from welfare_pipeline.lake import DataRoot, memory_here

_GLANCE = 0.2


def work(root: DataRoot, concurrency: int | None) -> int:
    """Work until stopped; 1 if Celery's workers end by themselves."""
    require_fleet(root)
    with told_plainly():
        Workers().waiting()
    _require_same_version(root)
    home_of(root)
    share = Share.of(concurrency, len(os.sched_getaffinity(0)), memory_here())
    click.echo(
        f"welfare: takes {share.large} districts of any size and {share.small} small ones at once, each with "
        f"{share.threads} threads and {share.memory / 1e9:.1f} GB; stop with Ctrl-C."
    )
    nodes = [_node(queues, slots, share) for queues, slots in share.nodes.items()]
    return _until_ended(nodes)


def _require_same_version(root: DataRoot) -> None:
    server, own = noted_server(root), version_of(root)
    problem = root.secret_problem()
    if server is not None and server.version != own:
        problem = f"this worker has {own}, the fleet's server {server.version}: install the same version and policy."
    if problem is not None:
        message = f"no work is taken: {problem}"
        raise FleetProblem(message)


def _node(queues: str, slots: int, share: Share) -> subprocess.Popen[bytes]:
    """A worker of Celery's, in a process group of its own: Ctrl-C reaches it through us only."""
    name = f"{queues.split(',', maxsplit=1)[0]}-{os.getpid()}@%h"
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "welfare_pipeline.defs.fleet.app", "worker"]
    options = ["-Q", queues, "-c", str(slots), "-n", name, "-P", "prefork", "-l", "WARNING", "--without-gossip"]
    kilobytes = str(share.memory // 1000)  # a child that has grown beyond is made anew after its run
    environment = {**os.environ, **share.environment, KEPT_OPEN: EXECUTES}
    return subprocess.Popen(  # noqa: S603
        [*celery, *options, "--max-memory-per-child", kilobytes], env=environment, start_new_session=True
    )


def _until_ended(nodes: list[subprocess.Popen[bytes]]) -> int:
    """Wait for them; a signal to stop lets them end their runs first, a second one does not."""
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        asked.append(number)
        for node in nodes:
            node.send_signal(signal.SIGTERM if len(asked) == 1 else signal.SIGQUIT)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        while any(node.poll() is None for node in nodes):
            if any(node.poll() is not None for node in nodes) and not asked:
                stop(signal.SIGTERM, None)
            time.sleep(_GLANCE)
    finally:
        for node in nodes:
            if node.poll() is None:
                node.terminate()
    return int(any(node.returncode != 0 for node in nodes))

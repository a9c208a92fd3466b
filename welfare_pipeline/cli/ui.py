"""`welfare ui`: Dagster's web pages behind a guard, schedules and sensors on the data root's instance."""

import http.client
import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.pages.addresses import as_name, is_address
from welfare_pipeline.cli.pages.services import ServiceEndedError, Services, serve_code, services
from welfare_pipeline.defs.automation import SWITCH
from welfare_pipeline.defs.fleet.server import noted_server
from welfare_pipeline.defs.instance import make_history, prepare_home
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.lake import DataRoot

HERE = "127.0.0.1"
LOOPBACK = {HERE, "localhost", "::1"}
SEEN_AT = {"0.0.0.0": HERE, "::": "::1"}  # noqa: S104  where one that listens everywhere is found
FURTHER_NAMES = "WELFARE_ALLOW_HOST"
NO_NAME_OF_OURS = "guard.invalid"
PATIENCE = dict.fromkeys(  # seconds; a minute is not enough on a machine that is busy
    ("DAGSTER_SENSOR_GRPC_TIMEOUT_SECONDS", "DAGSTER_SCHEDULE_GRPC_TIMEOUT_SECONDS"), "300"
)
LOG_LEVEL = ["--log-level", "warning"]


def _names(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for name in value:
        if not is_address(name):
            message = f"'{name}' is not a host name: give the one people see, for example welfare.example.go.id."
            raise click.BadParameter(message, ctx, param)
    return value


@click.command("ui")
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on this machine.")
@click.option("--host", default=HERE, show_default=True, help="Address to listen on; there is no log-in.")
@click.option(
    "--allow-host", "further", multiple=True, metavar="NAME", envvar=FURTHER_NAMES, callback=_names,
    help="A further name the pages answer to: that of a proxy in front of them (repeatable; with its port if unusual).",
)  # fmt: skip
@click.option("--read-only", is_flag=True, help="Pages that start and change nothing; no schedules, no sensors.")
@click.option(
    "--automation/--no-automation", "by_itself", default=True, show_default=True, envvar=SWITCH,
    help="Whether schedules and sensors run that nobody has switched on or off in the pages.",
)  # fmt: skip
@data_option
def command(  # noqa: PLR0913  an option each
    port: int, host: str, further: tuple[str, ...], root: DataRoot, *, read_only: bool, by_itself: bool
) -> None:
    """Open Dagster's web pages and start its daemon, on this machine only unless another --host is asked for.

    What lands is run and published by itself; --no-automation leaves that to people.
    """
    if host not in LOOPBACK:
        can = "see everything in it" if read_only else "start runs"
        click.echo(f"welfare: whoever reaches {host}:{port} can {can}: there is no log-in. See docs/production.md.")
    if not read_only:
        require_no_other_server(root)
    require_free(host, port)
    home = prepare_home(root)
    make_history(root, serving=not read_only)
    problem = root.secret_problem()
    if problem:
        click.echo(f"welfare: until this is mended, every run will stop: {problem}", err=True)
    tell_wrong_policy(root)
    os.chdir(home)  # where Dagster finds its settings
    stop_on_signals()
    os.environ[SWITCH] = "on" if by_itself else "off"
    with suppress(KeyboardInterrupt), pages_served(host, port, further, read_only=read_only) as running:
        running.run()
    click.echo("welfare: stopped. Runs that were going on have to be started again.", err=True)


def tell_wrong_policy(root: DataRoot) -> None:
    """Say what is wrong with the policy, if anything is: no run decides by it."""
    problem = policy_problem(root)
    if problem is not None:
        click.echo(f"welfare: {problem}", err=True)


def stop_on_signals() -> None:
    """Stop as on Ctrl-C, also if a script started us in the background; `nohup` keeps its meaning."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, signal.default_int_handler)


@contextmanager
def pages_served(host: str, port: int, further: tuple[str, ...], *, read_only: bool = False) -> Iterator[Services]:
    """Inside, the pages are served, and (unless they are `read_only`) the daemon runs.

    Raises:
        BrokenOffError: a service ended by itself.

    """
    environment = {**PATIENCE, **os.environ, FURTHER_NAMES: " ".join(further)}
    try:
        with tempfile.TemporaryDirectory(prefix="welfare-") as folder, services(environment) as running:
            code = serve_code(running, Path(folder))
            _serve_pages(running, host, port, [*code, *(["--read-only"] if read_only else [])])
            if not read_only:  # two daemons on one instance would get in each other's way
                running.start("dagster-daemon", "run", *LOG_LEVEL, *code)
            click.echo(f"welfare: http://{as_name(host)}:{port} (run history in {Path.cwd()}); stop with Ctrl-C.")
            yield running
    except ServiceEndedError as error:
        message = f"{error}. What it said stands above; nothing of `welfare ui` is left running."
        raise BrokenOffError(message) from None


def _serve_pages(running: Services, host: str, port: int, arguments: list[str]) -> None:
    """Start the web server and see that it is guarded."""
    where = ["--host", host, "--port", str(port)]
    running.start("dagster-webserver", *where, *LOG_LEVEL, "--dagster-log-level", "warning", *arguments)
    running.wait_until(lambda: _answers(host, port), "the web server")
    if not _is_guarded(host, port):
        message = "the web server is not guarded: this version of Dagster is not the one in requirements.lock"
        raise ServiceEndedError(message)


def require_no_other_server(root: DataRoot) -> None:
    """See that no server of a fleet has the data root: two daemons on one instance start everything twice.

    Raises:
        click.UsageError: one has.

    """
    server = noted_server(root)
    if server is not None and server.answers():
        message = (
            f"the fleet's server serves the pages of {root.path} at {server.address}, and runs its daemon: open them "
            "there, or here with welfare ui --read-only."
        )
        raise click.UsageError(message)


def require_free(host: str, port: int) -> None:
    """See that the pages can be served there.

    Raises:
        click.UsageError: they cannot.

    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        message = f"cannot listen on {host}:{port} ({error.strerror}): choose another --port or --host."
        raise click.UsageError(message) from None


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((SEEN_AT.get(host, host), port), timeout=5):
        return True
    return False


def _is_guarded(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(SEEN_AT.get(host, host), port, timeout=60)
    connection.request("GET", "/server_info", headers={"Host": NO_NAME_OF_OURS})
    return connection.getresponse().status == http.HTTPStatus.FORBIDDEN


class BrokenOffError(click.ClickException):
    """No wrong usage: what was asked for could not go on."""

    leaves_with = 1

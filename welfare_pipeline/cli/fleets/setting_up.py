"""`welfare fleet init`: the data root's Dagster instance becomes one of a fleet."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files

import click

from welfare_pipeline.cli.fleet import FleetProblem
from welfare_pipeline.defs.damaged_history import HistoryError
from welfare_pipeline.defs.fleet.settings import BROKER, DATABASE, FleetError, required
from welfare_pipeline.defs.fleet.workers import Workers
from welfare_pipeline.defs.instance import make_history, prepare_home
from welfare_pipeline.lake import DataRoot, write_whole

SETTINGS = "dagster.yaml"
BEFORE = "dagster.yaml.before-fleet"


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what stops a fleet into a message without a traceback."""
    try:
        yield
    except FleetError as error:
        raise FleetProblem(str(error)) from None


def require_settings() -> None:
    """See that both settings are there.

    Raises:
        click.UsageError: one is not.

    """
    try:
        required(BROKER)
        required(DATABASE)
    except FleetError as error:
        raise click.UsageError(str(error)) from None


def shipped_settings() -> str:
    """The text of a fleet's dagster.yaml."""
    return files("welfare_pipeline.defs.fleet").joinpath(SETTINGS).read_text("utf-8")


def require_fleet(root: DataRoot) -> None:
    """See that the settings are there and the data root is a fleet's.

    Raises:
        click.UsageError: they are not, or it is not.

    """
    require_settings()
    settings = root.dagster / SETTINGS
    if not settings.is_file() or "defs.fleet" not in settings.read_text("utf-8"):
        message = f"{root.path} is not set up for a fleet: welfare fleet init --data {root.path}"
        raise click.UsageError(message)


def set_up(root: DataRoot) -> None:
    """Write the settings (what somebody had written himself is kept beside), and say whether all answers."""
    require_settings()
    settings = root.dagster.resolve() / SETTINGS
    former = settings.read_text("utf-8") if settings.is_file() else None
    home = prepare_home(root)
    with root.alone("dagster"):
        write_whole(settings, shipped_settings())
        if former not in {None, shipped_settings()}:
            write_whole(home / BEFORE, str(former))
    click.echo(f"{settings} is a fleet's; what was in it before (if anything) is kept as {BEFORE}.")
    _tell_whether_all_answer(root)


def _tell_whether_all_answer(root: DataRoot) -> None:
    with suppress(HistoryError):
        make_history(root)
        click.echo(f"{DATABASE}: answers; Dagster's tables are there.")
        return _tell_broker()
    click.echo(f"welfare: the database ({DATABASE}) does not answer: is PostgreSQL running there?", err=True)
    return _tell_broker()


def _tell_broker() -> None:
    try:
        Workers().waiting()
        click.echo(f"{BROKER}: answers.")
    except FleetError as error:
        click.echo(f"welfare: {error}", err=True)
